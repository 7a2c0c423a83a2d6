"""Dates of other calendars: recognised and named, but never read as Gregorian ones (``hicri 1324``, ``köhnə üslubla``)."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import regex

from azproc.extract.atoms import Cluster, lowered
from azproc.extract.found import Found
from azproc.extract.tables import rows
from azproc.extract.vocabulary import trie

__all__ = ["FORMS", "old_style", "other_calendar"]

FORMS = (
    ("date.other-calendar-year", "(?P<calendar>h)(?:oY|n|o)|o(?P<calendar>h)Y|n(?P<calendar>h)"),
    ("date.other-calendar-century", "(?P<calendar>h)[ro]C"),
)
_PATTERNS = tuple((name, regex.compile(form)) for name, form in FORMS)
_FARTHEST = 28


def other_calendar(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the date of another calendar at an atom of the cluster, and the atom after it."""
    for rule, pattern in _PATTERNS:
        match = pattern.match(cluster.code, at)
        numbers = [atom.number for atom in cluster.atoms[at : match.end()] if atom.kind in "nor"] if match else []
        if match and numbers[0] and (rule == "date.other-calendar-century" or 1 <= numbers[0] <= 1500):
            start, end = cluster.atoms[at].start, cluster.atoms[match.end() - 1].end
            return match.end(), Found(start, end, "date", rule, calendar=cluster.atoms[match.start("calendar")].value)
    return None


def old_style(text: str, found: Found) -> Found:
    """Return a date that the words beside it put in the Julian calendar without its value."""
    if found.type != "date" or found.first is None or found.first.day is None:
        return found
    before, after = _patterns()
    if after.match(lowered(text[found.end : found.end + _FARTHEST])) or before.search(lowered(text[max(0, found.start - _FARTHEST) : found.start])):
        return replace(found, value=None, first=None, last=None, mod=None, calendar="julian")
    return found


@cache
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    words = trie(row["word"] for row in rows("eras.tsv") if row["count"] == "julian")
    return regex.compile(rf"(?<!\w){words}\s*+[,:(]?\s*+$"), regex.compile(rf"\s*+[,(]?\s*+{words}(?!\w)")
