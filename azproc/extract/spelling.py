"""Spell numbers in words, in any case, as cardinals or ordinals: the inverse of `azproc.extract.numerals`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache

from azproc.errors import InputError
from azproc.extract.tables import rows
from azproc.language.harmony import realise, shape_of
from azproc.language.suffixes import attach

__all__ = ["to_words"]

_LIMIT = 10**21
_CASES = ("genitive", "dative", "accusative", "locative", "ablative")
_ORDINAL = "(I)ncI"


def to_words(n: int | Decimal | Fraction, *, ordinal: bool = False, case: str | None = None) -> str:
    """Return a number in words: whole numbers below 10^21, decimals and fractions.

    ``case`` is one of genitive, dative, accusative, locative, ablative. Raises ``InputError`` for a number out of range, for an
    ordinal that is not a whole number from 0 up, and for an unknown case.

    >>> to_words(344), to_words(831, ordinal=True), to_words(2018, case="locative")
    ('üç yüz qırx dörd', 'səkkiz yüz otuz birinci', 'iki min on səkkizdə')
    >>> to_words(Decimal("2.5")), to_words(Fraction(1, 3)), to_words(-5)
    ('iki tam onda beş', 'üçdə bir', 'mənfi beş')
    """
    if case not in _CASES and case is not None:
        raise InputError(f"case must be one of {', '.join(_CASES)} or None, not {case!r}")
    words = _spell(n)
    if ordinal:
        if n < 0 or Fraction(n).denominator != 1:
            raise InputError(f"only whole numbers from 0 up have an ordinal, not {n}")
        words += realise(_ORDINAL, shape_of(words))[0][0]
    head, _, last = words.rpartition(" ")
    return f"{head} {attach(last, case)}".lstrip() if case else words


def _spell(n: int | Decimal | Fraction) -> str:
    exact = Fraction(n) if not isinstance(n, Decimal) or n.is_finite() else None
    if exact is None or abs(exact) >= _LIMIT:
        raise InputError(f"only numbers below 10^21 are spelled, not {n}")
    if exact < 0:
        return f"mənfi {_spell(-n)}"
    whole, rest = divmod(exact, 1)
    spelled = " ".join(_whole(int(whole))) or "sıfır"
    if not rest:
        return spelled
    below = 10 ** -int(n.normalize().as_tuple().exponent) if isinstance(n, Decimal) else rest.denominator
    part = f"{attach(' '.join(_whole(below)), 'locative')} {' '.join(_whole(int(rest * below)))}"
    return part if not whole and isinstance(n, Fraction) else f"{spelled} tam {part}"


@cache
def _words() -> dict[int, str]:
    spelled: dict[int, str] = {}
    for row in rows("numerals.tsv"):
        if row["rank"] in {"unit", "ten", "hundred", "scale"}:
            spelled.setdefault(int(row["value"]), row["word"])
    return spelled


def _whole(n: int) -> Iterator[str]:
    """Yield the words of a whole number; zero has none, and one thousand is ``min``, not ``bir min``."""
    for scale in sorted((worth for worth in _words() if worth >= 1000), reverse=True):
        group, n = divmod(n, scale)
        if group:
            yield from () if (group, scale) == (1, 1000) else _below_thousand(group)
            yield _words()[scale]
    yield from _below_thousand(n)


def _below_thousand(n: int) -> Iterator[str]:
    hundreds, n = divmod(n, 100)
    if hundreds:
        yield from (_words()[hundreds],) if hundreds > 1 else ()
        yield _words()[100]
    tens, units = n // 10 * 10, n % 10
    yield from (_words()[part] for part in (tens, units) if part)
