"""Months that one wrong letter hides: ``aprclin 9-da`` for ``aprelin 9-da`` (on the 9th of April)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from azproc.extract.tables import rows
from azproc.language.suffixes import attach
from azproc.resources import lexicon

__all__ = ["MeantMonth", "month_before"]

_WORD = re.compile(r"(?<!\w)[^\W\d_]{5,12} $")
_DAY = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])[-‐‑–](?!(?:[ıiuü]?n)?c[ıiuü])")
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class MeantMonth:
    """A month in the genitive that is meant where a damaged word begins. It answers like the match of a pattern."""

    begin: int
    word: str
    lastgroup: str = "word"

    def __getitem__(self, group: int | str) -> Any:
        return self.word

    def start(self) -> int:
        """Return the place of its first letter."""
        return self.begin

    def end(self) -> int:
        """Return the place behind its last letter."""
        return self.begin + len(self.word)

    def span(self) -> tuple[int, int]:
        """Return both."""
        return self.begin, self.end()


def month_before(small: str, at: int) -> MeantMonth | None:
    """Return the month that is meant by the damaged word before a day at ``at``; ``small`` is in small letters.

    >>> month_before("aprclin 9-da", 8).word, month_before("oyunun 9-da", 7)
    ('aprelin', None)
    """
    word = _WORD.search(small, max(0, at - _LONGEST), at) if _DAY.match(small, at) else None
    month = _meant(word[0][:-1]) if word else None
    return MeantMonth(word.start(), month) if word and month else None


@lru_cache(4096)
def _meant(word: str) -> str | None:
    """Return the month in the genitive that has another letter in one place; known words are none (oyunun, of the game)."""
    month = next((month for month in _genitives() if len(month) == len(word) and sum(map(str.__ne__, month, word)) == 1), None)
    return None if month is None or lexicon().knows(word) else month


@cache
def _genitives() -> tuple[str, ...]:
    return tuple(attach(row["word"], "genitive") for row in rows("months.tsv"))
