"""Dates whose parts tell what was misread of each other: ``2012-ci II`` and ``201 2-ci il`` for ``2012-ci il``, ``NIN əsr`` for ``XIX əsr``."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import regex

from azproc.clean.ocr.numerals import ORDINALS, harmonious
from azproc.language.casing import fold, is_capitalised
from azproc.language.reading import is_roman, spoken_shape
from azproc.language.suffixes import chains
from azproc.resources import read_lines, read_table
from azproc.rewrite import Edit

if TYPE_CHECKING:
    from azproc.clean.ocr.page import Page

__all__ = ["is_dated", "mend_century", "mend_date", "mend_in_year", "mend_ordinal", "mend_year_word"]

_DATED = regex.compile(r"(?P<figures>\d{1,4})(?:-(?P<until>\d{4}))?-(?P<suffix>\p{Ll}{2})")
_DAY = regex.compile(r"(?P<day>[1-9]|[12]\d|3[01])(?P<month>\p{Ll}{3,})")
_YEAR_WORD = regex.compile(r"il(?:i|in|ə|də|dən|dir|lər\p{Ll}*+)?")
_AS_YEAR_WORD = frozenset({"II", "Il", "lI", "ll", "l1", "1l", "11", "iI", "iL", "İL", "İI", "it", "ül", "li"})
_WITH_YEAR = frozenset({"illə"})
_SENTENCE = regex.compile(r"[^.!?;\n]{1,300}+")
_PARTS_OF_YEAR = ("rüb", "yarım", "kvartal", "mərhələ")
_YEARS = range(1000, 2101)
_CENTURY = regex.compile(r"(?=[IVXİ]*[NTH])[IVXİNTH]{2,5}")
_ROMAN = {"N": "X", "T": "I", "H": "II"}
_AS_ROMAN = str.maketrans({**_ROMAN, "İ": "I"})
_CENTURY_WORD = "əsr"
_PARTED = {" ": "hyphen.lost", "- ": "hyphen.spaced"}  # rules by what stands between a number and its suffix
_SURE = 0.95


def is_dated(token: str) -> bool:
    """Tell whether a token may be a year with its suffix, or that suffix alone, a day that lost the space before its month, or a century.

    >>> [is_dated(token) for token in ("2012-ci", "1-2019-cu", "2021-et", "ci", "1oktyabr", "NIN")]
    [True, True, True, True, True, True]
    >>> [is_dated(token) for token in ("1918", "ilk-ci", "3manat", "XIX", "NATO")]
    [False, False, False, False, False]
    """
    if token[0].isdigit():
        return _year(token) is not None or _day_and_month(token) is not None
    return token in ORDINALS or (token[0].isupper() and _CENTURY.fullmatch(token) is not None)


def mend_date(page: Page, place: int) -> Edit | None:
    """Return the edit that a year or a day needs in view of the words beside it."""
    token, start = page.tokens[place], page.starts[place]
    if not token[0].isdigit():
        return None
    year = _year(token)
    if not year:
        day = _day_and_month(token)
        return Edit(start, start + len(token), token, f"{day['day']} {day['month']}", "space.lost", _SURE) if day else None
    if year["suffix"] in ORDINALS:
        return _rejoined(page, place, year)
    if year["until"] or not _is_year_word(page, place + 1) or chains("digits", spoken_shape(year["figures"]), year["suffix"]):
        return None
    return Edit(start, start + len(token), token, _with_ordinal(year["figures"]), "ocr.number-suffix", _SURE)


def mend_year_word(page: Page, place: int) -> Edit | None:
    """Return the edit that gives the word for year back behind the ordinal of one."""
    after = place + 1
    if not _follows_year(page, after, _AS_YEAR_WORD, figures=4):
        return None
    token, start = page.tokens[after], page.starts[after]
    follower = page.tokens[after + 1] if after + 1 < len(page.tokens) else ""
    if is_capitalised(follower) or follower.startswith(_PARTS_OF_YEAR):
        return None
    return Edit(start, start + len(token), token, "il", f"ocr.{token}-il", _SURE)


def mend_in_year(page: Page, place: int) -> Edit | None:
    """Return the edit that makes ``1938-ci illə`` (with the year) ``1938-ci ildə`` (in it), where no word asks for the first."""
    after = place + 1
    if not _follows_year(page, after, _WITH_YEAR, figures=3):
        return None
    token, start = page.tokens[after], page.starts[after]
    end = start + len(token)
    return None if _asks_for_instrumental(page.text, end) else Edit(start, end, token, "ildə", "ocr.l-d", _SURE)


def _follows_year(page: Page, place: int, words: frozenset[str], *, figures: int) -> bool:
    """Tell whether a token is one of some words and stands behind the ordinal of a year of so many figures or more."""
    if place >= len(page.tokens) or page.tokens[place] not in words or page.gap_before(place) != " ":
        return False
    year = _year(page.tokens[place - 1])
    return year is not None and len(year["until"] or year["figures"]) >= figures and year["suffix"] in ORDINALS


def _asks_for_instrumental(text: str, position: int) -> bool:
    """Tell whether a word that asks for the instrumental follows in the sentence, or nothing that could tell."""
    rest = _SENTENCE.match(text, position)
    return rest is None or any(word.startswith(_asking_for_instrumental()) for word in fold(rest[0]).split())


@cache
def _asking_for_instrumental() -> tuple[str, ...]:
    return read_lines("instrumental.txt")


def mend_ordinal(page: Page, place: int) -> Edit | None:
    """Return the edit that joins an ordinal's suffix to its number by a hyphen, where that was lost (``70 ci``) or left behind (``70- ci``)."""
    token, before = page.tokens[place], place - 1
    if token not in ORDINALS or before < 0 or not page.tokens[before].isdigit() or page.gap_before(place) not in _PARTED:
        return None
    start, end = page.starts[before], page.starts[place] + len(token)
    return Edit(start, end, page.text[start:end], _with_ordinal(page.tokens[before]), _PARTED[page.gap_before(place)], _SURE)


