"""What is known of a token whatever stands around it, remembered for each spelling."""

from __future__ import annotations

from enum import IntEnum
from functools import cache

import regex

from azproc.clean.ocr.confusable import is_confusable
from azproc.clean.ocr.figures import mend_figure
from azproc.clean.ocr.numerals import mend_numeral
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, is_capitalised, is_lower
from azproc.resources import read_table

__all__ = ["Kind", "kind_of", "kinds_of", "parts"]

_JOINT = regex.compile(r"([-'’])")
_LONGEST = 40  # letters; nothing longer is a word of the language
_MOST = 300_000
_NEVER, _ALWAYS = 0.02, 0.98  # shares of capitals inside sentences
_COMMON, _WELL_KNOWN = 200, 2000  # sightings
_FINITE = frozenset({"past", "present", "copula.past", "copula"})
_ACCUSATIVES = ("ını", "ini", "unu", "ünü")  # of a noun that is possessed itself
_ROMAN = frozenset("IVXLCl")
_PLACES = frozenset({"country", "capital"})


class Kind(IntEnum):
    """Why a token is looked at, if it is."""

    SOUND = 0  # a word, nothing to ask
    OTHER = 1  # no word
    CONFUSABLE = 2  # a word that a commoner one is easily read as
    FORMED = 3  # not listed, but well formed from a listed stem
    UNKNOWN = 4  # neither listed nor well formed
    NUMERAL = 5  # a number with a letter or a suffix that does not fit
    STRAY = 6  # a finite verb with a capital, hardly ever written so
    PROPER = 7  # a place name without its capital
    ACCUSATIVE = 8  # an accusative that a lost letter makes of a genitive
    FIGURED = 9  # a word with a figure for a letter


_kinds: dict[str, Kind] = {}


def kind_of(token: str) -> Kind:
    """Return what is known of a token.

    >>> [kind_of(token).name for token in ("kitab", "aprclin", "1918-ci", "59-ci", "Etdi")]
    ['SOUND', 'UNKNOWN', 'OTHER', 'NUMERAL', 'STRAY']
    """
    found = _kinds.get(token)
    if found is None:
        if len(_kinds) >= _MOST:
            _kinds.clear()
        found = _kinds[token] = _judge(token)
    return found


def kinds_of(tokens: tuple[str, ...]) -> tuple[Kind, ...]:
    """Return `kind_of` of many tokens."""
    kinds = {token: kind_of(token) for token in set(tokens)}
    return tuple(map(kinds.__getitem__, tokens))


def parts(token: str) -> list[str]:
    """Return the parts of a token between its hyphens and apostrophes, and the signs themselves, in order.

    >>> parts("etnik-siyasi")
    ['etnik', '-', 'siyasi']
    """
    return [str(piece) for piece in _JOINT.split(token)]


def _judge(token: str) -> Kind:
    if len(token) < 2 or len(token) > _LONGEST:
        return Kind.OTHER
    if token.isalpha():
        if _ROMAN.issuperset(token) and mend_numeral(token, 0):
            return Kind.NUMERAL
    elif any(map(str.isdigit, token)):
        if mend_numeral(token, 0):
            return Kind.NUMERAL
        return Kind.FIGURED if mend_figure(token, 0) else Kind.OTHER
    elif not token[0].isalpha():
        return Kind.OTHER
    elif mend_numeral(token, 0):
        return Kind.NUMERAL
    words, word = vocabulary(), fold(token)
    if words.lists(word):
        return Kind.CONFUSABLE if is_confusable(word) else _by_capital(token, word)
    if words.knows(word):
        return Kind.FORMED if token.isalpha() else Kind.SOUND
    return Kind.UNKNOWN


def _by_capital(token: str, word: str) -> Kind:
    if len(token) > 2 and is_lower(token[1:]):
        if is_capitalised(token) and _never_capital(word):
            return Kind.STRAY
        if not is_capitalised(token) and _always_capital(word):
            return Kind.PROPER
    return _by_ending(word)


def _by_ending(word: str) -> Kind:
    return Kind.ACCUSATIVE if word.endswith(_ACCUSATIVES) and vocabulary().lists(word + "n") else Kind.SOUND


def _never_capital(word: str) -> bool:
    words = vocabulary()
    count, capitals = words.words.entry(word)
    if capitals >= _NEVER or count < _COMMON:
        return False
    verb = False
    for one in words.words.analyses(word):
        if one.part == "verb" and _FINITE.intersection(one.suffixes):
            verb = True
        elif words.words.count(one.stem) >= words.words.count(word):
            return False
    return verb


def _always_capital(word: str) -> bool:
    words = vocabulary()
    count, capitals = words.words.entry(word)
    if capitals <= _ALWAYS or count < _WELL_KNOWN:
        return False
    return word in _place_names() or any(one.stem in _place_names() for one in words.words.analyses(word)[:1])


@cache
def _place_names() -> frozenset[str]:
    rows = (*read_table("gazetteer/places.tsv"), *read_table("gazetteer/known.tsv"))
    return frozenset(fold(row[0]) for row in rows if len(row) > 1 and row[1] in _PLACES)
