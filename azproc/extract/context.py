"""What the dates before one tell about it: the running year and month, that same day, the day of reference."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from azproc.extract.calendar import Partial
from azproc.extract.found import Found
from azproc.extract.relative import counted_from, from_day

__all__ = ["Context"]

_LATEST_UNSAID = 2039  # nobody says "the sixties" of what is to come


class Context(NamedTuple):
    """The dates that a text has named last, by their finest part, and the day of reference, on which it was written."""

    reference: datetime.date | None = None
    year: Partial | None = None
    month: Partial | None = None
    day: Partial | None = None

    def resolve(self, found: Found) -> tuple[str | None, str | None]:
        """Return the value of an expression, which the day of reference may give, and what the context adds to it."""
        if found.first is None or found.type not in {"date", "duration"}:
            return found.value, None
        first = self.complete(found.first)
        last = first if found.last is found.first else self.complete(found.last) if found.last else ()
        if not first or (found.last is not None and not last) or (first[0], last[-1:]) == (found.first, (found.last,) if found.last else ()):
            return found.value, None
        resolved = f"{first[0].edtf}/.." if found.last is None else _written(first[0], last[-1])
        if resolved == found.value:
            return found.value, None
        told = found.first.offset is not None and found.first.offset.origin != "context" and self.reference is not None and found.type == "date"
        return (resolved if told else found.value), resolved

    def after(self, found: Found, *, passing: bool) -> Context:
        """Return the context behind an expression. A date in ``passing`` (of a letter, in brackets) changes no year that is known."""
        if found.type != "date" or found.first is None or (passing and self.year is not None):
            return self
        dates = self.complete(found.first) or (found.first,)
        if found.last is not found.first:
            last = self.complete(found.last)[-1:] if found.last else ()
            same_year = bool(last) and dates[0].grain == last[0].grain == "year" and dates[0].number == last[0].number
            return self._replace(year=_year(dates[0])) if same_year else self
        return self._anchored(dates[0]) if len(dates) == 1 else self

    def complete(self, partial: Partial) -> tuple[Partial, ...]:
        """Return the date with what the context knows: one date, the first and last day of a week, or nothing."""
        if partial.grain is not None and not partial.century_unsaid and partial.offset is None:
            return (partial,)
        dates = self._completed(partial)
        return dates if all(date.possible for date in dates) else ()

    def _completed(self, partial: Partial) -> tuple[Partial, ...]:
        if partial.offset is not None:
            if partial.offset.origin == "context" or (partial.offset.origin == "either" and self.reference is None):
                return counted_from(partial, partial.offset, self.year, self.month, self.day)
            return from_day(partial, partial.offset, self.reference) if self.reference else ()
        year = self.year or (Partial("year", self.reference.year) if self.reference else None)
        if partial.century_unsaid:
            if year is None or year.era == "bc":
                return ()
            number = (year.number or 0) // 100 * 100 + (partial.number or 0)
            return (partial._replace(number=number if number <= _LATEST_UNSAID else number - 100),)
        if partial.grain is not None:
            return (partial,)
        if partial.month == 0:
            return (self.month._replace(day=partial.day),) if self.month else ()
        if year is None:
            return ()
        return (partial._replace(grain="year", number=year.number, era=year.era),)

    def _anchored(self, date: Partial) -> Context:
        year, month, day = self.year, self.month, self.day
        if date.grain == "year" and not date.century_unsaid:
            year = _year(date)
        if date.month:
            month = Partial(date.grain, date.number, date.era, date.month)
            day = date if date.day else day
        return Context(self.reference, year, month, day)


def _year(date: Partial) -> Partial:
    return Partial("year", date.number, date.era)


def _written(first: Partial, last: Partial) -> str | None:
    return first.edtf if first is last else f"{first.edtf}/{last.edtf}"
