"""Where the quotation marks at the borders of an entity belong, and the posts in front of a person.

The annotation guide has quotation marks inside only when the span goes beyond them: ``"Müsavat" partiyası`` and ``“Kapital
Bank”ın`` with the suffix glued to the quote, but ``Qanunnamə`` without its quotes. A post is outside: ``nazir Camo bəy``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from azproc.language.casing import fold
from azproc.resources import read_lines

__all__ = ["balanced", "without_posts"]

OPENING = frozenset("“«„‹")
CLOSING = frozenset("”»›")
EITHER = frozenset("\"'‘’")

Word = tuple[str, bool]


def balanced(words: Sequence[Word], first: int, end: int) -> tuple[int, int]:
    """Move the borders of the span of tokens ``[first, end)`` so that its quotation marks come in pairs.

    *words* are tokens, each with whether white space stands before it. Never makes a span empty.

    >>> words = [(text, True) for text in '“ Müsavat ” partiyası'.split()]
    >>> balanced(words, 1, 4), balanced(words, 0, 3), balanced(words, 0, 2)
    ((0, 4), (1, 2), (1, 2))
    >>> balanced([("“", True), ("Bank", False), ("”", False), ("ın", False)], 1, 2)
    (1, 2)
    """
    opened = _unpaired(words, first, end)
    if opened > 0 and _opens(words, first) and end - first > 1:
        first += 1
    elif opened < 0 and first > 0 and _opens(words, first - 1):
        first -= 1
    elif opened < 0 and words[end - 1][0] in CLOSING and end - first > 1:
        end -= 1
    if end - first > 2 and _opens(words, first) and _is_quote(words[end - 1][0]) and not _unpaired(words, first + 1, end - 1):
        glued = end < len(words) and not words[end][1] and words[end][0].isalpha()
        return (first, end + 1) if glued else (first + 1, end - 1)
    return first, end


def without_posts(words: Sequence[Word], first: int, end: int) -> tuple[int, int]:
    """Move the start of a person behind the posts that open the span of tokens; never makes a span empty.

    >>> without_posts([("Müdir", True), ("Kamran", True), ("Vəlixanlı", True)], 0, 3)
    (1, 3)
    """
    while end - first > 1 and fold(words[first][0]) in _posts():
        first += 1
    return first, end


@cache
def _posts() -> frozenset[str]:
    return frozenset(read_lines("posts.txt"))


def _unpaired(words: Sequence[Word], first: int, end: int) -> int:
    """Opening marks without a closing one, less closing marks without an opening one."""
    curved = 0
    straight = 0
    for text, _ in words[first:end]:
        curved += (text in OPENING) - (text in CLOSING)
        straight += text in EITHER
    if straight % 2:
        curved += 1 if _opens(words, first) else -1
    return curved


def _opens(words: Sequence[Word], place: int) -> bool:
    """Whether the token opens a quotation: white space before it and none after it, where the sign does not tell."""
    text, spaced = words[place]
    if text in EITHER:
        return spaced and place + 1 < len(words) and not words[place + 1][1]
    return text in OPENING


def _is_quote(text: str) -> bool:
    return text in OPENING or text in CLOSING or text in EITHER
