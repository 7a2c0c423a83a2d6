"""How readers of a text are scored: values that are right, spans where nothing is, megabytes a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from figures import Figure


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that a system found at ``[start, end)``, with what else it says of it."""

    start: int
    end: int
    value: str | None
    rest: tuple[str | None, ...] = ()

    def overlaps(self, other: Reading) -> bool:
        return self.start < other.end and other.start < self.end


Reader = Callable[[str], Sequence[Reading]]
Documents = Sequence[tuple[str, Sequence[Reading]]]
Same = Callable[[str | None, str | None], bool]


def quality(read: Reader, documents: Documents, same: Same) -> tuple[int, int, int]:
    """Return values right where a span overlaps, values in all, and spans where nothing is."""
    right = total = spurious = 0
    for text, gold in documents:
        found = read(text)
        total += len(gold)
        right += sum(any(one.overlaps(other) and same(one.value, other.value) for one in found) for other in gold)
        spurious += sum(not any(one.overlaps(other) for other in gold) for one in found)
    return right, total, spurious


def exact(read: Reader, documents: Documents) -> tuple[int, int, int]:
    """Return readings that are right in everything, readings in all, and those that are not in the gold."""
    right = total = spurious = 0
    for text, gold in documents:
        found = set(read(text))
        right, total, spurious = right + len(found & set(gold)), total + len(gold), spurious + len(found - set(gold))
    return right, total, spurious


def speed(read: Callable[[str], object], text: str) -> float:
    """Return megabytes of UTF-8 per second of CPU time, the best of three."""
    read(text[:500])
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        read(text)
        best = min(best, time.process_time() - began)
    return len(text.encode()) / best / 1e6


def figure(job: str, system: str, read: Reader, gold: Documents, written: Documents, same: Same, text: str) -> Figure:
    """Values right on the gold and the written cases together, and the speed on one text."""
    right, total, spurious = quality(read, [*gold, *written], same)
    return Figure(
        job,
        system,
        own=system == "azproc",
        quality=right / total,
        measure=f"values right, seed and {len(written)} cases of our tests",
        harm=spurious,
        harm_measure=f"{job} found where none is",
        speed=speed(read, text),
        details={"seed": quality(read, gold, same), "cases": quality(read, written, same)},
    )
