"""Years that stand without a word for year: ``(1813)``, ``(1468-1478)``, ``(d. 1884 – ö. 1955)``, ``(1950–)``, ``2018-də``."""

from __future__ import annotations

import re

from azproc.extract.atoms import Atom, Cluster
from azproc.extract.calendar import Partial, edtf_range
from azproc.extract.conditions import counts_something
from azproc.extract.found import Found
from azproc.language.casing import is_capitalised, is_upper

__all__ = ["bare_year"]

_YEARS = range(1000, 2101)
_MODERN_YEARS = range(1800, 2101)  # understood without brackets, and in square ones, which hold citation marks too
_INSIDE = re.compile(r"(?P<opened>[(\[])(?:[^()\[\]]*(?:[,;:–—-]|\svə\s))?\s*+(?:(?:d|doğ|ö|vəf|təv|təx|təxm|təq|təqr)\.\s?)?$")
_CLOSED = re.compile(r"\s*+[)\],;:]")
_OPEN_END = re.compile(r"\s*+[-–—]\s*+(?:h\s?[./]\s?h\.?\s*+|hal-hazırda\s*+|indi\s*+)?\)")
_NAME_BEFORE = re.compile(r"(\w+)\s*+[(\[]\s*+$")
_FARTHEST = 70
_RANGE = re.compile(r"n[-/]n")


def bare_year(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the year or the range of years at an atom of the cluster, and the atom after it."""
    first = cluster.atoms[at]
    if first.kind != "n" or first.number is None or first.value == "words":
        return None
    opened = _INSIDE.search(cluster.text, max(0, first.start - _FARTHEST), first.start)
    years = _MODERN_YEARS if opened is None or opened["opened"] == "[" else _YEARS
    if _RANGE.match(cluster.code, at):
        last = cluster.atoms[at + 2]
        return _range(cluster, at, first, last, years if opened is None or opened["opened"] == "[" else None)
    if first.number not in years:
        return None
    year = Partial("year", first.number)
    if opened and _OPEN_END.match(cluster.text, first.end):
        return at + 1, Found(first.start, first.end, "date", "date.bracketed-year-open", f"{year.edtf}/..", None, year)
    if opened and not first.case and _CLOSED.match(cluster.text, first.end):
        return at + 1, Found(first.start, first.end, "date", "date.bracketed-year", year.edtf, None, year, year)
    if first.number in _MODERN_YEARS and first.case == "locative":
        return at + 1, Found(first.start, first.end, "date", "date.bare-year", year.edtf, None, year, year, case="locative")
    return None


def _range(cluster: Cluster, at: int, first: Atom, last: Atom, modern: range | None) -> tuple[int, Found] | None:
    start, end = first.number or 0, last.number or 0
    end = end if end >= 100 else start // 100 * 100 + end
    if not start < end <= _MODERN_YEARS[-1] or first.case:
        return None
    if modern is None:
        if last.case or not _CLOSED.match(cluster.text, last.end) or (start not in _YEARS and not _follows_name(cluster, first)):
            return None
        rule = "date.bracketed-years"
    else:
        round_numbers = start % 10 == end % 10 == 0
        if start not in modern or last.number not in modern or round_numbers or counts_something(cluster, last):
            return None
        rule = "date.bare-years"
    ends = Partial("year", start), Partial("year", end)
    return at + 3, Found(first.start, last.end, "date", rule, edtf_range(*ends), None, *ends, case=last.case)


def _follows_name(cluster: Cluster, first: Atom) -> bool:
    """Tell whether the bracket stands after a name, so that a low number is a year of a life or reign: ``II Şapur (309-379)``."""
    match = _NAME_BEFORE.search(cluster.text, max(0, first.start - _FARTHEST), first.start)
    return match is not None and is_capitalised(match[1]) and not is_upper(match[1]) and (first.number or 0) >= 100
