"""Azerbaijani that lost its ə, or Turkish: groups of four letters, counted in both, tell them apart.

Letters that ə is read as count as one, and so do q and g; where an engine has English letters only, so do ı and i, ş and s, and
their like. The table has for each engine and group the natural logarithm of how many times as frequent it is in Azerbaijani
as in Turkish. It was counted by ``models/ocr/train.py`` and is kept in
``data/ocr/turkish.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from azproc.clean.ocr.channel import Engine
from azproc.language.casing import fold
from azproc.resources import read_table

__all__ = ["letter_groups", "odds_against_turkish"]

_EDGE = "_"  # stands before and after a word
_WIDTH = 4
_READ_ALIKE: dict[Engine, dict[int, int]] = {"tur": str.maketrans("əeoq", "aaag"), "eng": str.maketrans("əeoqöışçğü", "aaagaiscgu")}


def letter_groups(word: str, engine: Engine) -> Iterator[str]:
    """Yield the groups of four letters of a word, its edges among them, as the table has them.

    >>> list(letter_groups("Qərb", "tur")), list(letter_groups("qış", "eng"))
    (['_gar', 'garb', 'arb_'], ['_gis', 'gis_'])
    """
    edged = f"{_EDGE}{fold(word).translate(_READ_ALIKE[engine])}{_EDGE}"
    return (edged[place : place + _WIDTH] for place in range(max(1, len(edged) - _WIDTH + 1)))


def odds_against_turkish(words: Iterable[str], engine: Engine) -> float:
    """Return the logarithm of how much likelier words are in Azerbaijani, misread or not, than in Turkish; in other languages it is near 0, or below.

    >>> odds_against_turkish("Manim gardaşım kondda yaşayır".split(), "tur") > 0 > odds_against_turkish("Kardeşim köyde yaşıyor".split(), "tur")
    True
    """
    odds = _odds(engine)
    return sum(odds.get(group, 0.0) for word in words for group in letter_groups(word, engine))


@cache
def _odds(engine: Engine) -> dict[str, float]:
    return {group: float(odds) for reader, group, odds in read_table("ocr/turkish.tsv") if reader == engine}
