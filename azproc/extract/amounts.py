"""What stands around a value: its sign, unit, currency, number sign, and the words that tell how it is meant."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from azproc.extract.modifiers import mod_of
from azproc.extract.numerals import GAP, HYPHENS, numeral_at, words_at
from azproc.extract.units import Unit, currency_before, time_unit_at, unit_at
from azproc.extract.values import Value, negated, plus, product, times
from azproc.spans import Number

__all__ = ["Amount", "Reading", "finish"]

_GAP = re.compile(GAP)
_FROM = re.compile(r"d[aəeo]n$")
_TO = re.compile(r"(?:d[aə]k|c[aə]n)$")
_UP_TO = re.compile(rf"(?<=[aə]){GAP}(?:qədər|kimi)")
_MINUS = re.compile(rf"(?<!\w)(?:[mM]ənfi|[mM]inus){GAP}\Z")
_SIGNS = frozenset("-−–+")
_MINUS_SIGNS = frozenset("-−–")
_SIGN = re.compile(r"[-−–+]?")
_BEFORE_SIGN = frozenset(' \n\t\N{NO-BREAK SPACE}(«“"[….:')
_OF_YEARS = re.compile(rf"{GAP}(?:illər|əsr|minilli[ky]|yüzilli[ky])")
_WITH = re.compile(rf"{GAP}ilə(?!\w)")  # with, or after a small number "within so many years"
_YEARS_TO_COME = range(1, 101)
_SHORT_SCALE = re.compile(r"(?:mly?n|mly?rd|mld|trln)\Z")
_NUMBER_SIGN_ENDS = frozenset("№No")
_NUMBER_SIGN_BEFORE = re.compile(rf"(?<!\w)(?:№|No|N){GAP}?\Z")
_NUMBER_SIGN_AFTER = re.compile(rf"{GAP}?(?:(?:№|No|N)[{HYPHENS}]?(?:l[iıuü]|s?[ıiuü])|nömrəli|saylı)(?!\w)")
_NUMBERED = re.compile(rf"[{HYPHENS}]l[ıiuü](?!\w)")
_OPENING = re.compile(rf"{GAP}?\((?=[^\W\d_])")
_CENTS_OF = {"EUR": {"EUR", "USD"}}  # a sent is of both


class Amount(NamedTuple):
    """A value at ``[start, end)`` before its surroundings are known; ``suffix`` is its own, behind which no unit can follow."""

    start: int
    end: int
    value: Value
    type: str
    rule: str
    suffix: str = ""


class Reading(NamedTuple):
    """The numbers that were read at a place, and where reading goes on."""

    numbers: tuple[Number, ...]
    end: int


def finish(text: str, amount: Amount) -> Reading:
    """Take to an amount what belongs to it: sign, unit, mod.

    >>> finish("-5 dərəcə", Amount(1, 2, Decimal(5), "cardinal", "number.digits")).numbers[0].text
    '-5 dərəcə'
    """
    if amount.type == "ordinal":
        if _OF_YEARS.match(text, amount.end):
            return Reading((), amount.end)
        return _reading(text, amount, amount.end, amount.suffix)
    amount = _signed(text, amount)
    if numbered := _with_number_sign(text, amount):
        return numbered
    if repeated := _repeated_in_words(text, amount):
        return repeated
    unit = None if amount.suffix else _unit_at(text, amount.end)
    money = currency_before(text, amount.start)
    if money and (unit is None or unit.kind != "money"):
        amount = amount._replace(start=money.start, type="money")
        return _reading(text, amount, amount.end, amount.suffix, name=money.name)
    if unit:
        return _measured(text, amount, unit)
    if not amount.suffix and time_unit_at(text, amount.end) and not (_WITH.match(text, amount.end) and amount.value not in _YEARS_TO_COME):
        return Reading((), amount.end)
    upto = _from_to(text, amount, None) if amount.suffix and _FROM.search(amount.suffix) else None
    return upto or _reading(text, amount, amount.end, amount.suffix, counts=not amount.suffix)


def _signed(text: str, amount: Amount) -> Amount:
    start = amount.start
    if start and text[start - 1] in _SIGNS and (start == 1 or text[start - 2] in _BEFORE_SIGN):
        return amount._replace(start=start - 1, value=amount.value if text[start - 1] == "+" else negated(amount.value))
    if text[start - 2 : start - 1] in {"i", "s"} and (minus := _MINUS.search(text, max(0, start - 6), start)):
        return amount._replace(start=minus.start(), value=negated(amount.value))
    return amount


def _with_number_sign(text: str, amount: Amount) -> Reading | None:
    """Read a number that a number sign makes an ordinal: 490 No-ü, № 5, № 5-li, 2 saylı."""
    after = None if amount.suffix else _NUMBER_SIGN_AFTER.match(text, amount.end)
    signed = not _NUMBER_SIGN_ENDS.isdisjoint(text[max(0, amount.start - 2) : amount.start])
    before = _NUMBER_SIGN_BEFORE.search(text, max(0, amount.start - 4), amount.start) if signed else None
    if after is None and before is None:
        return None
    start = before.start() if before else amount.start
    after = after or _NUMBERED.match(text, amount.end)
    end = after.end() if after else amount.end
    return Reading((Number(start, end, text[start:end], amount.value, "ordinal", rule="number.sign"),), end)


def _repeated_in_words(text: str, amount: Amount) -> Reading | None:
    """Read an amount that is spelled out in brackets before its unit, as documents do: 500 (beş yüz) manat."""
    opening = _OPENING.match(text, amount.end) if amount.rule == "number.digits" and not amount.suffix else None
    words = words_at(text, opening.end()) if opening else None
    if words is None or words.value != amount.value or text[words.end : words.end + 1] != ")":
        return None
    unit = unit_at(text, words.end + 1)
    return _measured(text, amount, unit) if unit else None


def _unit_at(text: str, end: int) -> Unit | None:
    """Return the unit at ``end``, or behind the point of a short scale: 5 mln. ton."""
    if unit := unit_at(text, end):
        return unit
    return unit_at(text, end + 1) if text[end : end + 1] == "." and _SHORT_SCALE.search(text, max(0, end - 5), end) else None


def _measured(text: str, amount: Amount, unit: Unit) -> Reading:
    if change := _with_small_change(text, amount, unit):
        return change
    if _FROM.search(unit.suffix) and (upto := _from_to(text, amount, unit)):
        return upto
    amount = amount._replace(value=times(amount.value, unit.factor), type=_type(unit), rule=_rule(amount, unit))
    return _reading(text, amount, unit.end, unit.suffix, name=_name(unit))


def _type(unit: Unit) -> str:
    return unit.kind if unit.kind in {"money", "percent"} else "quantity"


def _name(unit: Unit) -> str | None:
    return None if unit.kind == "percent" else unit.name


def _rule(amount: Amount, unit: Unit) -> str:
    return amount.rule if isinstance(amount.value, tuple) else f"number.{_type(unit)}"


def _with_small_change(text: str, amount: Amount, unit: Unit) -> Reading | None:
    """Read money that is told in two units as one amount: 5 manat 20 qəpik."""
    if unit.kind != "money" or unit.factor != 1 or unit.suffix or isinstance(amount.value, tuple):
        return None
    gap = _GAP.match(text, unit.end)
    rest = numeral_at(text, gap.end()) if gap else None
    small = unit_at(text, rest.end) if rest and not rest.suffix else None
    if rest is None or small is None or small.factor == 1 or small.name not in _CENTS_OF.get(unit.name, {unit.name}):
        return None
    value = plus(amount.value, product(rest.value, small.factor))
    amount = amount._replace(value=value, type="money", rule="number.money")
    return _reading(text, amount, small.end, small.suffix, name=unit.name)


def _from_to(text: str, amount: Amount, first: Unit | None) -> Reading | None:
    """Read a range that suffixes tell: 5-dən 10-dək, iki min manatdan üç min manata qədər."""
    gap = _GAP.match(text, first.end if first else amount.end)
    sign = _SIGN.match(text, gap.end()) if gap else None
    last = words_at(text, sign.end(), last=True) if sign else None
    if sign is None or last is None or last.ordinal or not isinstance(amount.value, Decimal):
        return None
    unit = None if last.suffix else unit_at(text, last.end)
    end, suffix = (unit.end, unit.suffix) if unit else (last.end, last.suffix)
    if (first and (unit is None or unit.name != first.name)) or not (_TO.search(suffix) or _UP_TO.match(text, end)):
        return None
    low = product(amount.value if first else last.scaled(amount.value), first.factor if first else Decimal(1))
    high = product(-last.value if sign[0] in _MINUS_SIGNS else last.value, unit.factor if unit else Decimal(1))
    if low >= high:
        return None
    kind, name = (_type(unit), _name(unit)) if unit else ("cardinal", None)
    return Reading((Number(amount.start, end, text[amount.start : end], (low, high), kind, name, rule="number.range"),), end)


def _reading(text: str, amount: Amount, end: int, suffix: str, *, name: str | None = None, counts: bool = False) -> Reading:
    start, _, value, kind, rule, _ = amount
    if kind == "money" and not rule.endswith(("money", "range")):
        rule = "number.money"
    mod = mod_of(text, start, end, suffix, counts=counts)
    return Reading((Number(start, end, text[start:end], value, kind, name, mod, rule),), end)
