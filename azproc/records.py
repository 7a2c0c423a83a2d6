"""Spans as plain records, for JSON and CSV, and back.

A record holds the fields of the span under their own names. Numbers are exact strings: ``"9.6"``, ``"1/3"``, and a range
is a list of two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import msgspec

from azproc.errors import InputError
from azproc.spans import Citation, Date, Entity, Number, Quantity, Sentence, Span, Token

__all__ = ["LAYER_TYPES", "quantity_text", "span_from_record", "span_record", "value_text"]

LAYER_TYPES: Mapping[str, type[Span]] = {
    "sentences": Sentence,
    "tokens": Token,
    "citations": Citation,
    "dates": Date,
    "numbers": Number,
    "entities": Entity,
}


def quantity_text(quantity: Quantity) -> str:
    """Return a quantity as an exact string.

    >>> quantity_text(Decimal("9.6")), quantity_text(Decimal("5E+6")), quantity_text(Fraction(1, 3))
    ('9.6', '5000000', '1/3')
    """
    if isinstance(quantity, Fraction):
        return f"{quantity.numerator}/{quantity.denominator}"
    return f"{quantity:f}"


def value_text(value: Quantity | tuple[Quantity, Quantity] | str | None) -> str:
    """Return the value of a date or number as the annotation guide writes it: a range as ``a/b``, nothing as ''.

    >>> value_text((Decimal(5), Decimal(10)))
    '5/10'
    """
    if isinstance(value, tuple):
        return "/".join(map(quantity_text, value))
    return (value or "") if isinstance(value, str) or value is None else quantity_text(value)


def span_record(span: Span) -> dict[str, Any]:
    """Return the fields of a span as a plain dictionary that JSON can hold.

    >>> span_record(Number(0, 9, "5-10 nəfər", (Decimal(5), Decimal(10)), "quantity", "nəfər"))["value"]
    ['5', '10']
    """
    record = {field.name: getattr(span, field.name) for field in fields(span)}
    if isinstance(span, Number):
        value = span.value
        record["value"] = [*map(quantity_text, value)] if isinstance(value, tuple) else quantity_text(value)
    return record


def span_from_record(record: Mapping[str, Any], kind: type[Span]) -> Span:
    """Return the span of a record; raise `InputError` where a field is missing, unknown, of another type or no number.

    >>> span_from_record({"start": 0, "end": 3, "text": "1/3", "value": "1/3", "type": "fraction"}, Number).value
    Fraction(1, 3)
    """
    try:
        if issubclass(kind, Number):
            number = msgspec.convert(record, _NumberRecord)
            value = number.value
            exact = _quantity(value) if isinstance(value, str) else (_quantity(value[0]), _quantity(value[1]))
            return kind(**msgspec.structs.asdict(number) | {"value": exact})
        _check_names(record, kind)
        return msgspec.convert(record, kind)
    except (TypeError, ValueError, InvalidOperation, ZeroDivisionError) as error:
        raise InputError(f"{dict(record)!r} is no {kind.__name__} ({error}): compare its fields with azproc.spans") from error


class _NumberRecord(msgspec.Struct, forbid_unknown_fields=True):
    start: int
    end: int
    text: str
    value: str | tuple[str, str]
    type: str
    unit: str | None = None
    mod: str | None = None
    rule: str = ""


def _check_names(record: Mapping[str, Any], kind: type[Span]) -> None:
    unknown = record.keys() - {field.name for field in fields(kind)}
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")


def _quantity(text: str) -> Quantity:
    quantity = Fraction(text) if "/" in text else Decimal(text)
    if isinstance(quantity, Decimal) and not quantity.is_finite():
        raise ValueError(f"{text} is no quantity")
    return quantity
