"""The name of an edit: the kind of the damage and the confusion, what was read before what was meant (``ocr.o-ə``)."""

from __future__ import annotations

from rapidfuzz.distance import Postfix, Prefix

from azproc.clean.ocr.candidates import Reading
from azproc.clean.ocr.kinds import is_doubled

__all__ = ["rule_of"]

_MARKED = {"ç": "c", "ğ": "g", "i": "ı", "ö": "o", "ş": "s", "ü": "u"}  # a dot, cedilla or breve that gets lost
_HARMONIC = (frozenset("aə"), frozenset("ıiuü"))
_ENDING = 4  # vowels nearer to the end of a word than this are as a rule a suffix's


def rule_of(read: str, reading: Reading) -> str:
    """Return the rule's name for a damaged word, folded, and the reading chosen for it.

    Several confusions are joined by ``+``; a letter that was lost or added has one side only.

    >>> rule_of("vo", Reading("və", 6.0)), rule_of("mayrn", Reading("mayın", 6.0))
    ('ocr.o-ə', 'ocr.r-ı')
    >>> rule_of("həmcinin", Reading("həmçinin", 6.0)), rule_of("hissələrinın", Reading("hissələrinin", 6.0))
    ('diacritic.c-ç', 'harmony.ı-i')
    >>> rule_of("tcz-tcz", Reading("tez-tez", 6.0))
    'ocr.c-e'
    >>> rule_of("platlforma", Reading("platforma", 9.0))
    'spelling.l-'
    """
    meant = reading.word
    if is_doubled(read) and is_doubled(meant):
        read, meant = read.partition("-")[0], meant.partition("-")[0]
    names = [_name(one.read, one.meant, len(read)) for one in reading.confusions]
    if len(names) < 2:
        start = Prefix.similarity(read, meant)
        end = min(Postfix.similarity(read, meant), len(read) - start, len(meant) - start)
        names = [_name(read[start : len(read) - end], meant[start : len(meant) - end], end)]
    return "+".join(dict.fromkeys(names))


def _name(read: str, meant: str, from_end: int) -> str:
    if not read or not meant:
        kind = "spelling"
    elif from_end < _ENDING and any(read in group and meant in group for group in _HARMONIC):
        kind = "harmony"
    elif _MARKED.get(meant) == read:
        kind = "diacritic"
    else:
        kind = "ocr"
    return f"{kind}.{read}-{meant}"
