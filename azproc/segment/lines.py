"""Does a line end end a sentence where no stop stands? Headings, captions and list items against wrapped lines."""

from __future__ import annotations

import regex

from azproc.segment.boundaries import (
    JOIN,
    SPLIT,
    Boundary,
    Rule,
    blank_line,
    is_finite_verb,
    list_item_follows,
    nothing_follows,
    punctuation_follows,
)

__all__ = ["LINE_RULES"]

_NARROWEST, _WIDEST = 50, 120  # columns of wrapped prose
_SMALL = regex.compile(r"[\"“„«‘'(\[]*+\p{Ll}")
_FIRST_WORD = regex.compile(r"\S++")
_AND = (" və", " və ya")
_UNFINISHED = frozenset(",-–—(\u00ad\u2010")


def small_letter_follows(at: Boundary) -> bool | None:
    return JOIN if at.follows(_SMALL) else None


def unfinished_line(at: Boundary) -> bool | None:
    """A comma, a hyphen, a dash or an ``and`` at its end leaves a line open."""
    return JOIN if at.text[at.stop - 1] in _UNFINISHED or at.text.endswith(_AND, at.start, at.stop) else None


def finished_line(at: Boundary) -> bool | None:
    """A colon or a finite verb at its end closes a line, as in a list of headlines."""
    return SPLIT if at.text[at.stop - 1] in ":)" or is_finite_verb(at.run) else None


def wrapped_line(at: Boundary) -> bool | None:
    """A line goes on in the next one where the next word would not have fitted and the paragraph looks wrapped.

    It does if the sentence came over a line end already, if a later line goes on in small letters, or if it is a paragraph
    of just two lines of which the second has the stop.
    """
    text = at.text
    line_start = text.rfind("\n", max(0, at.stop - _WIDEST - 1), at.stop) + 1
    next_end = text.find("\n", at.next, at.next + _WIDEST + 1)
    if next_end < 0:
        next_end = min(len(text), at.next + _WIDEST + 1)
    length, next_length = at.stop - line_start, next_end - at.next
    if not _NARROWEST <= length <= _WIDEST or next_length > _WIDEST:
        return None
    word = at.follows(_FIRST_WORD)
    if word is None or length + 1 + len(word[0]) <= next_length:
        return None
    comes_over = at.start < line_start
    goes_on = _SMALL.match(text, next_end + 1) is not None
    two_lines = _is_blank_or_edge(text, line_start - 2) and _is_blank_or_edge(text, next_end + 1)
    return JOIN if comes_over or goes_on or (two_lines and text[next_end - 1] in ".!?…") else None


def _is_blank_or_edge(text: str, position: int) -> bool:
    return not 0 <= position < len(text) or text[position] == "\n"


def line_end(_: Boundary) -> bool | None:
    return SPLIT


LINE_RULES: tuple[Rule, ...] = (
    nothing_follows,
    blank_line,
    list_item_follows,
    unfinished_line,
    punctuation_follows,
    small_letter_follows,
    finished_line,
    wrapped_line,
    line_end,
)