def mend_century(page: Page, place: int) -> Edit | None:
    """Return the edit that gives the Roman figures of a century back."""
    token, start, after = page.tokens[place], page.starts[place], place + 1
    if after >= len(page.tokens) or not page.tokens[after].startswith(_CENTURY_WORD) or page.gap_before(after) != " ":
        return None
    roman = token.translate(_AS_ROMAN)
    if not _CENTURY.fullmatch(token) or not is_roman(roman):
        return None
    read = next(letter for letter in token if letter in _ROMAN)
    return Edit(start, start + len(token), token, roman, f"ocr.{read}-{_ROMAN[read]}", _SURE)


def _rejoined(page: Page, place: int, year: regex.Match[str]) -> Edit | None:
    """The edit that closes the gap inside the figures of a year."""
    before = page.tokens[place - 1] if place else ""
    if not before.isdigit() or not (year["until"] or _is_year_word(page, place + 1)):
        return None
    figures = before + year["figures"]
    if len(figures) != 4 or int(figures) not in _YEARS or page.gap_before(place) != " ":
        return None
    start, end = page.starts[place - 1], page.starts[place] + len(page.tokens[place])
    after = f"{figures}-{year['until']}-{year['suffix']}" if year["until"] else _with_ordinal(figures)
    return Edit(start, end, page.text[start:end], after, "space.added", _SURE)


def _with_ordinal(figures: str) -> str:
    return f"{figures}-{next(harmonious(figures, 'ci'))}"


def _is_year_word(page: Page, place: int) -> bool:
    return place < len(page.tokens) and _YEAR_WORD.fullmatch(page.tokens[place]) is not None and page.gap_before(place) == " "


@lru_cache(maxsize=1 << 12)
def _year(token: str) -> regex.Match[str] | None:
    return _DATED.fullmatch(token)


def _day_and_month(token: str) -> regex.Match[str] | None:
    match = _DAY.fullmatch(token)
    return match if match and match["month"].startswith(_months()) else None


@cache
def _months() -> tuple[str, ...]:
    return tuple(row[1] for row in read_table("months.tsv")[1:])
