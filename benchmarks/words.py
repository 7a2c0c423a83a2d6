"""Numbers in words beside num2words: whether ``find_numbers`` reads them back, and how fast they are written.

    python benchmarks/words.py [--count 20000] [--json]

Numbers are drawn evenly over their digits, from 1 to 12, with a seed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator

from figures import Figure, attempt, print_json

import azproc as az


def num2words(number: int) -> str:
    from num2words import num2words as write

    return write(number, lang="az")


def numbers(count: int) -> list[int]:
    rng = random.Random(1)
    return [rng.randrange(10 ** rng.randint(1, 12)) for _ in range(count)]


def read_back(words: str) -> int | None:
    found = az.find_numbers(f"Cəmi {words} oldu.")
    return int(found[0].value) if len(found) == 1 else None


def figure(job: str, system: str, write: Callable[[int], str], chosen: list[int]) -> Figure:
    begun = time.process_time()
    written = [write(number) for number in chosen]
    seconds = time.process_time() - begun
    right = sum(read_back(words) == number for words, number in zip(written, chosen, strict=True))
    return Figure(
        job,
        system,
        own=system == "azproc",
        quality=right / len(chosen),
        measure="numbers that find_numbers reads back",
        speed=len(chosen) / seconds / 1000,
        unit="thousand numbers/s",
    )


def figures(count: int) -> Iterator[Figure]:
    chosen = numbers(count)
    yield figure("numbers in words", "azproc", az.to_words, chosen)
    yield attempt(figure, "numbers in words", "num2words (az)", num2words, chosen)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = list(figures(options.count))
    if options.json:
        print_json(found)
        return
    for one in found:
        print(f"{one.system:16} {one.quality:7.2%} read back, {one.speed:.0f} thousand a second")


if __name__ == "__main__":
    main()
