"""What a rule found: a stretch of text with its value, before the context of the document is known."""

from __future__ import annotations

from typing import NamedTuple

from azproc.extract.calendar import Partial

__all__ = ["Found"]


class Found(NamedTuple):
    """An expression at ``[start, end)``. ``first`` and ``last`` are the dates that context may complete, alike if it is no range.

    ``case`` is the case in which its last word stands.
    """

    start: int
    end: int
    type: str
    rule: str
    value: str | None = None
    mod: str | None = None
    first: Partial | None = None
    last: Partial | None = None
    calendar: str | None = None
    case: str = ""
