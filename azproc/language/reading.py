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

__all__ = ["is_roman", "last_spoken_vowel", "reading", "readings", "spoken_shape", "spoken_shapes"]

_ROMAN = regex.compile(r"(?=[IVXLCDM])M{0,3}+(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ONLY_LETTERS = frozenset("IVX")
_LONGEST_ABBREVIATION = 7
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NUMBER = regex.compile(r"[^\p{L}\d]*+\d[\d.,:/\u00a0\u2009\u202f -]*+")


@lru_cache(maxsize=1 << 14)
def readings(token: str) -> tuple[str, ...]:
    """Return the last word spoken when a number, abbreviation, unit or Roman numeral is read, the usual one first.

    An abbreviation is read as a word where it can be one (NATO), otherwise letter by letter (BMT), some both ways. Nothing is returned for other words.

    >>> readings("1918"), readings("ABŞ"), readings("kitab")
    (('səkkiz',), ('abş', 'şe'), ())
    """
    table = read_toml("readings.toml")
    signs: dict[str, str] = table["signs"]
    if not token:
        return ()
    if token in signs or token in table["names"]:
        return (signs.get(token) or table["names"][token],)
    if token[-1] in signs and not token[-1].isalpha() and readings(token[:-1]):
        return (signs[token[-1]],)
    number = _NUMBER.match(token)
    if number:
        if number.end() == len(token):
            return (_last_numeral(token),)
        unit = signs.get(token[number.end() :])
        return (unit,) if unit else ()
    if is_roman(token):
        return (_last_numeral(str(_roman(token))),)
    if 1 < len(token) <= _LONGEST_ABBREVIATION and token.isalpha() and is_upper(token[-2:]):
        return _abbreviation(token)
    return ()


def reading(token: str) -> str | None:
    """Return the last word spoken when a number, abbreviation, unit or Roman numeral is read; None for other words.

    A word of up to seven letters that ends in two capitals (BMT, AzTU) is taken for an abbreviation.

    >>> reading("1918"), reading("40"), reading("9,6"), reading("20%"), reading("XI"), reading("km"), reading("BMT")
    ('səkkiz', 'qırx', 'altı', 'faiz', 'bir', 'kilometr', 'te')
    >>> reading("NATO"), reading("kitab")
    ('nato', None)
    """
    return next(iter(readings(token)), None)


def is_roman(token: str) -> bool:
    """Tell whether a token is a Roman numeral; M, C, D and L alone are taken for letters (MMC, CD).

    >>> is_roman("XIX"), is_roman("MMC"), is_roman("İV")
    (True, False, False)
    """
    return not _ONLY_LETTERS.isdisjoint(token) and _ROMAN.fullmatch(token) is not None


def last_spoken_vowel(token: str) -> str:
    """Return the last vowel that is heard when a token or word is read aloud, or an empty string.

    >>> last_spoken_vowel("1918"), last_spoken_vowel("ABŞ"), last_spoken_vowel("kitab")
    ('i', 'a', 'a')
    """
    return last_vowel(fold(reading(token) or token))


def spoken_shape(token: str) -> Shape:
    """Return what a suffix sees of a token or word in its usual reading.

    >>> spoken_shape("40")
    Shape(vowel='ı', end='consonant')
    """
    return shape_of(reading(token) or fold(token))


def spoken_shapes(token: str) -> tuple[Shape, ...]:
    """Return what a suffix sees of a token that is read aloud, for each way to read it; nothing for other words.

    >>> [shape.vowel for shape in spoken_shapes("ABŞ")], spoken_shapes("kitab")
    (['ı', 'i'], ())
    """
    return tuple(dict.fromkeys(shape_of(spoken) for spoken in readings(token)))


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


def _abbreviation(token: str) -> tuple[str, ...]:
    """Return the readings of an abbreviation: a word if it can be one (NATO), the name of its last letter (BMT → te)."""
    table = read_toml("readings.toml")
    folded = fold(token.replace("I", "İ"))  # ı hardly occurs in abbreviations, the I of foreign ones does
    names = tuple(table["letters"].get(folded[-1], [folded[-1]]))
    if token in table["abbreviations"]:
        return (*table["abbreviations"][token], *names)
    if not any(letter in VOWELS for letter in folded):
        return names
    word_like = len(folded) > 2 and (folded[-1] in VOWELS or folded[-2] in VOWELS)
    return (folded,) if word_like else (*names, folded)
