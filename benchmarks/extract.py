"""Dates and numbers beside their peers: runs benchmarks/extract_dates.py and benchmarks/extract_numbers.py.

    python benchmarks/extract.py [--gold corpora/seed/seed.jsonl] [--data ../shared/data]
"""

from __future__ import annotations

import runpy
from pathlib import Path

HALVES = ("extract_dates", "extract_numbers")

if __name__ == "__main__":
    for half in HALVES:
        runpy.run_path(str(Path(__file__).with_name(f"{half}.py")), run_name="__main__")
