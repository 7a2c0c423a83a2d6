"""Units behind a number: measures, people and things counted one by one, percent, money; and units of time, which make durations.

The tables are ``data/units.tsv`` and ``data/currencies.tsv``; the units of time are those of the date grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from azproc.extract.numerals import ENDING, GAP, HYPHENS, any_case
from azproc.extract.tables import rows
from azproc.extract.vocabulary import trie
from azproc.language.casing import to_lower

__all__ = ["Unit", "currency_before", "time_unit_at", "unit_at"]

_I, _A = "[ıiuü]", "[aəeo]"
_WORD_ENDING = rf"(?P<ending>(?:l{_I}[kqğy]?)?(?:{_I}?n?[dt]{_A}n?|n?{_I}?n?{_A}|{ENDING}))(?!\w)"
_SYMBOL_ENDING = rf"(?:[{HYPHENS}'’ʼ](?P<ending>(?:l{_I}[kqğy]?)?{ENDING})(?!\w))?(?![^\W_²³]|[{HYPHENS}]\w)"
_PER = r"(?:/[^\W\d_]{1,10}+[²³23]?(?!\w))?"
_LONGEST = 48


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit at ``[start, end)``: its ``kind`` (measure, count, percent or money), its citation form or ISO 4217 code, its suffix."""

    start: int
    end: int
    name: str
    kind: str
    factor: Decimal = Decimal(1)
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: str
    factor: Decimal = Decimal(1)


@cache
def _words() -> dict[str, _Entry]:
    measures = {row["unit"]: _Entry(row["unit"], row["kind"]) for row in rows("units.tsv") if row["form"] == "word"}
    money = {to_lower(row["name"]): _money(row) for row in rows("currencies.tsv") if row["form"] == "word"}
    return {to_lower(word): entry for word, entry in (measures | money).items()}


@cache
def _symbols() -> dict[str, _Entry]:
    measures = {row["unit"]: _Entry(row["unit"], row["kind"]) for row in rows("units.tsv") if row["form"] == "symbol"}
    return measures | {row["name"]: _money(row) for row in rows("currencies.tsv") if row["form"] != "word"}


@cache
def _homographs() -> frozenset[str]:
    return frozenset(form for name in ("units.tsv", "currencies.tsv") for row in rows(name) for form in row["homographs"].split())


def _money(row: dict[str, str]) -> _Entry:
    return _Entry(row["code"], "money", Decimal(row["factor"]))


@cache
def _word_at() -> re.Pattern[str]:
    return re.compile(rf"{GAP}{{0,2}}+(?P<stem>{trie(_words())}){_WORD_ENDING}")


@cache
def _symbol_at() -> re.Pattern[str]:
    symbols = "|".join(map(re.escape, sorted(_symbols(), key=len, reverse=True)))
    return re.compile(rf"{GAP}{{0,2}}+(?P<stem>{symbols})(?P<per>{_PER}){_SYMBOL_ENDING}")


@cache
def _currency_before() -> re.Pattern[str]:
    marks = "|".join(
        re.escape(row["name"]) for row in sorted(rows("currencies.tsv"), key=lambda row: -len(row["name"])) if row["form"] in {"sign", "code"}
    )
    return re.compile(rf"(?<!\w)(?P<mark>{marks}){GAP}?$")


@cache
def _time_at() -> re.Pattern[str]:
    stems = "|".join(any_case(row["word"]) for row in rows("time_units.tsv"))
    return re.compile(rf"{GAP}{{0,2}}+[{HYPHENS}]?(?:{stems})(?:l{_I}[kqğy]?)?(?:l{_A}r)?{ENDING}(?!\w)|{GAP}?(?:dəq|san|saat)\b")


def unit_at(text: str, at: int) -> Unit | None:
    """Return the unit that stands at ``at`` or after one gap, the longest that fits, with its ending; or None.

    >>> unit_at("765 km-dir", 3)
    Unit(start=4, end=10, name='km', kind='measure', factor=Decimal('1'), suffix='dir')
    >>> unit_at("50 qəpiyə", 2).name, unit_at("200 nəfərə yaxın", 3).suffix, unit_at("4 top", 1)
    ('AZN', 'ə', None)
    """
    symbol = _symbol_at().match(text, at)
    window = to_lower(text[at : at + _LONGEST])
    word = _word_at().match(window) if len(window) == len(text[at : at + _LONGEST]) else None
    if word and window[word.start("stem") : word.end()] in _homographs():
        word = None
    if symbol and (not word or symbol.end() >= at + word.end()):
        entry = _symbols()[symbol["stem"]]
        name = entry.name if entry.kind in {"money", "percent"} else symbol["stem"] + symbol["per"]
        return Unit(symbol.start("stem"), symbol.end(), name, entry.kind, entry.factor, symbol["ending"] or "")
    if word:
        entry = _words()[word["stem"] if word["stem"] in _words() else " ".join(word["stem"].split())]
        return Unit(at + word.start("stem"), at + word.end(), entry.name, entry.kind, entry.factor, word["ending"])
    return None


def currency_before(text: str, at: int) -> Unit | None:
    """Return the sign or code of a currency that ends right before ``at``, or None.

    >>> currency_before("$5 mln", 1).name, currency_before("AZN 20", 4).start
    ('USD', 0)
    """
    start = max(0, at - 5)
    mark = _currency_before().search(text[start:at])
    if mark is None:
        return None
    entry = _symbols()[mark["mark"]]
    return Unit(start + mark.start(), at, entry.name, "money", entry.factor)


def time_unit_at(text: str, at: int) -> bool:
    """Tell whether a unit of time follows, so that the number before it is a duration or a date.

    >>> time_unit_at("12 saatlıq", 2), time_unit_at("5 min", 1)
    (True, False)
    """
    return _time_at().match(text, at) is not None
