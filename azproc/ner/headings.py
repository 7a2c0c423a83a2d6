"""Headings in capitals, written as their words would be inside a sentence: the model has learnt from those."""

from __future__ import annotations

from collections.abc import Sequence

from azproc.language.alphabet import VOWELS
from azproc.language.casing import is_upper, to_lower, to_upper
from azproc.ner.gazetteer import NAME_SHARE
from azproc.resources import lexicon

__all__ = ["in_sentence_case", "is_heading"]

HEADING_LETTERS = 4
"""A line of capitals is a heading from so many letters on; a shorter one is an abbreviation."""


def is_heading(words: Sequence[str]) -> bool:
    """Tell whether several words are all in capitals.

    >>> is_heading(["NAXÇIVANDA", "ZƏLZƏLƏ"]), is_heading(["BMT"]), is_heading(["Bakı", "ABŞ"])
    (True, False, False)
    """
    letters = "".join(words)
    return len(words) > 1 and len(letters) >= HEADING_LETTERS and is_upper(letters)


def in_sentence_case(word: str) -> str:
    """Return a word of a heading as it stands inside a sentence: names, unknown words and abbreviations keep capitals.

    >>> [in_sentence_case(word) for word in ("NAXÇIVANDA", "ZƏLZƏLƏ", "TELLURLU", "BMT")]
    ['Naxçıvanda', 'zəlzələ', 'Tellurlu', 'BMT']
    """
    small = to_lower(word)
    if len(word) < 2 or VOWELS.isdisjoint(small):
        return word
    return to_upper(small[0]) + small[1:] if _is_name(small) else small


def _is_name(word: str) -> bool:
    words = lexicon()
    if word in words:
        return words.capital_share(word) >= NAME_SHARE
    stem = next((analysis.stem for analysis in words.analyses(word) if analysis.part != "verb"), None)
    return stem is None or words.capital_share(stem) >= NAME_SHARE
