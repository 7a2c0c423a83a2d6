"""How numbers, abbreviations, units and Roman numerals are read aloud: their suffixes follow the last spoken word.

Source: Azərbaycan dilinin orfoqrafiya qaydaları (2019), on the suffixes of figures and abbreviations.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from azproc.language.alphabet import VOWELS
from azproc.language.casing import fold, is_upper
from azproc.language.harmony import Shape, last_vowel, shape_of
from azproc.resources import read_toml

__all__ = ["last_spoken_vowel", "reading", "spoken_shape"]

_ROMAN = regex.compile(r"(?=[IVXLCDM])M{0,3}+(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NUMBER = regex.compile(r"[^\p{L}\d]*+\d[\d.,:/\u00a0\u2009\u202f -]*+")


@lru_cache(maxsize=1 << 14)
def reading(token: str) -> str | None:
    """Return the last word spoken when a number, abbreviation, unit or Roman numeral is read; None for other words.

    >>> reading("1918"), reading("40"), reading("9,6"), reading("20%"), reading("XI"), reading("km"), reading("BMT")
    ('səkkiz', 'qırx', 'altı', 'faiz', 'bir', 'kilometr', 'te')
    >>> reading("NATO"), reading("kitab")
    ('nato', None)
    """
    table = read_toml("readings.toml")
    signs: dict[str, str] = table["signs"]
    if not token:
        return None
    if token in signs:
        return signs[token]
    if token[-1] in signs and (len(token) == 1 or reading(token[:-1]) is not None):
        return signs[token[-1]]
    number = _NUMBER.match(token)
    if number:
        return _last_numeral(token) if number.end() == len(token) else signs.get(token[number.end() :])
    if _ROMAN.fullmatch(token):
        return _last_numeral(str(_roman(token)))
    if len(token) > 1 and token.isalpha() and is_upper(token):
        return _abbreviation(token)
    return None


def last_spoken_vowel(token: str) -> str:
    """Return the last vowel that is heard when a token or word is read aloud, or an empty string.

    >>> last_spoken_vowel("1918"), last_spoken_vowel("ABŞ"), last_spoken_vowel("kitab")
    ('i', 'a', 'a')
    """
    return last_vowel(fold(reading(token) or token))


def spoken_shape(token: str) -> Shape:
    """Return what a suffix sees of a token that is read aloud."""
    return shape_of(fold(reading(token) or token))


def _last_numeral(token: str) -> str:
    """Return the last numeral word of a figure: 1918 → səkkiz, 40 → qırx, 5000 → min."""
    words: dict[str, str] = read_toml("readings.toml")["numerals"]
    digits = regex.split(r"\D+", token.rstrip(".,:/- \u00a0\u2009\u202f"))
    if len(digits) > 1 and all(len(group) == 3 for group in digits[1:]) and "/" not in token and ":" not in token:
        digits = ["".join(digits)]
    figure = digits[-1].lstrip("0") or "0"
    zeros = len(figure) - len(figure.rstrip("0"))
    if figure == "0" or zeros == 0:
        return words[figure[-1]]
    if zeros == 1:
        return words[figure[-2:]]
    return next(words["1" + "0" * power] for power in (15, 12, 9, 6, 3, 2) if zeros >= power)


def _roman(token: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in token]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))


def _abbreviation(token: str) -> str:
    """Return an abbreviation as a word if it can be one (NATO, ABŞ), otherwise the name of its last letter (BMT → te)."""
    table = read_toml("readings.toml")
    folded = fold(token)
    if token in table["abbreviations"]:
        spoken: str = table["abbreviations"][token]
        return spoken
    if any(letter in VOWELS for letter in folded):
        return folded
    name: str = table["letters"].get(folded[-1], folded[-1])
    return name
