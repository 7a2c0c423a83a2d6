"""Read one date at one place of a cluster: which form stands there and what it says of the calendar."""

from __future__ import annotations

from typing import NamedTuple

from azproc.extract.atoms import Atom, Cluster
from azproc.extract.calendar import Era, Grain, Offset, Origin, Partial
from azproc.extract.conditions import (
    conditions,
    is_decade,
    is_name,
    is_short_year,
    is_weak_month,
    is_weak_weekday,
    plain_year,
)
from azproc.extract.forms import GRAMMAR
from azproc.extract.grammar import Match

__all__ = ["Point", "point_at"]

_NUMBERS = frozenset({"day", "year", "century", "millennium", "decade"})
_ERAS: dict[str, Era] = {"bc": "bc", "ad": "ad"}
_COUNTS = {"before": -1, "this": 0, "last": -1, "next": 1, "following": 1, "same": 0, "that": 0, "after": 1}
_ORIGINS: dict[str, Origin] = {"before": "context", "same": "context", "that": "context", "after": "context", "following": "either"}
_THIRDS = {1: "start", 2: "mid", 3: "end"}  # of a month
_QUARTERS = {1: "33", 2: "34", 3: "35", 4: "36"}


class Point(NamedTuple):
    """A date at the atoms ``first`` to before ``end`` of a cluster.

    ``lead`` and ``trail`` name the numbers with which it begins and ends, so that a bare number beside it can be read alike. ``weak``
    is a month that only its neighbours make one, ``every`` a date that comes again.
    """

    first: int
    end: int
    partial: Partial
    rule: str
    mod: str | None = None
    case: str = ""
    plural: bool = False
    weak: bool = False
    every: bool = False
    lead: str = ""
    trail: str = ""


def point_at(cluster: Cluster, at: int) -> Point | None:
    """Return the longest date that begins at an atom of the cluster.

    A date that no calendar has is returned too, so that no part of it is taken for one: see `Partial.possible`.
    """
    for match in GRAMMAR.matches(cluster.code, at):
        if point := _point(cluster, match, at):
            return point
    return None


def _point(cluster: Cluster, match: Match, at: int) -> Point | None:
    parts = {name: cluster.atoms[at + place] for name, place in match.parts.items()}
    last = cluster.atoms[at + match.length - 1]
    for fits in conditions(tuple(parts)):
        if not fits(parts):
            return None
    if match.rule == "date.numeric" and not _numeric(parts["numeric"]):
        return None
    if "year" in parts and parts["year"].kind == "n" and not plain_year(cluster, parts, last):
        return None
    if match.length == 1 and is_name(cluster, last):
        return None
    numbers = [(name, place) for name, place in match.parts.items() if name in _NUMBERS]
    opens = 1 if cluster.code[at] in "ab" else 0  # an era may stand before the number
    return Point(
        at,
        at + match.length,
        _partial(parts),
        match.rule,
        _mod(parts),
        case=last.case,
        plural=last.plural,
        weak="now" in parts or is_short_year(parts) or is_weak_weekday(parts) or (match.rule == "date.month" and is_weak_month(cluster, parts)),
        every="every" in parts or ("weekday" in parts and (last.plural or parts["weekday"].plural)),
        lead=numbers[0][0] if numbers and numbers[0][1] <= opens else "",
        trail=numbers[-1][0] if numbers and numbers[-1][1] == match.length - 1 else "",
    )


def _partial(parts: dict[str, Atom]) -> Partial:
    if "numeric" in parts:
        return _numeric(parts["numeric"]) or Partial()
    grain, number = _years(parts)
    era = _ERAS.get(parts["era"].value) if "era" in parts else None
    day = parts["day"].number if "day" in parts else None
    return Partial(grain, number, era, _month(parts), day, _division(parts), _offset(parts))


def _years(parts: dict[str, Atom]) -> tuple[Grain | None, int | None]:
    if "year" in parts:
        return "decade" if is_decade(parts) else "year", parts["year"].number
    century = parts["century"].number or 0 if "century" in parts else 0
    within = (century - 1) * 100 if century else 0
    if "decade" in parts:
        return "decade", within + (parts["decade"].number or 0)
    if "tens" in parts:
        return "decade", within + (_nth(parts["nth"], 10) - 1) * 10
    if century:
        return "century", century
    if "millennium" in parts:
        return "millennium", parts["millennium"].number
    return ("millennium", 1) if "edge" in parts and "era" in parts else (None, None)


def _month(parts: dict[str, Atom]) -> int | None:
    if "month" in parts:
        return int(parts["month"].value)
    return 0 if "day" in parts else None


def _division(parts: dict[str, Atom]) -> str | None:
    if "season" in parts:
        return parts["season"].value
    return _QUARTERS[_nth(parts["nth"], 4)] if "quarter" in parts and "esr" not in parts else None


def _offset(parts: dict[str, Atom]) -> Offset | None:
    if "now" in parts:
        return Offset("D", 0)
    if "adverb" in parts:
        return Offset("D", int(parts["adverb"].value))
    weekday = int(parts["weekday"].value) if "weekday" in parts else None
    if "deictic" not in parts:
        return Offset("D", 0, weekday=weekday) if weekday and "every" not in parts else None
    word = parts["deictic"].value
    unit = next((parts[name].kind for name in ("unit", "esr", "il", "season", "ay") if name in parts), "W" if weekday else "Y")
    return Offset(unit, _COUNTS[word], _ORIGINS.get(word, "reference"), weekday)


def _mod(parts: dict[str, Atom]) -> str | None:
    if "half" in parts or ("part" in parts and parts["part"].value == "half"):
        return "first_half" if _nth(parts["nth"], 2) == 1 else "second_half"
    if "part" in parts:
        return parts["part"].value
    if "third" in parts:
        return _THIRDS[_nth(parts["nth"], 3)]
    if "quarter" in parts and "esr" in parts:
        return {1: "start", 4: "end"}.get(_nth(parts["nth"], 4))
    return parts["edge"].value if "edge" in parts else None


def _nth(atom: Atom, last: int) -> int:
    """Return which of ``last`` parts a word or number means: first, second, the last one."""
    return atom.number or (1 if atom.value == "start" else last)


def _numeric(atom: Atom) -> Partial | None:
    """Read digits with points, slashes or hyphens: day first, or year first."""
    first, middle, last = atom.value.replace("/", ".").replace("-", ".").split(".")
    year, day = (first, last) if len(first) == 4 else (last, first)
    if len(year) != 4 or len(day) > 2 or not 0 < int(middle) <= 12:
        return None
    if len(first) == 4 and "." in atom.value and len(middle) + len(day) < 4:  # a section of a law: 1616.1.7
        return None
    return Partial("year", int(year), month=int(middle), day=int(day))
