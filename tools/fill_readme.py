"""Put the figures of benchmarks/results.json into the README, between ``<!-- figures -->`` and ``<!-- /figures -->``.

python tools/fill_readme.py            # after python benchmarks/all.py
python tools/fill_readme.py --check    # leaves with 1 if the README says something else
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))
from figures import Figure, side_by_side  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results.json"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
PLACE = re.compile(rf"(?<={BEGIN}\n).*?(?={END})", re.DOTALL)
NAMES = {"short": "short form", "full": "full form"}


def section(results: dict[str, Any]) -> str:
    """Return the text between the marks."""
    machine = results["machine"]
    said = (
        f"Measured on {results['date']} by `python benchmarks/all.py` ({NAMES[results['form']]}; {machine['cores']} cores, Python {machine['python']}), "
        "each figure beside the best peer of the same run. Figures on the seed and on our own cases say what azproc does on what it was built with; "
        "every system, and what is held out, in [benchmarks/results.md](benchmarks/results.md)."
    )
    table = "\n".join(side_by_side(Figure(**record) for record in results["figures"]))
    failed = "".join(f"Not measured: `benchmarks/{name}.py`.\n\n" for name in results["failures"])
    return f"\n{said}\n\n{table}\n\n{failed}![Quality against speed](docs/benchmarks/quality_speed.svg)\n\n"


def filled(readme: str, results: dict[str, Any]) -> str:
    """Return the README with the figures; ValueError where it has no place for them, or more than one."""
    if len(PLACE.findall(readme)) != 1:
        raise ValueError(f"the README needs one line {BEGIN} and, after it, one line {END}")
    return PLACE.sub(lambda _: section(results), readme)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--readme", type=Path, default=ROOT / "README.md")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    said = options.readme.read_text(encoding="utf-8")
    due = filled(said, json.loads(options.results.read_text(encoding="utf-8")))
    if options.check:
        if said != due:
            print(f"{options.readme.name} does not say what {options.results.name} says: run python tools/fill_readme.py", file=sys.stderr)
        return int(said != due)
    options.readme.write_text(due, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
