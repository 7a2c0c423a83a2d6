"""Words that a scanner parted: by a space (``hakimiy yəti``), or by what a j was read as (``ener/i``, ``ener i``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, is_lower
from azproc.rewrite import Edit

if TYPE_CHECKING:
    from azproc.clean.ocr.page import Page

__all__ = ["mend_gap"]

_MISREAD = {" ": ("", "j"), "/": ("j",), ")": ("j",)}  # what stands between the parts, and what was there; Tesseract's model aze has no j
_RULES = {"": "space.added", "j": "ocr.sign-j"}
_COMMON = 6.0  # weight of a word that is parted
_COMMONEST = 13.5  # weight that hardly any word has
_COMMONER = 2.0  # how much more it weighs than a part that is a word
_SHORTEST, _SHORTEST_PART = 6, 2
_SURE = 0.93


def mend_gap(page: Page, place: int) -> Edit | None:
    """Return the edit that joins an unknown token with its neighbour where only both together make a word, a common one."""
    return _joined(page, place) or (_joined(page, place - 1) if place and is_lower(page.tokens[place]) else None)


def _joined(page: Page, place: int) -> Edit | None:
    first, start = page.tokens[place], page.starts[place]
    end = start + len(first)
    sign = page.text[end : end + 1]
    letters, other = _MISREAD.get(sign), place + 1 + (sign == ")")
    if letters is None or other >= len(page.tokens) or page.starts[other] != end + 1:
        return None
    second, words = page.tokens[other], vocabulary()
    if not (is_lower(second) and second.isalpha() and first.isalpha()):
        return None
    asked = max(_COMMON, words.weight(second) + _COMMONER)
    if asked > _COMMONEST or (sign == ")" and _is_open(page.line_before(start))):
        return None
    asked = max(asked, words.weight(fold(first)) + _COMMONER)
    shortest = min(len(first), len(second))
    end = page.starts[other] + len(second)
    for letter in letters:
        joined = first + letter + second
        if len(joined) >= _SHORTEST and (letter or shortest >= _SHORTEST_PART) and words.weight(fold(joined)) >= asked:
            return Edit(start, end, page.text[start:end], joined, _RULES[letter], _SURE)
    return None


def _is_open(before: str) -> bool:
    """Tell whether a bracket was opened in a piece of a line and not closed."""
    return before.count("(") > before.count(")")
