"""The raw texts that the tools learn from, in fixed parts, so that nothing is measured where it was learnt.

Every tenth block of fifty lines is kept from the word lists and counts. Of these blocks every other one is there to judge
by: how far a model may trust those counts on text that they have not seen. The rest is the test, for coverage,
restoration and repair, and so is each line that the given pairs of clean and damaged text were made from. Every tool and
benchmark uses this rule, so they agree on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import ahocorasick

TEXTS = Path("../shared/data/text")
PAIRS = Path("../shared/data/noisy")
Part = Literal["learn", "judge", "test"]
BLOCK = 50
EVERY = 10


@cache
def _evaluated() -> ahocorasick.Automaton:
    """The clean sides of the given pairs, to be found in a line."""
    sentences = ahocorasick.Automaton()
    sentences.add_word("\0", 0)  # an automaton without words cannot be searched
    for path in sorted(PAIRS.glob("ocr_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            sentences.add_word(json.loads(line)["clean"], 1)
    sentences.make_automaton()
    return sentences


def part_of(number: int, line: str) -> Part:
    """Return the part that a line belongs to by its number in the file, counted from 0."""
    if any(True for _ in _evaluated().iter(line)):
        return "test"
    tenth, place = divmod(number // BLOCK, EVERY)
    if place < EVERY - 1:
        return "learn"
    return "test" if tenth % 2 else "judge"


def lines(path: Path, *parts: Part) -> Iterator[str]:
    """Yield the lines of the given parts of a text file, without their line ends."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if part_of(number, line) in parts:
                yield line.rstrip("\n")
