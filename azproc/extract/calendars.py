"""Dates of other calendars: recognised and named, but never read as Gregorian ones (``hicri 1324``, ``köhnə üslubla``)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cache

from azproc.extract.atoms import Cluster
from azproc.extract.calendar import Partial
from azproc.extract.found import Found
from azproc.extract.grammar import Grammar
from azproc.extract.tables import rows
from azproc.extract.tries import trie

__all__ = ["FORMS", "doubled", "mentions_old_style", "old_style", "other_calendar"]

FORMS = (
    ("date.other-calendar-year", "(?P<calendar>h)(?:oY|n|o)|o(?P<calendar>h)Y|n(?P<calendar>h)"),
    ("date.other-calendar-century", "(?P<calendar>h)[ro]C"),
)
_GRAMMAR = Grammar(FORMS)
_LATEST_YEAR = 1500
_FARTHEST = 28
_STYLES_APART = range(10, 14)  # days, from 1582 on
_LEAP_YEAR, _COMMON_YEAR = 2000, 2001
_TWO_DAYS = re.compile(r"(?<![\w.,:/-])([0-9]{1,2})\s?\(([0-9]{1,2})\)\s$")
_BRACKET = re.compile(r"\s?\(")


def other_calendar(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the date of another calendar at an atom of the cluster, and the atom after it."""
    for match in _GRAMMAR.matches(cluster.code, at):
        atoms = cluster.atoms[at : at + match.length]
        number = next(atom.number or 0 for atom in atoms if atom.kind in "nor")
        if 1 <= number <= _LATEST_YEAR:
            calendar = atoms[match.places["calendar"][0][0]].value
            return at + match.length, Found(atoms[0].start, atoms[-1].end, "date", match.rule, calendar=calendar)
    return None


def mentions_old_style(small: str) -> bool:
    """Tell whether a text in small letters speaks of the Julian calendar at all."""
    return any(word in small for word in _old_style_words())


def doubled(small: str, expressions: Iterable[Found]) -> Iterator[Found]:
    """Yield the dates, those that are told in the old and then in brackets in the new style as what they are.

    ``13 (26) sentyabr`` is the 26th of September; of ``28 aprel (11 may)`` the first has no value.

    >>> september = Partial(month=9)
    >>> [(date.start, date.value) for date in doubled("13 (26) sentyabr", [Found(8, 16, "date", "date.month", first=september, last=september)])]
    [(0, 'XXXX-09-26')]
    """
    before = None
    for found in expressions:
        if before is not None and _is_new_style(small, before, found):
            before = before._replace(value=None, first=None, last=None, mod=None, calendar="julian")
        if before is not None:
            yield before
        before = _with_second_day(small, found)
    if before is not None:
        yield before


def _with_second_day(small: str, found: Found) -> Found:
    month_alone = found.first is not None and found.first is found.last and found.first.month and not found.first.day
    if found.first is None or not month_alone or not small.startswith(") ", max(0, found.start - 2)):
        return found
    days = _TWO_DAYS.search(small, max(0, found.start - _FARTHEST), found.start)
    date = found.first._replace(day=int(days[2])) if days else found.first
    if days is None or not date.possible or int(days[2]) - int(days[1]) not in _STYLES_APART:
        return found
    return found._replace(start=days.start(), value=date.edtf, first=date, last=date)


def _is_new_style(small: str, old: Found, new: Found) -> bool:
    """Tell whether a date in brackets is the one before it in the Gregorian calendar: 10 to 13 days later."""
    if old.last is not old.first or new.last is not new.first or not _BRACKET.fullmatch(small, old.end, new.start):
        return False
    return any(_days_between(old.first, new.first, year) in _STYLES_APART for year in (_LEAP_YEAR, _COMMON_YEAR))


def _days_between(first: Partial | None, second: Partial | None, year: int) -> int | None:
    """Return how many days after one day of a year another one comes, in the next year if it is earlier in the calendar."""
    days = [datetime.date(year, date.month, 1).timetuple().tm_yday + date.day for date in (first, second) if date and date.month and date.day]
    length = datetime.date(year, 12, 31).timetuple().tm_yday
    return (days[1] - days[0]) % length if len(days) == len((first, second)) else None


def old_style(small: str, found: Found) -> Found:
    """Return a date that the words beside it put in the Julian calendar without its value; ``small`` is the text in small letters."""
    if found.type != "date" or found.first is None or found.first.day is None:
        return found
    before, after = _patterns()
    if after.match(small, found.end) or before.search(small, max(0, found.start - _FARTHEST), found.start):
        return found._replace(value=None, first=None, last=None, mod=None, calendar="julian")
    return found


@cache
def _old_style_words() -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("eras.tsv") if row["count"] == "julian")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = trie(_old_style_words())
    return re.compile(rf"(?<!\w){words}\s*+[,:(]?\s*+$"), re.compile(rf"\s*+[,(]?\s*+{words}(?!\w|\s*+[0-9])")
