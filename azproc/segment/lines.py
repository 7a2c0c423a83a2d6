"""Does a line end end a sentence where no stop stands? Headings, captions and list items against wrapped lines."""

from __future__ import annotations

import regex

from azproc.segment.boundaries import JOIN, SPLIT, Boundary, Rule, blank_line, nothing_follows, punctuation_follows

__all__ = ["LINE_RULES"]

_NARROWEST, _WIDEST = 50, 120  # columns of wrapped prose
_LIST_ITEM = regex.compile(r"(?:[-–—•*·▪●◦►✓➢]|\(?(?:\d{1,3}(?:\.\d{1,3})*+|\p{L}|[IVXivx]{1,5})[.)])\s")
_SMALL = regex.compile(r"[\"“„«‘'(\[]*+\p{Ll}")
_FIRST_WORD = regex.compile(r"\S++")
_STOP = regex.compile(r"[.!?…]")
_UNFINISHED = frozenset(",-–—(\u00ad\u2010")


def list_item_follows(at: Boundary) -> bool | None:
    return SPLIT if at.follows(_LIST_ITEM) else None


def small_letter_follows(at: Boundary) -> bool | None:
    return JOIN if at.follows(_SMALL) else None


def unfinished_line(at: Boundary) -> bool | None:
    """A comma, a hyphen or a dash at its end leaves a line open."""
    return JOIN if at.text[at.stop - 1] in _UNFINISHED else None


def wrapped_line(at: Boundary) -> bool | None:
    """A line goes on in the next one where it is as long as lines are here and the next word would not have fitted."""
    text = at.text
    line_start = text.rfind("\n", max(0, at.stop - _WIDEST - 1), at.stop) + 1
    length = at.stop - line_start
    next_end = text.find("\n", at.next, at.next + _WIDEST + 1)
    next_line = text[at.next : at.next + _WIDEST + 1 if next_end < 0 else next_end]
    if not _NARROWEST <= length <= _WIDEST or len(next_line) > _WIDEST:
        return None
    word = _FIRST_WORD.match(next_line)
    width = max(length, len(next_line))
    if word is None or length + 1 + len(word[0]) <= width:
        return None
    goes_on = at.start < line_start or _STOP.search(next_line) or (next_end >= 0 and _SMALL.match(text, next_end + 1))
    return JOIN if goes_on else None


def line_end(_: Boundary) -> bool | None:
    return SPLIT


LINE_RULES: tuple[Rule, ...] = (
    nothing_follows,
    blank_line,
    list_item_follows,
    unfinished_line,
    punctuation_follows,
    small_letter_follows,
    wrapped_line,
    line_end,
)
