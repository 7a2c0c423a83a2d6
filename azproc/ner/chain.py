"""Decoding of a linear chain of IOB2 tags: the best allowed path, and how probable each span of it is.

Forward and backward sums after Lafferty, McCallum and Pereira (2001), "Conditional random fields".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Chain", "TaggedSpan"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Tokens ``[first, end)`` of a sentence, their label, and the probability that exactly they are one span of it."""

    first: int
    end: int
    label: str
    score: float


def log_sum(values: Floats, axis: int) -> Floats:
    """Logarithm of the sum of exponentials along an axis.

    >>> float(np.exp(log_sum(np.log(np.array([0.25, 0.5])), axis=0)).round(4))
    0.75
    """
    top = values.max(axis=axis, keepdims=True)
    total: Floats = np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis))
    return total


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Tags with the scores of the steps between them; steps that IOB2 forbids are very low."""

    tags: tuple[str, ...]
    start: Floats
    moves: Floats

    def spans(self, scores: Sequence[Floats]) -> list[tuple[TaggedSpan, ...]]:
        """Spans on the best path of every sentence, given one row of tag scores a token.

        >>> chain = Chain(("O", "B-LOC", "I-LOC"), np.array([0, 0, -1e4]), np.array([[0, 0, -1e4], [0, 0, 0], [0, 0, 0.0]]))
        >>> for span in chain.spans([np.array([[0, 3, 4.0], [0, 1, 3], [6, 0, 0]])])[0]:
        ...     print(span.first, span.end, span.label, round(span.score, 2))
        0 2 LOC 0.84
        """
        found: list[tuple[TaggedSpan, ...]] = [()] * len(scores)
        for rows in _alike([len(row) for row in scores]):
            lengths = np.array([len(scores[i]) for i in rows])
            padded = np.zeros((len(rows), int(lengths.max()), len(self.tags)))
            for place, i in enumerate(rows):
                padded[place, : lengths[place]] = scores[i]
            paths = self._best(padded, lengths)
            forward = self._forward(padded)
            backward = self._backward(padded, lengths)
            for place, i in enumerate(rows):
                size = lengths[place]
                found[i] = self._named(
                    paths[place][:size], padded[place, :size], forward[place, :size], backward[place, :size]
                )
        return found

    def _best(self, scores: Floats, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
        batch, length, _ = scores.shape
        best = self.start + scores[:, 0]
        came_from = np.zeros(scores.shape, np.int64)
        ends = np.where(lengths == 1, best.argmax(axis=1), 0)
        for step in range(1, length):
            arriving = best[:, :, None] + self.moves
            came_from[:, step] = arriving.argmax(axis=1)
            best = arriving.max(axis=1) + scores[:, step]
            ends = np.where(lengths == step + 1, best.argmax(axis=1), ends)
        paths = np.zeros((batch, length), np.int64)
        tag = ends
        for step in range(length - 1, -1, -1):
            tag = np.where(step + 1 == lengths, ends, tag)
            paths[:, step] = tag
            tag = came_from[np.arange(batch), step, tag]
        return paths

    def _forward(self, scores: Floats) -> Floats:
        sums = np.empty_like(scores)
        sums[:, 0] = self.start + scores[:, 0]
        for step in range(1, scores.shape[1]):
            sums[:, step] = log_sum(sums[:, step - 1, :, None] + self.moves, axis=1) + scores[:, step]
        return sums

    def _backward(self, scores: Floats, lengths: NDArray[np.int64]) -> Floats:
        sums = np.zeros_like(scores)
        for step in range(scores.shape[1] - 2, -1, -1):
            later = log_sum(self.moves + (scores[:, step + 1] + sums[:, step + 1])[:, None, :], axis=2)
            sums[:, step] = np.where((step + 1 < lengths)[:, None], later, 0.0)
        return sums

    def _named(self, path: NDArray[np.int64], scores: Floats, forward: Floats, backward: Floats) -> tuple[TaggedSpan, ...]:
        whole = float(log_sum(forward[-1], axis=0))
        spans: list[TaggedSpan] = []
        first = 0
        while first < len(path):
            place, _, label = self.tags[path[first]].partition("-")
            end = first + 1
            if place != "O":
                inside = self.tags.index(f"I-{label}")
                while end < len(path) and path[end] == inside:
                    end += 1
                score = self._log_probability(first, end, int(path[first]), inside, scores, forward, backward) - whole
                spans.append(TaggedSpan(first, end, label, float(np.exp(min(0.0, score)))))
            first = end
        return tuple(spans)

    def _log_probability(
        self, first: int, end: int, begin: int, inside: int, scores: Floats, forward: Floats, backward: Floats
    ) -> float:
        total, tag = forward[first, begin], begin
        for step in range(first + 1, end):
            total += self.moves[tag, inside] + scores[step, inside]
            tag = inside
        if end == len(scores):
            return float(total)
        after = self.moves[tag] + scores[end] + backward[end]
        after[inside] = -np.inf
        return float(total) + float(log_sum(after, axis=0))


def _alike(lengths: Sequence[int], most: int = 20_000) -> list[list[int]]:
    """Numbers of the non-empty sentences in groups of like length, with at most so many tokens in a group."""
    groups: list[list[int]] = []
    for i in sorted((i for i, length in enumerate(lengths) if length), key=lambda i: lengths[i]):
        if not groups or lengths[i] * (len(groups[-1]) + 1) > most or lengths[i] > 1.5 * lengths[groups[-1][0]] + 8:
            groups.append([])
        groups[-1].append(i)
    return groups
