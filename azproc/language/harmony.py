"""Vowel harmony: how the underlying form of a suffix is written after a given stem.

Every suffix vowel follows the last vowel before it: A is a or ə by backness, I is ı, i, u or ü by backness and rounding.
Source: Azərbaycan dilinin orfoqrafiya qaydaları (2019), on the writing of suffixes.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from azproc.language.alphabet import BACK_VOWELS, ROUNDED_VOWELS, VOWELS
from azproc.language.casing import to_lower

__all__ = ["CONSONANT", "HARD", "LATERAL", "SOFT", "VOWEL", "Shape", "fits", "harmonise", "last_vowel", "realise", "shape_of", "surface_harmonises"]

VOWEL, LATERAL, CONSONANT = "vowel", "l", "consonant"
HARD = "hard"  # q, k or t that may not stand before a vowel
SOFT = "soft"  # ğ, y or d that must stand before a vowel

_SOFTENED = {"q": "ğ", "k": "y", "t": "d"}
_UNCHANGING = ("dək", "kən", "tək")


class Shape(NamedTuple):
    """All that a suffix sees of what stands before it: the close vowel that fits, and the kind of the last letter."""

    vowel: str
    end: str


def last_vowel(text: str) -> str:
    """Return the last vowel of a lower-case text, or an empty string.

    >>> last_vowel("kitab"), last_vowel("km")
    ('a', '')
    """
    return next((letter for letter in reversed(text) if letter in VOWELS), "")


def harmonise(vowel: str) -> str:
    """Return the close vowel (ı, i, u, ü) that follows a vowel in a suffix; i where there is no vowel.

    >>> "".join(harmonise(vowel) for vowel in "aıeəioöuü")
    'ııiiiuüuü'
    """
    if not vowel:
        return "i"
    if vowel in BACK_VOWELS:
        return "u" if vowel in ROUNDED_VOWELS else "ı"
    return "ü" if vowel in ROUNDED_VOWELS else "i"


def shape_of(stem: str, end: str | None = None) -> Shape:
    """Return the shape of a lower-case stem; ``end`` overrides the kind of the last letter.

    >>> shape_of("göz"), shape_of("ana")
    (Shape(vowel='ü', end='consonant'), Shape(vowel='ı', end='vowel'))
    """
    final = stem[-1:]
    kind = end or (VOWEL if final in VOWELS else LATERAL if final == "l" else CONSONANT)
    return Shape(harmonise(last_vowel(stem)), kind)


@cache
def realise(form: str, shape: Shape) -> tuple[tuple[str, Shape], ...]:
    """Return the ways in which an underlying form is written after a shape, each with the shape that it leaves.

    There are two ways for a form in K or T (hard, and softened before a vowel), none where two vowels would meet.

    >>> realise("lAr", shape_of("göz"))
    (('lər', Shape(vowel='i', end='consonant')),)
    >>> [surface for surface, _ in realise("lIK", shape_of("uşaq"))]
    ['lıq', 'lığ']
    """
    if form.startswith("("):
        buffer, rest = form[1], form[3:]
        form = buffer + rest if (buffer in "AI") != (shape.end == VOWEL) else rest
    surface = _fill(form, shape.vowel)
    starts_with_vowel = surface[0] in VOWELS
    if (shape.end == SOFT and not starts_with_vowel) or (shape.end in {HARD, VOWEL} and starts_with_vowel):
        return ()
    vowel = harmonise(last_vowel(surface)) if last_vowel(surface) else shape.vowel
    if form[-1] in "KT":
        return (surface, Shape(vowel, HARD)), (surface[:-1] + _SOFTENED[surface[-1]], Shape(vowel, SOFT))
    return ((surface, Shape(vowel, shape_of(surface).end)),)


def fits(condition: str, shape: Shape) -> bool:
    """Tell whether a shape meets the condition of a form: ``vowel``, ``consonant``, ``l``, or none.

    >>> fits("consonant", shape_of("göz")), fits("l", shape_of("göz"))
    (True, False)
    """
    if condition == CONSONANT:
        return shape.end != VOWEL
    return condition in {"", shape.end}


def _fill(form: str, vowel: str) -> str:
    letters: list[str] = []
    for place, symbol in enumerate(form):
        back = vowel in BACK_VOWELS
        if symbol == "A":
            letter = "a" if back else "ə"
        elif symbol == "I":
            letter = vowel
        elif symbol == "K":
            hard = "q" if back else "k"
            letter = _SOFTENED[hard] if form[place + 1 : place + 2] in {"A", "I"} else hard
        elif symbol == "T":
            letter = "t"
        else:
            letter = symbol
        letters.append(letter)
        if letter in VOWELS:
            vowel = harmonise(letter)
    return "".join(letters)


def surface_harmonises(stem: str, ending: str) -> bool:
    """Tell whether each vowel of a written ending follows the vowel before it; -dək, -kən and -tək never change.

    >>> surface_harmonises("hissə", "lərinin"), surface_harmonises("hissə", "lərinın")
    (True, False)
    """
    ending = to_lower(ending)
    vowel = last_vowel(to_lower(stem))
    for place, letter in enumerate(ending):
        if letter not in VOWELS:
            continue
        if not ending.startswith(_UNCHANGING, place - 1):
            close = harmonise(vowel)
            if letter not in {close, "a" if close in BACK_VOWELS else "ə"}:
                return False
        vowel = letter
    return True
