"""The raw texts that the tools learn from, with a fixed part that nothing is ever learnt from.

Every tenth block of fifty lines is held out: coverage, restoration and repair are measured there. So is each line that the
given pairs of clean and damaged text were made from. Every tool and benchmark uses this rule, so they agree on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import ahocorasick

TEXTS = Path("../shared/data/text")
PAIRS = Path("../shared/data/noisy")
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


def lines(path: Path, *, heldout: bool) -> Iterator[str]:
    """Yield the lines of one part of a text file, without their line ends."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            in_block = number // BLOCK % EVERY == EVERY - 1
            if (in_block or any(True for _ in _evaluated().iter(line))) == heldout:
                yield line.rstrip("\n")


def blocks(path: Path) -> tuple[list[str], list[str]]:
    """Return the lines to learn from and the lines held out."""
    return list(lines(path, heldout=False)), list(lines(path, heldout=True))
