"""Match forms, patterns over the letters of atoms, and remember what matched: the same few codes come again and again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import regex

__all__ = ["Grammar", "Match"]

_LONGEST = 14  # atoms of one form
_MOST_REMEMBERED = 20_000


class Match(NamedTuple):
    """A form that matched: its rule, how many atoms it takes, and the places of its groups, counted from its first atom.

    ``parts`` has the first atom of each group, of its last place, in the order of the atoms.
    """

    rule: str
    length: int
    places: dict[str, tuple[tuple[int, int], ...]]
    parts: dict[str, int]


class Grammar:
    """An ordered set of named forms.

    >>> grammar = Grammar([("date.day-month", "(?P<day>n)(?P<month>m)"), ("date.month", "(?P<month>m)")])
    >>> grammar.matches("nmoY", 0)
    (Match(rule='date.day-month', length=2, places={'day': ((0, 1),), 'month': ((1, 2),)}, parts={'day': 0, 'month': 1}),)
    """

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self._patterns = [(rule, regex.compile(form)) for rule, form in forms]
        self._remembered: dict[str, tuple[Match, ...]] = {}

    def matches(self, code: str, at: int) -> tuple[Match, ...]:
        """Return the forms that match at a place of a code, the longest first, of equal ones the earlier in the order."""
        ahead = code[at : at + _LONGEST]
        known = self._remembered.get(ahead)
        if known is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            known = self._remembered[ahead] = tuple(sorted(self._match(ahead), key=lambda match: -match.length))
        return known

    def _match(self, ahead: str) -> Iterable[Match]:
        for rule, pattern in self._patterns:
            if found := pattern.match(ahead):
                places = {name: tuple(found.spans(name)) for name, letters in found.groupdict().items() if letters}
                parts = sorted((spans[-1][0], name) for name, spans in places.items())
                yield Match(rule, found.end(), places, {name: place for place, name in parts})
