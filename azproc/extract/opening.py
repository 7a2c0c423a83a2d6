"""Ranges inside a year that is said before: ``2025-ci ilin ilk 9 ayı``, ``1920-ci ilin 27-28 aprelində``."""

from __future__ import annotations

from azproc.extract.atoms import Cluster
from azproc.extract.calendar import Partial, edtf_range
from azproc.extract.found import Found
from azproc.extract.points import point_at

__all__ = ["days_of_year", "first_months"]


def first_months(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the range of months that begins with a year at an atom of the cluster, and the atom after it."""
    year = point_at(cluster, at)
    if year is not None and year.rule == "date.year" and year.mod is None and year.case == "genitive":
        begin, known = year.end, year.partial
    elif cluster.code[at] == "Y" and cluster.atoms[at].case == "genitive":
        begin, known = at + 1, Partial()
    else:
        return None
    if cluster.code[begin : begin + 3] != "lnM" or cluster.atoms[begin].value != "start":
        return None
    months = cluster.atoms[begin + 1].number or 0
    if not 1 < months < 12:
        return None
    first, last = known._replace(month=1), known._replace(month=months)
    end = cluster.atoms[begin + 2]
    return begin + 3, Found(cluster.atoms[at].start, end.end, "date", "date.first-months", edtf_range(first, last), None, first, last, case=end.case)


def days_of_year(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the range of days that begins with a year at an atom of the cluster, and the atom after it."""
    year = point_at(cluster, at)
    if year is None or year.rule != "date.year" or year.mod or year.case not in {"", "genitive", "locative"}:
        return None
    if not cluster.code.startswith("n-n", year.end) or (day := point_at(cluster, year.end + 2)) is None or day.rule != "date.day-month":
        return None
    last = year.partial._replace(month=day.partial.month, day=day.partial.day)
    first = last._replace(day=cluster.atoms[year.end].number)
    if not (first.possible and last.possible and (first.day or 0) < (last.day or 0)):
        return None
    end = cluster.atoms[day.end - 1]
    found = Found(cluster.atoms[at].start, end.end, "date", "date.days-of-year", edtf_range(first, last), None, first, last, case=end.case)
    return day.end, found
