"""Exact arithmetic on the values of numbers, whatever the precision of the calling thread."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from azproc.spans import Quantity

__all__ = ["Value", "negated", "plain", "plus", "product", "times"]

Value = Quantity | tuple[Quantity, Quantity]

_EXACT = Context(prec=200)


def plain(value: Decimal) -> Decimal:
    """Return the same value without zeros at the end of its decimal places.

    >>> plain(Decimal("86600.0")), plain(Decimal("1.70")), plain(Decimal("1E+3"))
    (Decimal('86600'), Decimal('1.7'), Decimal('1000'))
    """
    short = _EXACT.normalize(value)
    return short if short.as_tuple().exponent <= 0 else _EXACT.quantize(short, Decimal(1))  # type: ignore[operator]


def plus(one: Quantity, other: Quantity) -> Quantity:
    """Return the sum of two values.

    >>> plus(Decimal("1.5"), Decimal("0.5")), plus(Fraction(1, 3), Decimal("0.5"))
    (Decimal('2'), Fraction(5, 6))
    """
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return plain(_EXACT.add(one, other))
    return Fraction(one) + Fraction(other)


def times(value: Value, factor: Decimal) -> Value:
    """Return a value, or both ends of a range, as many times.

    >>> times((Decimal(5), Decimal(10)), Decimal(1000)), times(Decimal(50), Decimal("0.01"))
    ((Decimal('5000'), Decimal('10000')), Decimal('0.5'))
    """
    if factor == 1:
        return value
    if isinstance(value, tuple):
        return product(value[0], factor), product(value[1], factor)
    return product(value, factor)


def product(value: Quantity, factor: Decimal) -> Quantity:
    """Return one value as many times.

    >>> product(Fraction(1, 3), Decimal("0.5"))
    Fraction(1, 6)
    """
    return value * Fraction(factor) if isinstance(value, Fraction) else plain(_EXACT.multiply(value, factor))


def negated(value: Value) -> Value:
    """Return a value, or both ends of a range, with the sign turned.

    >>> negated(Decimal(5))
    Decimal('-5')
    """
    return (-value[0], -value[1]) if isinstance(value, tuple) else -value
