"""An accusative where the noun after it calls for a genitive: ``"Müsavat" partiyasını üzvü`` for ``partiyasının üzvü``."""

from __future__ import annotations

from azproc.clean.ocr.context import context
from azproc.clean.ocr.page import Page
from azproc.language.casing import fold
from azproc.rewrite import Edit

__all__ = ["mend_genitive"]

_POSSESSED = tuple("ıiuü")
_SHORTEST = 4
_LOST = "n"
_RULE, _SURE = "spelling.-n", 0.92
_FEWEST = 1  # sightings of the genitive before the same noun; of the accusative there must be none


def mend_genitive(page: Page, place: int) -> Edit | None:
    """Return the edit that a word in the accusative needs before a possessed noun that is always seen after its genitive."""
    if place + 1 >= len(page.tokens):
        return None
    token, start, following = page.tokens[place], page.starts[place], fold(page.tokens[place + 1])
    end = start + len(token)
    if len(following) < _SHORTEST or not following.endswith(_POSSESSED) or page.text[end : page.starts[place + 1]] != " ":
        return None
    word, counts = fold(token), context()
    if counts.count(f"{word}{_LOST} {following}") < _FEWEST or counts.count(f"{word} {following}") > 0:
        return None
    return Edit(start, end, token, token + _LOST, _RULE, _SURE)
