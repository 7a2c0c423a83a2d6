"""The mod that the words around a date, a clock time or a duration give it: before, after, up to, about."""

from __future__ import annotations

from functools import cache

import regex

from azproc.extract.atoms import lowered
from azproc.extract.found import Found
from azproc.extract.modifiers import mod_of
from azproc.extract.tables import rows
from azproc.extract.vocabulary import trie

__all__ = ["mod_around"]

_FARTHEST = 24


def mod_around(text: str, found: Found) -> str | None:
    """Return the mod of an expression: what its own words say, else what the words beside it say."""
    if found.mod is not None or found.type == "set":
        return found.mod
    if found.type == "duration":
        tail = lowered(text[max(found.start, found.end - 20) : found.end]).rpartition(" ")[2].rpartition("-")[2]
        return None if "/" in (found.value or "") else mod_of(text, found.start, found.end, tail, counts=False)
    if found.last is not found.first or (found.type == "time" and "/" in (found.value or "")):
        return None
    if found.case == "until":
        return "up_to"
    return _beside(lowered(text[found.end : found.end + _FARTHEST]), _after(), found.case) or _beside(
        lowered(text[max(0, found.start - _FARTHEST) : found.start]), _before(), found.case
    )


def _beside(surroundings: str, pattern: regex.Pattern[str], case: str) -> str | None:
    match = pattern.search(surroundings)
    if match is None:
        return None
    row = _rows()[match["word"]]
    return row["mod"] if row["needs"] in {"", case} else None


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in rows("date_modifiers.tsv")}


@cache
def _after() -> regex.Pattern[str]:
    return regex.compile(rf"^\s++(?P<word>{trie(word for word, row in _rows().items() if row['place'] == 'after')})(?!\w)")


@cache
def _before() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?P<word>{trie(word for word, row in _rows().items() if row['place'] == 'before')})\s*+$")
