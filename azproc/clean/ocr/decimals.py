"""The comma of decimals that was read as a point, a colon or a slash: ``36.4 min ton`` beside ``4,5 faiz``, ``158:2 milyon``.

Azerbaijani writes a comma, and much of its press a point; a passage keeps to one of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import regex

from azproc.resources import read_lines
from azproc.rewrite import Edit

if TYPE_CHECKING:
    from azproc.clean.ocr.page import Page, Passage

__all__ = ["mend_decimals"]

_COMMA, _POINT = ",", "."
_NO_DECIMAL = frozenset(":/")  # signs that stand in hours, scores and fractions, none of which counts in such units
_AS_FRACTION = "/"  # 1/2 milyon, 2024/25
_SURE = {_POINT: 0.86, ":": 0.9, "/": 0.9}  # by what was read: a point may be meant, beside commas too


def mend_decimals(page: Page, passages: Iterable[Passage]) -> Iterator[Edit]:
    """Yield an edit for each decimal of the passages whose sign is not that of the others in its passage."""
    found = list(_decimal().finditer(page.text))
    starts = [match.start() for match in found]
    for passage in passages if found else ():
        yield from _mended(found[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)])


def _mended(found: list[regex.Match[str]]) -> Iterator[Edit]:
    signs = [match["sign"] for match in found]
    commas, points = signs.count(_COMMA), signs.count(_POINT)
    usual = _COMMA if commas >= points else _POINT
    for match in found:
        sign = match["sign"]
        is_misread = sign in _NO_DECIMAL and not (sign == _AS_FRACTION and _is_fraction(match["whole"], match["part"]))
        if is_misread or (sign == _POINT and usual == _COMMA):
            after = f"{match['whole']}{usual}{match['part']}"
            yield Edit(match.start(), match.end(), match[0], after, f"ocr.{sign}-{usual}", _SURE[sign])


def _is_fraction(whole: str, part: str) -> bool:
    """Tell whether a number over another may be meant: less than one, or a year and the next."""
    return int(whole) <= int(part) or len(whole) > len("199")


@cache
def _decimal() -> regex.Pattern[str]:
    units = "|".join(regex.escape(line[:-1]) + r"\b" if line.endswith(".") else regex.escape(line) for line in read_lines("decimal_units.txt"))
    return regex.compile(rf"(?<![\d.,:/-])(?P<whole>\d{{1,4}})(?P<sign>[.,:/])(?P<part>\d{{1,2}})(?= ?(?:{units}))")
