"""When a form of words is a date and not something that looks like one: one small judgement per part."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from azproc.extract.atoms import Atom, Cluster
from azproc.extract.tables import rows
from azproc.language.casing import is_capitalised, to_lower

__all__ = ["conditions", "counts_something", "is_decade", "is_name", "is_short_year", "is_weak_month", "is_weak_weekday", "plain_year"]

_PLAIN_YEARS = range(1000, 2101)  # understood without the word il beside a month or an era
_MODERN_YEARS = range(1800, 2101)  # understood with il but without -ci: 2009 ildən
_RECENT = 1900  # no duration: 2015 il
_SPOKEN_YEARS = range(20, 100)  # a smaller ordinal rather counts the years of something
_SIMPLE_NAMES = frozenset("3567")  # weekdays of one word
_NAMES_TOO = frozenset({"3", "5", "8"})  # months of which a case form is a name too: Mart, May, Avqust
_BAZAR, _CUME = "7", "5"  # market and Friday prayer, unless "day" or a case says more
_DURATION_FOLLOWS = re.compile(r"\s+(?:əvvəl|sonra|qabaq|öncə|ərzində|müddət|artıq|çox|az|yaxın|boyunca|davam)")
_COUNTED_FOLLOWS = re.compile(
    r"\s*(?:[-–—]\s?[0-9]{4}|%|(?:nəfər|manat|dollar|avro|rubl|AZN|USD|ton|kq|km|m²|kv|hektar|ədəd|baş|min|milyon|mln|faiz)\b)"
)
_EVENT_FOLLOWS = re.compile(r"\s+(?:inqilab|hadisə|qırğın|soyqırım|böhran|döyüş|üsyan|çevriliş|plenum)")
_NAMED_FOLLOWS = re.compile(r"\s+adl[ıi](?!\w)")
_SURNAME_FOLLOWS = re.compile(r" [A-ZÇƏĞIİÖŞÜ][a-zçəğıiöşü]")
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?…:;\n\"“”«([•–—-]|\])\s*+$")

Parts = dict[str, Atom]
Condition = Callable[[Parts], bool]


def _day_fits(parts: Parts) -> bool:
    day = parts.get("day")
    if day is None:
        return True
    if day.number is None or not 0 < day.number < 100:
        return False
    month = parts.get("ay") or parts.get("month")
    if month is None or month.start > day.start:
        return day.case == ""
    return month.case == "genitive" or ("year" in parts and parts["year"].start > day.start and month.case == "")


def _year_fits(parts: Parts) -> bool:
    year, il = parts.get("year"), parts.get("il")
    if il is not None and (il.derived or (_inner(il, parts) and il.case in {"ablative", "until", "dative"})):
        return False
    if il is not None and il.plural and ("deictic" in parts or "every" in parts) and "decade" not in parts:
        return False
    if "school" in parts and il is None and parts["school"].value == "year":
        return False
    if "every" in parts and not parts.keys() & {"month", "day", "season", "quarter", "weekday"}:
        return False
    if year is None:
        return True
    if year.number is None or not 0 < year.number < 3000:
        return False
    if year.kind == "n" or "era" in parts:
        return "school" not in parts or year.number >= 1000 or year.number < 100
    if year.number >= 10 and (is_short_season(parts) or _is_spoken_year(parts) or (il is not None and il.plural)):
        return True
    return year.number >= (1000 if year.value == "words" else 100)


def counts_something(cluster: Cluster, number: Atom) -> bool:
    """Tell whether a counted noun, a unit or another year follows a number, so that it is no year itself."""
    return _COUNTED_FOLLOWS.match(cluster.text, number.end) is not None


def _inner(il: Atom, parts: Parts) -> bool:
    return any(parts[name].start > il.start for name in ("month", "day") if name in parts)


def is_short_season(parts: Parts) -> bool:
    """Tell whether a school year or season has two digits: the second half of ``2025/26-cı tədris ili``."""
    return "school" in parts and (parts["year"].number or 0) < 100


def _is_spoken_year(parts: Parts) -> bool:
    """Tell whether a year of two digits leaves its century to the reader: ``71-ci ildə``, but not ``müstəqilliyin 30-cu ilində``."""
    year, il = parts.get("year"), parts.get("il")
    if year is None or il is None or il.plural or year.kind != "o" or year.number not in _SPOKEN_YEARS:
        return False
    owned = il.end - il.start > len("ildən")
    return not owned and il.case in {"genitive", "locative", "ablative"}


def is_decade(parts: Parts) -> bool:
    """Tell whether a year and its plural make a decade: ``1990-cı illər``."""
    il, year = parts.get("il"), parts.get("year")
    return il is not None and year is not None and il.plural and year.kind == "o" and (year.number or 1) % 10 == 0


def plain_year(cluster: Cluster, parts: Parts, last: Atom) -> bool:
    """Tell whether a number without an ordinal suffix is a year where it stands."""
    number, il = parts["year"].number or 0, parts.get("il")
    if "school" in parts or parts.get("era", last).value == "bc":
        return True
    if "month" in parts:
        beside = parts["month"].case in {"", "genitive"} or il is not None or parts["year"].case == "genitive"
        day = parts.get("day")
        if day is not None and parts["month"].start < day.start < parts["year"].start and day.case not in {"", "possessive"}:
            return False
        return number in _PLAIN_YEARS and beside and (il is not None or not counts_something(cluster, last))
    if "era" in parts:
        return number >= 100
    if "season" in parts and il is None:
        return number in _MODERN_YEARS and parts["year"].case == "genitive"  # 2024-ün yayında
    if il is None or parts["year"].value == "words" or number not in (_PLAIN_YEARS if il.plural else _MODERN_YEARS) or _DURATION_FOLLOWS.match(cluster.text, last.end):
        return False
    return il.plural or il.case in {"locative", "ablative", "genitive"} or (not il.case and number % 100 != 0 and number >= _RECENT)


def _month_fits(parts: Parts) -> bool:
    month, year, ay = parts.get("month"), parts.get("year"), parts.get("ay")
    if (month is not None and month.derived) or (ay is not None and ay.derived):
        return False
    if "day" in parts and month is None and ay is not None and "deictic" not in parts and "every" not in parts:
        return ay.case == "genitive" and ay.end - ay.start == len("ayın") and (parts["day"].value != "words" or bool(parts["day"].case))
    if month is not None and year is not None and month.start < year.start:
        whole = ay is None or (not ay.plural and ay.case in {"", "possessive"})
        return (month.case == "" and whole) or ("day" in parts and parts["day"].start > month.start)
    return True


def _part_fits(parts: Parts) -> bool:
    nth, part, small = parts.get("nth"), parts.get("part"), parts.get("small")
    if small is not None and not (small.plural or small.value == "P100Y"):
        return False
    if "quarter" in parts or "tens" in parts or "half" in parts:
        return nth is not None and 0 < (nth.number or 1) <= (4 if "quarter" in parts else 10 if "tens" in parts else 2)
    if "third" in parts:
        return "month" in parts and "day" not in parts and nth is not None and 0 < (nth.number or 1) <= 3
    if part is None:
        return nth is None
    if part.value == "half":
        return nth is not None and (nth.number or 1) in {1, 2}
    return nth is None


def _century_fits(parts: Parts) -> bool:
    century, millennium, decade = parts.get("century"), parts.get("millennium"), parts.get("decade")
    if century is not None and (century.number or 99) > 40:
        return False
    if millennium is not None and (millennium.number or 99) > 10:
        return False
    if "esr" in parts and (parts["esr"].derived or ("deictic" in parts and parts["esr"].plural)):
        return False
    return decade is None or (decade.number in range(0, 100, 10) and parts["il"].plural)


def _season_fits(parts: Parts) -> bool:
    season = parts.get("season")
    if season is None:
        return True
    if season.derived or season.plural:
        return False
    if "deictic" in parts and not parts.keys() & {"il", "part"}:
        return not season.case  # bu yazı, this writing
    if not season.case and not parts.keys() & {"ay", "part", "every", "deictic"}:
        return False  # 2020-ci il Yay Olimpiya Oyunları
    named = (parts.get("ay") or season).case == "locative"  # yayda, yay aylarında
    return named or not parts.keys().isdisjoint({"year", "deictic", "every", "part"})


def _unit_fits(parts: Parts) -> bool:
    unit = parts.get("unit")
    return unit is None or not (unit.plural or unit.derived)


def _weekday_fits(parts: Parts) -> bool:
    weekday = parts.get("weekday")
    if weekday is None or "gun" in parts:
        return True
    if weekday.derived or (weekday.case == "possessive" and weekday.value in _SIMPLE_NAMES):
        return False  # Su çərşənbəsi, a feast
    return weekday.value != _BAZAR or is_weak_weekday(parts)


_CONDITIONS: dict[Condition, frozenset[str]] = {  # and the parts that each judges
    _day_fits: frozenset({"day"}),
    _year_fits: frozenset({"year", "il", "every", "school"}),
    _month_fits: frozenset({"month", "ay"}),
    _part_fits: frozenset({"nth", "part", "small"}),
    _century_fits: frozenset({"century", "millennium", "decade", "esr"}),
    _season_fits: frozenset({"season"}),
    _unit_fits: frozenset({"unit"}),
    _weekday_fits: frozenset({"weekday"}),
}


@cache
def conditions(names: tuple[str, ...]) -> tuple[Condition, ...]:
    """Return the judgements that a form with these parts must pass."""
    return tuple(fits for fits, parts in _CONDITIONS.items() if not parts.isdisjoint(names))


def is_short_year(parts: Parts) -> bool:
    """Tell whether a year of two digits needs the century of the one before it: ``1941-45-ci illər``, ``2023/24 mövsümü``."""
    year = parts.get("year")
    return year is not None and "era" not in parts and (year.number or 0) < 100 and not is_decade(parts) and not _is_spoken_year(parts)


def is_weak_weekday(parts: Parts) -> bool:
    """Tell whether a bare weekday may be another word, which only a range shows: ``bazar`` (market), ``cümə`` (Friday prayer)."""
    weekday = parts.get("weekday")
    return weekday is not None and weekday.value in {_BAZAR, _CUME} and not weekday.case and parts.keys() == {"weekday"}


def is_name(cluster: Cluster, last: Atom) -> bool:
    """Tell whether a word of time is the name of something: ``Şənbə adlı çay``, ``May adlı qız``."""
    return _NAMED_FOLLOWS.match(cluster.text, last.end) is not None


def is_weak_month(cluster: Cluster, parts: Parts) -> bool:
    """Tell whether a month name alone may be another word or a name: ``may``, ``Avqust`` inside a sentence, ``Oktyabr inqilabı``, ``yan.``."""
    month = parts["month"]
    written = cluster.text[month.start : month.end]
    if "ay" in parts or "part" in parts:
        return False
    if written.endswith(".") or to_lower(written) in _homographs():
        return True
    if is_capitalised(written) and _EVENT_FOLLOWS.match(cluster.text, month.end):
        return True
    if month.case and month.value not in _NAMES_TOO:
        return False
    if not month.case and month.value in _NAMES_TOO and is_capitalised(written) and _SURNAME_FOLLOWS.match(cluster.text, month.end):
        return True
    return is_capitalised(written) and not _SENTENCE_STARTS.search(cluster.text, max(0, month.start - 40), month.start)


@cache
def _homographs() -> frozenset[str]:
    return frozenset(word for row in rows("months.tsv") for word in row["homographs"].split())
