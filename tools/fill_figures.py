"""Put measured figures into the documentation, where ``<!-- figure: NAME -->`` marks their cell of a table.

    python tools/fill_figures.py benchmarks/run_figures.json

The file maps names to numbers or short texts, as the benchmarks printed them. What follows from others by arithmetic is not in
it: efficiency is the rate of two workers over twice that of one, and the terabyte comes from rate and efficiency.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from math import ceil
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = tuple(ROOT / "docs" / name for name in ("cluster.md", "reliability.md"))
CELL = re.compile(r"(<!-- figure: ([\w.]+) -->)[^|\n]*?(?= ?\|)")
TERABYTE = 1_000_000
HOUR = 3600
NIGHT = 8
CORES = 64

Figures = dict[str, float | str]


def derived(figures: Figures) -> Figures:
    """Return the figures with those that follow from them.

    >>> full = derived({"speed.web.one": 5, "speed.web.two": 9})
    >>> full["speed.web.efficiency"], round(full["terabyte.web.core_hours"], 1), round(full["terabyte.web.hours64"], 2)
    (0.9, 55.6, 0.96)
    """
    more: Figures = {}
    for name, two in figures.items():
        if not (name.startswith("speed.") and name.endswith(".two")):
            continue
        profile = name.split(".")[1]
        one = float(figures[f"speed.{profile}.one"])
        efficiency = float(two) / (2 * one)
        more |= {
            f"speed.{profile}.efficiency": efficiency,
            f"terabyte.{profile}.core_hours": TERABYTE / one / HOUR,
            f"terabyte.{profile}.hours64": TERABYTE / (one * CORES * efficiency) / HOUR,
            f"terabyte.{profile}.night": ceil(TERABYTE / (one * efficiency * NIGHT * HOUR)),
        }
    return figures | more


def filled(page: str, figures: Figures) -> str:
    """Return a page with the figures that there are in their cells; the other cells stay.

    >>> filled("| web | <!-- figure: a -->– | <!-- figure: b -->– |", {"a": 5.123})
    '| web | <!-- figure: a -->5.12 | <!-- figure: b -->– |'
    """
    return CELL.sub(lambda cell: cell[1] + _written(figures[cell[2]]) if cell[2] in figures else cell[0], page)


def _written(figure: float | str) -> str:
    return figure if isinstance(figure, str) else f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path)
    given = json.loads(parser.parse_args().figures.read_text(encoding="utf-8"))
    figures = derived(given)
    texts = {path: path.read_text(encoding="utf-8") for path in PAGES}
    places = {name for text in texts.values() for _, name in CELL.findall(text)}
    for path, text in texts.items():
        path.write_text(filled(text, figures), encoding="utf-8")
    for name in sorted(places - figures.keys()):
        print(f"no figure yet: {name}")
    for name in sorted(given.keys() - places):
        print(f"no place for: {name}")
    return int(bool(given.keys() - places))


if __name__ == "__main__":
    sys.exit(main())
