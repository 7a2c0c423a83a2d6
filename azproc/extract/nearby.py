"""The dates whose parts are no numbers: those that the caller found, or those that stand where a number is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from azproc.extract.atoms import clusters_of, lowered, runs
from azproc.extract.calendars import doubled
from azproc.extract.damage import month_before
from azproc.extract.dates import dates_in
from azproc.extract.found import Found
from azproc.extract.tables import rows
from azproc.extract.tries import trie
from azproc.extract.vocabulary import beginnings, meaning, words
from azproc.language.suffixes import attach
from azproc.spans import Span

__all__ = ["DatesGiven", "DatesNearby"]

_DATED = re.compile(r"[0-9]{4}(?![0-9])|[0-9]++[.:/–-][0-9]")
_NUMERIC = re.compile(r"\D*+[0-9]|[ıvxlcdm]++(?![^\W\d_])")
_TOKEN = re.compile(r"[\w.'’-]++")
_BEFORE = 60
_AHEAD = 28  # of a day in two styles before its month: 13 (26) sentyabr
_BRACKETS = ("(", " (")
_LONGEST_MONTH = 20
_JOINERS = frozenset({"və", "ya", "yaxud", "həmçinin"})


class DatesGiven:
    """Dates that are known, in any order.

    >>> dates = DatesGiven([Span(10, 14, "1918"), Span(0, 6, "28 may")])
    >>> dates.overlap(3, 8), dates.overlap(6, 10)
    (True, False)
    """

    def __init__(self, dates: Iterable[Span | Found]) -> None:
        spans = sorted((date.start, date.end) for date in dates)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def overlap(self, start: int, end: int) -> bool:
        """Tell whether one of the dates has a character of ``[start, end)``."""
        place = bisect_right(self._ends, start)
        return place < len(self._starts) and self._starts[place] < end

    def known_at(self, place: int) -> bool:
        """Tell whether a place is in a date, as far as that is known without looking for dates."""
        return self.overlap(place, place + 1)


_NO_DATES = DatesGiven(())


class DatesNearby:
    """Dates that are looked for only around the places that are asked for; these must come from left to right.

    >>> DatesNearby("İki ada. 1918-ci il mayın 28-də").overlap(26, 28)
    True
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._small = lowered(text)
        self._end = 0
        self._dates = _NO_DATES

    def overlap(self, start: int, end: int) -> bool:
        """Tell whether a date has a character of ``[start, end)``, a number."""
        if start >= self._end:
            begin = self._begin(start)
            self._end = end
            near = begin < start or _DATED.match(self._small, start) or self._leads_on(end)
            self._dates = DatesGiven(doubled(self._small, self._found(begin, end + _AHEAD))) if near else _NO_DATES
        return self._dates.overlap(start, end)

    def known_at(self, place: int) -> bool:
        """Tell whether a place is in a date, as far as that is known without looking for dates."""
        if place < self._end:
            return self._dates.overlap(place, place + 1)
        surely = _surely().match(self._small, place)
        return surely is not None and (surely["day"] is None or _after_month().search(self._small, max(0, place - _LONGEST_MONTH), place) is not None)

    def _begin(self, start: int) -> int:
        """Return where the words begin that lead up to a number without one between them that no date has."""
        begin = start
        backwards = self._small[max(0, start - _BEFORE) : start][::-1]
        for match in _TOKEN.finditer(backwards):
            token = match[0][::-1]
            if not (token in _JOINERS or _may_belong(token)):
                break
            begin = begin if token in _JOINERS else start - match.end()
        if begin == start and (damaged := month_before(self._small, start)):
            return damaged.begin
        return begin

    def _leads_on(self, end: int) -> bool:
        after = _after().match(self._small, end)
        return after is not None and (after["word"] is None or meaning(after["word"]) is not None)

    def _found(self, start: int, stop: int) -> Iterator[Found]:
        for run in runs(self._small, start, stop):
            doubtful = self._small.startswith(_BRACKETS, run.end)  # a day in two styles: 13 (26) sentyabr
            self._end = max(self._end, run.matches[-1].start() if doubtful else run.end)
            for cluster in clusters_of(self._text, self._small, run):
                yield from dates_in(cluster)


def _may_belong(token: str) -> bool:
    if meaning(token) is not None or _NUMERIC.match(token):
        return True
    return token in _parts() or token.startswith(_last_parts())


@cache
def _after() -> re.Pattern[str]:
    """Match the rest of a number, a gap and what a date may go on with."""
    return re.compile(rf"\S*+(?:\s-[^\W\d_]++)?[\s(),–—-]*+(?:(?:{'|'.join(_JOINERS)}) )*+(?:[0-9]|[ıvxlcdm]++(?!\w)|(?P<word>{trie(beginnings())}[^\W\d_]*+))")


@cache
def _surely() -> re.Pattern[str]:
    """Match what is part of a date whatever else belongs to it: ``28 may``, ``1918-ci ildə``, ``XIX əsr``, and a ``day`` if its month stands before."""
    day, months = r"(?:0?[1-9]|1[0-9]|2[0-8])", "|".join(row["word"] for row in rows("months.tsv"))  # of every month
    case = r"(?:d[əa]n?|[ıiuü]n)?(?!\w)"
    return re.compile(
        rf"{day} (?:{months}){case}|(?:1[5-9]|20)[0-9][0-9]-c[ıiuü] il{case}|[ıvx]++ əsr{case}"
        rf"|(?P<day>{day}(?:-(?!(?:[ıiuü]?n)?c[ıiuü])[^\W\d_]++)?+)(?![\w-]|[.,:/][0-9]| [0-9]{{3}})"
    )


@cache
def _after_month() -> re.Pattern[str]:
    months = [row["word"] for row in rows("months.tsv")]
    return re.compile(rf"(?<!\w)(?<!\d )(?:{'|'.join(attach(month, 'genitive') for month in months)}|(?:{'|'.join(months)}) ayının) $")


@cache
def _parts() -> frozenset[str]:
    """Words that may stand in a date but mean nothing alone: those of eras and weekdays."""
    return frozenset(part for spelling in words() for part in spelling.split()[:-1])


@cache
def _last_parts() -> tuple[str, ...]:
    return tuple({spelling.split()[-1] for spelling in words() if " " in spelling})
