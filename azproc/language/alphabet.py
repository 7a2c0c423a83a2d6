"""The alphabet of Azerbaijani as one table; every other fact about letters is derived from it.

Source: the alphabet in force since 1992 (32 letters, in this order); vowel classes and voicing after the descriptive
grammars, for example Müasir Azərbaycan dili (Bakı, 1978), chapter on phonetics.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ALPHABET", "BACK_VOWELS", "CONSONANTS", "FRONT_VOWELS", "LETTERS", "ROUNDED_VOWELS", "VOICED", "VOWELS", "Letter"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: both cases, and for a vowel whether it is back and rounded; ``voiced`` is what a stem-final one becomes."""

    lower: str
    upper: str
    vowel: bool = False
    back: bool = False
    rounded: bool = False
    voiced: str = ""


ALPHABET: tuple[Letter, ...] = (
    Letter("a", "A", vowel=True, back=True),
    Letter("b", "B"),
    Letter("c", "C"),
    Letter("ç", "Ç"),
    Letter("d", "D"),
    Letter("e", "E", vowel=True),
    Letter("ə", "Ə", vowel=True),
    Letter("f", "F"),
    Letter("g", "G"),
    Letter("ğ", "Ğ"),
    Letter("h", "H"),
    Letter("x", "X"),
    Letter("ı", "I", vowel=True, back=True),
    Letter("i", "İ", vowel=True),
    Letter("j", "J"),
    Letter("k", "K", voiced="y"),
    Letter("q", "Q", voiced="ğ"),
    Letter("l", "L"),
    Letter("m", "M"),
    Letter("n", "N"),
    Letter("o", "O", vowel=True, back=True, rounded=True),
    Letter("ö", "Ö", vowel=True, rounded=True),
    Letter("p", "P"),
    Letter("r", "R"),
    Letter("s", "S"),
    Letter("ş", "Ş"),
    Letter("t", "T", voiced="d"),
    Letter("u", "U", vowel=True, back=True, rounded=True),
    Letter("ü", "Ü", vowel=True, rounded=True),
    Letter("v", "V"),
    Letter("y", "Y"),
    Letter("z", "Z"),
)

LETTERS = frozenset(form for letter in ALPHABET for form in (letter.lower, letter.upper))
VOWELS = frozenset(letter.lower for letter in ALPHABET if letter.vowel)
CONSONANTS = frozenset(letter.lower for letter in ALPHABET if not letter.vowel)
BACK_VOWELS = frozenset(letter.lower for letter in ALPHABET if letter.back)
FRONT_VOWELS = VOWELS - BACK_VOWELS
ROUNDED_VOWELS = frozenset(letter.lower for letter in ALPHABET if letter.rounded)
VOICED = {letter.lower: letter.voiced for letter in ALPHABET if letter.voiced}
