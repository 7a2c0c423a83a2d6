"""Every figure in one run beside its peers: makes an environment with them, measures, writes a table and plots.

    python benchmarks/all.py --short             # a few minutes
    python benchmarks/all.py                     # full, within twenty minutes on two quiet cores
    python benchmarks/all.py --here              # with this interpreter and the peers that it has
    python benchmarks/all.py --only segment ocr  # these alone, on standard output; nothing is written

Writes benchmarks/results.json, benchmarks/results.md and docs/benchmarks/quality_speed.svg and .png; then
``python tools/fill_readme.py`` puts the figures into the README. Peers are those of benchmarks/peers.txt, in benchmarks/.venv.
Each benchmark runs in a process of its own: one that fails or a peer that is missing is reported, the rest goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import figures
from figures import Figure

HERE = Path(__file__).parent
ROOT = HERE.parent
ENVIRONMENT = HERE / ".venv"
PICTURE = ROOT / "docs" / "benchmarks" / "quality_speed"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A module of this folder, and what its two forms are asked for; minutes are those of the full form at most."""

    name: str
    short: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    minutes: int = 5


BENCHMARKS = (
    Benchmark("segment", ("--megabytes", "1", "--rounds", "2", "--line", "5"), ("--megabytes", "2", "--rounds", "5", "--line", "50")),
    Benchmark("clean", ("--megabytes", "2", "--large", "20"), ("--megabytes", "5", "--large", "1000"), minutes=8),
    Benchmark("spacing", ("--lines", "100"), ("--lines", "500")),
    Benchmark("ocr", ("--lines", "15"), ("--lines", "100")),
    Benchmark("diacritics", ("--lines", "100"), ("--lines", "800")),
    Benchmark("lexicon"),
    Benchmark("extract_dates"),
    Benchmark("extract_numbers"),
    Benchmark("words", ("--count", "5000"), ("--count", "20000")),
    Benchmark("ner"),
    Benchmark("run", ("speed", "--megabytes", "20"), ("speed", "--megabytes", "200")),
)


def install(python: Path) -> None:
    """Install azproc and, one by one, the peers; pip says what it cannot install."""
    wanted = [line for line in (HERE / "peers.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    subprocess.run([python, "-m", "pip", "install", "-q", "-e", f"{ROOT}[batch,fast]"], check=True)
    for requirement in wanted:
        print(f"installing {requirement}", file=sys.stderr, flush=True)
        if subprocess.run([python, "-m", "pip", "install", "-q", requirement], check=False).returncode:
            print(f"{requirement} could not be installed; it is left out", file=sys.stderr)


def versions() -> dict[str, str | None]:
    """The version of azproc and of each peer; None for one that is not there."""
    lines = (HERE / "peers.txt").read_text(encoding="utf-8").splitlines()
    names = ["azproc", *(line.partition(">")[0] for line in lines if line and not line.startswith("#"))]
    return {name: installed(name) for name in names}


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def machine() -> dict[str, Any]:
    """What the figures depend on; no name of a host or a user."""
    described = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").is_file() else ""
    processor = next((line.partition(":")[2].strip() for line in described.splitlines() if line.startswith("model name")), platform.machine())
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),
    }


def measure(benchmark: Benchmark, *, short: bool) -> tuple[list[Figure], str]:
    """The figures of one benchmark, or none and what went wrong."""
    command = [sys.executable, str(HERE / f"{benchmark.name}.py"), *(benchmark.short if short else benchmark.full), "--json"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=benchmark.minutes * 60)
    except subprocess.TimeoutExpired:
        return [], f"stopped after {benchmark.minutes} minutes"
    if done.returncode:
        return [], (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return [Figure(**record) for record in json.loads(done.stdout)], ""


def collect(benchmarks: Iterable[Benchmark], *, short: bool) -> dict[str, Any]:
    found, failures, seconds = [], {}, {}
    surroundings = machine()
    for benchmark in benchmarks:
        begun = time.perf_counter()
        some, failure = measure(benchmark, short=short)
        found += some
        seconds[benchmark.name] = round(time.perf_counter() - begun, 1)
        if failure:
            failures[benchmark.name] = failure
        print(f"{benchmark.name}: {failure or f'{len(some)} figures'}, {seconds[benchmark.name]} s", file=sys.stderr, flush=True)
    return {
        "date": f"{datetime.now().astimezone():%Y-%m-%d}",
        "form": "short" if short else "full",
        "machine": surroundings,
        "versions": versions(),
        "seconds": seconds,
        "failures": failures,
        "figures": [asdict(figure) for figure in found],
    }


def report(results: dict[str, Any]) -> Iterator[str]:
    """Lines of results.md."""
    found = [Figure(**record) for record in results["figures"]]
    about = results["machine"]
    yield "# azproc beside its peers\n"
    yield (
        f"Written by `python benchmarks/all.py` on {results['date']}, {results['form']} form, {sum(results['seconds'].values()) / 60:.1f} minutes, "
        f"on {about['cores']} cores ({about['processor']}), Python {about['python']}; load before the run {about['load_before']}.\n"
    )
    yield (
        "Speed is of processor time on one core unless it says otherwise. The peer of a row is the one of the best quality in the same run. The seed and our own "
        "test cases are what azproc was built with: figures on them say what it does, not how it does on other texts. Scans and split letters are lines that were not "
        "read while it was built, held-out text is text that no count of it has seen. Spell checkers get the words and counts of our lexicon. "
        "In `dates` and `numbers` a value counts if its span overlaps the right one.\n"
    )
    yield from figures.side_by_side(found)
    yield "\n![Quality against speed](../docs/benchmarks/quality_speed.svg)\n"
    yield "## Every system"
    yield from figures.every_system(found)
    yield "\n## Versions\n"
    yield ", ".join(f"{name} {number}" for name, number in results["versions"].items() if number) + "."
    missing = [name for name, number in results["versions"].items() if number is None]
    yield f"\nNot installed, so not measured: {', '.join(missing) or 'none'}."
    yield "".join(f"\n`{name}` failed: {reason}." for name, reason in results["failures"].items())


def write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def chosen(names: Sequence[str]) -> list[Benchmark]:
    return [benchmark for benchmark in BENCHMARKS if not names or benchmark.name in names]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="less text: a few minutes")
    parser.add_argument("--here", action="store_true", help="no environment of its own")
    parser.add_argument("--only", nargs="+", choices=[benchmark.name for benchmark in BENCHMARKS], default=(), metavar="NAME")
    options = parser.parse_args()
    if not options.here:
        venv.create(ENVIRONMENT, with_pip=True)
        python = ENVIRONMENT / "bin" / "python"
        install(python)
        return subprocess.run([python, __file__, "--here", *sys.argv[1:]], check=False).returncode
    results = collect(chosen(options.only), short=options.short)
    if options.only:
        print("\n".join(report(results)))
    else:
        import plot

        write(HERE / "results.json", json.dumps(results, ensure_ascii=False, indent=1) + "\n")
        write(HERE / "results.md", "\n".join(report(results)) + "\n")
        plot.draw([Figure(**record) for record in results["figures"]], PICTURE)
    return 1 if results["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
