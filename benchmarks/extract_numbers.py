"""Numbers: azproc beside Recognizers-Text (Turkish) and quantulum3, quality and speed in the same run.

    python benchmarks/extract_numbers.py [--gold corpora/seed/seed.jsonl] [--data ../shared/data]

Quality is counted on the gold and on the written cases of tests/cases/numbers: values that are right at the right place (a span that
overlaps is enough, so that peers are not blamed for suffixes), and spans where the gold has nothing. azproc's exact figure asks for the
same span, type, value, unit and mod. Speed is CPU time on one core, the best of three.
Peers: pip install recognizers-text-suite "emoji<2" quantulum3.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from figures import Figure, attempt, print_json
from scoring import Reader, Reading, exact, figure, quality, speed

from azproc import find_dates, find_numbers
from azproc.evaluate.layers import read_gold
from azproc.records import value_text

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests/cases/numbers"
SLOW = 20_000  # characters that a slow peer is timed on


def azproc_reader(text: str) -> list[Reading]:
    return [Reading(n.start, n.end, value_text(n.value), (n.type, n.unit, n.mod)) for n in find_numbers(text)]


def recognizers_reader() -> Reader:
    from recognizers_suite import Culture, recognize_number, recognize_ordinal, recognize_percentage

    def read(text: str) -> list[Reading]:
        found = [one for recognize in (recognize_percentage, recognize_ordinal, recognize_number) for one in recognize(text, Culture.Turkish)]
        return [Reading(one.start, one.end + 1, str((one.resolution or {}).get("value", "")).rstrip("%")) for one in found]

    return read


def quantulum_reader() -> Reader:
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its pickled classifier does not load under a present scikit-learn

    def read(text: str) -> list[Reading]:
        return [Reading(*one.span, str(one.value)) for one in parser.parse(text)]

    return read


def peers() -> Iterator[tuple[str, Reader]]:
    for name, make in (("Recognizers-Text (tr)", recognizers_reader), ("quantulum3", quantulum_reader)):
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name} left out: {error}", file=sys.stderr)


def same(one: str, other: str) -> bool:
    try:
        return [Fraction(Decimal(part)) for part in one.split("/")] == [Fraction(Decimal(part)) for part in other.split("/")]
    except InvalidOperation:
        return one == other


def cases() -> Iterator[tuple[str, list[Reading]]]:
    for kind in ("synthetic", "negative"):
        for case in map(json.loads, (CASES / f"{kind}.jsonl").read_text("utf-8").splitlines()):
            end, readings = 0, []
            for written, value, sort, *rest in case.get("numbers", []):
                start = case["text"].index(written, end)
                end = start + len(written)
                unit, mod = (*rest, None, None)[:2]
                readings.append(Reading(start, end, value, (sort, unit, mod)))
            yield case["text"], readings


def figures(gold: list[tuple[str, list[Reading]]], written: list[tuple[str, list[Reading]]], text: str) -> Iterator[Figure]:
    yield figure("numbers", "azproc", azproc_reader, gold, written, same, text)
    for name, read in peers():
        yield attempt(figure, "numbers", name, read, gold, written, same, text[:SLOW])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT / "corpora/seed/seed.jsonl")
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--json", action="store_true")
    options, _ = parser.parse_known_args()
    gold = [
        (document.text, [Reading(n["start"], n["end"], n["value"], (n["type"], n["unit"], n["mod"])) for n in document.layers["numbers"]])
        for document in read_gold(options.gold)
    ]
    written = list(cases())
    seed = "\n\n".join(text for text, _ in gold)
    prose = (options.data / "text/lit_pos_shafahat.txt").read_text("utf-8") if options.data.is_dir() else ""
    if options.json:
        print_json(figures(gold, written, prose or seed))
        return
    print(f"numbers{'':14s}{'gold: right/all':>17s}{'spurious':>10s}{'cases: right/all':>18s}{'spurious':>10s}")
    for name, read in (("azproc", azproc_reader), *peers()):
        (right, total, spurious), (right_case, total_case, spurious_case) = quality(read, gold, same), quality(read, written, same)
        print(f"{name:21s}{right:>12d}/{total:<4d}{spurious:>10d}{right_case:>13d}/{total_case:<4d}{spurious_case:>10d}")
    for name, documents in (("gold", gold), ("cases", written)):
        right, total, spurious = exact(azproc_reader, documents)
        print(f"azproc exact span, type, value, unit, mod on {name}: {right} of {total}, {spurious} spurious")

    for label, text in (("gold, twenty times", seed * 20), ("prose with few digits", prose)):
        if text:
            dates = find_dates(text)
            print(f"speed on {label}, MB/s")
            print(f"  azproc, dates given   {speed(lambda text, dates=dates: find_numbers(text, dates=dates), text):8.2f}")
            print(f"  azproc, dates sought  {speed(find_numbers, text):8.2f}")
            for name, read in peers():
                print(f"  {name:22s}{speed(read, text[:SLOW]):8.2f}")


if __name__ == "__main__":
    main()
