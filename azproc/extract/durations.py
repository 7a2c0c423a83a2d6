"""Durations and what comes again: ``17 ay``, ``2 saat 15 dəqiqə``, ``3 ildən 5 ilədək``, ``hər ay``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from azproc.extract.atoms import Atom, Cluster
from azproc.extract.found import Found
from azproc.extract.grammar import Grammar, Match
from azproc.extract.numerals import words_at
from azproc.language.casing import to_lower

__all__ = ["FORMS", "duration"]

_COUNT = "(?P<count>n{1,3}|j)k?(?P<unit>[YMWDHISCTKQ])"
FORMS = (
    ("duration.from-to", "(?P<count>n)(?P<unit>[YMWDHIS])(?P<count>n)(?P<unit>[YMWDHIS])"),
    ("duration.range", "(?P<count>n)-(?P<count>n{1,2})k?(?P<unit>[YMWDHISCTK])"),
    ("duration.sum", f"{_COUNT}(?:(?P<and>&)?{_COUNT}){{1,3}}"),
    ("duration.and-half", f"(?:{_COUNT}|(?P<unit>[YMWDHI]))(?P<half>j)"),
    ("duration.count", _COUNT),
    ("set.every", "e(?P<count>n)?(?P<unit>[YMWDHISCQ])(?P<part>p)?"),
    ("set.once-in", "e?(?P<count>n)(?P<unit>[YMWDHIS])(?P<once>n)"),
)
_GRAMMAR = Grammar(FORMS)
_HALVES = {"P1Y": "P6M", "P1D": "PT12H", "PT1H": "PT30M", "PT1M": "PT30S", "P100Y": "P50Y", "P1000Y": "P500Y", "P10Y": "P5Y"}
_ORDER = "KCTYQMWDHIS"
_MOST = {"M": 12, "D": 32, "H": 24, "I": 60, "S": 60}  # of a smaller unit after a larger one
_DURATION_WORDS = re.compile(
    r"\s+(?:sonra|əvvəl|qabaq|öncə|ərzində|müddət|içində|keç(?!ir)|qal|çək|davam|vaxt|bundan|yarım|ancaq|kifayət)"
)
_BOTH = re.compile(r"[hH]ər\siki\s\Z")
_AND = re.compile(r"\s*və\s*")
_MORE_OR_LESS = re.compile(r"\s+(?:qədər|az|çox|neçə)")
_DONE_FOLLOWS = re.compile(r"\s+(?:tik(?:il|di)|inşa|başa|ərsəyə|məhkum|tamamla|qurtar|hazırlan|azadlıq)")  # in three years, to three years
_UNTIL_FOLLOWS = re.compile(r"\s+(?:qədər|kimi|yaxın|dək)")


def duration(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the longest duration or repetition at an atom of the cluster, and the atom after it."""
    for match in _GRAMMAR.matches(cluster.code, at):
        value = _value(cluster, match, at)
        if value is not None:
            end = at + match.length
            kind = "set" if match.rule.startswith("set") else "duration"
            part = cluster.atoms[end - 1].value if "part" in match.places else None
            return end, Found(cluster.atoms[at].start, cluster.atoms[end - 1].end, kind, match.rule, value, part)
    return None


def _value(cluster: Cluster, match: Match, at: int) -> str | None:
    atoms = cluster.atoms[at : at + match.length]
    units = [atoms[first] for first, _ in match.places["unit"]]
    spans = [(atoms[first], atoms[end - 1]) for first, end in match.places.get("count", ())]
    counts = [count for first, last in spans if (count := _count(cluster.text, first, last)) is not None]
    if len(counts) < len(spans) or any(unit.plural for unit in units):
        return None
    if match.rule == "duration.range" and (last := words_at(cluster.text, spans[-1][0].start)):
        counts[0] = last.scaled(counts[0])  # 350-400 min il
    if match.rule == "set.every":
        return None if units[0].derived or counts == [2] else f"R/{_amount(units[0], *counts or [Decimal(1)])}"  # hər iki gün: both
    if "once" in match.places:
        once = atoms[match.places["once"][0][0]]
        recurs = once.number == 1 and not once.case and units[0].case == "ablative" and not _MORE_OR_LESS.match(cluster.text, once.end)
        return f"R/{_amount(units[0], counts[0])}" if recurs else None
    if "and" in match.places and not all(_AND.fullmatch(cluster.text, atoms[first].start, atoms[first].end) for first, _ in match.places["and"]):
        return None  # 7 il və ya 1 gün
    if spans and not _counts_time(cluster, spans[-1][0], units[-1]):
        return None
    if match.rule == "duration.from-to" and units[1].case == "dative" and not _UNTIL_FOLLOWS.match(cluster.text, units[1].end):
        return None
    return _READ[match.rule](units, counts)


