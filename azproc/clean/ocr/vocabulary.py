"""The lexicon as the search for readings needs it: which prefixes lead to a word, which words are listed, how common."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import TYPE_CHECKING

from azproc.language.alphabet import ALPHABET
from azproc.resources import data_file, lexicon

if TYPE_CHECKING:
    import marisa_trie

    from azproc.lexicon import Lexicon

_FEW_WORDS_AFTER = 3  # letters after which few enough words are left to list them
_LETTERS = (*(letter.lower for letter in ALPHABET), "-", "'", "w")

__all__ = ["Vocabulary", "vocabulary"]

_MOST = 400_000  # remembered answers; a page of garbage must not fill the memory


@dataclass(slots=True)
class Vocabulary:
    """Answers about words, folded, each remembered for as long as there is room."""

    words: Lexicon
    reversed_words: marisa_trie.Trie
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

    def viable(self, prefix: str) -> bool:
        """Tell whether a listed word begins with a prefix."""
        return not prefix or prefix[-1] in self.onward(prefix[:-1])

    def ending_length(self, word: str) -> int:
        """Return how many of the last letters of a word some listed word ends in too."""
        backwards = word[::-1]
        low, high = 0, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            if next(self.reversed_words.iterkeys(backwards[:middle]), None) is None:
                high = middle - 1
            else:
                low = middle
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
        return self.weight(word) >= 0

    def knows(self, word: str) -> bool:
        """Tell whether a word is listed or well formed from a listed stem."""
        return self.weight(word) >= 0 or self.words.knows(word)

    def _letters_after(self, prefix: str) -> frozenset[str]:
        length = len(prefix)
        if length < _FEW_WORDS_AFTER:
            return frozenset(letter for letter in _LETTERS if self.words.has_prefix(prefix + letter))
        return frozenset(word[length] for word in self.words.beginning(prefix) if len(word) > length)


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary over the shipped lexicon, made once for each process."""
    import marisa_trie

    return Vocabulary(lexicon(), marisa_trie.Trie().mmap(str(data_file("ocr/backwards.marisa"))))
