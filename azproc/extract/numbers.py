"""Numbers with their values: cardinals, ordinals, percents, fractions, money, quantities with a unit, and ranges of them.

One scan finds the places where a numeral begins; the rules look only there. Dates, times and durations are not numbers, nor are identity
numbers, telephone numbers, versions, models, coordinates, list labels and citation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from azproc.errors import require_text
from azproc.extract.amounts import Amount, Reading, finish
from azproc.extract.fractions import fraction_at, part_at
from azproc.extract.homographs import article_end, counts
from azproc.extract.lookalikes import lookalike_end
from azproc.extract.nearby import DatesGiven, DatesNearby
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

    ``dates`` are the spans that belong to dates; without them they are looked for in the sentences that have a number.
    Offsets are code points. The unit is as the text writes it, without endings; for money it is the ISO 4217 code.

    >>> [(n.text, str(n.value), n.type, n.unit, n.mod) for n in find_numbers("200 nəfərə yaxın, 9,6 milyon manat")]
    [('200 nəfərə', '200', 'quantity', 'nəfər', 'approx'), ('9,6 milyon manat', '9600000', 'money', 'AZN', None)]
    >>> find_numbers("bir qrup üçbucaq")
    ()
    """
    require_text(text)
    return tuple(_scan(text, DatesNearby(text) if dates is None else DatesGiven(dates)))


def _scan(text: str, dates: DatesGiven | DatesNearby) -> Iterator[Number]:
    """Yield what the rules read outside of dates, left to right."""
    end = 0
    for at in numeral_starts(text):
        if at < end:
            continue
        if article := article_end(text, at):
            end = article
            continue
        if dates.known_at(at):
            continue
        reading = _read(text, at)
        if reading is None:
            continue
        for number in reading.numbers:
            if dates.overlap(number.start, number.end):
                break
            if number.start >= end:
                yield number
        else:
            end = reading.end


def _read(text: str, at: int) -> Reading | None:
    numeral = numeral_at(text, at)
    if numeral is None:
        return _part(text, at)
    for rule in RULES[numeral.form]:
        if reading := rule(text, numeral):
            return reading
    return None


def _part(text: str, at: int) -> Reading | None:
    part = part_at(text, at)
    return finish(text, Amount(at, part[0], part[1], "fraction", "number.fraction", part[2])) if part else None


def _fraction(text: str, numeral: Numeral) -> Reading | None:
    fraction = fraction_at(text, numeral)
    if fraction is None:
        return None
    end, value, suffix = fraction
    kind, rule = ("fraction", "number.fraction") if isinstance(value, Fraction) else ("cardinal", "number.decimal-words")
    return finish(text, Amount(numeral.start, end, value, kind, rule, suffix))


def _lookalike(text: str, numeral: Numeral) -> Reading | None:
    """Skip digits that are no quantity: identity numbers, versions, list labels and the like."""
    end = lookalike_end(text, numeral)
    return None if end is None else Reading((), end)


def _dimensions(text: str, numeral: Numeral) -> Reading | None:
    """Read lengths that a cross joins before their unit: 10x15 sm, 2,5 x 3 x 4 m."""
    match = _CROSSED.match(text, numeral.start)
    unit = unit_at(text, match.end()) if match else None
    if match is None or unit is None or unit.name == "px":  # the size of a picture in a page's source
        return None
    *sides, last = (numeral_at(text, side.start() + numeral.start) for side in _SIDE.finditer(match[0]))
    if last is None or not all(sides):
        return None
    lengths = tuple(Number(side.start, side.end, text[side.start : side.end], side.value, "cardinal", rule="number.dimension") for side in sides if side)
    measured = finish(text, _amount(last, "number.digits"))
    return Reading(lengths + measured.numbers, measured.end)


def _score(text: str, numeral: Numeral) -> Reading | None:
    match = _SCORE.match(text, numeral.start)
    if match is None:
        return None
    places = [match.span(side) for side in (1, 2, 3, 4) if match[side]]
    sides = tuple(Number(start, end, text[start:end], Decimal(text[start:end]), "cardinal", rule="number.score") for start, end in places)
    return Reading(sides, match.end())


def _range(text: str, numeral: Numeral) -> Reading | None:
    at, link = numeral.start, _LINK.match(text, numeral.end)
    if link is None or (numeral.suffix and not numeral.ordinal):
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


def _roman(text: str, numeral: Numeral) -> Reading:
    if not is_numeral(text, numeral):
        return Reading((), numeral.end)
    return Reading((Number(numeral.start, numeral.end, text[numeral.start : numeral.end], numeral.value, "ordinal", rule="number.roman"),), numeral.end)


def _single(text: str, numeral: Numeral) -> Reading:
    if not counts(text, numeral):
        return Reading((), numeral.end)
    return finish(text, _amount(numeral, f"number.{numeral.form}"))


Rule = Callable[[str, Numeral], Reading | None]

RULES: dict[str, tuple[Rule, ...]] = {  # by the form of the numeral; the first that reads it wins
    "digits": (_fraction, _dimensions, _lookalike, _score, _range, _single),
    "mixed": (_fraction, _lookalike, _range, _single),
    "words": (_fraction, _range, _single),
    "roman": (_range, _roman),
}


def _amount(numeral: Numeral, rule: str) -> Amount:
    kind = "ordinal" if numeral.ordinal or numeral.form == "roman" else "cardinal"
    return Amount(numeral.start, numeral.end, numeral.value, kind, rule, numeral.suffix)
