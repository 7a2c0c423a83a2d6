"""Put dates that stand side by side together: ranges, lists, and numbers that borrow the rest from their neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from azproc.extract.atoms import Atom, Cluster
from azproc.extract.calendar import Era, Offset, Partial, edtf_range, share
from azproc.extract.found import Found
from azproc.extract.points import Point, point_at

__all__ = ["Chain", "chain_at"]

_PLAIN_YEARS = range(1000, 2101)
_LATE_TENS = 60  # years of two digits that need no more: 71-72-ci illər
_MOST_LINKS = 24  # of one chain; a longer list goes on as a new one
_LISTS, _RANGES = ",&", "-~/"
_ERAS: dict[str, Era] = {"a": "ad", "b": "bc"}
_TODAY = Offset("D", 0)
_BARE = re.compile(r"(?P<era>[ab])?[nro]")
_UNTIL_FOLLOWS = re.compile(r"\s+(?:qədər|kimi|dək|can|cən|keçən)\b")
_ROOM = {"day": range(1, 32), "year": range(1, 3000), "decade": range(100), "century": range(1, 41), "millennium": range(1, 11)}


class Chain(NamedTuple):
    """What a run of dates means, and the atom after it. A run that no calendar has is passed over whole."""

    end: int
    found: tuple[Found, ...]


class _Link(NamedTuple):
    """A date or, with ``point`` None, a bare number of a chain, and the mark before it; ``~`` is from ... to without a mark."""

    mark: str
    first: int
    end: int
    point: Point | None


def chain_at(cluster: Cluster, at: int) -> Chain | None:
    """Return the longest chain of dates that begins at an atom, or None if none does."""
    links = _links(cluster, at)
    if len(links) == 1:
        return _alone(cluster, links[0].point)
    lead = next((place for place, link in enumerate(links) if link.point), None)
    if lead is None or (lead and not _lends_before(cluster, links[: lead + 1])):
        return None
    chain = _lent_before(cluster, links[: lead + 1])
    for place in range(lead + 1, len(links)):
        link = links[place]
        point = link.point or _lent_after(cluster, chain[-1][1], links[place:])
        if point is None or (point.weak and point.rule != "date.month" and link.mark in _LISTS):
            break
        chain.append((link.mark, point))
    if any(not point.partial.possible for _, point in chain):
        return Chain(chain[-1][1].end, ())
    if chain[0][1].weak and (len(chain) == 1 or not _shown(chain)):
        return None
    return Chain(chain[-1][1].end, tuple(_dates(cluster, _recurring(chain))))


def _shown(chain: list[tuple[str, Point]]) -> bool:
    """Tell whether the dates behind a weak one show that it is one too: a month by any, ``cümə – şənbə`` by a weekday in a range."""
    (_, first), (mark, second) = chain[:2]
    return first.rule == "date.month" or (first.rule == second.rule == "date.weekday" and mark == "-" and not second.weak)


def _recurring(chain: list[tuple[str, Point]]) -> list[tuple[str, Point]]:
    """Let the days of a list share the plural of the last one: ``şənbə və bazar günləri`` are every Saturday and every Sunday."""
    if chain[-1][1].rule != "date.weekday" or not chain[-1][1].every:
        return chain
    return [(mark, point._replace(every=True) if point.rule == "date.weekday" else point) for mark, point in chain]


def _alone(cluster: Cluster, point: Point | None) -> Chain | None:
    if point is None or (point.weak and point.partial.possible):
        return None
    return Chain(point.end, (_single(cluster, point),) if point.partial.possible else ())


def _links(cluster: Cluster, at: int) -> list[_Link]:
    links: list[_Link] = []
    mark, here = "", at
    while here < len(cluster.code) and len(links) < _MOST_LINKS:
        point = point_at(cluster, here)
        end = point.end if point else _bare_end(cluster, here)
        if end is None or (mark == "~" and not _leads_to(cluster, end)):
            break
        links.append(_Link(mark, here, end, point))
        here = links[-1].end
        mark = cluster.code[here : here + 1]
        if mark and mark in _LISTS + "-/":
            here += 1
        elif cluster.atoms[here - 1].case == "ablative":
            mark = "~"
        else:
            break
    return links


def _bare_end(cluster: Cluster, at: int) -> int | None:
    match = _BARE.match(cluster.code, at)
    return match.end() if match and cluster.atoms[match.end() - 1].number is not None else None


def _lends_before(cluster: Cluster, links: list[_Link]) -> bool:
    """Tell whether the date at the end of the links gives the bare numbers before it their meaning."""
    point = links[-1].point
    if point is None or not point.lead:
        return False
    marks = {link.mark for link in links[1:]}
    atoms = [cluster.atoms[link.end - 1] for link in links[:-1]]
    if any(atom.number not in _ROOM[point.lead] for atom in atoms):
        return False
    if "~" in marks or ("/" in marks and point.lead != "year"):
        return False
    if point.lead in {"century", "millennium"}:
        kinds = {cluster.atoms[point.first + (cluster.code[point.first] in "ab")].kind, "n"}
        alike = all(atom.kind == "r" for atom in atoms) if "r" in kinds else all(atom.kind in "no" for atom in atoms)
        return alike and (marks == {"-"} or point.plural)
    if marks & set(_LISTS):
        plain = all(atom.number in _PLAIN_YEARS for atom in atoms)
        return (point.plural or (plain and "&" in marks)) if point.lead == "year" else "&" in marks
    return point.lead != "year" or (atoms[0].number or 0) >= _LATE_TENS or _both_tens(atoms[0], point)


def _both_tens(atom: Atom, point: Point) -> bool:
    """Tell whether a number and a date are decades of an unsaid century: ``20-30-cu illər``."""
    last = point.partial.number or 0
    return point.partial.grain == "decade" and (atom.number or 1) % 10 == 0 and 0 < (atom.number or 0) < last < 100


def _lent_before(cluster: Cluster, links: list[_Link]) -> list[tuple[str, Point]]:
    point = links[-1].point
    if point is None or len(links) == 1:
        return [("", point)] if point else []
    atoms = [cluster.atoms[link.end - 1] for link in links[:-1]]
    partial = point.partial
    if point.lead == "year":
        partial = _completed(partial, atoms[0])
    lent = [
        (link.mark, Point(link.first, link.end, _renumbered(partial, point.lead, atom.number or 0, cluster.code[link.first]), point.rule, case=atom.case))
        for link, atom in zip(links, atoms, strict=False)
    ]
    return [*lent, (links[-1].mark, point._replace(partial=partial, weak=False))]


def _completed(partial: Partial, atom: Atom) -> Partial:
    """Give a year of two digits the century of the one before it: ``1941-45-ci illər``.

    Tens alone stay decades, and so do those of which each has its suffix: ``80-90-cı illər``, ``1960-cı və 1970-ci illər``.
    """
    number, first = partial.number or 0, atom.number or 0
    decades = partial.grain == "decade" and (number < 100 or atom.kind == "o") and first % 10 == 0
    if number < 100 <= first and partial.era != "bc":
        number += first // 100 * 100
    return partial._replace(grain="decade" if decades else "year", number=number)


def _renumbered(partial: Partial, role: str, number: int, letter: str) -> Partial:
    if role == "day":
        return partial._replace(day=number)
    return partial._replace(number=number, era=_ERAS.get(letter, partial.era))


def _lent_after(cluster: Cluster, point: Point, links: list[_Link]) -> Point | None:
    """Read a bare number after a date like that date's last number: ``Mayın 3-də və 4-də``."""
    link = links[0]
    atom = cluster.atoms[link.end - 1]
    if link.point is not None or point.trail not in {"day", "year"} or atom.kind != "n" or atom.number not in _ROOM[point.trail]:
        return None
    number = atom.number or 0
    before = (point.partial.day if point.trail == "day" else point.partial.number) or 0
    era = _ERAS.get(cluster.code[link.first], point.partial.era)
    if number <= before and point.partial.era != "bc":
        return None
    last = next((other for other in reversed(links) if other.point is None), link)
    if link.mark in _LISTS and not cluster.atoms[last.end - 1].case:
        return None
    partial = point.partial._replace(day=number) if point.trail == "day" else point.partial._replace(number=number, era=era)
    return point._replace(first=link.first, end=link.end, partial=partial, case=atom.case, mod=None)


