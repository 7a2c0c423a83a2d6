"""Spans against gold: exact precision, recall and F1, and what became of each span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass

__all__ = ["FATES", "Pairing", "Score", "pairings", "score"]

LabelledSpan = tuple[int, int, str]


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


@dataclass(frozen=True, slots=True)
class Pairing:
    """A gold span, the span found for it, one of them None, and the ``fate``, one of `FATES`."""

    fate: str
    gold: LabelledSpan | None
    found: LabelledSpan | None


_MATCHES: tuple[tuple[str, Callable[[LabelledSpan, LabelledSpan], bool]], ...] = (
    ("right", lambda gold, found: gold == found),
    ("label", lambda gold, found: gold[:2] == found[:2]),
    ("boundary", lambda gold, found: gold[2] == found[2] and gold[0] < found[1] and found[0] < gold[1]),
    ("boundary and label", lambda gold, found: gold[0] < found[1] and found[0] < gold[1]),
)
FATES = (*(name for name, _ in _MATCHES), "missed", "spurious")


def pairings(gold: Iterable[LabelledSpan], found: Iterable[LabelledSpan]) -> tuple[Pairing, ...]:
    """Pair labelled spans with the gold, one to one and in order of place: the best matches first, from the left.

    >>> for each in pairings([(0, 4, "LOC"), (9, 20, "ORG")], [(0, 4, "PER"), (9, 14, "ORG"), (15, 20, "ORG")]):
    ...     print(each.fate, each.gold, each.found)
    label (0, 4, 'LOC') (0, 4, 'PER')
    boundary (9, 20, 'ORG') (9, 14, 'ORG')
    spurious None (15, 20, 'ORG')
    """
    pairs = [pair for due, given in _touching(gold, found) for pair in _paired(due, given)]
    return tuple(sorted(pairs, key=lambda pair: (pair.gold or pair.found or (0,))[0]))


def _touching(gold: Iterable[LabelledSpan], found: Iterable[LabelledSpan]) -> Iterator[tuple[list[LabelledSpan], list[LabelledSpan]]]:
    """Gold and found spans in groups between which nothing overlaps."""
    group: tuple[list[LabelledSpan], list[LabelledSpan]] = ([], [])
    reached = 0
    for span, side in sorted([(span, 0) for span in set(gold)] + [(span, 1) for span in set(found)]):
        if span[0] >= reached:
            yield group
            group = ([], [])
        group[side].append(span)
        reached = max(reached, span[1])
    yield group


def _paired(gold: list[LabelledSpan], found: list[LabelledSpan]) -> Iterator[Pairing]:
    for fate, agree in _MATCHES:
        for given in tuple(found):
            due = next((span for span in gold if agree(span, given)), None)
            if due:
                gold.remove(due)
                found.remove(given)
                yield Pairing(fate, due, given)
    yield from (Pairing("missed", span, None) for span in gold)
    yield from (Pairing("spurious", None, span) for span in found)
