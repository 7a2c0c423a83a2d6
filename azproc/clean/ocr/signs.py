"""Signs that an engine reads as the letters or figures that they look like: № as ``No``, % as ``96``, W as ``VV``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from azproc.language.casing import to_lower
from azproc.language.reading import spoken_shape
from azproc.language.suffixes import chains
from azproc.rewrite import Edit

if TYPE_CHECKING:
    from azproc.clean.ocr.page import Page

__all__ = ["is_misread_sign", "mend_sign"]

_NUMBER_SIGN = regex.compile(r"No|Ne\d*+")  # in edited text neither stands before a number; but No5 is a name
_PERCENT = regex.compile(r"96-(?P<suffix>\p{Ll}++)")
_DOUBLE_V = regex.compile(r"VV(?=\p{Ll})")
_AFTER_NUMBER = frozenset({"", " ", "\u00a0"})
_SURE = 0.93


def is_misread_sign(token: str) -> bool:
    """Tell whether a token may be a sign misread, whatever stands around it.

    >>> [is_misread_sign(token) for token in ("No", "Ne7", "96-ini", "VVorld")], [is_misread_sign(token) for token in ("96-nı", "VV", "nə")]
    ([True, True, True, True], [False, False, False])
    """
    return _is_number_sign(token) or ("VV" in token and _DOUBLE_V.search(token) is not None) or _is_percent(token)


def mend_sign(page: Page, place: int) -> Edit | None:
    """Return the edit that puts the sign back, where a number stands beside it; None elsewhere."""
    token = page.tokens[place]
    if _is_number_sign(token):
        sign = token[:2]
        return _edit(page, place, sign, "№") if sign != token or _is_number(page, place + 1) else None
    if _is_percent(token):
        return _edit(page, place, "96", "%") if _is_number(page, place - 1) and _is_close(page, place) else None
    return _edit(page, place, "VV", "W")


def _is_number_sign(token: str) -> bool:
    return token[0] == "N" and _NUMBER_SIGN.fullmatch(token) is not None


def _is_percent(token: str) -> bool:
    """Tell whether a number's suffix fits ``faiz`` (percent), not the number (``96-nı``)."""
    match = _PERCENT.fullmatch(token) if token[0] == "9" else None
    if not match:
        return False
    fits_number, fits_percent = (chains("digits", spoken_shape(number), match["suffix"]) for number in ("96", "5%"))
    return bool(fits_percent) and not fits_number


def _is_number(page: Page, place: int) -> bool:
    return 0 <= place < len(page.tokens) and page.tokens[place][0].isdigit()


def _is_close(page: Page, place: int) -> bool:
    """Tell whether a space at most stands before a token."""
    return page.text[page.starts[place - 1] + len(page.tokens[place - 1]) : page.starts[place]] in _AFTER_NUMBER


def _edit(page: Page, place: int, read: str, sign: str) -> Edit:
    token, start = page.tokens[place], page.starts[place]
    rule = f"ocr.{to_lower(read)}-{to_lower(sign)}"
    return Edit(start, start + len(token), token, token.replace(read, sign, 1), rule, _SURE)
