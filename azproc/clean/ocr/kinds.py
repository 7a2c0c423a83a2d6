"""What is known of a token whatever stands around it, remembered for each spelling."""

from __future__ import annotations

from enum import IntEnum
from functools import cache, lru_cache

import regex

from azproc.clean.ocr.confusable import is_confusable
from azproc.clean.ocr.dates import is_dated
from azproc.clean.ocr.figures import may_have_schwa, mend_figure
from azproc.clean.ocr.lone import is_lone
from azproc.clean.ocr.numerals import ORDINALS, mend_numeral
from azproc.clean.ocr.punctuation import is_misread_mark
from azproc.clean.ocr.signs import is_double_v, is_misread_sign
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, is_capitalised, is_lower
from azproc.language.suffixes import chains
from azproc.resources import read_lines, read_table

__all__ = ["Kind", "is_doubled", "is_finite_verb", "kind_of", "parts"]

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
    STRAY = 6  # a word with a capital, hardly ever written so inside a sentence
    PROPER = 7  # a place name without its capital
    ACCUSATIVE = 8  # an accusative that a lost letter makes of a genitive
    FIGURED = 9  # a word with a figure for a letter
    SIGN = 10  # letters or figures that a sign looks like
    CLITIC = 11  # a capital on a word that never begins a sentence
    SCHWA = 12  # a word with a figure that a capital Ə is read as
    DATED = 13  # a year, an ordinal's suffix, a century, or a day glued to its month; its neighbours tell more
    MARK = 14  # figures that the brackets of a citation mark may have gone into
    LONE = 15  # what a lone letter is read as, or half of a number sign


_kinds: dict[str, Kind] = {}
_TELLING = frozenset("0123456789NVXITöÖ")  # what the tokens below begin with, others but ordinals
_TOLD_BY_LETTERS = ((Kind.SIGN, is_misread_sign), (Kind.DATED, is_dated), (Kind.MARK, is_misread_mark), (Kind.LONE, is_lone))


def kind_of(token: str) -> Kind:
    """Return what is known of a token.

    >>> [kind_of(token).name for token in ("kitab", "aprclin", "1918-ci", "18-dən", "2O05", "Etdi")]
    ['SOUND', 'UNKNOWN', 'DATED', 'OTHER', 'NUMERAL', 'STRAY']
    """
    found = _kinds.get(token)
    if found is None:
        if len(_kinds) >= _MOST:
            _kinds.clear()
        found = _kinds[token] = _judge(token)
    return found


def parts(token: str) -> list[str]:
    """Return the parts of a token between its hyphens and apostrophes, and the signs themselves, in order.

    >>> parts("etnik-siyasi")
    ['etnik', '-', 'siyasi']
    """
    return [str(piece) for piece in _JOINT.split(token)]


def is_doubled(word: str) -> bool:
    """Tell whether a word, folded, is one that is written twice.

    >>> is_doubled("tez-tez"), is_doubled("etnik-siyasi")
    (True, False)
    """
    first, _, second = word.partition("-")
    return bool(second) and first == second


def _judge(token: str) -> Kind:
    if len(token) > _LONGEST:
        return Kind.OTHER
    if token[0] in _TELLING or token in ORDINALS:
        found = next((kind for kind, is_of_kind in _TOLD_BY_LETTERS if is_of_kind(token)), None)
        if found is not None:
            return found
    if len(token) < 2:
        return Kind.OTHER
    if token.isalpha():
        if token[0] in _ROMAN and _ROMAN.issuperset(token) and mend_numeral(token, 0):
            return Kind.NUMERAL
    elif any(map(str.isdigit, token)):
        if not any(map(str.isalpha, token)):
            return Kind.OTHER
        if mend_numeral(token, 0):
            return Kind.NUMERAL
        if mend_figure(token, 0):
            return Kind.FIGURED
        return Kind.SCHWA if may_have_schwa(token) else Kind.OTHER
    elif not token[0].isalpha():
        return Kind.OTHER
    elif mend_numeral(token, 0):
        return Kind.NUMERAL
    word, words = token if token.isalpha() and is_lower(token) else fold(token), vocabulary().words
    count, capitals = words.entry(word)
    if count < 0:
        if "vv" in word and is_double_v(token):
            return Kind.SIGN
        if words.knows(word):
            return Kind.FORMED if token.isalpha() else Kind.UNKNOWN if is_doubled(word) else Kind.SOUND
        return Kind.SOUND if _is_dialect(word) else Kind.UNKNOWN
    if is_capitalised(token) and is_lower(token[1:]) and word in _postpositions():
        return Kind.CLITIC
    if is_confusable(word):
        return Kind.CONFUSABLE
    is_written_small = len(token) > 2 and is_lower(token[1:])
    if is_written_small and capitals > _ALWAYS and count >= _WELL_KNOWN and is_lower(token) and _is_place(word):
        return Kind.PROPER
    if word.endswith(_ACCUSATIVES) and words.entry(word + "n")[0] >= 0:
        return Kind.ACCUSATIVE
    if is_written_small and capitals < _NEVER and count >= _COMMON and is_capitalised(token):
        return Kind.STRAY
    return Kind.SOUND


@lru_cache(maxsize=1 << 14)
def is_finite_verb(word: str) -> bool:
    """Tell whether a word, folded, is a finite verb, and no form of a stem that is as common.

    >>> is_finite_verb("etdi"), is_finite_verb("kitab")
    (True, False)
    """
    words, verb = vocabulary().words, False
    count = words.entry(word)[0]
    for end, stem, root, shape in words.stems(word):
        for chain in chains(root, shape, word[end:]):
            if root == "verb" and _FINITE.intersection(chain.suffixes):
                verb = True
            elif words.entry(stem)[0] >= count:
                return False
    return verb


def _is_place(word: str) -> bool:
    return word in _place_names() or any(one.stem in _place_names() for one in vocabulary().words.analyses(word)[:1])


def _is_dialect(word: str) -> bool:
    """Tell whether a word is known once a dialect's letters or endings give way to the standard ones (``onnan``, ``bajı``)."""
    knows = vocabulary().words.knows
    for spoken, standard in read_table("dialect.tsv"):
        if spoken.startswith("-"):
            ending = spoken[1:]
            if word.endswith(ending) and len(word) > len(ending) and knows(word[: -len(ending)] + standard[1:]):
                return True
        elif spoken in word and knows(word.replace(spoken, standard)):
            return True
    return False


@cache
def _postpositions() -> frozenset[str]:
    return frozenset(read_lines("postpositions.txt"))


@cache
def _place_names() -> frozenset[str]:
    rows = (*read_table("gazetteer/places.tsv"), *read_table("gazetteer/known.tsv"))
    return frozenset(fold(row[0]) for row in rows if len(row) > 1 and row[1] in _PLACES)
