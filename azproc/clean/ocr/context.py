"""How well a word fits between its neighbours: pairs of words, and pairs of word endings, counted in edited text.

The endings carry the grammar: a genitive before a possessed noun, an accusative before a verb. Two words that were never
seen side by side still have endings that were.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from math import log, log2
from typing import TYPE_CHECKING

import regex

from azproc.language.alphabet import VOWELS
from azproc.language.casing import fold
from azproc.language.harmony import surface_harmonises
from azproc.resources import data_file, record_trie

if TYPE_CHECKING:
    import marisa_trie

__all__ = ["BORDER", "PAUSE", "TOKEN", "TOTAL", "Context", "context", "dequantised", "letter_groups", "neighbour", "quantised", "shape"]

BORDER = "."  # stands for the end of a sentence, a bracket, the edge of a text
PAUSE = ","
TOKEN = regex.compile(
    r"\p{L}++(?![\p{M}\p{N}'’-])"  # most words, in one step
    r"|[\p{L}\p{M}\p{N}]++(?:(?:[-'’]|(?<=\p{N})[.,:](?=\p{N}))[\p{L}\p{M}\p{N}]++)*+|[.!?;:…()\[\],–—]"
)
_PAUSES = frozenset(",–—")
_STEPS = 11.0  # steps of a quantised count for each doubling
_DOUBT = 0.5  # how many sightings an unseen pair is worth
TOTAL = "# total"  # the key of the number of words counted
_ENDING = 4
_MOST = 200_000  # remembered counts
_CLITICS = frozenset(("da", "də"))
_HARMONY = 4.0  # what a clitic's harmony is worth, as a link
_LETTERS, _EDGE = "^", "_"  # marks the keys of letter groups; stands before and after a word
_OPEN = frozenset("aə")
_ARCHIPHONEME = {vowel: "A" if vowel in _OPEN else "I" for vowel in VOWELS if vowel in _OPEN | frozenset("ıiuü")}
_ARCHIPHONEMES = str.maketrans(_ARCHIPHONEME)


def quantised(count: int) -> int:
    """Return a count as a byte on a logarithmic scale; `dequantised` undoes it within 6 %.

    >>> quantised(1), round(dequantised(quantised(1000)))
    (11, 1023)
    """
    return min(255, round(_STEPS * log2(1 + count)))


def dequantised(step: int) -> float:
    """Return about the count that a byte stands for."""
    return float(2.0 ** (step / _STEPS)) - 1.0


def neighbour(token: str) -> str:
    """Return what a token is to the word beside it: a folded word, ``#`` with a number's suffix, a pause or a border.

    >>> neighbour("Bakı"), neighbour("18-də"), neighbour("1918"), neighbour(","), neighbour("!")
    ('bakı', '#-də', '#', ',', '.')
    """
    if token[0].isalpha():
        return fold(token)
    if token[0].isnumeric():
        head, hyphen, suffix = token.rpartition("-")
        return "#-" + fold(suffix) if hyphen and suffix.isalpha() and head else "#"
    return PAUSE if token in _PAUSES else BORDER


def letter_groups(word: str) -> list[str]:
    """Return the keys under which the groups of two and three letters of a word are counted.

    >>> letter_groups("və")
    ['^__', '^__v', '^_v', '^_və', '^və', '^və_']
    """
    padded = f"{_EDGE}{_EDGE}{word}{_EDGE}"
    return [f"{_LETTERS}{padded[place : place + width]}" for place in range(len(word) + 1) for width in (2, 3)]


def shape(word: str) -> str:
    """Return the ending of a word without its vowel harmony; pairs of shapes are what grammar allows.

    >>> shape("partiyasının"), shape("hökumətinin"), shape("#-də")
    ('~InIn', '~InIn', '#-də')
    """
    return "~" + word[-_ENDING:].translate(_ARCHIPHONEMES) if word[0].isalpha() else word


@dataclass(frozen=True, slots=True)
class Context:
    """Counts of words and of pairs (``left right``) of words and of shapes, as a trie of quantised bytes."""

    counts: marisa_trie.RecordTrie
    total: float
    _remembered: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def count(self, key: str) -> float:
        """Return how often a word, a shape or a pair was seen."""
        count = self._remembered.get(key)
        if count is None:
            if len(self._remembered) >= _MOST:
                self._remembered.clear()
            found = self.counts.get(key)
            count = self._remembered[key] = dequantised(found[0][0]) if found else 0.0
        return count

    def link(self, left: str, right: str) -> float:
        """Return the logarithm of how much oftener two words or shapes meet than by chance; 0 where nothing is known."""
        chance = self.count(left) * self.count(right) / self.total
        return log((self.count(f"{left} {right}") + _DOUBT) / (chance + _DOUBT))

    def strangeness(self, word: str) -> float:
        """Return -ln P of the unlikeliest letter of a word after the two before it: high for garbled and foreign words."""
        padded = f"{_EDGE}{_EDGE}{word}{_EDGE}"
        return max(
            log((self.count(f"{_LETTERS}{padded[place - 2 : place]}") + _DOUBT) / (self.count(f"{_LETTERS}{padded[place - 2 : place + 1]}") + _DOUBT / 10))
            for place in range(2, len(padded))
        )

    def links(self, left: str, right: str) -> tuple[float, float]:
        """Return `link` of two words and of their shapes; ``da`` and ``də`` (too) follow the vowels of the word before."""
        shapes = self.link(shape(left), shape(right))
        if right in _CLITICS and left[0].isalpha():
            shapes += _HARMONY if surface_harmonises(left, right) else -_HARMONY
        return self.link(left, right), shapes


@functools.cache
def context() -> Context:
    """Return the shipped context model, opened once for each process.

    >>> context().link("baş", "verdi") > context().link("haş", "verdi")
    True
    """
    trie = record_trie("<B", data_file("ocr/context.marisa"))
    return Context(trie, dequantised(trie[TOTAL][0][0]))
