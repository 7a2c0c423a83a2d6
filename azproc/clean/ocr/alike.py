"""Common words that look like a given one, found among all of them at once by masks of their letters.

A mask has a bit for each letter, or each pair of neighbours, that a word has an odd number of times: a letter taken for another
changes two bits of the one and four of the other at most, wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from azproc.language.alphabet import ALPHABET
from azproc.resources import data_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["CommonWords", "common_words", "sorted_by_length"]

_LENGTHS_APART = 2
_BITS_APART = {2: (4, 8), 3: (5, 9), 4: (6, 11)}  # in which the masks of the letters and of the pairs differ, by steps between words
_EDGE = " "  # stands before and after a word
_LETTERS = "".join(letter.lower for letter in ALPHABET) + "-'w"  # each has a bit of its own; all others share one
_OTHER = 63
_CODES = 106  # the least number by which the code points of these letters leave remainders that are all different
_HASH, _SIX_BITS = 2654435761, 26  # 2**32 divided by the golden ratio: the first bits of its products are spread evenly


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Words, folded, the shortest first, with their masks; ``firsts[n]`` is the place of the first that has ``n`` letters or more."""

    words: tuple[str, ...]
    firsts: tuple[int, ...]
    letters: NDArray[np.uint64]
    pairs: NDArray[np.uint64]

    def like(self, word: str, *, steps: int) -> list[str]:
        """Return the words that differ from a folded one in ``steps`` letters, lost, added, swapped or taken for others, or fewer.

        Where a step changes more bits than most do, a word may be missed.

        >>> common_words().like("azəthaycan", steps=2)
        ['azərbaycan']
        """
        import numpy as np

        start, end = self._place(len(word) - _LENGTHS_APART), self._place(len(word) + _LENGTHS_APART + 1)
        letters_apart, pairs_apart = _BITS_APART[steps]
        letters, pairs = _masks(f"{_EDGE}{word}{_EDGE}", np.zeros(1, dtype=np.intp))
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
    import numpy as np

    ordered = sorted(words, key=len)
    lengths = [len(word) for word in ordered]
    firsts = tuple(bisect_left(lengths, length) for length in range(lengths[-1] + 2))
    starts = np.cumsum([0, *lengths[:-1]]) + np.arange(len(ordered))
    return CommonWords(tuple(ordered), firsts, *_masks(f"{_EDGE}{_EDGE.join(ordered)}{_EDGE}", starts))


def _masks(text: str, starts: NDArray[np.intp]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the masks of the letters, and those of the pairs, of words between edges; each begins where the edge before it stands."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) % np.uint32(_CODES)
    pair = codes[:-1] * np.uint32(_CODES) + codes[1:]
    pairs = np.uint64(1) << (pair * np.uint32(_HASH) >> np.uint32(_SIX_BITS)).astype(np.uint64)
    return np.bitwise_xor.reduceat(_letter_bits()[codes[1:]], starts), np.bitwise_xor.reduceat(pairs, starts)


@cache
def _letter_bits() -> NDArray[np.uint64]:
    """Return the bit of each letter, by the remainder of its code point; an edge has none."""
    import numpy as np

    bits = np.full(_CODES, 1 << _OTHER, dtype=np.uint64)
    bits[ord(_EDGE) % _CODES] = 0
    for place, letter in enumerate(_LETTERS):
        bits[ord(letter) % _CODES] = 1 << place
    return bits


@cache
def common_words() -> CommonWords:
    """Return the common words of the shipped lexicon, opened once for each process."""
    import marisa_trie

    return sorted_by_length(marisa_trie.Trie().mmap(str(data_file("ocr/common.marisa"))))
