"""A figure that a scanner read for a letter of a word: ``1ayihə`` for ``layihə``, ``3DV`` for ``ƏDV``."""

from __future__ import annotations

import regex

from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, match_case, to_upper
from azproc.rewrite import Edit

__all__ = ["LOOK_ALIKES", "SCHWA_FIGURES", "may_have_schwa", "mend_figure"]

_FIGURED = regex.compile(r"(?:\p{Ll}++|\p{Lu}\p{Ll}++)\d\p{Ll}++|\d\p{Ll}{3,}+")  # one figure among small letters
LOOK_ALIKES = {"0": "o", "1": "lıi", "3": "ə", "4": "a", "5": "s", "6": "b", "8": "b", "9": "əq"}
SCHWA_FIGURES = "".join(figure for figure, letters in LOOK_ALIKES.items() if "ə" in letters)
_SCHWA = regex.compile(rf"[{SCHWA_FIGURES}](?:n|\p{{Ll}}{{2}}|\p{{Lu}}{{2}})[\p{{L}}'’-]*+|\p{{Lu}}++[{SCHWA_FIGURES}]\p{{Lu}}[\p{{L}}'’-]*+")
_SHORTEST = 4
_SURE = 0.95


def mend_figure(token: str, start: int) -> Edit | None:
    """Return the edit that puts the commonest letter that makes a word for a figure; None for quantities and codes.

    It is the capital Ə that looks like a figure, the small one does not.

    >>> mend_figure("1ayihə", 0).after, mend_figure("a1dı", 0).after, mend_figure("9sas", 0).after
    ('layihə', 'aldı', 'Əsas')
    >>> [mend_figure(token, 0) for token in ("5manat", "3x4sm", "A4", "10cu")]
    [None, None, None, None]
    """
    if len(token) < _SHORTEST or not _FIGURED.fullmatch(token):
        return None
    words = vocabulary()
    figure = next(filter(str.isdigit, token))
    if words.knows(fold(token.strip(figure))):
        return None
    ways = {fold(token.replace(figure, letter)): letter for letter in LOOK_ALIKES.get(figure, "") if token.count(figure) == 1}
    listed = max(filter(words.lists, ways), key=words.weight, default=None)
    if listed is None:
        return None
    after = to_upper(listed[0]) + listed[1:] if token[0] == figure and ways[listed] == "ə" else match_case(token, listed)
    return Edit(start, start + len(token), token, after, f"ocr.{figure}-{ways[listed]}", _SURE)


def may_have_schwa(token: str) -> bool:
    """Tell whether a figure may be a capital Ə, in a word that is no code.

    >>> [may_have_schwa(token) for token in ("3rab", "9DV-siz", "H3MAS", "9n", "A3", "9-da")]
    [True, True, True, True, False, False]
    """
    return _SCHWA.fullmatch(token) is not None
