"""Numbers with their values: cardinals, ordinals, percents, fractions, money, quantities with a unit, and ranges of them.

One scan finds the places where a numeral begins; the rules look only there. Dates, times and durations are not numbers, nor are identity
numbers, telephone numbers, versions, models, coordinates, list labels and citation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from azproc.errors import require_text
from azproc.extract.amounts import Amount, Reading, finish
from azproc.extract.fractions import fraction_at
from azproc.extract.homographs import article_end, counts
from azproc.extract.lookalikes import lookalike_end
from azproc.extract.numerals import GAP, HYPHENS, Numeral, numeral_at, numeral_starts
from azproc.extract.roman import is_numeral
from azproc.extract.units import time_unit_at, unit_at
from azproc.spans import Number, Span

__all__ = ["find_numbers"]

_SCORE = re.compile(rf"([0-9]{{1,3}}):([0-9]{{1,3}})(?![0-9:]|[.,][0-9])|([0-9]{{1,2}})[{HYPHENS}]([0-9]{{1,2}})(?={GAP}hesab)")
_SIDE = re.compile(r"[0-9]++(?:[.,][0-9]++)?+")
_CROSSED = re.compile(rf"{_SIDE.pattern}(?:{GAP}?[xх×X]{GAP}?{_SIDE.pattern}){{1,2}}(?![0-9])")
_LINK = re.compile(rf"(?:[{HYPHENS}\N{{EM DASH}}]|(?P<spaced>{GAP}[-–—−]{GAP}))(?=[^\W_])")
_ARTICLE = re.compile(rf"(?<!\w)[mM]addə{GAP}\Z")
_ARTICLE_AFTER = re.compile(rf"{GAP}maddə")
_YEARS = re.compile(rf"(?:1[5-9]|20)[0-9]{{2}}[{HYPHENS}](?:1[5-9]|20)[0-9]{{2}}-[^\W\d_]++")


def find_numbers(text: str, *, dates: Iterable[Span] | None = None) -> tuple[Number, ...]:
    """Return the numbers of a text from left to right, exact values as `Decimal` or `Fraction`, a range as a pair.

    ``dates`` are the spans that belong to dates; without them they are looked for in the lines where a number might be part of one.
    Offsets are code points. The unit is as the text writes it, without endings; for money it is the ISO 4217 code.

    >>> [(n.text, str(n.value), n.type, n.unit, n.mod) for n in find_numbers("200 nəfərə yaxın, 9,6 milyon manat")]
    [('200 nəfərə', '200', 'quantity', 'nəfər', 'approx'), ('9,6 milyon manat', '9600000', 'money', 'AZN', None)]
    >>> find_numbers("bir qrup üçbucaq")
    ()
    """
    require_text(text)
    if dates is not None:
        taken = sorted((span.start, span.end) for span in dates)
        return _outside(_scan(text, taken), taken)
    found = tuple(_scan(text, ()))
    return _outside(found, list(_dates_by(text, found)))


def _dates_by(text: str, numbers: Sequence[Number]) -> Iterator[tuple[int, int]]:
    """Yield where the dates are in the lines that have a number without a unit; 20% and 5 km are never part of a date."""
    from azproc.extract.dates import date_spans

    end = 0
    for number in numbers:
        if number.start < end or number.type not in {"cardinal", "ordinal", "fraction"}:
            continue
        start = text.rfind("\n", end, number.start) + 1 or end
        end = text.find("\n", number.end)
        end = len(text) if end < 0 else end
        for first, last in date_spans(text[start:end]):
            yield start + first, start + last


def _outside(numbers: Iterable[Number], taken: Sequence[tuple[int, int]]) -> tuple[Number, ...]:
    """Keep the numbers that share no character with the spans; both are in order."""
    kept = []
    place = 0
    for number in numbers:
        while place < len(taken) and taken[place][1] <= number.start:
            place += 1
        if place == len(taken) or taken[place][0] >= number.end:
            kept.append(number)
    return tuple(kept)


def _scan(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Number]:
    """Yield what the rules read, left to right; spans that are taken are not looked into."""
    end = place = 0
    for at in numeral_starts(text):
        while place < len(taken) and taken[place][1] <= at:
            place += 1
        if at < end or (place < len(taken) and taken[place][0] <= at):
            continue
        if article := article_end(text, at):
            end = article
            continue
        numeral = numeral_at(text, at)
        for rule in RULES:
            if reading := rule(text, at, numeral):
                yield from (number for number in reading.numbers if number.start >= end)
                end = reading.end
                break


def _fraction(text: str, at: int, numeral: Numeral | None) -> Reading | None:
    fraction = fraction_at(text, at, numeral)
    if fraction is None:
        return None
    end, value, suffix = fraction
    kind, rule = ("fraction", "number.fraction") if isinstance(value, Fraction) else ("cardinal", "number.decimal-words")
    return finish(text, Amount(at, end, value, kind, rule, suffix))


def _lookalike(text: str, _at: int, numeral: Numeral | None) -> Reading | None:
    """Skip digits that are no quantity: identity numbers, versions, list labels and the like."""
    end = lookalike_end(text, numeral) if numeral and numeral.form in {"digits", "mixed"} else None
    return None if end is None else Reading((), end)


def _dimensions(text: str, at: int, numeral: Numeral | None) -> Reading | None:
    """Read lengths that a cross joins before their unit: 10x15 sm, 2,5 x 3 x 4 m."""
    match = _CROSSED.match(text, at) if numeral and numeral.form == "digits" else None
    unit = unit_at(text, match.end()) if match else None
    if match is None or unit is None or unit.name == "px":  # the size of a picture in a page's source
        return None
    *sides, last = (numeral_at(text, side.start() + at) for side in _SIDE.finditer(match[0]))
    if last is None or not all(sides):
        return None
    lengths = tuple(Number(side.start, side.end, text[side.start : side.end], side.value, "cardinal", rule="number.dimension") for side in sides if side)
    measured = finish(text, _amount(last, "number.digits"))
    return Reading(lengths + measured.numbers, measured.end)


def _score(text: str, at: int, numeral: Numeral | None) -> Reading | None:
    match = _SCORE.match(text, at) if numeral and numeral.form == "digits" else None
    if match is None:
        return None
    places = [match.span(side) for side in (1, 2, 3, 4) if match[side]]
    sides = tuple(Number(start, end, text[start:end], Decimal(text[start:end]), "cardinal", rule="number.score") for start, end in places)
    return Reading(sides, match.end())


def _range(text: str, at: int, numeral: Numeral | None) -> Reading | None:
    link = _LINK.match(text, numeral.end) if numeral else None
    if numeral is None or link is None or (numeral.suffix and not numeral.ordinal):
        return None
    last = numeral_at(text, link.end())
    if last is None or (numeral.form == "roman") != (last.form == "roman") or (link["spaced"] and "words" in {numeral.form, last.form}):
        return None
    if last.value == numeral.value and numeral.form == last.form == "words":
        return _each(text, at, last)
    low, high = last.scaled(numeral.value), last.value
    if low >= high or (last.ordinal and _YEARS.fullmatch(text, at, last.end)):
        added = last.ordinal or _ARTICLE.search(text, max(0, at - 8), at) or _ARTICLE_AFTER.match(text, last.end)  # an article that was added to a law: 53-1-ci, maddə 24-1
        return Reading((), last.end) if added else None
    if (numeral.ordinal and not last.ordinal) or (time_unit_at(text, last.end) and not last.ordinal):
        return None
    return finish(text, _amount(last, "number.range")._replace(start=at, value=(low, high)))


def _each(text: str, at: int, last: Numeral) -> Reading:
    """Read iki-iki (two each); bir-bir (one by one) counts nothing."""
    if last.value == 1:
        return Reading((), last.end)
    return finish(text, _amount(last, "number.distributive")._replace(start=at))


def _roman(text: str, at: int, numeral: Numeral | None) -> Reading | None:
    if numeral is None or numeral.form != "roman":
        return None
    if not is_numeral(text, numeral):
        return Reading((), numeral.end)
    return Reading((Number(at, numeral.end, text[at : numeral.end], numeral.value, "ordinal", rule="number.roman"),), numeral.end)


def _single(text: str, _at: int, numeral: Numeral | None) -> Reading | None:
    if numeral is None:
        return None
    if not counts(text, numeral):
        return Reading((), numeral.end)
    return finish(text, _amount(numeral, f"number.{numeral.form}"))


RULES: tuple[Callable[[str, int, Numeral | None], Reading | None], ...] = (_fraction, _dimensions, _lookalike, _score, _range, _roman, _single)


def _amount(numeral: Numeral, rule: str) -> Amount:
    kind = "ordinal" if numeral.ordinal or numeral.form == "roman" else "cardinal"
    return Amount(numeral.start, numeral.end, numeral.value, kind, rule, numeral.suffix)
