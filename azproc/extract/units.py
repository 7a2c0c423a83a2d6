"""Units behind a number: measures, people and things counted one by one, percent, money; and units of time, which make durations.

The tables are ``data/units.tsv`` and ``data/currencies.tsv``; the units of time are those of the date grammar.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from azproc.extract.numerals import ENDING, GAP, HYPHENS
from azproc.extract.tables import rows
from azproc.extract.tries import any_case, trie
from azproc.language.casing import to_lower

__all__ = ["Unit", "currency_before", "time_unit_at", "unit_at"]

_I, _A = "[ıiuü]", "[aəeo]"
_ENDING = rf"(?:l{_I}[kqğy]?)?(?:{_I}?n?[dt]{_A}n?|n?{_I}?n?{_A}|{ENDING})"  # 5 faizinə, and behind a sign 5%-nə
_WORD_ENDING = rf"(?P<ending>{_ENDING})(?!\w)"
_SYMBOL_ENDING = rf"(?:[{HYPHENS}'’ʼ](?P<symbol_ending>{_ENDING})(?!\w))?(?![^\W_]|[{HYPHENS}]\w)"
_PER = r"(?:/[^\W\d_]{1,10}+[²³23]?(?!\w))?"
_LONGEST = 48


class Unit(NamedTuple):
    """A unit at ``[start, end)``: its ``kind`` (measure, count, percent or money), its citation form or ISO 4217 code, its suffix."""

    start: int
    end: int
    name: str
    kind: str
    factor: Decimal = Decimal(1)
    suffix: str = ""


class _Entry(NamedTuple):
    name: str
    kind: str
    factor: Decimal = Decimal(1)


@cache
def _words() -> dict[str, _Entry]:
    measures = {to_lower(row["unit"]): _Entry(row["unit"], row["kind"]) for row in rows("units.tsv") if row["form"] == "word"}
    return measures | {to_lower(row["name"]): _money(row) for row in rows("currencies.tsv") if row["form"] == "word"}


@cache
def _symbols() -> dict[str, _Entry]:
    measures = {row["unit"]: _Entry(row["unit"], row["kind"]) for row in rows("units.tsv") if row["form"] == "symbol"}
    return measures | {row["name"]: _money(row) for row in rows("currencies.tsv") if row["form"] != "word"}


@cache
def _homographs() -> frozenset[str]:
    return frozenset(form for name in ("units.tsv", "currencies.tsv") for row in rows(name) for form in row["homographs"].split())


def _money(row: dict[str, str]) -> _Entry:
    return _Entry(row["code"], "money", Decimal(row["factor"]))


def _with_capitals(pattern: str) -> str:
    """Let each small letter of a pattern stand for its capital too."""
    return re.sub(r"\\.|[^\W\d_]", lambda match: match[0] if match[0][0] == "\\" else any_case(match[0]), pattern)


@cache
def _unit_at() -> re.Pattern[str]:
    times = trie(row["word"] for row in rows("time_units.tsv"))
    per_time = rf"(?P<per_time>/{times})(?P<time_ending>{ENDING})(?!\w)"  # m³/saatdan
    symbol = rf"(?P<symbol>{trie(_symbols())})(?:{per_time}|(?P<per>{_PER})){_SYMBOL_ENDING}"
    word = rf"(?P<word>{_with_capitals(trie(_words()))}){_WORD_ENDING}"
    return re.compile(rf"{GAP}{{0,2}}+(?:{word}|{symbol})")


def unit_at(text: str, at: int) -> Unit | None:
    """Return the unit that stands at ``at`` or after one gap, the longest that fits, with its ending; or None.

    >>> unit_at("765 km-dir", 3)
    Unit(start=4, end=10, name='km', kind='measure', factor=Decimal('1'), suffix='dir')
    >>> unit_at("50 qəpiyə", 2).name, unit_at("200 nəfərə yaxın", 3).suffix, unit_at("4 top", 1)
    ('AZN', 'ə', None)
    """
    match = _unit_at().match(text, at)
    if match is None:
        return None
    if match["symbol"]:
        entry = _symbols()[match["symbol"]]
        name = entry.name if entry.kind in {"money", "percent"} else match["symbol"] + (match["per_time"] or match["per"])
        return Unit(match.start("symbol"), match.end(), name, entry.kind, entry.factor, match["time_ending"] or match["symbol_ending"] or "")
    if to_lower(text[match.start("word") : match.end()]) in _homographs():
        return None
    entry = _words()[" ".join(to_lower(match["word"]).split())]
    return Unit(match.start("word"), match.end(), entry.name, entry.kind, entry.factor, to_lower(match["ending"]))


@cache
def _marks() -> dict[str, _Entry]:
    return {row["name"]: _money(row) for row in rows("currencies.tsv") if row["form"] in {"sign", "code"} and row["name"][-1] != "."}


@cache
def _mark_ends() -> frozenset[str]:
    return frozenset(mark[-1] for mark in _marks())


def currency_before(text: str, at: int) -> Unit | None:
    """Return the sign or code of a currency that ends right before ``at`` or one gap before it, or None.

    >>> currency_before("$5 mln", 1).name, currency_before("AZN 20", 4).start
    ('USD', 0)
    """
    end = at - 1 if text[at - 1 : at].isspace() else at
    if end < 1 or text[end - 1] not in _mark_ends():
        return None
    for length in range(min(3, end), 0, -1):
        mark, before = text[end - length : end], text[max(0, end - length - 2) : end - length]
        owned = before.rstrip()[-1:].isdigit() or (mark[0].isalpha() and before[-1:].isalnum())  # 5 AZN 20, 5$ 20
        if mark in _marks() and not owned:
            entry = _marks()[mark]
            return Unit(end - length, at, entry.name, "money", entry.factor)
    return None


@cache
def _time_at() -> re.Pattern[str]:
    stems = _with_capitals(trie(row["word"] for row in rows("time_units.tsv")))
    return re.compile(rf"{GAP}{{0,2}}+[{HYPHENS}]?(?:{stems})(?:l{_I}[kqğy]?)?(?:l{_A}r)?{ENDING}(?!\w)|{GAP}?(?:dəq|san|saat)\b")


def time_unit_at(text: str, at: int) -> bool:
    """Tell whether a unit of time follows, so that the number before it is a duration or a date.

    >>> time_unit_at("12 saatlıq", 2), time_unit_at("5 min", 1)
    (True, False)
    """
    return _time_at().match(text, at) is not None
