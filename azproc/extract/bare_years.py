"""Years that stand without a word for year: ``(1813)``, ``(1468-1478)``, ``(d. 1884 – ö. 1955)``, ``(1950–)``, ``2018-də``, ``1996 — ...``."""

from __future__ import annotations

import re
from collections.abc import Callable

from azproc.extract.atoms import Atom, Cluster
from azproc.extract.calendar import Partial, edtf_range
from azproc.extract.conditions import counts_something
from azproc.extract.found import Found
from azproc.language.casing import is_capitalised, is_upper

__all__ = ["bare_year"]

Reading = tuple[int, Found] | None

_YEARS = range(1000, 2101)
_MODERN_YEARS = range(1800, 2101)  # understood without brackets, and in square ones, which hold citation marks too
_MODERN = frozenset(_MODERN_YEARS)
_FARTHEST = 70
_INSIDE = re.compile(r"(?P<opened>[(\[])(?:[^()\[\]]*(?:[,;:–—-]|\svə\s))?\s*+(?:(?:d|doğ|ö|vəf|təv|təx|təxm|təq|təqr)\.\s?)?$")
_CLOSED = re.compile(r"\s*+[)\],;:]")
_OPEN_END = re.compile(r"\s*+[-–—]\s*+(?:h\s?[./]\s?h\.?\s*+|hal-hazırda\s*+|indi\s*+)?\)")
_NAME_BEFORE = re.compile(r"(\w+)\s*+[(\[]\s*+$")
_UNTIL_FOLLOWS = re.compile(r"\s+(?:qədər|kimi|dək)\b")
_PLACE_BEFORE = re.compile(r"(?:(?<!\w)[A-ZÇĞIİÖƏŞÜ][\w.-]*|[”\"»)]|nəşriyyatı|nəşr\.|mətbəəsi),\s+$|nəşriyyatı\s[-–—]\s$")
_IMPRINT_END = re.compile(r"\s?(?:\Z|\n|©|[.;](?!\w)|,\s?(?:s|səh|səhifə|c|cild|b|№)(?!\w))")
_PAGE_FOLLOWS = re.compile(r",\s?(?:s|səh|səhifə)(?!\w)")
_NAME_ENDS = re.compile(r"(?<!\w)[A-ZÇĞIİÖƏŞÜ][\w.-]*\s+$")
_NAME_AFTER = re.compile(r" (?P<name>[^\W\d_]{3,})")
_RUNNING_WORD = re.compile(r"(?<!\w)(?!(?:maddə|təxminən|təqribən|cəmi|azı|çoxu|nömrə|otaq|mənzil|səhifə|bənd|cədvəl|iş|və) )[a-zçəğıöşü]{2,} $")
_SINCE_FOLLOWS = re.compile(r"\s+(?:bəri|etibarən|başlayaraq|sonra)(?!\w)")
_ENTRY = re.compile(r"\s[—–]\s\W{0,2}(?P<first>\w)")


def bare_year(cluster: Cluster, at: int) -> Reading:
    """Return the year or the range of years at an atom of the cluster, and the atom after it; the first rule that answers wins."""
    first = cluster.atoms[at]
    if first.kind != "n" or first.number is None or first.value == "words":
        return None
    for rule in _BRACKETED if _bracket(cluster, first) else _RUNNING:
        if reading := rule(cluster, at, first):
            return reading
    return None


def _bracket(cluster: Cluster, first: Atom) -> str:
    """Return the bracket in which the number is the first thing, or the first after a comma or dash; empty if there is none."""
    match = _INSIDE.search(cluster.text, max(0, first.start - _FARTHEST), first.start)
    return match["opened"] if match else ""


def _bracketed_range(cluster: Cluster, at: int, first: Atom) -> Reading:
    last = _second(cluster, at, "-/")
    if last is None or first.case or last.case or not _CLOSED.match(cluster.text, last.end):
        return None
    if not (first.number in _YEARS or _follows_name(cluster, first)):
        return None
    return _range(at + 3, first, last, "date.bracketed-years")


def _open_range(cluster: Cluster, at: int, first: Atom) -> Reading:
    if first.number not in _YEARS or not _OPEN_END.match(cluster.text, first.end):
        return None
    year = Partial("year", first.number)
    return at + 1, Found(first.start, first.end, "date", "date.bracketed-year-open", f"{year.edtf}/..", None, year)


def _bracketed(cluster: Cluster, at: int, first: Atom) -> Reading:
    years = _YEARS if _bracket(cluster, first) == "(" else _MODERN_YEARS
    if first.number not in years or first.case or not _CLOSED.match(cluster.text, first.end):
        return None
    return _year(at, first, "date.bracketed-year")


