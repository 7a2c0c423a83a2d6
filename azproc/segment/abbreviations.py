"""Abbreviations and initials: which periods belong to the word before them.

The forms stand in ``data/abbreviations.tsv``, collected from the lists of abbreviations in Azerbaijani encyclopaedias,
dictionaries and collections of laws.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import regex

from azproc.language.casing import to_lower
from azproc.resources import read_lines, read_table

__all__ = ["Abbreviation", "abbreviations", "is_initial", "is_opener", "look_up"]

_BEFORE = 24  # characters that are enough to see the word before an abbreviation
_AFTER = 40  # and the word after it
_NUMBER_BEFORE = regex.compile(r"[\d%\u00bd-\u00be][\s\u00a0]?$")
_NUMBER_AFTER = regex.compile(r"[\s\u00a0]?[:.]?\s?[(№]?(?:\d|[IVXLC]+\b)")
_NAME_BEFORE = regex.compile(r"\p{Lu}[\p{L}\p{M}]++[\s\u00a0]$")
_CAPITAL_AFTER = regex.compile(r"[\s\u00a0]?[\"“«„]?\p{Lu}")
_SMALL_AFTER = regex.compile(r"[\s\u00a0]?[(\"“«„]?(?:\p{Ll}|\d)|[,;:]")
_LAST_WORD = regex.compile(r"([\p{L}\p{M}]+)[\s\u00a0]$")
_DEGREES = regex.compile(r"[°\d][ \u00a0]?\Z")
_NEXT_WORD = regex.compile(r"[\s\u00a0]+[\"“«„]?(\p{Lu}[\p{L}\p{M}]*+)(?!\.)")
_TEXT_END = regex.compile(r"[\s\u00a0]*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One row of the table; ``ends`` says what the period does, ``needs`` what makes it an abbreviation."""

    form: str
    ends: str
    needs: str = ""


@functools.cache
def abbreviations() -> Mapping[str, Abbreviation]:
    """Return the table by form, small letters with periods.

    >>> abbreviations()["səh."].ends
    'number'
    """
    rows = (Abbreviation(*row[:3]) for row in read_table("abbreviations.tsv")[1:])
    return MappingProxyType({row.form: row for row in rows})


def look_up(form: str) -> Abbreviation | None:
    """Return the row of a form as it is written, the period included; None if there is none.

    >>> look_up("Prof.")
    Abbreviation(form='prof.', ends='name', needs='')
    """
    table = abbreviations()
    found = table.get(form)
    if found is None and form[:1].isupper():
        found = table.get(to_lower(form[0]) + form[1:])
    return found


def has_context(abbreviation: Abbreviation, text: str, start: int, end: int) -> bool:
    """Tell whether the form at ``[start, end)`` stands where it is an abbreviation and no ordinary word.

    >>> [has_context(look_up("man."), text, 2, 6) for text in ("5 man. qalıb", "o man. qalıb")]
    [True, False]
    """
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    if after[:1] in (",", ";"):  # before which no full stop stands
        return True
    match abbreviation.needs:
        case "number-before":
            return _NUMBER_BEFORE.search(before) is not None
        case "no-number-before":
            return _NUMBER_BEFORE.search(before) is None
        case "number-after":
            return _NUMBER_AFTER.match(after) is not None
        case "number-beside":
            return _NUMBER_BEFORE.search(before) is not None or _NUMBER_AFTER.match(after) is not None
        case "name-before":
            return _NAME_BEFORE.search(before) is not None
        case "capital-after":
            return _CAPITAL_AFTER.match(after) is not None
        case "small-after":
            return _SMALL_AFTER.match(after) is not None
    return True


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_lines(name))


def is_opener(word: str) -> bool:
    """Tell whether a word opens sentences and is never a name: a pronoun, conjunction or adverb.

    >>> is_opener("Sonra"), is_opener("Sonalı")
    (True, False)
    """
    return to_lower(word) in _words("openers.txt")


def is_initial(text: str, place: int) -> bool:
    """Tell whether the capital at ``place``, followed by a period, is an initial.

    It is not after a noun that takes a letter as its label (C vitamini: ``vitamin C.``), nor where ``O.`` is the pronoun,
    which a word that opens a sentence, or the end of the paragraph, shows.

    >>> is_initial("O. Həsənov gəldi.", 0), is_initial("Bunu edən O. Sonra getdi.", 10), is_initial("Bizə vitamin C. lazımdır", 13)
    (True, False, False)
    """
    left = text[max(0, place - _BEFORE) : place]
    before = _LAST_WORD.search(left)
    if _DEGREES.search(left):
        return False
    if before and to_lower(before[1]) in _words("lettered.txt"):
        return False
    if text[place] != "O":
        return True
    after = text[place + 2 : place + 2 + _AFTER]
    following = _NEXT_WORD.match(after)
    return not (before and before[1][0].islower() and (_TEXT_END.match(after) or (following and is_opener(following[1]))))
