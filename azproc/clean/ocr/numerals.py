"""Numbers: letters read for figures inside them or figures for letters, and suffixes that do not follow the number as it is read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product

import regex

from azproc.clean.ocr.context import context, neighbour
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.alphabet import VOWELS
from azproc.language.reading import is_roman, reading, spoken_shape
from azproc.language.suffixes import chains
from azproc.rewrite import Edit

__all__ = ["ORDINALS", "harmonious", "mend_numeral"]

_NUMBER = r"(?P<number>\p{N}++(?:[.,:-]\p{N}++)*+|[IVXLC]++)-"
_SUFFIXED = regex.compile(_NUMBER + r"(?P<suffix>\p{Ll}(?:1|\p{Ll}{1,5}+))")  # one letter may name a class: 5-a
_UNTIL = regex.compile(_NUMBER + r"d[aeo]k")
_GLUED = regex.compile(_NUMBER + r"(?P<ordinal>c[ıiuü])(?P<word>\p{Ll}{2,}+)")
_ACT = regex.compile(r"(?P<number>\d++)-(?P<convocation>[IVHTİl1]{1,4}+)(?P<series>[QOG0]D|(?<=[IVHTİ])[QOG])")
_MIXED = regex.compile(r"(?P<number>[\dOoIlıiİ]{3,}+)(?:-(?P<suffix>\p{Ll}{1,6}+))?")
_ROMAN = regex.compile(r"(?=[^IVX]*[IVX])(?=[^l]*l)[IVXLCl]{2,6}+")
_ROMAN_LETTER = str.maketrans({"l": "I", "1": "I", "T": "I", "İ": "I", "H": "II"})
_FIGURE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "ı": "1", "i": "1", "İ": "1"})
_FEWEST_FIGURES = 2
_UNIT = frozenset("lIiıoO")  # litres, or a letter of an address: at the end of a number it may be meant
ORDINALS = frozenset({"cı", "ci", "cu", "cü"})  # neither a unit nor a house has one
_OPEN, _CLOSE = ("a", "ə"), ("ı", "i", "u", "ü")
_MOST_VOWELS = 2
_COMMON = 20  # sightings of a suffix after numbers
_COMMON_WORD = 9.0  # weight of a word that may be glued to a number
_CLEARLY = 10


def mend_numeral(token: str, start: int) -> Edit | None:
    """Return the edit that a number needs, or None.

    >>> [mend_numeral(token, 0).after for token in ("59-ci", "18-do", "40-do", "2022-c1", "2O05", "196l-ci", "XlX")]
    ['59-cu', '18-də', '40-da', '2022-ci', '2005', '1961-ci', 'XIX']
    >>> [mend_numeral(token, 0).after for token in ("2021-ciil", "126-VIOD", "688-110D", "648-1IVOD", "11:00-dek")]
    ['2021-ci il', '126-VIQD', '688-IIQD', '648-IVQD', '11:00-dək']
    >>> [mend_numeral(token, 0) for token in ("1918-ci", "20-si", "15l", "V-2", "XX-dən", "126-VIQD", "10-1O", "5-cisi")]
    [None, None, None, None, None, None, None, None]
    """
    found = _mended(token)
    return Edit(start, start + len(token), token, *found) if found else None


@lru_cache(maxsize=1 << 14)
def _mended(token: str) -> tuple[str, str, float] | None:
    """What the first rule that applies makes of a token, its name and its confidence."""
    ways = ((mend(token), rule, sure) for rule, mend, sure in _RULES)
    return next(((after, rule, sure) for after, rule, sure in ways if after and after != token), None)


def _roman(token: str) -> str | None:
    numeral = token.translate(_ROMAN_LETTER)
    return numeral if _ROMAN.fullmatch(token) and is_roman(numeral) else None


def _act(token: str) -> str | None:
    """The number of an act of parliament: that of the convocation in Roman figures follows it, and Q for law or QD for amendment."""
    match = _ACT.fullmatch(token)
    if not match:
        return None
    convocation = match["convocation"].translate(_ROMAN_LETTER)
    read = next(filter(is_roman, (convocation, convocation[1:])), None)  # a hyphen may have left a stroke behind
    return f"{match['number']}-{read}Q{match['series'][1:]}" if read else None


def _figures(token: str) -> str | None:
    match = _MIXED.fullmatch(token)
    if match and _is_misread(match["number"], ordinal=match["suffix"] in ORDINALS):
        return str(match["number"]).translate(_FIGURE) + token[match.end("number") :]
    return None


def _suffix(token: str) -> str | None:
    match = _SUFFIXED.fullmatch(token)
    if match and _is_read_aloud(match["number"]):
        suffix = next(harmonious(match["number"], match["suffix"].replace("1", "ı")), None)
        return f"{match['number']}-{suffix}" if suffix else None
    return None


def _until(token: str) -> str | None:
    """The postposition ``dək`` (until), whose vowel never changes."""
    match = _UNTIL.fullmatch(token)
    return f"{match['number']}-dək" if match else None


def _glued(token: str) -> str | None:
    """A common word that lost the space before it, where no suffixes make it."""
    match = _GLUED.fullmatch(token)
    if not match or not _is_read_aloud(match["number"]) or chains("digits", spoken_shape(match["number"]), match["ordinal"] + match["word"]):
        return None
    ordinal = next(harmonious(match["number"], match["ordinal"]), None)
    return f"{match['number']}-{ordinal} {match['word']}" if ordinal and vocabulary().weight(match["word"]) >= _COMMON_WORD else None


# name, what it makes of a token, confidence
_RULES: tuple[tuple[str, Callable[[str], str | None], float], ...] = (
    ("ocr.l-I", _roman, 0.93),
    ("ocr.act-number", _act, 0.95),
    ("ocr.letter-in-number", _figures, 0.95),
    ("ocr.number-suffix", _suffix, 0.97),
    ("ocr.number-suffix", _until, 0.97),
    ("space.lost", _glued, 0.95),
)


def _is_read_aloud(number: str) -> bool:
    return bool(number.strip("0")) and reading(number) is not None  # 000 is the end of 3 000


def _is_misread(number: str, *, ordinal: bool) -> bool:
    figures = sum(character.isdigit() for character in number)
    letters = len(number) - figures
    return letters > 0 and figures >= max(_FEWEST_FIGURES, letters) and (ordinal or number[-1] not in _UNIT)


def harmonious(number: str, suffix: str) -> Iterator[str]:
    """Yield the suffix itself if it fits the number, otherwise the common one that differs in its vowels alone.

    >>> list(harmonious("1918", "cu")), list(harmonious("59", "cu"))
    (['ci'], ['cu'])
    """
    shape = spoken_shape(number)
    if chains("digits", shape, suffix):
        yield suffix
        return
    options = [_heights(letter) if letter in VOWELS else (letter,) for letter in suffix]
    if sum(len(choice) > 1 for choice in options) > _MOST_VOWELS:
        return
    fitting = (way for way in map("".join, product(*options)) if chains("digits", shape, way))
    seen = sorted(((context().count(neighbour(f"1-{way}")), way) for way in fitting), reverse=True)
    if seen and seen[0][0] >= _COMMON and (len(seen) == 1 or seen[0][0] >= _CLEARLY * seen[1][0]):
        yield seen[0][1]


def _heights(vowel: str) -> tuple[str, ...]:
    """The vowels of suffixes that a vowel may stand for: those of its own height, any where no suffix has it."""
    return next((kind for kind in (_OPEN, _CLOSE) if vowel in kind), (*_OPEN, *_CLOSE))
