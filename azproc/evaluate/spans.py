"""Spans against gold: exact precision, recall and F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

__all__ = ["Score", "score"]


@dataclass(frozen=True, slots=True)
class Score:
    """How many items the gold has, how many were found, and how many of those are right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where the gold is empty."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.gold + other.gold, self.found + other.found, self.right + other.right)


def score(gold: Iterable[Hashable], found: Iterable[Hashable]) -> Score:
    """Compare two collections of items, such as ``(start, end, label)``; an item counts as often as it occurs.

    >>> score([(0, 4, "LOC"), (9, 12, "PER")], [(0, 4, "LOC"), (5, 8, "ORG")]).f1
    0.5
    """
    wanted, given = Counter(gold), Counter(found)
    return Score(wanted.total(), given.total(), (wanted & given).total())
