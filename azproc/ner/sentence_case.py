"""Sentences all in capitals or all in small letters, written as the model has learnt to read: names with a capital."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from azproc.language.alphabet import VOWELS
from azproc.language.casing import is_lower, is_upper, to_lower, to_upper
from azproc.ner.gazetteer import NAME_SHARE
from azproc.resources import lexicon

__all__ = ["in_sentence_case", "is_in_one_case"]

HEADING_LETTERS = 4
"""A line of capitals is a heading from so many letters on; a shorter one is an abbreviation."""


def is_in_one_case(words: Sequence[str]) -> bool:
    """Tell whether several words are all in capitals or all in small letters, so that capitals tell nothing.

    >>> is_in_one_case(["NAXÇIVANDA", "ZƏLZƏLƏ"]), is_in_one_case(["bakıda", "yağır"]), is_in_one_case(["Bakıda", "yağır"])
    (True, True, False)
    >>> is_in_one_case(["BMT"])
    False
    """
    letters = "".join(words)
    return len(words) > 1 and (is_lower(letters) or (is_upper(letters) and len(letters) >= HEADING_LETTERS))


@lru_cache(1 << 14)
def in_sentence_case(word: str) -> str:
    """Return a word as it stands inside a sentence; unknown words keep the first letter that they have.

    >>> [in_sentence_case(word) for word in ("NAXÇIVANDA", "ZƏLZƏLƏ", "FRİMBANDA", "BMT", "naxçıvanda", "frimbanda")]
    ['Naxçıvanda', 'zəlzələ', 'Frimbanda', 'BMT', 'Naxçıvanda', 'frimbanda']
    """
    small = to_lower(word)
    if len(word) < 2 or VOWELS.isdisjoint(small):
        return word
    name = _is_name(small)
    first = word[0] if name is None else to_upper(small[0]) if name else small[0]
    return first + small[1:]


def _is_name(word: str) -> bool | None:
    """Whether a word is mostly written with a capital; None where it is not known."""
    words = lexicon()
    if word in words:
        return words.capital_share(word) >= NAME_SHARE
    analysis = next((analysis for analysis in words.analyses(word) if analysis.part != "verb"), None)
    return None if analysis is None else words.capital_share(analysis.stem) >= NAME_SHARE
