"""The words of date and time expressions, read from the tables of azproc/data, and the endings that they take.

Every word has a kind: one letter, under which the rules of `azproc.extract` speak of it. Months are ``m``, seasons ``z``,
weekdays ``w``, units of time ``Y M W D H I S C T K Q A`` (see ``time_units.tsv``), eras ``b`` (before) and ``a`` (ours),
other calendars ``h``, the rest as ``time_words.tsv`` says.

The endings of nouns follow Müasir Azərbaycan dili (Bakı, 1978), chapter on the noun. Only whether a vowel is front or back must
fit the stem (see `_agrees`): rounding is the first thing that a typist or an OCR engine breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from azproc.extract.numerals import SUFFIX
from azproc.extract.tables import rows
from azproc.extract.tries import END
from azproc.language.alphabet import BACK_VOWELS, VOWELS

__all__ = ["Meaning", "Word", "beginnings", "case_of", "meaning", "words"]

_I, _A = "[ıiuü]", "[aə]"
_LOCAL = rf"d{_A}(?:n|k{_I}(?:n{_I}n)?)?"
_AFTER_POSSESSIVE = rf"(?:n(?:{_I}n?|{_A}(?:d{_A}k|c{_A}n)?|{_LOCAL})|yl{_A})?"
_POSSESSED = rf"s?{_I}{_AFTER_POSSESSIVE}"
_COPULA = rf"(?:y?d{_I}r)?"
_PLURAL = rf"l{_A}r"
_ENDINGS = {
    "all": rf"(?P<derived>l{_I}[kqyğ])?(?P<plural>{_PLURAL})?(?P<case>{_POSSESSED}|n?{_I}n|n{_I}|y?{_A}(?:d{_A}k|c{_A}n)?|{_LOCAL}|l{_A}|d{_A}k|k{_I})?{_COPULA}",
    "possessed": rf"(?P<plural>{_PLURAL})?(?P<case>{_POSSESSED}){_COPULA}",
    "own": rf"(?P<case>{_AFTER_POSSESSIVE}){_COPULA}",
    "as-is": "",
    "numeral": SUFFIX,
}

_E = "[aəeo]"  # in the suffixes of numerals, which OCR engines read badly (18-do for 18-də)
_CASES = (
    ("until", re.compile(rf"(?:d{_E}k|c{_E}n)$")),
    ("ablative", re.compile(rf"[dt]{_E}n$")),
    ("locative", re.compile(rf"[dt]{_E}(?:k{_I}(?:n{_I}n)?)?$")),
    ("genitive", re.compile(rf"{_I}n$")),
    ("dative", re.compile(rf"(?:^|[ny]){_E}$")),
    ("possessive", re.compile(rf"{_I}$")),
)
_COPULA_END = re.compile(rf"y?d{_I}r$")


class Word(NamedTuple):
    """What a table says of a word: the kind that rules know it by, its meaning, and which endings it takes."""

    kind: str
    value: str
    forms: str


class Meaning(NamedTuple):
    """What an inflected word says: its kind and meaning, and what its ending adds."""

    kind: str
    value: str
    case: str = ""
    plural: bool = False
    derived: bool = False


@cache
def case_of(ending: str) -> str:
    """Name the case that the ending of a noun or numeral puts it in; empty for the bare form, the copula aside.

    >>> [case_of(ending) for ending in ("", "in", "ində", "dən", "ədək", "ə", "i", "dir")]
    ['', 'genitive', 'locative', 'ablative', 'until', 'dative', 'possessive', '']
    """
    bare = _COPULA_END.sub("", ending)
    return next((name for name, pattern in _CASES if pattern.search(bare)), "")


@cache
def words() -> dict[str, tuple[Word, ...]]:
    """Return the words of all tables with their meanings, each spelling with what it may be.

    >>> words()["may"][0], words()["son"][0].value
    (Word(kind='m', value='5', forms='all'), 'end')
    """
    found: dict[str, list[Word]] = {}
    for spelling, word in _entries():
        found.setdefault(spelling, []).append(word)
    return {spelling: tuple(meanings) for spelling, meanings in found.items()}


def beginnings() -> Iterator[str]:
    """Yield what a word of time may begin with, for `azproc.extract.tries.trie`; a word that takes no ending is marked so that nothing may follow it."""
    for spelling, meanings in words().items():
        yield spelling + END if {word.forms for word in meanings} == {"as-is"} and spelling[-1] != "." else spelling


@lru_cache(maxsize=50_000)
def meaning(spelling: str) -> Meaning | None:
    """Return what a word in small letters means with its ending, or None if it only begins like a word of time.

    >>> meaning("noyabrın"), meaning("illərdə")
    (Meaning(kind='m', value='11', case='genitive', plural=False, derived=False),
     Meaning(kind='Y', value='P1Y', case='locative', plural=True, derived=False))
    >>> meaning("ilan"), meaning("martin")
    (None, None)
    """
    plain = re.sub(r"(?<=\.)\s(?=.)", "", re.sub(r"\s+", " ", spelling))
    for length in range(len(plain), 0, -1):
        stem, ending = plain[:length], plain[length:]
        for word in words().get(stem, ()):
            match = _ending(word.forms).fullmatch(ending)
            if match and (word.forms == "numeral" or _agrees(stem, ending)):
                parts = match.groupdict()
                return Meaning(word.kind, word.value, case_of(parts.get("case") or ""), bool(parts.get("plural")), bool(parts.get("derived")))
    return None


@cache
def _ending(forms: str) -> re.Pattern[str]:
    return re.compile(_ENDINGS[forms])


def _agrees(stem: str, ending: str) -> bool:
    """Tell whether the first vowel of an ending is front or back as the last one of the stem is; rounding is left free."""
    first = next((letter for letter in ending if letter in VOWELS), "")
    last = next((letter for letter in reversed(stem) if letter in VOWELS), "")
    return not first or not last or (first in BACK_VOWELS) == (last in BACK_VOWELS)


def _entries() -> Iterable[tuple[str, Word]]:
    for row in rows("months.tsv"):
        yield row["word"], Word("m", row["month"], "all")
        for short in row["short"].split():
            yield short + ".", Word("m", row["month"], "as-is")
    for row in rows("seasons.tsv"):
        yield row["word"], Word("z", row["code"], "all")
    for row in rows("weekdays.tsv"):
        yield row["word"], Word("w", row["day"], row["forms"])
    for row in (row for row in rows("eras.tsv") if row["count"] != "julian"):
        yield row["word"], Word({"bc": "b", "ad": "a"}.get(row["count"], "h"), row["count"], "as-is")
    for row in rows("time_units.tsv"):
        yield row["word"], Word(row["kind"], row["iso"], "all")
    for row in rows("time_words.tsv"):
        yield row["word"], Word(row["kind"], row["value"], row["forms"])
    for row in rows("numerals.tsv"):
        yield row["word"], Word("n", row["value"], "numeral")
