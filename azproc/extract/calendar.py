"""Partial dates: what an expression says of era, year, month and day, and how EDTF writes it.

A part that the text does not give stays None; nothing is filled in from elsewhere. Years before our era are counted as the text
counts them and written astronomically (331 BC is ``-0330``).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR
from typing import Literal, NamedTuple

__all__ = ["Era", "Grain", "Offset", "Origin", "Partial", "edtf_range", "share"]

Grain = Literal["year", "decade", "century", "millennium"]
Era = Literal["bc", "ad"]
Origin = Literal["reference", "context", "either"]
_YEARS = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}


@dataclass(frozen=True, slots=True)
class Offset:
    """A unit of the calendar counted from another date: the day after, the month before, that same year.

    ``unit`` is D, W, M, Y, Q, C, z (season) or, with ``weekday`` (Monday 1), the day of that week. ``origin`` is reference (the day on
    which the text was written), context (the date that the text spoke of last) or either (the first of them that is known).
    """

    unit: str
    count: int
    origin: Origin = "reference"
    weekday: int | None = None


class Partial(NamedTuple):
    """A date of which only some parts are known.

    ``number`` counts the ``grain``: year 1918, decade 1990 (or 90 where the century is not said), century 19, millennium 3.
    ``division`` is a season or quarter code of ISO 8601-2. ``month`` or ``day`` 0 is one that is not known.
    """

    grain: Grain | None = None
    number: int | None = None
    era: Era | None = None
    month: int | None = None
    day: int | None = None
    division: str | None = None
    offset: Offset | None = None

    @property
    def possible(self) -> bool:
        """Tell whether the calendar has such a date."""
        if self.number is not None and not (self.number > 0 and self._ends[1] <= MAXYEAR):
            return False
        if self.day is None or self.month is None:
            return True
        if self.month == 0:
            return 0 < self.day <= 31
        known = self.number if self.grain == "year" and self.era != "bc" else None
        return 0 < self.day <= monthrange(known or 4, self.month)[1]

    @property
    def century_unsaid(self) -> bool:
        """Whether a year or decade is told by its last two digits: ``71-ci il``, ``90-cı illər``."""
        return self.grain in {"year", "decade"} and self.era is None and 10 <= (self.number or 100) < 100

    @property
    def edtf(self) -> str | None:
        """The date in EDTF; None where only the offset from another date is known."""
        if self.grain is None and self.month is None and self.division is None:
            return None
        if self.era == "bc" and self.grain != "year":
            return f"{_year(self.first_year)}/{_year(self.last_year)}"
        return self._years + self._within

    @property
    def first_year(self) -> int:
        """First year, astronomically counted; a century begins with its year 1."""
        return self._ends[0]

    @property
    def last_year(self) -> int:
        """Last year, astronomically counted."""
        return self._ends[1]

    @property
    def _ends(self) -> tuple[int, int]:
        number, length = self.number or 0, _YEARS[self.grain or "year"]
        if self.grain in {"year", "decade"}:
            first, last = number, number + length - 1
        else:
            first, last = (number - 1) * length + 1, number * length
        return (1 - last, 1 - first) if self.era == "bc" else (first, last)

    @property
    def _years(self) -> str:
        number = self.number or 0
        match self.grain:
            case None:
                return "XXXX"
            case "year":
                return f"XX{number}" if self.century_unsaid else _year(self.first_year)
            case "decade":
                return f"XX{number // 10}X" if number < 100 else f"{number // 10:03}X"
            case "century":
                return f"{number - 1:02}XX"
            case "millennium":
                return f"{number - 1}XXX"

    @property
    def _within(self) -> str:
        if self.division:
            return f"-{self.division}"
        if self.month is None:
            return ""
        month = f"-{self.month:02}" if self.month else "-XX"
        return month if self.day is None else f"{month}-{self.day:02}"


def edtf_range(first: Partial, last: Partial) -> str | None:
    """Return the range from one date to another; centuries before our era are written by their first and last years.

    >>> edtf_range(Partial("century", 15), Partial("century", 18))
    '14XX/17XX'
    >>> edtf_range(Partial("millennium", 4, "bc"), Partial("millennium", 3, "bc"))
    '-3999/-2000'
    """
    if "bc" in {first.era, last.era} and first.month is None and last.month is None:
        return f"{_year(first.first_year)}/{_year(last.last_year)}"
    if first.edtf is None or last.edtf is None:
        return None
    return f"{first.edtf}/{last.edtf}"


def share(first: Partial, last: Partial) -> tuple[Partial, Partial]:
    """Let the ends of a range lend each other what is written only once: ``27 may-19 noyabr 1918-ci il``.

    >>> first, last = share(Partial(month=5, day=27), Partial("year", 1918, month=11, day=19))
    >>> first.edtf, last.edtf
    ('1918-05-27', '1918-11-19')
    """
    if first.grain is None and first.offset is None and _lends_year(last):
        first = first._replace(grain=last.grain, number=last.number, era=last.era, offset=last.offset)
    elif last.grain is None and last.offset is None and _lends_year(first):
        last = last._replace(grain=first.grain, number=first.number, era=first.era, offset=first.offset)
    if first.month is None and first.day is not None:
        first = first._replace(month=last.month)
    if last.month is None and last.day is not None:
        last = last._replace(month=first.month)
    if first.era is None and last.era == "bc":
        first = first._replace(era="bc")
    if last.era is None and first.era == "bc" and (last.number or 0) <= (first.number or 0):
        last = last._replace(era="bc")
    return first, last


def _lends_year(date: Partial) -> bool:
    """Tell whether a date has a year to lend: ``bu il mayın 5-i`` has, ``ertəsi gün`` (the day after) has none."""
    return date.offset is None or date.offset.unit == "Y"


def _year(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"
