"""Tokens: where the words, numbers and marks of a text stand.

White space parts a text into units. How a unit falls into pieces depends on nothing else and is remembered, since the
same units come again and again. What one unit cannot tell (a mark with a space in it, a telephone number, whether
``man.`` is money) is settled afterwards.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import accumulate

from azproc.errors import require_text
from azproc.segment.abbreviations import has_context, is_initial, look_up
from azproc.segment.marks import citation_marks
from azproc.segment.shapes import MONTHS, pieces
from azproc.spans import Token

__all__ = ["split_tokens", "tokenize"]

_UNIT = re.compile(r"\S+(?:(?<=[^\W_][-\u00ad\u2010])[ \t]*\r?\n[ \t]*(?=[^\W\d_])\S+)*\s*")
_REMEMBERED = 1 << 16
_LONGEST_REMEMBERED = 64
_DOUBTFUL = {"contextual", "initial", "signed"}

Unit = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], bool]


def _parse(unit: str) -> Unit:
    """Return the texts, kinds and advances of a unit's pieces, and whether what stands around it matters."""
    found = pieces(unit)
    texts = tuple(text for text, _ in found)
    kinds = tuple("word" if kind == "month" else kind for _, kind in found)
    advances = [len(text) for text in texts]
    if advances:
        advances[-1] += len(unit) - sum(advances)
    return texts, kinds, tuple(advances), not _DOUBTFUL.isdisjoint(kinds)


_remembered = functools.lru_cache(_REMEMBERED)(_parse)


def _stands(kind: str, piece: str, text: str, start: int) -> bool:
    match kind:
        case "initial":
            return is_initial(text, start)
        case "contextual":
            row = look_up(piece)
            return row is not None and has_context(row, text, start, start + len(piece))
    before = text[max(0, start - 16) : start].rstrip()
    return not (before[-1:].isdigit() or before.split(" ")[-1] in MONTHS.split())


def _settle(unit: Unit, text: str, start: int) -> Unit:
    """Settle the doubtful pieces of a unit by what stands around them."""
    texts: list[str] = []
    kinds: list[str] = []
    advances: list[int] = []
    for piece, kind, advance in zip(*unit[:3], strict=True):
        settled = {"contextual": "abbreviation", "signed": "number"}.get(kind, kind)
        if kind not in _DOUBTFUL or _stands(kind, piece, text, start):
            parts: tuple[tuple[str, str], ...] = ((piece, settled),)
        elif kind == "signed":
            parts = ((piece[0], "punctuation"), (piece[1:], "number"))
        else:
            parts = ((piece[:-1], "word"), (piece[-1], "punctuation"))
        for part, part_kind in parts:
            texts.append(part)
            kinds.append(part_kind)
            advances.append(len(part))
        advances[-1] += advance - len(piece)
        start += advance
    return tuple(texts), tuple(kinds), tuple(advances), False


def _units(text: str) -> Iterator[tuple[int, Unit]]:
    """Yield the start and the settled pieces of each unit."""
    position = 0
    for mark_start, mark_end, mark in [*((mark.start, mark.end, mark.text) for mark in citation_marks(text)), (len(text), len(text), "")]:
        stretch = _UNIT.findall(text, position, mark_start)
        if stretch:
            position = text.index(stretch[0], position)
        for unit in stretch:
            parsed = _remembered(unit) if len(unit) < _LONGEST_REMEMBERED else _parse(unit)
            yield position, _settle(parsed, text, position) if parsed[3] else parsed
            position += len(unit)
        if mark:
            yield mark_start, ((mark,), ("citation",), (mark_end - mark_start,), False)
        position = mark_end


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, in order; the gaps between them are white space only.

    A suffix stays with its number, symbol or abbreviation (1918-ci, 20%-ni, NATO-nun), a period with its abbreviation or
    initial; a hyphen that means "to" stands alone. Not for words of other scripts without spaces. Offsets are code points.
    Raises ``TypeError`` for anything but ``str``.

    >>> [token.text for token in tokenize("F.Xoyski 1918-ci il mayın 28-də seçildi.[7]")]
    ['F.', 'Xoyski', '1918-ci', 'il', 'mayın', '28-də', 'seçildi', '.', '[7]']
    """
    require_text(text)
    tokens: list[Token] = []
    for position, (texts, kinds, advances, _) in _units(text):
        for piece, kind, start in zip(texts, kinds, accumulate(advances, initial=position), strict=False):
            tokens.append(Token(start, start + len(piece), piece, kind))
    return tuple(tokens)


def split_tokens(text: str) -> list[str]:
    """Return only the strings of the tokens: the same as ``tokenize``, in less time.

    >>> split_tokens("və s. 20%-ni")
    ['və', 's.', '20%-ni']
    """
    require_text(text)
    return [piece for _, unit in _units(text) for piece in unit[0]]