def _count(text: str, first: Atom, last: Atom) -> Decimal | None:
    """Return what the number is worth; None if the atoms are not one number."""
    if first.kind == "j":
        return Decimal("0.5")
    if text[last.end - 1] == ")":
        return Decimal(first.number) if first is last and first.number else None
    numeral = words_at(text, first.start)
    if numeral is None or numeral.end != last.end or numeral.ordinal or numeral.value <= 0:
        return None
    return Decimal(numeral.value.numerator) / Decimal(numeral.value.denominator) if not isinstance(numeral.value, Decimal) else numeral.value


def _counts_time(cluster: Cluster, number: Atom, unit: Atom) -> bool:
    """Tell whether a number and a unit are meant together: not ``5 ilə`` (with 5), ``bir gün`` (once upon a time), ``hər iki ildə`` (both)."""
    following = cluster.text[unit.end : unit.end + 24]
    if _BOTH.search(cluster.text, max(0, number.start - 4), unit.start):
        return False
    if unit.kind == "Y" and unit.case == "dative":
        return bool(_UNTIL_FOLLOWS.match(following) or _DONE_FOLLOWS.match(following))
    if unit.kind == "D" and not unit.case and not unit.derived and to_lower(cluster.text[number.start : number.end]) == "bir":
        return bool(_DURATION_WORDS.match(following))
    return True


def _amount(unit: Atom, count: Decimal) -> str:
    if count == Decimal("0.5") and unit.value in _HALVES:
        return _HALVES[unit.value]
    designator, letter = unit.value.rstrip(unit.value[-1]).rstrip("0123456789"), unit.value[-1]
    total = count * int(unit.value[len(designator) : -1])
    return f"{designator}{total.quantize(Decimal(1)) if total == total.to_integral_value() else total.normalize():f}{letter}"


def _from_to(units: list[Atom], counts: list[Decimal]) -> str | None:
    if units[0].case != "ablative" or units[1].case not in {"until", "dative"} or (units[0].kind == units[1].kind and counts[0] >= counts[1]):
        return None
    return f"{_amount(units[0], counts[0])}/{_amount(units[1], counts[1])}"


def _range(units: list[Atom], counts: list[Decimal]) -> str | None:
    return f"{_amount(units[0], counts[0])}/{_amount(units[0], counts[1])}" if counts[0] < counts[1] else None


def _sum(units: list[Atom], counts: list[Decimal]) -> str | None:
    places = [_ORDER.index(unit.kind) for unit in units]
    if places != sorted(set(places)) or any(unit.case or unit.derived for unit in units[:-1]):
        return None
    if any(count >= _MOST.get(unit.kind, 1000) for unit, count in zip(units[1:], counts[1:], strict=True)):
        return None
    return _added(_amount(unit, count) for unit, count in zip(units, counts, strict=True))


def _and_half(units: list[Atom], counts: list[Decimal]) -> str | None:
    unit, count = units[0], counts[0] if counts else Decimal(1)
    if unit.case or unit.derived:
        return None
    half = _HALVES.get(unit.value)
    if half is None or half[-1] == unit.value[-1]:
        return _amount(unit, count + Decimal("0.5"))
    return _added((_amount(unit, count), half))


def _single(units: list[Atom], counts: list[Decimal]) -> str | None:
    return _amount(units[0], counts[0])


_READ = {
    "duration.from-to": _from_to,
    "duration.range": _range,
    "duration.sum": _sum,
    "duration.and-half": _and_half,
    "duration.count": _single,
}


def _added(amounts: Iterable[str]) -> str | None:
    days, clock = "", ""
    for amount in amounts:
        if amount.startswith("PT"):
            clock += amount[2:]
        else:
            days += amount[1:]
    if any(len(set(letters)) < len(letters) for letters in (re.findall("[A-Z]", days), re.findall("[A-Z]", clock))):
        return None  # yarım saat 40 dəqiqə: half an hour, and 40 minutes
    return f"P{days}" + (f"T{clock}" if clock else "")
