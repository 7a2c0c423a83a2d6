"""Count days, weeks, months and years from another date: yesterday, next Tuesday, that same month."""

from __future__ import annotations

import datetime
import re

from azproc.extract.calendar import Offset, Partial
from azproc.extract.found import Found

__all__ = ["ago_or_later", "counted_from", "from_day"]

_FIRST_MONTHS = {"21": 3, "22": 6, "23": 9, "24": 12}  # of the seasons
_DURATION = re.compile(r"P([0-9]{1,4})([YMWD])")
_AGO = re.compile(r"\s+(?:bundan\s+)?(?:(?P<ago>əvvəl|qabaq|öncə)|(?P<later>sonra))(?!\w)")
_OF_ANOTHER = re.compile(r"(?<!bun)(?:[dt][aə]n|həmin|olan)\s+$")


def from_day(partial: Partial, offset: Offset, day: datetime.date) -> tuple[Partial, ...]:
    """Return the date at an offset from a day: one date, or the first and last day of a week; nothing outside the years 1 to 9999.

    >>> [date.edtf for date in from_day(Partial(), Offset("W", -1), datetime.date(2026, 11, 26))]
    ['2026-11-16', '2026-11-22']
    """
    try:
        dates = tuple(_from_day(partial, offset, day))
    except OverflowError:
        return ()
    return dates if all(0 < (date.number or 0) <= datetime.MAXYEAR and date.possible for date in dates) else ()


def _from_day(partial: Partial, offset: Offset, day: datetime.date) -> list[Partial]:
    plain = partial._replace(offset=None, grain="year")
    if offset.weekday is not None:
        return [_dated(_weekday(offset, offset.weekday, day))]
    if offset.unit == "D":
        return [_dated(day + datetime.timedelta(days=offset.count))]
    if offset.unit == "W":
        monday = day + datetime.timedelta(days=7 * offset.count - day.weekday())
        return [_dated(monday), _dated(monday + datetime.timedelta(days=6))]
    if offset.unit == "C":
        century = (day.year - 1) // 100 + 1 + offset.count
        if partial.grain == "decade":
            return [partial._replace(offset=None, number=(century - 1) * 100 + (partial.number or 0))]
        return [partial._replace(offset=None, grain="century", number=century)]
    if offset.unit == "M":
        year, month = divmod(day.year * 12 + day.month - 1 + offset.count, 12)
        return [plain._replace(number=year, month=month + 1)]
    if offset.unit == "z":
        return [plain._replace(number=_year_of_season(_FIRST_MONTHS[partial.division or ""], offset.count, day))]
    if offset.unit == "Q":
        year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + offset.count, 4)
        return [plain._replace(number=year, division=str(33 + quarter))]
    return [plain._replace(number=day.year + offset.count)]


def _year_of_season(first_month: int, count: int, day: datetime.date) -> int:
    """Return the year in which the season began that is now or in this year, that ended last or that comes next."""
    months = day.year * 12 + day.month
    begin = day.year * 12 + first_month
    if count > 0:
        return day.year + (begin <= months)
    if count < 0:
        return day.year - (begin + 2 >= months) - (begin - 12 + 2 >= months)
    return day.year - (begin - 12 + 2 >= months)


def _weekday(offset: Offset, weekday: int, day: datetime.date) -> datetime.date:
    """Return the day of this week, or the nearest one behind or ahead of the day."""
    ahead = weekday - day.isoweekday()
    if offset.count > 0 and ahead <= 0:
        ahead += 7
    elif offset.count < 0 and ahead >= 0:
        ahead -= 7
    return day + datetime.timedelta(days=ahead)


def _dated(day: datetime.date) -> Partial:
    return Partial("year", day.year, month=day.month, day=day.day)


def counted_from(
    partial: Partial, offset: Offset, year: Partial | None, month: Partial | None, day: Partial | None
) -> tuple[Partial, ...]:
    """Return the date at an offset from those that the text named last; nothing where it named none so fine."""
    anchor = {"Y": year, "z": year, "M": month, "D": day}.get(offset.unit)
    if anchor is None:
        return ()
    if offset.count == 0:
        known = {name: value for name in ("month", "day", "division") if (value := getattr(partial, name))}
        return (anchor._replace(**known),)
    if anchor.grain != "year" or anchor.era == "bc" or not anchor.number:
        return ()
    return from_day(partial, offset, datetime.date(anchor.number, anchor.month or 1, anchor.day or 1))


def ago_or_later(text: str, found: Found) -> Found:
    """Give a duration the date that ``əvvəl`` (ago) or ``sonra`` (later) counts from the day of reference.

    Not where it is counted from something else in the sentence: ``verilməsindən 12 saat əvvəl``.
    """
    match = _AGO.match(text, found.end)
    length = _DURATION.fullmatch(found.value or "")
    if match is None or length is None or _OF_ANOTHER.search(text, max(0, found.start - 12), found.start):
        return found
    moment = Partial(offset=Offset(length[2], -int(length[1]) if match["ago"] else int(length[1])))
    return found._replace(first=moment, last=moment)
