"""Dates, times and durations: azproc beside dateparser and Recognizers-Text, quality and speed in the same run.

    python benchmarks/extract_dates.py [--gold corpora/seed/seed.jsonl] [--data ../shared/data] [--peers]

Quality is counted on the gold and on the written cases of tests/cases/dates: values that are right at the right place (for peers a
span that overlaps is enough), and spans where the gold has nothing. Speed is CPU time on one core, the best of three.
Peers: pip install dateparser recognizers-text-suite "emoji<2".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from operator import eq
from pathlib import Path

from figures import Figure, attempt, print_json
from scoring import Reader, Reading, figure, quality, speed

from azproc import find_dates
from azproc.evaluate.layers import read_gold

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests/cases/dates"
SLOW = 20_000  # characters that a slow peer is timed on


def azproc_reader(text: str) -> list[Reading]:
    return [Reading(date.start, date.end, date.value) for date in find_dates(text)]


def dateparser_reader() -> Reader:
    from dateparser.search import search_dates

    def read(text: str) -> list[Reading]:
        readings, at = [], 0
        for words, moment in search_dates(text, languages=["az"], settings={"DATE_ORDER": "DMY"}) or ():
            start = text.find(words, at)
            if start >= 0:
                at = start + len(words)
                readings.append(Reading(start, at, f"{moment:%Y-%m-%d}"))
        return readings

    return read


def recognizers_reader() -> Reader:
    from recognizers_date_time import Culture, recognize_datetime

    def read(text: str) -> list[Reading]:
        return [
            Reading(one.start, one.end + 1, (one.resolution or {"values": [{}]})["values"][0].get("timex"))
            for one in recognize_datetime(text, Culture.Turkish)
        ]

    return read


def peers() -> Iterable[tuple[str, Reader]]:
    for name, make in (("dateparser (az)", dateparser_reader), ("Recognizers-Text (tr)", recognizers_reader)):
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name} left out: {error}", file=sys.stderr)


def readings(records: list[dict]) -> list[Reading]:
    return [Reading(record["start"], record["end"], record["value"]) for record in records]


def cases() -> list[tuple[str, list[Reading]]]:
    lines = [line for kind in ("wild", "synthetic", "negative") for line in (CASES / f"{kind}.jsonl").read_text("utf-8").splitlines()]
    return [(case["text"], readings(case["dates"])) for case in map(json.loads, lines)]


def figures(gold: list[tuple[str, list[Reading]]], written: list[tuple[str, list[Reading]]], text: str) -> Iterator[Figure]:
    yield figure("dates", "azproc", azproc_reader, gold, written, eq, text)
    for name, read in peers():
        yield attempt(figure, "dates", name, read, gold, written, eq, text[:SLOW])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT / "corpora/seed/seed.jsonl")
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--json", action="store_true")
    options, _ = parser.parse_known_args()
    gold = [(document.text, readings(document.layers["dates"])) for document in read_gold(options.gold)]
    written = cases()
    seed = "\n\n".join(text for text, _ in gold)
    prose = (options.data / "text/lit_pos_shafahat.txt").read_text("utf-8") if options.data.is_dir() else ""

    if options.json:
        print_json(figures(gold, written, prose or seed))
        return
    print(f"{'dates':24} {'gold values':>12} {'spurious':>9} {'case values':>12} {'spurious':>9} {'MB/s seed':>10} {'MB/s prose':>11}")
    for name, read in (("azproc", azproc_reader), *peers()):
        right, total, spurious = quality(read, gold, eq)
        right_cases, total_cases, spurious_cases = quality(read, written, eq)
        own = read is azproc_reader
        fast = speed(read, seed * 20 if own else seed[:SLOW])
        on_prose = f"{speed(read, prose if own else prose[:SLOW]):11.3f}" if prose else ""
        print(
            f"{name:24} {right:5} of {total:3} {spurious:9} {right_cases:5} of {total_cases:3} {spurious_cases:9} {fast:10.3f} {on_prose}",
            flush=True,
        )
    whole = sum(azproc_reader(text) == dates for text, dates in written)
    print(f"azproc, written cases with every span and value right: {whole} of {len(written)}")


if __name__ == "__main__":
    main()
