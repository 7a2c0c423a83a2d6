"""The lexicon as the search for readings needs it: which prefixes lead to a word, which words are listed, how common."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import TYPE_CHECKING

from azproc.language.alphabet import ALPHABET
from azproc.language.harmony import shape_of
from azproc.language.suffixes import chains, ending_initials
from azproc.resources import data_file, lexicon

if TYPE_CHECKING:
    import marisa_trie

    from azproc.lexicon import Lexicon

_FIRST, _LAST = " ", "\uffff"  # before and after all letters in the order of strings
_SHORTEST_BEGINNING = 4
_NAME, _NO_NAME = 0.9, 0.1  # shares of capitals inside sentences
_SHELF = 3  # letters after which few enough words are left to list them
_LETTERS = (*(letter.lower for letter in ALPHABET), "-", "'", "w")

__all__ = ["Vocabulary", "vocabulary"]

_MOST = 200_000  # remembered answers; a page of garbage must not fill the memory


@dataclass(slots=True)
class Vocabulary:
    """Answers about words, folded, each remembered for as long as there is room."""

    words: Lexicon
    reversed_words: marisa_trie.Trie
    _shelves: dict[str, list[str]] = field(default_factory=dict)
    _onward: dict[str, frozenset[str]] = field(default_factory=dict)
    _weights: dict[str, float] = field(default_factory=dict)

    def onward(self, prefix: str) -> frozenset[str]:
        """Return the letters that may follow a prefix on the way to a listed word."""
        found = self._onward.get(prefix)
        if found is None:
            if len(self._onward) >= _MOST:
                self._onward.clear()
            found = self._onward[prefix] = self._letters_after(prefix)
        return found

    def begins(self, prefix: str) -> bool:
        """Tell whether a listed word begins with a prefix."""
        return self.words.has_prefix(prefix)

    def ending_length(self, word: str) -> int:
        """Return how many of the last letters of a word some listed word ends in too."""
        backwards = word[::-1]
        low, high = 0, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            if self._ends(backwards[:middle]):
                low = middle
            else:
                high = middle - 1
        return low

    def weight(self, word: str) -> float:
        """Return the natural logarithm of 1 + the count of a listed word; -1 if it is not listed."""
        found = self._weights.get(word)
        if found is None:
            if len(self._weights) >= _MOST:
                self._weights.clear()
            count = self.words.count_folded(word)
            found = self._weights[word] = log(1 + count) if count >= 0 else -1.0
        return found

    def lists(self, word: str) -> bool:
        """Tell whether a word stands in the list as it is."""
        return self.words.count_folded(word) >= 0

    def knows(self, word: str) -> bool:
        """Tell whether a word is listed or well formed from a listed stem."""
        return self.lists(word) or self.words.knows(word)

    def is_name(self, word: str) -> bool:
        """Tell whether a word is hardly ever written without a capital inside a sentence."""
        return self.words.capital_share(word) >= _NAME

    def is_no_name(self, word: str) -> bool:
        """Tell whether a word is hardly ever written with a capital inside a sentence."""
        return self.words.capital_share(word) < _NO_NAME

    def weight_of_beginning(self, word: str) -> float:
        """Return the weight of the longest listed beginning after which a chain of a noun's suffixes follows; -1 if there is none.

        It need be no stem that the lexicon vouches for: rare nouns and foreign names are not, and take suffixes all the same.
        """
        for place in range(len(word) - 1, _SHORTEST_BEGINNING - 1, -1):
            if word[place] in ending_initials() and self.lists(word[:place]) and chains("noun", shape_of(word[:place]), word[place:]):
                return self.weight(word[:place])
        return -1.0

    def _letters_after(self, prefix: str) -> frozenset[str]:
        length = len(prefix)
        if length < _SHELF:
            return frozenset(letter for letter in _LETTERS if self.words.has_prefix(prefix + letter))
        shelf = self._shelf(prefix[:_SHELF])
        longer = shelf[bisect_left(shelf, prefix + _FIRST) : bisect_left(shelf, prefix + _LAST)]
        return frozenset({word[length] for word in longer})

    def _ends(self, backwards: str) -> bool:
        return next(self.reversed_words.iterkeys(backwards), None) is not None

    def _shelf(self, beginning: str) -> list[str]:
        """The listed words that begin with three letters, in order; all shelves together are no more than the lexicon."""
        shelf = self._shelves.get(beginning)
        if shelf is None:
            if beginning[-1] not in self.onward(beginning[:-1]):
                return []
            shelf = self._shelves[beginning] = sorted(self.words.beginning(beginning))
        return shelf


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary over the shipped lexicon, made once for each process."""
    import marisa_trie

    return Vocabulary(lexicon(), marisa_trie.Trie().mmap(str(data_file("ocr/backwards.marisa"))))
