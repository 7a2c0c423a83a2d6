"""The first and the last day that an EDTF value may mean (EDTF is the Extended Date/Time Format, ISO 8601-2).

Only the part of EDTF that `azproc.extract.dates` writes is read: days, months, years, years with unknown digits, seasons,
quarters, and ranges of them. Years before our era are numbered astronomically: ``0000`` is 1 BC, ``-0330`` is 331 BC.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date

__all__ = ["bounds"]

_VALUE = re.compile(r"(?P<sign>-?)(?P<year>[0-9X]{4})(?:-(?P<part>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?")
_FIRST_MONTHS = {  # of the divisions of a year that ISO 8601-2 numbers: season, quarter; each is three months long
    "21": 3, "22": 6, "23": 9, "24": 12,
    "33": 1, "34": 4, "35": 7, "36": 10,
}

_NEXT_YEAR = (13, 14)  # the January and February that end a winter


def bounds(value: str | None) -> tuple[date | None, date | None]:
    """Return the earliest and the latest day that an EDTF date or range may mean.

    An end is None where it is open (``..``), where its year or century is unknown (``XXXX``, ``XX71``) or outside the years 1 to 9999, and for
    values that are no dates: durations, clock times, repetitions, None. A winter begins in December of its year, so it
    ends in the next one.

    >>> bounds("1918-05")
    (datetime.date(1918, 5, 1), datetime.date(1918, 5, 31))
    >>> bounds("14XX/17XX")
    (datetime.date(1400, 1, 1), datetime.date(1799, 12, 31))
    >>> bounds("2022-07-19/.."), bounds("P6M")
    ((datetime.date(2022, 7, 19), None), (None, None))
    """
    if value is None:
        return None, None
    first, slash, last = value.partition("/")
    if not slash:
        return _bounds_of_one(first)
    return _bounds_of_one(first)[0], _bounds_of_one(last)[1]


def _bounds_of_one(value: str) -> tuple[date | None, date | None]:
    match = _VALUE.fullmatch(value)
    if match is None or match["year"].startswith("XX"):
        return None, None
    years = sorted(int(match["sign"] + match["year"].replace("X", digit)) for digit in "09")
    first, last = _months(match["part"])
    return _day(years[0], first, match["day"], last=False), _day(years[1], last, match["day"], last=True)


def _months(part: str | None) -> tuple[int, int]:
    if part is None or "X" in part:
        return 1, 12
    first = _FIRST_MONTHS.get(part)
    month = int(part)
    return (first, first + 2) if first else (month, month) if month <= 12 else (0, 0)


def _day(year: int, month: int, day: str | None, *, last: bool) -> date | None:
    if month in _NEXT_YEAR:
        year, month = year + 1, month - 12
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12):
        return None
    length = monthrange(year, month)[1]
    if day is None or "X" in day:
        return date(year, month, length if last else 1)
    return date(year, month, int(day)) if 1 <= int(day) <= length else None
