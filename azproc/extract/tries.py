"""Patterns for one of many words, which decide letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterable

from azproc.language.casing import is_lower, to_upper

__all__ = ["END", "any_case", "trie"]

END = "\uffff"  # behind a spelling that nothing may follow
_MAYBE_SPACE = "\0"  # after a point inside an abbreviation


def any_case(word: str) -> str:
    """Return a pattern for a small-lettered word in any case; i has the capitals İ and, from other keyboards, I.

    >>> any_case("iki")
    '[iİI][kK][iİI]'
    """
    return "".join(
        "[iİI]" if letter == "i" else f"[{letter}{to_upper(letter)}]" if letter.isalpha() else re.escape(letter)
        for letter in word
    )


def trie(spellings: Iterable[str], *, capitals: bool = False) -> str:
    r"""Return a pattern that matches the longest of the spellings, and decides letter by letter.

    A space in a spelling stands for any white space, and one may follow an inner point. With ``capitals`` every small letter
    stands for its capital too.

    >>> trie(["il", "iyun", "iyul"])
    'i(?:l|yu(?:l|n))'
    >>> trie(["e.ə."])
    'e\\.\\s?ə\\.'
    """
    marked = {re.sub(r"\.(?=.)", f".{_MAYBE_SPACE}", spelling) for spelling in spellings}
    return _branches(marked, capitals=capitals)


def _branches(spellings: set[str], *, capitals: bool) -> str:
    tails: dict[str, set[str]] = {}
    for spelling in sorted(spellings - {""}):
        tails.setdefault(spelling[0], set()).add(spelling[1:])
    patterns = [_letter(first, capitals=capitals) + _branches(rest, capitals=capitals) for first, rest in tails.items()]
    if not patterns:
        return ""
    ends = "" in spellings
    joined = patterns[0] if len(patterns) == 1 and not ends else f"(?:{'|'.join(patterns)})"
    return joined + "?" if ends else joined


def _letter(letter: str, *, capitals: bool) -> str:
    if letter == " ":
        return r"\s+"
    if letter == _MAYBE_SPACE:
        return r"\s?"
    if letter == END:
        return r"(?!\w)"
    return any_case(letter) if capitals and is_lower(letter) else re.escape(letter)
