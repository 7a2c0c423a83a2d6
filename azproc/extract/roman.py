"""Roman numerals in running text: which of them number something.

``XI Ordu``, ``II Abbas``, ``III-ü`` do; single letters only before a word that is numbered so (``I dərəcə``, ``V Karl``), never as an initial
(``V. Hüqo``), a list label (``I.``), a letter (``X oxu``) or a size (``XL``).
"""

from __future__ import annotations

import re
from functools import cache

from azproc.extract.numerals import GAP, HYPHENS, Numeral
from azproc.extract.tables import rows
from azproc.language.casing import is_capitalised, is_lower, is_upper, to_lower

__all__ = ["is_numeral"]

_LARGE = frozenset("CDM")
_SIZES = frozenset({"XL", "LI", "LV", "LX"})  # clothes, and codes of countries
_LABEL = re.compile(r"[.)]")
_NEXT = re.compile(rf"{GAP}{{1,2}}(?P<word>[^\W\d_]++)")
_BEFORE = re.compile(rf"(?<!\w)(?P<word>[^\W\d_]++){GAP}\Z")
_IN_LIST_AFTER = re.compile(rf"(?:,|{GAP}və){GAP}[IVX]{{1,6}}+(?![^\W_]|\.{GAP}?[^\W\d_])")
_IN_LIST_BEFORE = re.compile(rf"(?<!\w)[IVX]{{1,6}}+(?:,|{GAP}və){GAP}\Z")


def is_numeral(text: str, numeral: Numeral) -> bool:
    """Tell whether a Roman numeral numbers something where it stands.

    >>> from azproc.extract.numerals import roman_at
    >>> [is_numeral(text, roman_at(text, 0)) for text in ("XI Ordu", "V. Hüqo", "V Karl", "X oxu", "XL ölçü", "I dərəcə")]
    [True, False, True, False, False, True]
    """
    letters = text[numeral.start : numeral.stem_end]
    if numeral.ordinal:
        return True
    follows = text[numeral.end : numeral.end + 1]
    if follows in {"'", "’", "/", "+", "&", "="} or (follows and follows in HYPHENS and text[numeral.end + 1 : numeral.end + 2].isalnum()):
        return False
    if text[numeral.start - 1 : numeral.start] in {"-", "/", "&", "+", "'", "’", "."} and numeral.start:
        return False
    if letters in _SIZES or (not _LARGE.isdisjoint(letters) and len(letters) < 4):
        return False
    if _IN_LIST_AFTER.match(text, numeral.end) or _IN_LIST_BEFORE.search(text, max(0, numeral.start - 12), numeral.start):
        return True
    if len(letters) > 1:
        return not _is_label(text, numeral)
    if letters == "L" or numeral.suffix:
        return False
    before = _BEFORE.search(text, max(0, numeral.start - 12), numeral.start)
    if before and to_lower(before["word"]) in _numbered():
        return True
    return follows not in {".", ")"} and _is_numbered(text, numeral)


def _is_numbered(text: str, numeral: Numeral) -> bool:
    """Tell whether a single letter stands before a word that is numbered (I dərəcə), or before a name (V Karl)."""
    after = _NEXT.match(text, numeral.end)
    if after is None:
        return False
    word = after["word"]
    if is_capitalised(word):
        return len(word) > 2 and (is_lower(word[1:]) or is_upper(word))
    return word.startswith(_numbered())


def _is_label(text: str, numeral: Numeral) -> bool:
    if not _LABEL.match(text, numeral.end):
        return False
    if text[numeral.end] == ")":
        return text.rfind("(", max(0, numeral.start - 60), numeral.start) <= text.rfind(")", max(0, numeral.start - 60), numeral.start)
    line = text.rfind("\n", 0, numeral.start) + 1
    return not text[line : numeral.start].strip()


@cache
def _numbered() -> tuple[str, ...]:
    return tuple(row["word"] for row in rows("numbered.tsv"))
