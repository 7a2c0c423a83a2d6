"""The mod that the words around a date, a clock time or a duration give it: before, after, up to, about."""

from __future__ import annotations

import re
from functools import cache

from azproc.extract.found import Found
from azproc.extract.modifiers import mod_of
from azproc.extract.tables import rows

__all__ = ["mod_around"]

_NEXT_WORD = re.compile(r"\s++([^\W\d_]++)")
_FARTHEST = 16


def mod_around(small: str, found: Found) -> str | None:
    """Return the mod of an expression: what its own words say, else what the words beside it say.

    ``small`` is the text in small letters.

    >>> mod_around("təxminən 1918-ci ildə", Found(9, 21, "date", "date.year", "1918"))
    'approx'
    """
    if found.mod is not None or found.type == "set":
        return found.mod
    if found.type == "duration":
        tail = small[max(found.start, found.end - 20) : found.end].rpartition(" ")[2].rpartition("-")[2]
        return None if "/" in (found.value or "") else mod_of(small, found.start, found.end, tail, counts=False)
    if found.last is not found.first or (found.type == "time" and "/" in (found.value or "")):
        return None
    if found.case == "until":
        return "up_to"
    following = _NEXT_WORD.match(small, found.end)
    before = small[max(0, found.start - _FARTHEST) : found.start].split()[-1:]
    return _mod("after", following[1] if following else "", found.case) or _mod("before", before[0] if before else "", found.case)


def _mod(place: str, word: str, case: str) -> str | None:
    needs, mod = _words().get((place, word), ("nothing", ""))
    return mod if needs in {"", case} else None


@cache
def _words() -> dict[tuple[str, str], tuple[str, str]]:
    return {(row["place"], row["word"]): (row["needs"], row["mod"]) for row in rows("date_modifiers.tsv")}
