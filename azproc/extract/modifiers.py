"""How a number is meant: about, more than, less than, up to. The words are in ``data/modifiers.tsv``."""

from __future__ import annotations

import re
from functools import cache

from azproc.extract.numerals import GAP
from azproc.extract.tables import rows
from azproc.language.casing import to_lower, to_upper

__all__ = ["mod_of"]

_ENDS = {"ablative": re.compile(r"[dt][aəeo]n$"), "dative": re.compile(r"[aə]$")}
_MORE_OF = re.compile(r"[0-9%]\S*[dt][aəeo]n $")
_UP_TO = re.compile(r"(?:d[aə]k|c[aə]n)$")
_NOUNS = rf"(?:{GAP}[a-zəğışçöü]++){{0,2}}?"
_SOMEWHAT = rf"(?:{GAP}(?:bir{GAP}qədər|bir{GAP}az|bir{GAP}xeyli|xeyli|daha|d[aə]))?"
_WORD_ENDING = r"(?:[ıiuü](?:n[ıiuüaə]?n?)?)?(?:d[ıiuü]r)?(?!\w)"
_NOT = rf"(?:{GAP}(?:ol(?:unma|ma|maya)|deyil)\w*)?"
_NOUN_UP_TO = re.compile(rf"{GAP}[^\W\d_]++(?<=[aə]d[aə]k)(?!\w)")
_FARTHEST = 60
_LONGEST_BEFORE = 14


def mod_of(text: str, start: int, end: int, suffix: str, *, counts: bool) -> str | None:
    """Return the mod that the words around a number give it, or None.

    ``suffix`` is the last suffix within the span; ``counts`` allows for one or two counted nouns between the number and the word.

    >>> text = "2000-dən artıq vulkan, 200 nəfərə yaxın, təxminən 15 min"
    >>> mod_of(text, 0, 8, "dən", counts=False), mod_of(text, 23, 33, "ə", counts=False), mod_of(text, 50, 56, "", counts=True)
    ('more_than', 'approx', 'approx')
    """
    if suffix and _UP_TO.search(suffix):
        return "up_to"
    return _after(text, end, suffix, counts=counts) or _before(text, start)


def _after(text: str, end: int, suffix: str, *, counts: bool) -> str | None:
    if not (suffix or counts):
        return None
    if not suffix and _NOUN_UP_TO.match(text, end):
        return "up_to"
    match = _after_pattern().match(text, end, end + _FARTHEST)
    if match is None:
        return None
    noun = match["nouns"]
    case = to_lower(noun) if noun and counts and not suffix else suffix
    if noun and case == suffix:
        return None
    row = _after_rows()[to_lower(match["word"])]
    if not _ENDS[row["needs"]].search(case):
        return None
    return (match["denied"] and row["negated"]) or row["mod"]


def _before(text: str, start: int) -> str | None:
    tail = text[max(0, start - _LONGEST_BEFORE) : start].rstrip()
    if tail[-1:] not in _before_ends():
        return None
    match = _before_pattern().search(to_lower(tail))
    row = _before_rows()[match["word"]] if match else None
    if match is None or row is None or (row["needs"] and _MORE_OF.search(match.string, 0, match.start())):
        return None
    return row["mod"]


@cache
def _after_rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in rows("modifiers.tsv") if row["place"] == "after"}


@cache
def _before_rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in rows("modifiers.tsv") if row["place"] == "before"}


@cache
def _before_ends() -> frozenset[str]:
    return frozenset(form for word in _before_rows() for form in (word[-1], to_upper(word[-1])))


@cache
def _after_pattern() -> re.Pattern[str]:
    words = "|".join(_after_rows())
    return re.compile(rf"(?P<nouns>{_NOUNS}){_SOMEWHAT}{GAP}{{1,2}}(?P<word>{words}){_WORD_ENDING}(?P<denied>{_NOT})")


@cache
def _before_pattern() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_before_rows(), key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?P<word>{words})\Z")
