"""Years that stand in brackets without a word for year: ``(1813)``, ``(1468-1478)``, ``(d. 1884 – ö. 1955)``, ``(1950–)``."""

from __future__ import annotations

import re

from azproc.extract.atoms import Cluster
from azproc.extract.calendar import Partial, edtf_range
from azproc.extract.found import Found

__all__ = ["bracketed"]

_YEARS = range(1000, 2101)
_REIGNS = range(100, 2101)  # in a range of two
_INSIDE = re.compile(r"[(\[](?:[^()\[\]]*(?:[,;:]|\svə\s))?\s*+(?:(?:d|doğ|ö|vəf|təv)\.\s?)?$")
_CLOSED = re.compile(r"\s*+[)\],;:]")
_OPEN_END = re.compile(r"\s*+[-–—]\s*+(?:h\s?[./]\s?h\.?\s*+|hal-hazırda\s*+|indi\s*+)?\)")
_FARTHEST = 70
_RANGE = re.compile(r"n[-/]n")


def bracketed(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the year or the range of years at an atom of the cluster, if it stands in brackets, and the atom after it."""
    first = cluster.atoms[at]
    if first.kind != "n" or first.number is None or first.case or first.value == "words":
        return None
    if not _INSIDE.search(cluster.text, max(0, first.start - _FARTHEST), first.start):
        return None
    if _RANGE.match(cluster.code, at) and (last := cluster.atoms[at + 2]).number:
        number = last.number if last.number >= 100 else first.number // 100 * 100 + last.number
        if first.number not in _REIGNS or not first.number < number <= 2100 or not _CLOSED.match(cluster.text, last.end):
            return None
        ends = Partial("year", first.number), Partial("year", number)
        return at + 3, Found(first.start, last.end, "date", "date.bracketed-years", edtf_range(*ends), None, *ends)
    if first.number not in _YEARS:
        return None
    year = Partial("year", first.number)
    if _OPEN_END.match(cluster.text, first.end):
        return at + 1, Found(first.start, first.end, "date", "date.bracketed-year-open", f"{year.edtf}/..", None, year)
    if not _CLOSED.match(cluster.text, first.end):
        return None
    return at + 1, Found(first.start, first.end, "date", "date.bracketed-year", year.edtf, None, year, year)
