"""Ranges inside what is said first: ``2025-ci ilin (ilk) 9 ayı``, ``1920-ci ilin 27-28 aprelində``, ``XX əsrin 20-30-cu illəri``."""

from __future__ import annotations

from azproc.extract.atoms import Cluster
from azproc.extract.calendar import Partial, edtf_range
from azproc.extract.found import Found
from azproc.extract.points import point_at

__all__ = ["days_of_year", "decades_of_century", "first_months"]

_NEAR = 14  # atoms


def first_months(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the range of months that begins with a year at an atom of the cluster, and the atom after it."""
    year = point_at(cluster, at) if "nM" in cluster.code[at : at + _NEAR] else None
    if year is not None and year.rule == "date.year" and year.mod is None and year.case == "genitive":
        begin, known = year.end, year.partial
    elif cluster.code.startswith(("YnM", "YlnM"), at) and cluster.atoms[at].case == "genitive":
        begin, known = at + 1, Partial()
    else:
        return None
    if cluster.code.startswith(("ln", "on", "rn"), begin) and (cluster.atoms[begin].value == "start" or cluster.atoms[begin].number == 1):
        begin += 1
    if not cluster.code.startswith("nM", begin) or cluster.atoms[begin + 1].case not in {"possessive", "locative"}:
        return None
    months, end = cluster.atoms[begin].number or 0, cluster.atoms[begin + 1]
    if not 1 < months < 12 or not cluster.text.startswith(("ayı", "AYI"), end.start):
        return None
    first, last = known._replace(month=1), known._replace(month=months)
    return begin + 2, Found(cluster.atoms[at].start, end.end, "date", "date.first-months", edtf_range(first, last), None, first, last, case=end.case)


def days_of_year(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the range of days that begins with a year at an atom of the cluster, and the atom after it."""
    year = point_at(cluster, at) if "n-nm" in cluster.code[at : at + _NEAR] else None
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


def decades_of_century(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the range of decades that begins with a century at an atom of the cluster, and the atom after it."""
    century = point_at(cluster, at) if "n-oY" in cluster.code[at : at + _NEAR] else None
    if century is None or century.rule != "date.century" or century.mod:
        return None
    if not cluster.code.startswith("n-oY", century.end):
        return None
    decades, end = cluster.atoms[century.end : century.end + 3 : 2], cluster.atoms[century.end + 3]
    begin = (century.partial.number - 1) * 100 if century.partial.number else 0  # ötən əsrin 70-80-ci illəri
    first, last = (century.partial._replace(grain="decade", number=begin + (decade.number or 0)) for decade in decades)
    if not end.plural or not all(decade.number in range(0, 100, 10) for decade in decades) or (first.number or 0) >= (last.number or 0):
        return None
    found = Found(cluster.atoms[at].start, end.end, "date", "date.decades-of-century", edtf_range(first, last), None, first, last, case=end.case)
    return century.end + 4, found
