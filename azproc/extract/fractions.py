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

__all__ = ["fraction_at", "part_at"]

_SLASHED = re.compile(r"(?!7/24(?!\d))([1-9][0-9]{0,3})[/⁄]([1-9][0-9]{0,3})(?![0-9/⁄]|[.,][0-9])")  # 7/24 is always open
_SIGNS = {"¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "⅛": Fraction(1, 8)}
_SIGNED = re.compile(rf"([0-9]{{1,4}}){GAP}?([{''.join(_SIGNS)}])")
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


def fraction_at(text: str, numeral: Numeral) -> tuple[int, Decimal | Fraction, str] | None:
    """Return the end, value and suffix of the fraction that a numeral begins, or None.

    >>> [fraction_at(text, words_at(text, 0)) for text in ("üçdə bir", "1/3", "iki tam onda beş", "24/7")]
    [(8, Fraction(1, 3), ''), (3, Fraction(1, 3), ''), (16, Decimal('2.5'), ''), None]
    """
    if numeral.form == "digits":
        if slashed := _SLASHED.match(text, numeral.start):
            return _slashed(text, slashed)
        if signed := _SIGNED.match(text, numeral.start):
            return signed.end(), _decimal(int(signed[1]) + _SIGNS[signed[2]]), ""
    if not numeral.suffix and (whole := _WHOLE.match(text, numeral.end)):
        part = _tenths(text, whole.end(), decimal=True) or _proper(text, words_at(text, whole.end()), decimal=True)
        return (part[0], _decimal(Fraction(numeral.value) + part[1]), part[2]) if part else None
    return _proper(text, numeral, decimal=False)


def part_at(text: str, at: int) -> tuple[int, Fraction, str] | None:
    """Return the end, value and suffix of the fraction at ``at`` that begins without a numeral, or None: ½, yarısı, onda biri.

    >>> [part_at(text, 0) for text in ("½ stəkan", "yarısına", "onda biri", "onda iki alma var")]
    [(1, Fraction(1, 2), ''), (8, Fraction(1, 2), 'sına'), (9, Fraction(1, 10), 'i'), None]
    """
    if text[at] in _SIGNS:
        return at + 1, _SIGNS[text[at]], ""
    if half := _HALF.match(text, at):
        return None if _NO_HALF_BEFORE.search(text, max(0, at - 24), at) else (half.end(), Fraction(1, 2), to_lower(half[0])[4:])
    return _tenths(text, at, decimal=False)


def _slashed(text: str, match: re.Match[str]) -> tuple[int, Fraction, str] | None:
    above, below = int(match[1]), int(match[2])
    suffixed = words_at(text, match.start(2))
    proper = above < below <= _SIMPLEST and suffixed is not None and suffixed.form == "digits"
    return (suffixed.end, Fraction(above, below), suffixed.suffix) if proper and suffixed else None


def _decimal(value: Fraction) -> Decimal | Fraction:
    """Return a fraction of tenths, hundredths and so on as the decimal that it is."""
    places = len(str(value.denominator))
    tens = value * 10**places
    return plain(Decimal(int(tens)).scaleb(-places)) if tens == int(tens) else value


def _proper(text: str, numeral: Numeral | None, *, decimal: bool) -> tuple[int, Fraction, str] | None:
    if numeral is None or numeral.ordinal or not _LOCATIVE.search(numeral.suffix) or numeral.value != int(numeral.value):
        return None
    gap = _GAP.match(text, numeral.end)
    return _above(text, gap.end(), int(numeral.value), owned=numeral.form != "words" and not decimal) if gap else None


def _tenths(text: str, at: int, *, decimal: bool) -> tuple[int, Fraction, str] | None:
    tenth = _TENTH.match(text, at)
    return _above(text, tenth.end(), 10, owned=not decimal) if tenth else None


def _above(text: str, at: int, below: int, *, owned: bool) -> tuple[int, Fraction, str] | None:
    """Read the numerator; it must be ``owned``, ours of something, where the denominator may mean a place: onda iki also is "he has two"."""
    above = words_at(text, at) or _one_of(text, at)
    if above is None or above.ordinal or above.value >= below or above.value != int(above.value) or above.value == 0:
        return None
    if owned and not (above.suffix or _PART.match(text, above.end)):
        return None
    return above.end, Fraction(int(above.value), below), above.suffix


def _one_of(text: str, at: int) -> Numeral | None:
    match = _ONE_OF.match(text, at)
    return Numeral(at, match.end(), at + 3, Decimal(1), "words", suffix=text[at + 3 : match.end()]) if match else None