def _leads_to(cluster: Cluster, end: int) -> bool:
    """Tell whether the atoms before ``end`` are where an ablative leads to: ``19-dək``, ``10-na qədər``."""
    last = cluster.atoms[end - 1]
    return last.case == "until" or (last.case == "dative" and _UNTIL_FOLLOWS.match(cluster.text, last.end) is not None)


def _dates(cluster: Cluster, chain: list[tuple[str, Point]]) -> Iterator[Found]:
    group: list[Point] = []
    known: Point | None = None
    for mark, point in [*chain, ("", None)]:
        if group and (point is None or mark in _LISTS):
            if known is not None:
                shared = [share(known.partial, one.partial)[1] for one in group]
                group = [one._replace(partial=partial, every=one.every or known.every) for one, partial in zip(group, shared, strict=True)]
            yield from _range_or_dates(cluster, group)
            known = group[-1]
            group = []
        if point is not None:
            group.append(point)


def _range_or_dates(cluster: Cluster, group: list[Point]) -> Iterator[Found]:
    if len(group) == 2 and (found := _range(cluster, *group)):
        yield found
        return
    for point in group:
        yield _single(cluster, point)


def _range(cluster: Cluster, left: Point, right: Point) -> Found | None:
    start, end = cluster.atoms[left.first].start, cluster.atoms[right.end - 1].end
    if right.partial.offset == _TODAY:
        value = left.partial.edtf
        return Found(start, end, "date", "date.range-open", value and f"{value}/..", _both(left.mod, None), left.partial)
    first, last = share(left.partial, right.partial)
    if not (first.possible and last.possible):
        return None
    kind = "set" if left.every or right.every else "date"
    return Found(start, end, kind, "date.range", edtf_range(first, last), _both(left.mod, right.mod), first, last)


def _both(first: str | None, last: str | None) -> str | None:
    return f"{first or ''}/{last or ''}" if first or last else None


def _single(cluster: Cluster, point: Point) -> Found:
    start, end = cluster.atoms[point.first].start, cluster.atoms[point.end - 1].end
    value = point.partial.edtf
    if point.every and value is None:
        value = "R/P1W"
    return Found(start, end, "set" if point.every else "date", point.rule, value, point.mod, point.partial, point.partial, case=point.case)
