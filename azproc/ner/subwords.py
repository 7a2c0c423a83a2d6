"""Unigram subword pieces of single tokens, for the encoder behind :mod:`azproc.ner.tagger`.

The pieces and their log-probabilities come from the SentencePiece unigram model of multilingual-e5-small, cut down to
the pieces that occur in Azerbaijani and Turkish text. Every token is segmented by itself, so a piece never crosses the
border of two tokens and no offset has to be carried back.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

__all__ = ["Pieces"]

SPACE = "▁"
"""The SentencePiece sign for the white space before a word."""

UNKNOWN_PENALTY = 10.0
"""What an unknown character costs below the rarest piece, as in SentencePiece."""


class Pieces:
    """A table of unigram pieces that segments tokens by the most probable path.

    >>> table = Pieces([("<unk>", 0.0), ("▁", -3.0), ("▁Bakı", -5.0), ("dan", -6.0), ("d", -9.0), ("a", -9.0)])
    >>> table.encode("Bakıdan", after_space=True)
    (2, 3)
    >>> table.encode("daq", after_space=False)  # a character outside of the table is <unk>
    (4, 5, 0)
    """

    def __init__(self, rows: Iterable[tuple[str, float]], unknown: str = "<unk>") -> None:
        self._rows = {piece: (number, score) for number, (piece, score) in enumerate(rows)}
        self._unknown = self._rows[unknown][0]
        self._unknown_score = min(score for _, score in self._rows.values()) - UNKNOWN_PENALTY
        self._longest = max(map(len, self._rows))
        self._cached = lru_cache(maxsize=100_000)(self._segment)

    @classmethod
    def read(cls, path: Path) -> "Pieces":
        """Read a table of lines ``piece TAB log-probability``; the number of a piece is the number of its line."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls((piece, float(score)) for piece, score in (line.split("\t") for line in lines))

    def __len__(self) -> int:
        return len(self._rows)

    def number(self, piece: str) -> int:
        """The number of a piece that is in the table; ``KeyError`` if it is not."""
        return self._rows[piece][0]

    def encode(self, token: str, *, after_space: bool) -> tuple[int, ...]:
        """Numbers of the pieces of one token, never empty.

        The token is compared in NFKC form. *after_space* says that white space (or the start of the text) stands before it.
        """
        return self._cached(token, after_space)

    def _segment(self, token: str, after_space: bool) -> tuple[int, ...]:
        text = (SPACE if after_space else "") + unicodedata.normalize("NFKC", token).replace(" ", SPACE)
        length = len(text)
        best = [0.0] + [float("-inf")] * length
        came_from = [(0, self._unknown)] * (length + 1)
        for start in range(length):
            for end in range(start + 1, min(length, start + self._longest) + 1):
                number, score = self._rows.get(text[start:end], (None, 0.0))
                if number is None:
                    if end > start + 1:
                        continue
                    number, score = self._unknown, self._unknown_score
                if best[start] + score > best[end]:
                    best[end] = best[start] + score
                    came_from[end] = (start, number)
        path: list[int] = []
        end = length
        while end:
            end, number = came_from[end]
            if number != self._unknown or not path or path[-1] != self._unknown:
                path.append(number)
        return tuple(reversed(path)) or (self._unknown,)
