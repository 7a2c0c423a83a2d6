"""Numbers: letters read for figures inside them, and suffixes that do not follow the number as it is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import regex

from azproc.clean.ocr.context import context, neighbour
from azproc.language.alphabet import VOWELS
from azproc.language.reading import is_roman, reading, spoken_shape
from azproc.language.suffixes import chains
from azproc.rewrite import Edit

__all__ = ["mend_numeral"]

_SUFFIXED = regex.compile(r"(?P<number>\p{N}++(?:[.,:-]\p{N}++)*+|[IVXLC]++)-(?P<suffix>\p{Ll}{2,6}+)")  # one letter may name a class: 5-a
_MIXED = regex.compile(r"(?P<number>[\dOoIlıiİ]{3,}+)(?:-(?P<suffix>\p{Ll}{1,6}+))?")
_ROMAN = regex.compile(r"(?=[^IVX]*[IVX])(?=[^l]*l)[IVXLCl]{2,6}+")
_ROMAN_LETTER = str.maketrans({"l": "I"})
_FIGURE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "ı": "1", "i": "1", "İ": "1"})
_FEWEST_FIGURES = 2
_UNIT = frozenset("lIiıoO")  # litres, or a letter of an address: at the end of a number it may be meant
_ORDINALS = frozenset({"cı", "ci", "cu", "cü"})  # neither a unit nor a house has one
_OPEN, _CLOSE = ("a", "ə"), ("ı", "i", "u", "ü")
_MOST_VOWELS = 2
_COMMON = 20  # sightings of a suffix after numbers
_CLEARLY = 10
_SUFFIX_RULE, _FIGURE_RULE = "ocr.number-suffix", "ocr.letter-in-number"
_ROMAN_RULE = "ocr.l-I"
_SUFFIX_SURE, _FIGURE_SURE, _ROMAN_SURE = 0.97, 0.95, 0.93


def mend_numeral(token: str, start: int) -> Edit | None:
    """Return the edit that a number needs, or None.

    >>> [mend_numeral(token, 0).after for token in ("59-ci", "18-do", "40-do", "2O05", "196l-ci", "XlX")]
    ['59-cu', '18-də', '40-da', '2005', '1961-ci', 'XIX']
    >>> [mend_numeral(token, 0) for token in ("1918-ci", "20-si", "15l", "V-2", "XX-dən")]
    [None, None, None, None, None]
    """
    if _ROMAN.fullmatch(token) and is_roman(token.translate(_ROMAN_LETTER)):
        return Edit(start, start + len(token), token, token.translate(_ROMAN_LETTER), _ROMAN_RULE, _ROMAN_SURE)
    match = _MIXED.fullmatch(token)
    if match and _is_misread(match["number"], ordinal=match["suffix"] in _ORDINALS):
        after = match["number"].translate(_FIGURE) + token[match.end("number") :]
        return Edit(start, start + len(token), token, after, _FIGURE_RULE, _FIGURE_SURE)
    match = _SUFFIXED.fullmatch(token)
    if match and match["number"].strip("0") and reading(match["number"]) is not None:  # 000 is the end of 3 000
        suffix = next(_harmonious(match["number"], match["suffix"]), None)
        if suffix and suffix != match["suffix"]:
            return Edit(start, start + len(token), token, f"{match['number']}-{suffix}", _SUFFIX_RULE, _SUFFIX_SURE)
    return None


def _is_misread(number: str, *, ordinal: bool) -> bool:
    figures = sum(character.isdigit() for character in number)
    letters = len(number) - figures
    return letters > 0 and figures >= max(_FEWEST_FIGURES, letters) and (ordinal or number[-1] not in _UNIT)


def _harmonious(number: str, suffix: str) -> Iterator[str]:
    """Yield the suffix itself if it fits the number, otherwise the common one that differs in its vowels alone."""
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
