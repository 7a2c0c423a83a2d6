"""The raw texts that the tools learn from, with a fixed part that nothing is ever learnt from.

Every tenth block of fifty lines is held out: coverage, restoration and repair are measured there. The rule depends on line
numbers only, so every tool and benchmark agrees on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TEXTS = Path("../shared/data/text")
BLOCK = 50
EVERY = 10


def lines(path: Path, *, heldout: bool) -> Iterator[str]:
    """Yield the lines of one part of a text file, without their line ends."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if (number // BLOCK % EVERY == EVERY - 1) == heldout:
                yield line.rstrip("\n")


def blocks(path: Path) -> tuple[list[str], list[str]]:
    """Return the lines to learn from and the lines held out."""
    return list(lines(path, heldout=False)), list(lines(path, heldout=True))
