"""Fractions: ``1/3``, ``1½``, ``üçdə bir`` (one third), ``altıda biri``, ``iki tam onda beş`` (2.5), ``yarısı`` (half of it).

A fraction in words has its denominator in the locative and its numerator after it: Müasir Azərbaycan dili (Bakı, 1978), chapter on
the numeral.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from azproc.extract.numerals import GAP, Numeral, words_at
from azproc.extract.values import plain
from azproc.language.casing import to_lower

__all__ = ["fraction_at"]

_SLASHED = re.compile(r"(?!7/24(?!\d))([1-9][0-9]{0,3})[/⁄]([1-9][0-9]{0,3})(?![0-9/⁄]|[.,][0-9])")  # 7/24 is always open
_SIGNS = {"¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "⅛": Fraction(1, 8)}
_SIGNED = re.compile(rf"([0-9]{{1,4}}){GAP}?([{''.join(_SIGNS)}])|([{''.join(_SIGNS)}])")
_WHOLE = re.compile(rf"{GAP}tam{GAP}(?:və{GAP})?")
_TENTH = re.compile(rf"[oO]nda{GAP}")  # otherwise "in it"
_LOCATIVE = re.compile(r"d[aəeo]$")
_PART = re.compile(rf"{GAP}hiss[əi]")
_GAP = re.compile(GAP)
_HALF = re.compile(rf"[yY](?:arısı(?:n[ıa]|nın|ndan?|na(?:dək|can))?(?:dır)?|arıdan(?={GAP}(?:çox|az|artıq)))(?!\w)")
_NO_HALF_BEFORE = re.compile(  # the second half of a period, midnight, half past
    rf"(?:inci|ıncı|uncu|üncü|ncı|nci|ilk|son|sonuncu|gecə|Gecə|[IVX]+|-c[ıiuü]|ay(?:ın)?|ilin|əsrin|günün|gecənin|saatın|saat[^.]{{0,12}}){GAP}\Z"
)
_SIMPLEST = 1000
_ONE_OF = re.compile(r"biri(?P<suffix>si)?(?P<case>n[ıi]n?|nə|ndən?|dir)?(?!\w)")


def fraction_at(text: str, at: int, numeral: Numeral | None) -> tuple[int, Decimal | Fraction, str] | None:
    """Return the end, value and suffix of the fraction that begins at ``at``, or None.

    >>> [fraction_at(text, 0, words_at(text, 0)) for text in ("üçdə bir", "1/3", "iki tam onda beş", "24/7")]
    [(8, Fraction(1, 3), ''), (3, Fraction(1, 3), ''), (16, Decimal('2.5'), ''), None]
    """
    if slashed := _SLASHED.match(text, at):
        above, below = int(slashed[1]), int(slashed[2])
        suffixed = words_at(text, slashed.start(2))
        proper = above < below <= _SIMPLEST and suffixed is not None and suffixed.form == "digits"
        return (suffixed.end, Fraction(above, below), suffixed.suffix) if proper and suffixed else None
    if signed := _SIGNED.match(text, at):
        return signed.end(), _decimal(int(signed[1]) + _SIGNS[signed[2]]) if signed[1] else _SIGNS[signed[3]], ""
    if half := _HALF.match(text, at):
        return None if _NO_HALF_BEFORE.search(text, max(0, at - 24), at) else (half.end(), Fraction(1, 2), to_lower(half[0])[4:])
    if numeral and not numeral.suffix and (whole := _WHOLE.match(text, numeral.end)):
        part = _proper(text, whole.end(), words_at(text, whole.end()), decimal=True)
        return (part[0], _decimal(Fraction(numeral.value) + part[1]), part[2]) if part else None
    return _proper(text, at, numeral, decimal=False)


def _decimal(value: Fraction) -> Decimal | Fraction:
    """Return a fraction of tenths, hundredths and so on as the decimal that it is."""
    places = len(str(value.denominator))
    tens = value * 10**places
    return plain(Decimal(int(tens)).scaleb(-places)) if tens == int(tens) else value


def _proper(text: str, at: int, numeral: Numeral | None, *, decimal: bool) -> tuple[int, Fraction, str] | None:
    if tenth := _TENTH.match(text, at):
        below, gap_end, pronoun = 10, tenth.end(), True
    else:
        gap = _GAP.match(text, numeral.end) if numeral and not numeral.ordinal and _LOCATIVE.search(numeral.suffix) else None
        if numeral is None or gap is None or numeral.value != int(numeral.value):
            return None
        below, gap_end, pronoun = int(numeral.value), gap.end(), numeral.form != "words"
    above = words_at(text, gap_end) or _one_of(text, gap_end)
    if above is None or above.ordinal or above.value >= below or above.value != int(above.value) or above.value == 0:
        return None
    owned = above.suffix != "" or _PART.match(text, above.end) is not None
    if pronoun and not owned and not decimal:  # onda iki also means "he has two", 3-də 1 may be a place and a number
        return None
    return above.end, Fraction(int(above.value), below), above.suffix


def _one_of(text: str, at: int) -> Numeral | None:
    match = _ONE_OF.match(text, at)
    return Numeral(at, match.end(), at + 3, Decimal(1), "words", suffix=text[at + 3 : match.end()]) if match else None
