"""How well a word's letters go on from the letters before it, and into those after it: counts of up to six letters.

Pairs of whole words are rare in a language that piles up suffixes; six letters across the space between two words hold the
end of the one and the stem of the other. Counted in edited text by ``models/ocr/train.py``, kept in ``data/ocr/letters.marisa``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import TYPE_CHECKING

import regex
from rapidfuzz.distance import Postfix, Prefix

from azproc.clean.ocr.context import TOTAL, dequantised
from azproc.language.casing import fold
from azproc.resources import data_file, record_trie

if TYPE_CHECKING:
    import marisa_trie

__all__ = ["ORDER", "LetterModel", "letter_model", "plain"]

ORDER = 6
_TRUST = 4.0  # so many sightings of the letters before count as much as what fewer of them say
_LEAST = 1e-6  # the probability of a letter that was never seen
_MOST = 500_000  # remembered counts
_AROUND = 12  # characters on each side in which the few letters that count are found
_SPACES = regex.compile(r"[\s\p{Cs}]++")  # half a surrogate pair has no place in a trie
_FIGURE = regex.compile(r"\d")
_STEPS = tuple(map(dequantised, range(256)))


def plain(text: str) -> str:
    r"""Return a text as its letters are counted: folded, spaces as one, every figure as 0.

    >>> plain("1918-ci il,\n Bakı")
    '0000-ci il, bakı'
    """
    return str(_FIGURE.sub("0", _SPACES.sub(" ", fold(text))))


@dataclass(frozen=True, slots=True)
class LetterModel:
    """Counts of groups of one to `ORDER` letters, as a trie of quantised bytes."""

    counts: marisa_trie.RecordTrie
    total: float
    _remembered: dict[str, float] = field(default_factory=dict, repr=False, compare=False)
    _gains: dict[tuple[str, str, str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def gain_at(self, text: str, start: int, end: int, read: str, meant: str) -> float:
        """Return `gain` for the word at ``[start, end)`` of any text."""
        left, right = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
        return self.gain(plain(" " + left), read, meant, plain(right + " "))

    def gain(self, left: str, read: str, meant: str, right: str) -> float:
        """Return how much likelier ``meant`` is than ``read``, both folded, between two pieces of `plain` text: a difference of ln P.

        >>> letter_model().gain("uzun mübarizə ", "haş", "baş", " verdi və ") > 0
        True
        """
        left, right = left[-ORDER + 1 :], right[: ORDER - 1]
        key = (left, read, meant, right)
        gain = self._gains.get(key)
        if gain is None:
            if len(self._gains) >= _MOST:
                self._gains.clear()
            gain = self._gains[key] = self._gain(*key)
        return gain

    def next_letter(self, text: str) -> float:
        """Return ln P of the last letter of a piece of `plain` text after the others.

        >>> letter_model().next_letter(" kitablar") > letter_model().next_letter(" kitablaş")
        True
        """
        return self._likelihood(text, len(text) - 1, 0)

    def _gain(self, left: str, read: str, meant: str, right: str) -> float:
        first = Prefix.similarity(read, meant)
        last = min(Postfix.similarity(read, meant), min(len(read), len(meant)) - first)
        start = len(left) + first
        return self._likelihood(left + meant + right, start, last) - self._likelihood(left + read + right, start, last)

    def _likelihood(self, text: str, start: int, last: int) -> float:
        """Return the sum of ln P of the letters from ``start`` on, without the ``last`` ones that no change reaches."""
        total, before = 0.0, self._groups_before(text, start)
        for place in range(start, len(text) - last):
            here = self._groups_before(text, place + 1)
            probability = _LEAST
            for context, count in zip((self.total, *before), here, strict=False):
                probability = (count + _TRUST * probability) / (context + _TRUST)
            total += log(probability)
            before = here
        return total

    def _groups_before(self, text: str, end: int) -> list[float]:
        """Return how often the last one, two, ... letters before a place were seen."""
        remembered = self._remembered
        found: list[float] = []
        for start in range(end - 1, max(end - ORDER, 0) - 1, -1):
            group = text[start:end]
            count = remembered.get(group)
            if count is None:
                if len(remembered) >= _MOST:
                    remembered.clear()
                stored = self.counts.get(group)
                count = remembered[group] = _STEPS[stored[0][0]] if stored else 0.0
            if not count:
                return found + [0.0] * (ORDER - len(found))
            found.append(count)
        return found


@cache
def letter_model() -> LetterModel:
    """Return the shipped model, opened once for each process."""
    counts = record_trie("<B", data_file("ocr/letters.marisa"))
    return LetterModel(counts, _STEPS[counts[TOTAL][0][0]])
