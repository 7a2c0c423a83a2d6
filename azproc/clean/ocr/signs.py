"""Signs among numbers that an engine reads as letters or figures: № as ``No``, % as ``96``, mlrd as ``mİrd``; and w as ``vv``.

The model ``aze`` of Tesseract has neither № nor % nor w among its characters (its unicharset).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import regex

from azproc.clean.ocr.context import BORDER, PAUSE, neighbour
from azproc.clean.ocr.numerals import harmonious
from azproc.language.alphabet import CONSONANTS
from azproc.language.casing import fold, is_capitalised, is_lower, is_upper, to_lower
from azproc.language.reading import spoken_shape
from azproc.language.suffixes import chains
from azproc.resources import read_lines
from azproc.rewrite import Edit

if TYPE_CHECKING:
    from azproc.clean.ocr.page import Page

__all__ = ["is_double_v", "is_misread_sign", "mend_billion", "mend_double_v", "mend_parted_sign", "mend_sign"]

_NUMBER_SIGN = regex.compile(r"(?P<sign>N[oəer]|N(?=\d))(?P<number>\d*+)")
_PLAIN = frozenset({"No", "Nə", "Ne"})  # in edited text none stands before a number inside a sentence; but No5 is a name
_WHAT = "Nə"  # a word that begins sentences
_PARTED = regex.compile(r"(?P<sign>N[?£])(?= ?\d)|(?P<cited>N:?)(?= ?\d)")
_CITED = "il, "  # 2018-ci il, № 5, maddə 12: where a law is printed; the codes of law have no N there
_PERCENT = regex.compile(r"(?P<number>\d{1,3}[.,]\d{1,2}|[1-9]\d{0,2}|0)??(?P<sign>96|9[029]|5[69]|77|0[69]|[069ö]o|9c|6z|(?<=,\d)[4579][5-9])(?:-(?P<suffix>\p{Ll}++))?")
_PARTED_PERCENT = regex.compile(r"(?P<sign>[0569]?\d)-(?P<suffix>\p{Ll}++)")  # what a sign behind a space is read as; in edited text no number is followed by such another
_OF_TIME = ("d", "a", "ə")  # first letters of what follows an hour: 18 00-da
_USUAL = "96"  # what the sign is mostly read as
_SHARE = regex.compile(r"\d{1,3}(?:[.,]\d++)?(?:-\d{1,3}(?:[.,]\d++)?)?")
_CENTURIES = frozenset({"17", "18", "19", "20"})  # with two figures more they are years
_SEPARATORS = regex.compile(r"[.,]")  # of thousands or decimals
_BILLION = regex.compile(r"m[lıiIİ]{1,2}rd")
_CONSONANTS = "".join(sorted(CONSONANTS - {"v"}))
_DOUBLE_V = regex.compile(rf"^vv(?![əü])(?=\p{{Ll}}{{2}})|(?<=[{_CONSONANTS}])vv(?![əüv])|(?<=[aeiou])vv(?=[{_CONSONANTS}])")  # no native word has these
_SHORT_NAME = regex.compile(r"\p{Lu}[aeo]vv")
_ADDRESS, _AS_ADDRESS = "www", regex.compile(r"(?=(?:[ewy]*v){3})[vwey]{4,8}")  # what www before a domain is read as
_AFTER_NUMBER = frozenset({"", " ", "\u00a0"})  # what stands between a number and its sign
_SURE = 0.93


def is_misread_sign(token: str) -> bool:
    """Tell whether a token may be a sign misread, whatever stands around it.

    >>> [is_misread_sign(token) for token in ("No", "Ne7", "96-ni", "1496-nin", "34.696")]
    [True, True, True, True, True]
    >>> [is_misread_sign(token) for token in ("96-nı", "1496-nın", "1996-dən", "190-dən", "707-i", "96-ci", "34.695", "nə")]
    [False, False, False, False, False, False, False, False]
    """
    return any(read(token) for read in (_number_sign, _percent, _parted_percent))


def is_double_v(token: str) -> bool:
    """Tell whether two letters v of a token stand for a w, which a name or an address has; no native word has them so.

    >>> [is_double_v(token) for token in ("VVorld", "Brovvn", "Nevv", "vvvvvv")], [is_double_v(token) for token in ("VV", "Ravvin", "qvvədə")]
    ([True, True, True, True], [False, False, False])
    """
    return _double_v(token) is not None


def mend_sign(page: Page, place: int) -> Edit | None:
    """Return the edit that puts the sign back, where its neighbours tell that it is one; None elsewhere."""
    token = page.tokens[place]
    found = _number_sign(token)
    if found:
        sign, number = found["sign"], found["number"]
        follows = bool(number) or _is_number(page, place + 1)
        is_sign = _is_cited(page, place) or (_is_plain(sign, number) and not (sign == _WHAT and _begins(page, place)))
        return _edit(page, place, 0, sign, "№") if is_sign and follows else None
    percent = _percent(token)
    if percent and _is_share(page, place, percent):
        return _edit(page, place, percent.start("sign"), percent["sign"], "%")
    parted = _parted_percent(token)
    if parted and _follows_share(page, place):
        return _edit(page, place, 0, parted["sign"], "%")
    return None


def mend_double_v(page: Page, place: int) -> Edit | None:
    """Return the edit that makes a w of two letters v in a name or an address, where the engine has no w."""
    token = page.tokens[place]
    inside, end = _double_v(token), page.starts[place] + len(token)
    if inside is None:
        return None
    if _AS_ADDRESS.fullmatch(token):
        return _edit(page, place, 0, token, _ADDRESS) if page.text.startswith(".", end) and page.text[end + 1 : end + 2].isalnum() else None
    if _SHORT_NAME.fullmatch(token) and not (place + 1 < len(page.tokens) and is_capitalised(page.tokens[place + 1])):
        return None
    return _edit(page, place, inside, token[inside : inside + 2], "W" if token[inside] == "V" else "w")


def _double_v(token: str) -> int | None:
    """Return where two letters v stand for a w in a name or in an address; None where a word may have them."""
    if _AS_ADDRESS.fullmatch(token):
        return 0
    if _SHORT_NAME.fullmatch(token):
        return token.index("vv")
    if not is_capitalised(token) or is_upper(token):
        return None
    match = _DOUBLE_V.search(fold(token))
    return match.start() if match else None


def mend_billion(page: Page, place: int) -> Edit | None:
    """Return the edit that gives the short form of ``milyard`` back behind a number."""
    token, start = page.tokens[place], page.starts[place]
    if token[0] != "m" or not _BILLION.fullmatch(token) or not _is_number(page, place - 1):
        return None
    return Edit(start, start + len(token), token, "mlrd", "ocr.i-l", _SURE)


def _number_sign(token: str) -> regex.Match[str] | None:
    return _NUMBER_SIGN.fullmatch(token) if token[0] == "N" else None


def _is_plain(sign: str, number: str) -> bool:
    return sign in _PLAIN and not (sign == "No" and number)


def _begins(page: Page, place: int) -> bool:
    """Tell whether a sentence, or a part of one, may begin with a token."""
    return not place or neighbour(page.tokens[place - 1]) in {BORDER, PAUSE} or page.gap_before(place) != " "


def _is_cited(page: Page, place: int) -> bool:
    """Tell whether a year and a comma stand before a token: the number of a paper or a collection of laws follows."""
    return page.text.endswith(_CITED, 0, page.starts[place])


def mend_parted_sign(page: Page, place: int) -> Edit | None:
    """Return the edit that puts a number sign back whose second half was read as a sign (``N? 5``), or not at all (``2018-ci il, N 5``)."""
    match = _PARTED.match(page.text, page.starts[place])
    if not match or (match["cited"] and not _is_cited(page, place)):
        return None
    return Edit(match.start(), match.end(), match[0], "№", f"ocr.{to_lower(match[0])}-№", _SURE)


def _percent(token: str) -> regex.Match[str] | None:
    """The number, the sign and the suffix of a percentage; None where the suffix fits the figures as they were read (``96-nı``).

    Figures that the sign is seldom read as must leave no room for a suffix that is out of harmony (``190-dən``), or for another number (``707-i``).
    """
    match = _PERCENT.fullmatch(token) if token[0].isdigit() or token[0] == "ö" else None
    if not match or match["number"] in _CENTURIES:
        return None
    number, sign, suffix = match["number"], match["sign"], match["suffix"]
    if suffix is None:
        return match if sign == _USUAL or "," in (number or "") else None  # behind a comma three figures are no thousands
    figures = _SEPARATORS.sub("", token[: -len(suffix) - 1])
    if not _follows_percent(suffix) or (figures.isdigit() and chains("digits", spoken_shape(figures), suffix)):
        return None
    if sign == _USUAL or not sign.isdigit():
        return match
    is_sign = number is not None and len(number) > 1 and not any(harmonious(figures, suffix))
    return match if is_sign else None


def _parted_percent(token: str) -> regex.Match[str] | None:
    """The sign of a percentage and its suffix, where a space parts them from their number; None for hours that lost their colon."""
    match = _PARTED_PERCENT.fullmatch(token) if token[0].isdigit() else None
    if not match or not _follows_percent(match["suffix"]):
        return None
    is_hour = match["suffix"].startswith(_OF_TIME) and chains("digits", spoken_shape(match["sign"]), match["suffix"])
    return None if is_hour else match


def _follows_percent(suffix: str) -> bool:
    """Tell whether a suffix follows ``faiz`` (percent) or ``faizi``; one who deals in it (``-ci``) is an ordinal misspelt."""
    shape = spoken_shape("5%")
    return suffix[0] != "c" and bool(chains("digits", shape, suffix) or chains("digits", shape, "i" + suffix))


def _is_share(page: Page, place: int, percent: regex.Match[str]) -> bool:
    if not percent["number"] and not (_is_number(page, place - 1) and page.gap_before(place) in _AFTER_NUMBER):
        return False
    after = page.tokens[place + 1] if place + 1 < len(page.tokens) else ""
    if percent["suffix"] or after.startswith(_percent_words()):
        return True
    return not percent["number"] and _follows_share(page, place) and is_lower(after) and page.gap_before(place + 1) == " "


def _follows_share(page: Page, place: int) -> bool:
    """Tell whether a number of at most three figures stands before a token, no row of numbers."""
    return (
        _is_number(page, place - 1)
        and _SHARE.fullmatch(page.tokens[place - 1]) is not None
        and page.gap_before(place) == " "
        and not _is_number(page, place - 2)
    )


@cache
def _percent_words() -> tuple[str, ...]:
    return read_lines("percent_words.txt")


def _is_number(page: Page, place: int) -> bool:
    return 0 <= place < len(page.tokens) and page.tokens[place][0].isdigit()


def _edit(page: Page, place: int, inside: int, read: str, sign: str) -> Edit:
    token, start = page.tokens[place], page.starts[place]
    after = token[:inside] + sign + token[inside + len(read) :]
    return Edit(start, start + len(token), token, after, f"ocr.{to_lower(read)}-{to_lower(sign)}", _SURE)
