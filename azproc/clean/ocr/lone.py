"""Lone characters that stand where only another can: 1 for I before a chapter or a ruler's name, 0 or Ö for the word O, 5 for s in ``və s``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from azproc.clean.ocr.context import BORDER, context, neighbour
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, is_capitalised, is_lower
from azproc.language.reading import is_roman
from azproc.resources import read_lines
from azproc.rewrite import Edit

if TYPE_CHECKING:
    from azproc.clean.ocr.page import Page

__all__ = ["is_lone", "mend_lone"]

_AND = "və"
_VOLUME, _ARTICLE = "kitab", "maddə"  # № 12, I kitab, maddə 2267: where a law is printed
_OF_SIGN = "N"
_PRONOUN = "o"
_SEEN, _OFTENER = 3.0, 3.0  # sightings of a pair of words, and how much oftener one must be seen than the other
_SURE = 0.92


def is_lone(token: str) -> bool:
    """Tell whether a token is one that a letter which can stand alone is easily read as, or the N of a number sign.

    >>> [is_lone(token) for token in ("0", "Ö", "1", "5", "N", "2", "10")]
    [True, True, True, True, True, False, False]
    """
    return token in _LETTERS or token == _OF_SIGN


def mend_lone(page: Page, place: int) -> Edit | None:
    """Return the edit that gives a lone letter back, where its neighbours leave no room for what was read."""
    token, start = page.tokens[place], page.starts[place]
    if token not in _LETTERS:
        return None
    letter, is_letter = _LETTERS[token]
    return Edit(start, start + 1, token, letter, f"ocr.{token}-{letter}", _SURE) if is_letter(page, place) else None


def _is_pronoun(page: Page, place: int) -> bool:
    """Tell whether a sentence begins here and goes on with a word that the pronoun stands before, but no number."""
    after = _after(page, place, 1)
    if not is_lower(after) or (place and neighbour(page.tokens[place - 1]) != BORDER):
        return False
    with_pronoun, with_number = (context().count(f"{first} {after}") for first in (_PRONOUN, neighbour("0")))
    return with_pronoun >= _SEEN and with_pronoun > _OFTENER * with_number


def _is_roman(page: Page, place: int) -> bool:
    after = _after(page, place, 1)
    if after == _VOLUME:
        return any(token.startswith(_ARTICLE) for token in page.tokens[place + 2 : place + 4])
    if page.tokens[place - 1 : place] == (",",) or not after:
        return False
    joined = after == _AND and is_roman(_after(page, place, 2))
    return joined or page.text.startswith(_roman_words(), page.starts[place + 1]) or _is_ruler(page, place, after)


def _is_ruler(page: Page, place: int, name: str) -> bool:
    """Tell whether a ruler's title stands before the figure, and behind it a name."""
    word, words = fold(name), vocabulary()
    is_name = is_capitalised(name) and not (words.lists(word) and words.is_no_name(word))
    return is_name and place > 0 and page.gap_before(place) == " " and fold(page.tokens[place - 1]).startswith(_rulers())


def _is_and_so_on(page: Page, place: int) -> bool:
    """Tell whether ``və`` stands before the figure, and behind it a stop after which the sentence goes on."""
    before = page.tokens[place - 1] if place else ""
    rest = page.text[page.starts[place] + 1 : page.starts[place] + 4]
    return before == _AND and rest[:1] == "." and (rest[1:2] in {",", ")"} or (rest[1:2] == " " and rest[2:].islower()))


def _after(page: Page, place: int, steps: int) -> str:
    """The token so many steps on, if only spaces stand between."""
    others = range(place + 1, place + steps + 1)
    return page.tokens[others[-1]] if others[-1] < len(page.tokens) and all(page.gap_before(other) == " " for other in others) else ""


@cache
def _rulers() -> tuple[str, ...]:
    return read_lines("rulers.txt")


@cache
def _roman_words() -> tuple[str, ...]:
    return read_lines("roman_words.txt")


_LETTERS = {"0": ("O", _is_pronoun), "Ö": ("O", _is_pronoun), "1": ("I", _is_roman), "5": ("s", _is_and_so_on)}
