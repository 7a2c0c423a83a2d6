"""Find dates, clock times, durations and what comes again, and read what they mean."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

from azproc.errors import require_text
from azproc.extract.atoms import Cluster, clusters, lowered
from azproc.extract.bare_years import bare_year
from azproc.extract.calendars import doubled, mentions_old_style, old_style, other_calendar
from azproc.extract.clock import clock
from azproc.extract.context import Context
from azproc.extract.durations import duration
from azproc.extract.found import Found
from azproc.extract.modified import mod_around
from azproc.extract.opening import days_of_year, decades_of_century, first_months
from azproc.extract.ranges import chain_at
from azproc.extract.relative import ago_or_later
from azproc.spans import Date

__all__ = ["dates_in", "find_dates"]

Reader = Callable[[Cluster, int], tuple[int, Found] | None]

_READERS: tuple[Reader, ...] = (clock, duration, other_calendar, first_months, days_of_year, decades_of_century, bare_year)  # beside dates; of the same length, the first wins
_LETTER = re.compile(r"\s+tarixli")


def find_dates(text: str, *, relative_to: datetime.date | None = None) -> tuple[Date, ...]:
    """Return the dates, clock times, durations and sets of a text, in order and without overlap.

    Values are EDTF dates (``XXXX`` for a year that is not said) or ISO 8601 times and durations. ``resolved`` adds what the text
    said before; so pass a document whole, not sentence by sentence. ``relative_to`` is the day on which the text was written:
    with it ``dünən`` (yesterday) has a value, without it None. Dates of other calendars have no value and name their
    ``calendar``; dates that no calendar has (31 fevral) are left out.

    >>> [(date.text, date.value) for date in find_dates("1918-ci il mayın 28-də yaranıb, 17 ay yaşayıb.")]
    [('1918-ci il mayın 28-də', '1918-05-28'), ('17 ay', 'P17M')]
    >>> find_dates("1918-ci ildə. İyunun 23-də")[1].resolved
    '1918-06-23'
    >>> find_dates("Dünən gəldi.", relative_to=datetime.date(2026, 11, 26))[0].value
    '2026-11-25'
    """
    require_text(text)
    if relative_to is not None and not isinstance(relative_to, datetime.date):
        raise TypeError(f"relative_to must be a datetime.date, not {type(relative_to).__name__}: pass for example datetime.date(2026, 11, 26)")
    small = lowered(text)
    context = Context(relative_to)
    dates = []
    other_styles = mentions_old_style(small)
    for found in doubled(small, (found for cluster in clusters(text, small) for found in dates_in(cluster))):
        expression = old_style(small, found) if other_styles else found
        if expression.type == "duration" and relative_to is not None and context.day is None:
            expression = ago_or_later(text, expression)
        value, resolved = context.resolve(expression)
        mod = mod_around(small, expression)
        dates.append(
            Date(
                expression.start,
                expression.end,
                text[expression.start : expression.end],
                value,
                expression.type,
                mod,
                resolved,
                expression.rule,
                expression.calendar,
            )
        )
        context = context.after(expression, passing=_in_passing(text, expression))
    return tuple(dates)


def dates_in(cluster: Cluster) -> Iterator[Found]:
    """Yield the expressions of a cluster, without what they mean in the document."""
    at = 0
    while at < len(cluster.code):
        chain = chain_at(cluster, at)
        end, found = (chain.end, chain.found) if chain else (at, ())
        for reader in _READERS if end < len(cluster.code) else ():
            reading = reader(cluster, at)
            if reading is not None and reading[0] > end:
                end, found = reading[0], (reading[1],)
        yield from found
        at = max(end, at + 1)


def _in_passing(text: str, found: Found) -> bool:
    return found.rule.startswith(("date.bracketed", "date.bare")) or _LETTER.match(text, found.end) is not None
