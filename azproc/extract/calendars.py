"""Dates of other calendars: recognised and named, but never read as Gregorian ones (``hicri 1324``, ``köhnə üslubla``)."""

from __future__ import annotations

import re
from functools import cache

from azproc.extract.atoms import Cluster
from azproc.extract.found import Found
from azproc.extract.grammar import Grammar
from azproc.extract.tables import rows
from azproc.extract.vocabulary import trie

__all__ = ["FORMS", "mentions_old_style", "old_style", "other_calendar"]

FORMS = (
    ("date.other-calendar-year", "(?P<calendar>h)(?:oY|n|o)|o(?P<calendar>h)Y|n(?P<calendar>h)"),
    ("date.other-calendar-century", "(?P<calendar>h)[ro]C"),
)
_GRAMMAR = Grammar(FORMS)
_LATEST_YEAR = 1500
_FARTHEST = 28


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
    return re.compile(rf"(?<!\w){words}\s*+[,:(]?\s*+$"), re.compile(rf"\s*+[,(]?\s*+{words}(?!\w)")