def _from_to(cluster: Cluster, at: int, first: Atom) -> Reading:
    last = _second(cluster, at, "")
    if last is None or first.case != "ablative" or not {first.number, last.number} <= _MODERN:
        return None
    leads = last.case == "until" or (last.case == "dative" and _UNTIL_FOLLOWS.match(cluster.text, last.end))
    return _range(at + 2, first, last, "date.bare-years") if leads else None


def _running_range(cluster: Cluster, at: int, first: Atom) -> Reading:
    last = _second(cluster, at, "-")
    if last is None or first.case or not {first.number, last.number} <= _MODERN:
        return None
    round_numbers = (first.number or 0) % 10 == (last.number or 0) % 10 == 0
    return None if round_numbers or counts_something(cluster, last) else _range(at + 3, first, last, "date.bare-years")


def _chronicle(cluster: Cluster, at: int, first: Atom) -> Reading:
    """The year, a dash, what happened."""
    entry = _ENTRY.match(cluster.text, first.end)
    if first.number not in _YEARS or first.case or entry is None or not is_capitalised(entry["first"]):
        return None
    return _year(at, first, "date.bare-year")


def _imprint(cluster: Cluster, at: int, first: Atom) -> Reading:
    """The last word on where a book appeared: ``Bakı, Elm, 2011.``, ``Bakı 1987, s. 45``."""
    if first.number not in _MODERN_YEARS or first.case or not _IMPRINT_END.match(cluster.text, first.end):
        return None
    before = cluster.text[max(0, first.start - _FARTHEST) : first.start]
    place = _PLACE_BEFORE.search(before) or (_PAGE_FOLLOWS.match(cluster.text, first.end) and _NAME_ENDS.search(before))
    return _year(at, first, "date.bare-year") if place else None


def _before_name(cluster: Cluster, at: int, first: Atom) -> Reading:
    """The year of a named event, in a sentence or at the start of a line: ``səhnəyə ilk dəfə 2017 Avroviziya müsabiqəsində çıxdı``."""
    if first.number not in _MODERN_YEARS or (first.number or 0) % 100 == 0 or first.case:
        return None
    named = _NAME_AFTER.match(cluster.text, first.end)
    if named is None or not is_capitalised(named["name"]):
        return None
    opens = first.start == 0 or cluster.text[first.start - 1] == "\n"
    word = opens or _RUNNING_WORD.search(cluster.text, max(0, first.start - _FARTHEST), first.start)
    return _year(at, first, "date.bare-year") if word else None


def _since(cluster: Cluster, at: int, first: Atom) -> Reading:
    """``2015-dən bəri``, ``1998-dən sonra``; a round number rather counts: ``2000-dən sonra``."""
    since = first.case == "ablative" and first.number in _MODERN_YEARS and (first.number or 0) % 100 and _SINCE_FOLLOWS.match(cluster.text, first.end)
    return _year(at, first, "date.bare-year") if since else None


def _locative(_: Cluster, at: int, first: Atom) -> Reading:
    return _year(at, first, "date.bare-year") if first.number in _MODERN_YEARS and first.case == "locative" else None


_BRACKETED: tuple[Callable[[Cluster, int, Atom], Reading], ...] = (_bracketed_range, _open_range, _bracketed, _locative)
_RUNNING: tuple[Callable[[Cluster, int, Atom], Reading], ...] = (_from_to, _running_range, _chronicle, _imprint, _before_name, _since, _locative)


def _second(cluster: Cluster, at: int, marks: str) -> Atom | None:
    """Return the second number of a range with one of the marks between, or with none."""
    place = at + 2 if marks else at + 1
    code = cluster.code[at + 1 : place + 1]
    return cluster.atoms[place] if code[-1:] == "n" and (code[0] in marks if marks else len(code) == 1) else None


def _year(at: int, first: Atom, rule: str) -> tuple[int, Found]:
    year = Partial("year", first.number)
    return at + 1, Found(first.start, first.end, "date", rule, year.edtf, None, year, year, case=first.case)


def _range(end: int, first: Atom, last: Atom, rule: str) -> Reading:
    start, stop = first.number or 0, last.number or 0
    stop = stop if stop >= 100 else start // 100 * 100 + stop  # 1941-45
    if not 0 < start < stop <= _YEARS[-1]:
        return None
    years = Partial("year", start), Partial("year", stop)
    return end, Found(first.start, last.end, "date", rule, edtf_range(*years), None, *years, case=last.case)


def _follows_name(cluster: Cluster, first: Atom) -> bool:
    """Tell whether the bracket stands after a name, so that a low number is a year of a life or reign: ``II Şapur (309-379)``."""
    match = _NAME_BEFORE.search(cluster.text, max(0, first.start - _FARTHEST), first.start)
    return match is not None and is_capitalised(match[1]) and not is_upper(match[1]) and (first.number or 0) >= 100
