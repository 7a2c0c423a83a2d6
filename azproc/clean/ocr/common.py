"""Common words that look like a given one, found among all of them at once by masks of their letters.

A mask has a bit for each letter, or each pair of neighbours, that a word has an odd number of times: a letter taken for another
changes two bits of the one and four of the other at most, wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from azproc.resources import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["CommonWords", "common_words", "sorted_by_length"]

_LENGTHS_APART = 2
_SHORT = 7  # letters
_CLOSE, _APART = (2, 4, 8), (3, 5, 9)  # steps between a short word and one like it, or between longer ones, and bits of their masks
_END = " "
_HASH = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio: its products are spread evenly
_PAIR = 37
_SIX_BITS = 58


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Words, folded, the shortest first; ``firsts[n]`` is the place of the first that has ``n`` letters or more."""

    words: tuple[str, ...]
    firsts: tuple[int, ...]
    letters: NDArray[np.uint64]
    pairs: NDArray[np.uint64]

    def like(self, word: str) -> list[str]:
        """Return the words that differ from a folded one in two or, if it is long, three letters, and not in the length alone.

        >>> "azərbaycan" in common_words().like("azəthaycan"), "kitab" in common_words().like("azəthaycan")
        (True, False)
        """
        import numpy as np

        start, end = self._place(len(word) - _LENGTHS_APART), self._place(len(word) + _LENGTHS_APART + 1)
        steps, letters_apart, pairs_apart = _APART if len(word) > _SHORT else _CLOSE
        letters, pairs = _masks([word])
        alike = np.flatnonzero(np.bitwise_count(self.letters[start:end] ^ letters) <= letters_apart) + start
        alike = alike[np.bitwise_count(self.pairs[alike] ^ pairs) <= pairs_apart]
        near = [self.words[place] for place in alike.tolist()]
        return [found for found, _, _ in extract(word, near, scorer=OSA.distance, score_cutoff=steps, limit=None)]

    def _place(self, length: int) -> int:
        return self.firsts[min(max(length, 0), len(self.firsts) - 1)]


def sorted_by_length(words: Iterable[str]) -> CommonWords:
    """Return words, folded, as they are searched.

    >>> sorted_by_length(["kitab", "baş"]).words
    ('baş', 'kitab')
    """
    ordered = sorted(words, key=len)
    lengths = [len(word) for word in ordered]
    firsts = tuple(bisect_left(lengths, length) for length in range(lengths[-1] + 2))
    return CommonWords(tuple(ordered), firsts, *_masks(ordered))


def _masks(words: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the masks of the letters and of the pairs of each word."""
    import numpy as np

    joined = _END + "".join(chain.from_iterable((word, _END) for word in words))
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    hashed, before = codes[1:] * np.uint64(_HASH), codes[:-1] * np.uint64(_HASH)
    one, six = np.uint64(1), np.uint64(_SIX_BITS)
    letters = one << (hashed >> six)
    pairs = one << ((before * np.uint64(_PAIR) + hashed) >> six)
    starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])])
    return np.bitwise_xor.reduceat(letters, starts), np.bitwise_xor.reduceat(pairs, starts)


@cache
def common_words() -> CommonWords:
    """Return the common words of the shipped lexicon, opened once for each process."""
    import marisa_trie

    return sorted_by_length(marisa_trie.Trie().mmap(str(data_file("ocr/common.marisa"))))
