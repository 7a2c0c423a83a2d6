"""Clock times: ``saat 14:30-da``, ``axşam saat 11-də``, ``saat 1-ə 5 dəqiqə işləmiş``, ``saat 5-in yarısı``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from azproc.extract.atoms import Atom, Cluster
from azproc.extract.found import Found
from azproc.extract.grammar import Grammar

__all__ = ["FORMS", "clock"]

_HOUR = "(?:(?P<day>q)?(?P<saat>H)?(?P<hour>[nc]))"
FORMS = (
    ("time.to-or-past", "(?P<day>q)?(?P<saat>H)?(?P<hour>n)(?P<minutes>n)I?(?P<verb>g)"),
    ("time.half-past", "(?P<day>q)?(?P<saat>H)?(?P<hour>n)(?P<half>p)"),
    ("time.range", f"{_HOUR}-?(?P<day2>q)?(?P<saat2>H)?(?P<hour2>[nc])"),
    ("time.clock", _HOUR),
)
_GRAMMAR = Grammar(FORMS)
_WRITTEN = re.compile(r"([0-9]{1,2})[:.,]([0-5][0-9])(?![0-9])")
_SCORE_BEFORE = re.compile(r"(?:hesab\w*|nisbət\w*|miqyas\w*)\s*+$")
_SCORE_AFTER = re.compile(r"\s*+(?:hesab|nisbət|miqyas|xal)")
_COUNTED_FOLLOWS = re.compile(r"\s*+(?:%|(?:nəfər|manat|dollar|avro|rubl|AZN|ton|kq|km|ədəd|dəfə|min|milyon|faiz|saylı|nömrəli)\b)")
_ABOUT_FOLLOWS = re.compile(r"\s+radələr")
_UNTIL_FOLLOWS = re.compile(r"\s+(?:qədər|kimi|dək)\b")


def clock(cluster: Cluster, at: int) -> tuple[int, Found] | None:
    """Return the longest clock time at an atom of the cluster, and the atom after it."""
    for match in _GRAMMAR.matches(cluster.code, at):
        parts = {name: cluster.atoms[at + place] for name, place in match.parts.items()}
        value = _READ[match.rule](cluster, parts)
        if value is not None:
            last = cluster.atoms[at + match.length - 1]
            return at + match.length, Found(cluster.atoms[at].start, last.end, "time", match.rule, value, case=last.case)
    return None


def _to_or_past(_: Cluster, parts: dict[str, Atom]) -> str | None:
    hour, minutes, verb = parts["hour"], parts["minutes"], parts["verb"].value
    if hour.number is None or minutes.number is None or not 0 < hour.number <= 24 or not 0 < minutes.number < 60:
        return None
    if hour.case == "dative":
        moment = (hour.number - 1) * 60 + (minutes.number if verb == "past" else 60 - minutes.number)
    elif verb == "past" and hour.case in {"ablative", "possessive"}:
        moment = hour.number * 60 + minutes.number
    else:
        return None
    return _time(*divmod(moment, 60), parts.get("day"))


def _half_past(_: Cluster, parts: dict[str, Atom]) -> str | None:
    hour = parts["hour"]
    if parts["half"].value != "half" or hour.case != "genitive" or not ("saat" in parts or "day" in parts):
        return None
    return _time(hour.number - 1, 30, parts.get("day")) if hour.number and hour.number <= 24 else None


def _range(cluster: Cluster, parts: dict[str, Atom]) -> str | None:
    first, last = parts["hour"], parts["hour2"]
    dash = "-" in cluster.text[first.end : last.start] or "–" in cluster.text[first.end : last.start] or "—" in cluster.text[first.end : last.start]
    led = first.case == "ablative" and (
        last.case == "until" or (last.case == "dative" and _UNTIL_FOLLOWS.match(cluster.text, last.end) is not None)
    )
    if not (led or (dash and not first.case)) or not ("saat" in parts or first.kind == last.kind == "c"):
        return None
    day = parts.get("day2") or (parts.get("day") if not led and (first.number or 24) <= 12 else None)
    one, other = _written(cluster, first, parts.get("day")), _written(cluster, last, day)
    return f"{one}/{other}" if one and other else None


def _clock(cluster: Cluster, parts: dict[str, Atom]) -> str | None:
    hour = parts["hour"]
    if "saat" not in parts:
        told = hour.case == "locative" or (not hour.case and _ABOUT_FOLLOWS.match(cluster.text, hour.end))
        spoken = hour.kind == "n" and "day" in parts and told and (hour.number or 99) <= 12
        if not spoken and (hour.kind != "c" or _is_score(cluster, hour)):
            return None
    elif hour.kind == "n" and not hour.case and _COUNTED_FOLLOWS.match(cluster.text, hour.end):
        return None
    if "saat" in parts and parts["saat"].case:
        return None
    return _written(cluster, hour, parts.get("day"))


_READ: dict[str, Any] = {"time.to-or-past": _to_or_past, "time.half-past": _half_past, "time.range": _range, "time.clock": _clock}


def _written(cluster: Cluster, atom: Atom, day: Atom | None) -> str | None:
    """Return the time that a number names: an hour, or hour and minutes with a mark between them."""
    match = _WRITTEN.match(cluster.text, atom.start, atom.end)
    if match:
        return _time(int(match[1]), int(match[2]), day)
    return _time(atom.number, 0, day) if atom.number is not None else None


def _is_score(cluster: Cluster, atom: Atom) -> bool:
    before = _SCORE_BEFORE.search(cluster.text, max(0, atom.start - 20), atom.start)
    return bool(before or _SCORE_AFTER.match(cluster.text, atom.end))


def _time(hour: int, minute: int, day: Atom | None) -> str | None:
    if not (0 <= hour < 24 or (hour, minute) == (24, 0)):
        return None
    if day is not None and hour <= 12:
        hour = _TWENTY_FOUR[day.value](hour)
    return f"T{hour:02}:{minute:02}"


_TWENTY_FOUR: dict[str, Callable[[int], int]] = {  # the hour of twelve as the hour of the day, by the part of the day
    "morning": lambda hour: hour,
    "noon": lambda hour: hour + 12 if hour < 7 else hour,
    "day": lambda hour: hour + 12 if hour < 7 else hour,
    "afternoon": lambda hour: hour % 12 + 12,
    "evening": lambda hour: hour + 12 if hour < 12 else 0,
    "night": lambda hour: hour % 12 if hour < 6 or hour == 12 else hour + 12,
}
