"""Standoff annotation: pieces of a text with their place and what is known about them.

Offsets are Unicode code points, half-open, into the text of the object that holds the span.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import datetime

__all__ = ["Citation", "Date", "Entity", "Number", "Quantity", "Sentence", "Span", "Token", "from_columns", "make_tokens"]

Quantity = Decimal | Fraction
S = TypeVar("S", bound="Span")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: ``text`` stands at ``[start, end)`` of the whole.

    >>> Span(0, 4, "Bakı").text
    'Bakı'
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Token(Span):
    """A token; ``kind`` is word, number, punctuation, symbol, citation, url, email, phone and so on."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence, from its first to its last character that is no white space."""


@dataclass(frozen=True, slots=True)
class Citation(Span):
    """A citation mark; ``kind`` is numeric, note or editorial, ``rule`` the dotted name of the rule that found it."""

    kind: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Date(Span):
    """A date, clock time, duration or recurring set.

    ``value`` is EDTF (ISO 8601-2) or an ISO 8601 duration and says no more than the text does; None where the text alone
    does not tell. ``resolved`` adds what the context tells. ``calendar`` names a calendar other than the Gregorian one.
    """

    value: str | None
    type: str
    mod: str | None = None
    resolved: str | None = None
    rule: str = ""
    calendar: str | None = None

    @property
    def earliest(self) -> datetime.date | None:
        """First day that the date may mean, after context; None where it is open or outside the years 1 to 9999."""
        from azproc.edtf import bounds

        return bounds(self.resolved or self.value)[0]

    @property
    def latest(self) -> datetime.date | None:
        """Last day that the date may mean, after context; None where it is open or outside the years 1 to 9999."""
        from azproc.edtf import bounds

        return bounds(self.resolved or self.value)[1]


@dataclass(frozen=True, slots=True)
class Number(Span):
    """A quantity: ``value`` is exact, a pair where the text gives a range; ``type`` is cardinal, ordinal and so on."""

    value: Quantity | tuple[Quantity, Quantity]
    type: str
    unit: str | None = None
    mod: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Entity(Span):
    """A named entity of whole tokens; ``name`` is its citation form, without case endings, ``score`` its probability."""

    label: str
    name: str
    score: float = 1.0
    rule: str = ""


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the collector of cycles from walking over many new spans, which hold none, again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def from_columns(kind: type[S], *columns: Sequence[object]) -> tuple[S, ...]:
    """Return many spans of one type at once, from a column for each of its fields, all equally long.

    The same as calling the type once for each row, in half the time: the slots are filled column by column.

    >>> from_columns(Sentence, [0, 6], [5, 11], ["Gəldi", "Getdi"])[1]
    Sentence(start=6, end=11, text='Getdi')
    """
    with _collector_paused():
        spans = tuple(map(object.__new__, repeat(kind, len(columns[0]))))
        for field, column in zip(fields(kind), columns, strict=True):
            deque(map(getattr(kind, field.name).__set__, spans, column), maxlen=0)
    return spans


class _UnfinishedToken(Span):
    """A token whose slots may still be set; it becomes a `Token` when they are, in a third of the time of the constructor."""

    __slots__ = ("kind",)
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__

    def __init__(self, start: int, piece: tuple[str, str, int]) -> None:
        text, kind, _ = piece
        self.start = start  # type: ignore[misc]
        self.end = start + len(text)  # type: ignore[misc]
        self.text = text  # type: ignore[misc]
        self.kind = kind
        self.__class__ = Token  # type: ignore[assignment]


def make_tokens(starts: Iterable[int], pieces: Iterable[tuple[str, str, int]]) -> tuple[Token, ...]:
    """Return the tokens that start there, each from its text, its kind and a number that is not used; for very many tokens.

    >>> make_tokens([0, 5], [("Bakı", "word", 5), ("qəşəng", "word", 6)])[1]
    Token(start=5, end=11, text='qəşəng', kind='word')
    """
    with _collector_paused():
        return tuple(map(_UnfinishedToken, starts, pieces))  # type: ignore[arg-type]
