"""Numbers with their values: cardinals, ordinals, percents, fractions, money, quantities with a unit, and ranges of them.

One scan finds the places where a numeral begins; the rules look only there. Dates, times and durations are not numbers, nor are identity
numbers, telephone numbers, versions, models, coordinates, list labels and citation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from azproc.errors import require_text
from azproc.extract.fractions import fraction_at
from azproc.extract.homographs import counts
from azproc.extract.lookalikes import lookalike_end
from azproc.extract.modifiers import mod_of
from azproc.extract.numerals import GAP, HYPHENS, Numeral, numeral_at, numeral_starts, plain
from azproc.extract.roman import is_numeral
from azproc.extract.units import Unit, currency_before, time_unit_at, unit_at
from azproc.spans import Number, Quantity, Span

__all__ = ["find_numbers"]


@dataclass(frozen=True, slots=True)
class _Amount:
    """A value at a place, before its unit and mod are known."""

    start: int
    end: int
    value: Quantity | tuple[Quantity, Quantity]
    type: str
    rule: str
    suffix: str = ""
    bare: bool = True  # no suffix of its own that closes the expression: a unit may follow


class _Reading(NamedTuple):
    """What a rule makes of a place: the numbers, and where reading goes on."""

    numbers: tuple[Number, ...]
    end: int


def find_numbers(text: str, *, dates: Iterable[Span] | None = None) -> tuple[Number, ...]:
    """Return the numbers of a text from left to right, exact values as `Decimal` or `Fraction`, a range as a pair.

    ``dates`` are the spans that belong to dates; they are found when they are not given. Offsets are code points. The unit is as the text
    writes it, without endings; for money it is the ISO 4217 code.

    >>> [(n.text, str(n.value), n.type, n.unit, n.mod) for n in find_numbers("200 nəfərə yaxın, 9,6 milyon manat", dates=())]
    [('200 nəfərə', '200', 'quantity', 'nəfər', 'approx'), ('9,6 milyon manat', '9600000', 'money', 'AZN', None)]
    >>> find_numbers("bir qrup üçbucaq")
    ()
    """
    require_text(text)
    found = tuple(_scan(text))
    if not found:
        return ()
    if dates is None:
        from azproc.extract.dates import find_dates

        dates = find_dates(text)
    return _outside(found, sorted((span.start, span.end) for span in dates))


def _outside(numbers: Sequence[Number], taken: Sequence[tuple[int, int]]) -> tuple[Number, ...]:
    """Keep the numbers that share no character with the spans; both are in order."""
    kept = []
    place = 0
    for number in numbers:
        while place < len(taken) and taken[place][1] <= number.start:
            place += 1
        if place == len(taken) or taken[place][0] >= number.end:
            kept.append(number)
    return tuple(kept)


def _scan(text: str) -> Iterator[Number]:
    end = 0
    for at in numeral_starts(text):
        if at < end:
            continue
        numeral = numeral_at(text, at)
        for rule in RULES:
            if reading := rule(text, at, numeral):
                yield from (number for number in reading.numbers if number.start >= end)
                end = max(reading.end, end)
                break


# ---- rules: each gets the text, a place and the numeral there, and returns a reading or None ------------------------------------------


def _lookalike(text: str, at: int, numeral: Numeral | None) -> _Reading | None:
    if numeral is None or numeral.form not in {"digits", "mixed"}:
        return None
    end = lookalike_end(text, numeral)
    return None if end is None else _Reading((), end)


def _fraction(text: str, at: int, numeral: Numeral | None) -> _Reading | None:
    fraction = fraction_at(text, at, numeral)
    if fraction is None:
        return None
    end, value, suffix = fraction
    kind, rule = ("fraction", "number.fraction") if isinstance(value, Fraction) else ("cardinal", "number.decimal-words")
    return _finish(text, _Amount(at, end, value, kind, rule, suffix, bare=not suffix))


def _score(text: str, at: int, numeral: Numeral | None) -> _Reading | None:
    match = _SCORE.match(text, at)
    if match is None:
        return None
    places = [match.span(side) for side in (1, 2, 3, 4) if match[side]]
    sides = tuple(Number(start, end, text[start:end], Decimal(text[start:end]), "cardinal", rule="number.score") for start, end in places)
    return _Reading(sides, match.end())


_SCORE = re.compile(rf"([0-9]{{1,3}}):([0-9]{{1,3}})(?![0-9:]|[.,][0-9])|([0-9]{{1,2}})[{HYPHENS}]([0-9]{{1,2}})(?={GAP}hesab)")


def _range(text: str, at: int, numeral: Numeral | None) -> _Reading | None:
    if numeral is None:
        return None
    link = _LINK.match(text, numeral.end)
    if link is None or (numeral.suffix and not numeral.ordinal):
        return None
    last = numeral_at(text, link.end())
    if last is None or (numeral.form == "roman") != (last.form == "roman"):
        return None
    if link["spaced"] and (numeral.form == "words" or last.form == "words"):
        return None
    if last.value == numeral.value and numeral.form == last.form == "words":
        return _finish(text, _amount(replace(last, start=at), "number.distributive")) if last.value != 1 else _Reading((), last.end)
    values = (_scaled(numeral, last), last.value)
    if values[0] >= values[1] and (last.ordinal or _ARTICLE.search(text, max(0, at - 8), at)):
        return _Reading((), last.end)  # an article that was added to a law: 53-1-ci, maddə 24-1
    if values[0] >= values[1] or (numeral.ordinal and not last.ordinal):
        return None
    if last.ordinal and _YEARS.fullmatch(text, at, last.end):
        return _Reading((), last.end)
    amount = replace(_amount(last, "number.range"), start=at, value=values)
    return None if time_unit_at(text, last.end) and not last.ordinal else _finish(text, amount)


_ARTICLE = re.compile(rf"(?<!\w)[mM]addə{GAP}\Z")
_YEARS = re.compile(rf"(?:1[5-9]|20)[0-9]{{2}}[{HYPHENS}](?:1[5-9]|20)[0-9]{{2}}-[^\W\d_]++")
_LINK = re.compile(rf"(?:(?P<tight>[{HYPHENS}]|\N{{EM DASH}})|(?P<spaced>{GAP}[-–—−]{GAP}))(?=[^\W_])")


_GAP = re.compile(GAP)
_FROM = re.compile(r"d[aəeo]n$")
_TO = re.compile(r"d[aə]k$|c[aə]n$")
_UP_TO = re.compile(rf"(?<=[aə]){GAP}(?:qədər|kimi)")


def _scaled(first: Numeral, last: Numeral) -> Decimal:
    """Give the first number of a range the multiplier that stands only behind the last: 5-10 min is 5000 to 10000."""
    for multiplier in last.multipliers:
        if first.value < last.value / multiplier:
            return first.value * multiplier
    return first.value


def _roman(text: str, at: int, numeral: Numeral | None) -> _Reading | None:
    if numeral is None or numeral.form != "roman":
        return None
    if not is_numeral(text, numeral):
        return _Reading((), numeral.end)
    return _Reading((Number(at, numeral.end, text[at : numeral.end], numeral.value, "ordinal", rule="number.roman"),), numeral.end)


def _single(text: str, at: int, numeral: Numeral | None) -> _Reading | None:
    if numeral is None:
        return None
    if not counts(text, numeral):
        return _Reading((), numeral.end)
    return _finish(text, _amount(numeral, f"number.{numeral.form}"))


RULES: tuple[Callable[[str, int, Numeral | None], _Reading | None], ...] = (_fraction, _lookalike, _score, _range, _roman, _single)


# ---- what stands around an amount ------------------------------------------------------------------------------------------------------


def _amount(numeral: Numeral, rule: str) -> _Amount:
    kind = "ordinal" if numeral.ordinal or numeral.form == "roman" else "cardinal"
    return _Amount(numeral.start, numeral.end, numeral.value, kind, rule, numeral.suffix, bare=not numeral.suffix)


def _finish(text: str, amount: _Amount) -> _Reading:
    """Take the sign, the unit and the mod to an amount."""
    amount = _signed(text, amount)
    if amount.type == "ordinal" and _OF_YEARS.match(text, amount.end):
        return _Reading((), amount.end)
    if amount.type == "ordinal":
        return _reading(text, amount, None)
    if signed := _numbered(text, amount):
        return signed
    unit = (unit_at(text, amount.end) or _unit_after_short(text, amount.end)) if amount.bare else None
    money = currency_before(text, amount.start)
    if money and (unit is None or unit.kind != "money"):
        amount = replace(amount, start=money.start)
        return _reading(text, amount, replace(money, end=amount.end))
    if unit is None and amount.bare and time_unit_at(text, amount.end):
        return _Reading((), amount.end)
    return _reading(text, amount, unit)


def _signed(text: str, amount: _Amount) -> _Amount:
    sign = text[amount.start - 1 : amount.start] if amount.start else ""
    before = text[amount.start - 2 : amount.start - 1] if amount.start > 1 else ""
    if minus := _MINUS.search(text, max(0, amount.start - 6), amount.start):
        return replace(amount, start=minus.start(), value=_negative(amount.value))
    if sign not in {"-", "−", "+", "–"} or (before and not (before.isspace() or before in _OPENERS)):
        return amount
    if sign == "+":
        return replace(amount, start=amount.start - 1)
    return replace(amount, start=amount.start - 1, value=_negative(amount.value))


_OPENERS = "(«“\"[….:"
_MINUS = re.compile(rf"(?<!\w)(?:[mM]ənfi|[mM]inus){GAP}\Z")


def _negative(value: Quantity | tuple[Quantity, Quantity]) -> Quantity | tuple[Quantity, Quantity]:
    return tuple(-one for one in value) if isinstance(value, tuple) else -value


def _unit_after_short(text: str, end: int) -> Unit | None:
    """Return the unit that follows the point of a short scale: 5 mln. ton."""
    return unit_at(text, end + 1) if _SHORT.search(text, max(0, end - 5), end) and text[end : end + 1] == "." else None


_OF_YEARS = re.compile(rf"{GAP}(?:illər|əsr|minilli[ky]|yüzilli[ky])")
_SHORT = re.compile(r"(?:mly?n|mly?rd|mld|trln)\Z")
_SIGN_BEFORE = re.compile(rf"(?<!\w)(?:№|No|N){GAP}?\Z")
_SIGN_AFTER = re.compile(
    rf"{GAP}?(?:(?:№|No|N)[{HYPHENS}]?(?:l[iıuü]|[ıiuü]|s[ıiuü])|nömrəli|saylı)(?!\w)"
)


_LI = re.compile(rf"[{HYPHENS}]l[ıiuü](?!\w)")


def _numbered(text: str, amount: _Amount) -> _Reading | None:
    """Read a number that a number sign makes an ordinal: 490 No-ü, № 5, 2 saylı."""
    after = _SIGN_AFTER.match(text, amount.end) if amount.bare else None
    before = _SIGN_BEFORE.search(text, max(0, amount.start - 4), amount.start)
    if after is None and before is None:
        return None
    start = before.start() if before else amount.start
    after = after or _LI.match(text, amount.end)
    end = after.end() if after else amount.end
    return _Reading((Number(start, end, text[start:end], amount.value, "ordinal", rule="number.sign"),), end)


def _reading(text: str, amount: _Amount, unit: Unit | None) -> _Reading:
    end = max(amount.end, unit.end) if unit else amount.end
    suffix = unit.suffix if unit and unit.end > amount.end else amount.suffix
    value, kind, rule, name = amount.value, amount.type, amount.rule, None
    if unit and (rest := _small_change(text, amount, unit)):
        return rest
    if suffix and kind == "cardinal" and _FROM.search(suffix) and (upto := _from_to(text, amount, unit, end)):
        return upto
    if unit:
        kind = _TYPES.get(unit.kind, "quantity")
        name = None if kind == "percent" else unit.name
        rule = rule if rule == "number.range" else f"number.{kind}"
        value = _times(value, unit.factor)
    mod = mod_of(text, amount.start, end, suffix, counts=unit is None and amount.bare)
    return _Reading((Number(amount.start, end, text[amount.start : end], value, kind, name, mod, rule),), end)


_CHANGE = {(code, code) for code in ("AZN", "USD", "RUB", "TRY", "GBP", "GEL")} | {("EUR", "EUR"), ("USD", "EUR")}  # a sent is of both


def _small_change(text: str, amount: _Amount, unit: Unit) -> _Reading | None:
    """Read money that is told in two units as one amount: 5 manat 20 qəpik."""
    gap = _GAP.match(text, unit.end) if unit.kind == "money" and unit.factor == 1 and not unit.suffix else None
    rest = numeral_at(text, gap.end()) if gap else None
    small = unit_at(text, rest.end) if rest else None
    if rest is None or small is None or (small.name, unit.name) not in _CHANGE or small.factor == 1 or isinstance(amount.value, tuple):
        return None
    value = plain(amount.value + rest.value * small.factor)
    mod = mod_of(text, amount.start, small.end, small.suffix, counts=False)
    return _Reading((Number(amount.start, small.end, text[amount.start : small.end], value, "money", unit.name, mod, "number.money"),), small.end)


def _from_to(text: str, amount: _Amount, first: Unit | None, end: int) -> _Reading | None:
    """Read a range in words: 5-dən 10-dək, iki min manatdan üç min manata qədər."""
    gap = _GAP.match(text, end)
    last = numeral_at(text, gap.end()) if gap and isinstance(amount.value, Decimal) else None
    if last is None or last.ordinal or last.form == "roman":
        return None
    unit = unit_at(text, last.end) if not last.suffix else None
    end, suffix = (unit.end, unit.suffix) if unit else (last.end, last.suffix)
    if (first and (unit is None or unit.name != first.name)) or not (_TO.search(suffix) or _UP_TO.match(text, end)):
        return None
    low, high = amount.value, last.value
    for multiplier in last.multipliers if first is None else ():
        if low < high / multiplier:
            low *= multiplier
            break
    values = (_times(low, first.factor if first else Decimal(1)), _times(high, unit.factor if unit else Decimal(1)))
    if values[0] >= values[1]:
        return None
    kind = "cardinal" if unit is None else _TYPES.get(unit.kind, "quantity")
    name = unit.name if unit and kind != "percent" else None
    return _Reading((Number(amount.start, end, text[amount.start : end], values, kind, name, rule="number.range"),), end)


_TYPES = {"money": "money", "percent": "percent"}


def _times(value: Quantity | tuple[Quantity, Quantity], factor: Decimal) -> Quantity | tuple[Quantity, Quantity]:
    if factor == 1:
        return value
    if isinstance(value, tuple):
        return tuple(_times(one, factor) for one in value)
    return value * Fraction(factor) if isinstance(value, Fraction) else plain(value * factor)
