"""Durations and what comes again: ``17 ay``, ``2 saat 15 dəqiqə``, ``3 ildən 5 ilədək``, ``hər ay``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from azproc.extract.atoms import Atom, Cluster
from azproc.extract.found import Found
from azproc.extract.numerals import words_at
from azproc.language.casing import to_lower

__all__ = ["FORMS", "duration"]

_COUNT = "(?P<count>n{1,3}|j)k?(?P<unit>[YMWDHISCTKQ])"
FORMS = (
    ("duration.from-to", "(?P<count>n)(?P<unit>[YMWDHIS])(?P<count>n)(?P<unit>[YMWDHIS])"),
    ("duration.range", "(?P<count>n)-(?P<count>n{1,2})k?(?P<unit>[YMWDHISCTK])"),
    ("duration.sum", f"{_COUNT}(?:{_COUNT}){{1,3}}"),
    ("duration.and-half", f"(?:{_COUNT}|(?P<unit>[YMWDHI]))(?P<half>j)"),
    ("duration.count", _COUNT),
    ("set.every", "e(?P<count>n)?(?P<unit>[YMWDHISCQ])(?P<once>n)?"),
)
_PATTERNS = tuple((name, regex.compile(form)) for name, form in FORMS)
_ISO = regex.compile(r"(PT?)([0-9]+)([A-Z])")
_HALVES = {"P1Y": "P6M", "P1D": "PT12H", "PT1H": "PT30M", "PT1M": "PT30S", "P100Y": "P50Y", "P1000Y": "P500Y", "P10Y": "P5Y"}
_ORDER = "KCTYQMWDHIS"
_DURATION_WORDS = regex.compile(
    r"\s+(?:sonra|əvvəl|qabaq|öncə|ərzində|müddət|içində|keç|qal|çək|davam|vaxt|bundan|yarım|ancaq|kifayət)"
)
_UNTIL_FOLLOWS = regex.compile(r"\s+(?:qədər|kimi|yaxın|dək)")


def duration(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the longest duration or repetition at an atom of the cluster, and the atom after it."""
    best: tuple[int, Found] | None = None
    for rule, pattern in _PATTERNS:
        match = pattern.match(cluster.code, at)
        if match is None or (best is not None and match.end() <= best[0]):
            continue
        value = _value(cluster, rule, match)
        if value is not None:
            start, end = cluster.atoms[at].start, cluster.atoms[match.end() - 1].end
            best = match.end(), Found(start, end, "set" if rule == "set.every" else "duration", rule, value)
    return best


def _value(cluster: Cluster, rule: str, match: regex.Match[str]) -> str | None:
    units = [cluster.atoms[place] for place in match.starts("unit")]
    spans = [(cluster.atoms[first], cluster.atoms[last - 1]) for first, last in match.spans("count")]
    if any(unit.plural for unit in units):
        return None
    counts = [_count(cluster.text, first, last) for first, last in spans]
    if None in counts:
        return None
    known = [count for count in counts if count is not None]
    if rule == "set.every":
        return _every(match, units[0], known)
    if spans and not _counts_time(cluster, spans[0][0], units[-1]):
        return None
    return _READ[rule](units, known)


def _count(text: str, first: Atom, last: Atom) -> Decimal | None:
    """Return what the number is worth; None if the atoms are not one number."""
    if first.kind == "j":
        return Decimal("0.5")
    numeral = words_at(text, first.start)
    if numeral is None or numeral.end != last.end or numeral.ordinal or numeral.value <= 0:
        return None
    return Decimal(numeral.value.numerator) / Decimal(numeral.value.denominator) if not isinstance(numeral.value, Decimal) else numeral.value


def _counts_time(cluster: Cluster, number: Atom, unit: Atom) -> bool:
    """Tell whether a number and a unit are meant together: not ``5 ilə`` (with 5), ``bir gün`` (once upon a time)."""
    following = cluster.text[unit.end : unit.end + 24]
    if unit.kind == "Y" and unit.case == "dative":
        return bool(_UNTIL_FOLLOWS.match(following))
    if unit.kind == "D" and not unit.case and not unit.derived and to_lower(cluster.text[number.start : number.end]) == "bir":
        return bool(_DURATION_WORDS.match(following))
    return True


def _amount(unit: Atom, count: Decimal) -> str:
    if count == Decimal("0.5") and unit.value in _HALVES:
        return _HALVES[unit.value]
    designator, times, letter = _ISO.fullmatch(unit.value).groups()
    total = count * int(times)
    return f"{designator}{total.quantize(Decimal(1)) if total == total.to_integral_value() else total.normalize():f}{letter}"


def _from_to(units: list[Atom], counts: list[Decimal]) -> str | None:
    if units[0].case != "ablative" or units[1].case not in {"until", "dative"}:
        return None
    return f"{_amount(units[0], counts[0])}/{_amount(units[1], counts[1])}"


def _range(units: list[Atom], counts: list[Decimal]) -> str | None:
    return f"{_amount(units[0], counts[0])}/{_amount(units[0], counts[1])}" if counts[0] < counts[1] else None


def _sum(units: list[Atom], counts: list[Decimal]) -> str | None:
    places = [_ORDER.index(unit.kind) for unit in units]
    if places != sorted(set(places)) or any(unit.case or unit.derived for unit in units[:-1]):
        return None
    return _added(_amount(unit, count) for unit, count in zip(units, counts, strict=True))


def _and_half(units: list[Atom], counts: list[Decimal]) -> str | None:
    half = _HALVES.get(units[0].value)
    if half is None or units[0].case or units[0].derived:
        return None
    return _added((_amount(units[0], counts[0] if counts else Decimal(1)), half))


def _single(units: list[Atom], counts: list[Decimal]) -> str | None:
    return _amount(units[0], counts[0])


_READ = {
    "duration.from-to": _from_to,
    "duration.range": _range,
    "duration.sum": _sum,
    "duration.and-half": _and_half,
    "duration.count": _single,
}


def _added(amounts: Iterator[str] | tuple[str, ...]) -> str:
    days, clock = "", ""
    for amount in amounts:
        if amount.startswith("PT"):
            clock += amount[2:]
        else:
            days += amount[1:]
    return f"P{days}" + (f"T{clock}" if clock else "")


def _every(match: regex.Match[str], unit: Atom, counts: list[Decimal]) -> str | None:
    if unit.derived or (counts == [2] and match["once"] is None) or (match["once"] and not counts):
        return None  # hər iki gün: both days
    return "R/" + _amount(unit, counts[0] if counts else Decimal(1))
