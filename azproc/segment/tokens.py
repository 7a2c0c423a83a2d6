"""Tokens: where the words, numbers and marks of a text stand.

White space parts a text into units. How a unit falls into pieces depends on nothing else and is remembered, since the
same units come again and again. What one unit cannot tell (a mark with a space in it, a telephone number, whether
``man.`` is money) is settled afterwards.
"""

from __future__ import annotations

import functools
import re
from itertools import accumulate, chain, pairwise
from operator import add, itemgetter

from azproc.errors import require_text
from azproc.segment.abbreviations import has_context, is_initial, look_up
from azproc.segment.identifiers import identifiers
from azproc.segment.marks import citation_marks
from azproc.segment.shapes import MONTHS, pieces
from azproc.spans import Token, from_columns

__all__ = ["split_tokens", "tokenize"]

_UNIT = re.compile(r"\S+(?:(?<=[^\W_][-\u00ad\u2010])[ \t]*\r?\n[ \t]*(?=[^\W\d_])\S+)*\s*")
_PART = re.compile(r"(?:[()]|[^\s()]+)\s*")
_VISIBLE = re.compile(r"\S")
_REMEMBERED = 1 << 16
_LONGEST_REMEMBERED = 64
_DOUBTFUL = {"contextual", "initial", "signed"}

Unit = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], bool]


def _parse(unit: str) -> Unit:
    """Return the texts, kinds and advances of a unit's pieces, and whether what stands around it matters."""
    found = pieces(unit)
    texts = tuple(text for text, _ in found)
    kinds = tuple("word" if kind == "month" else kind for _, kind in found)
    starts = []
    position = 0
    for text in texts:
        position = unit.index(text, position)
        starts.append(position)
        position += len(text)
    advances = tuple(following - start for start, following in pairwise((*starts, len(unit))))
    return texts, kinds, advances, not _DOUBTFUL.isdisjoint(kinds)


_remembered = functools.lru_cache(_REMEMBERED)(_parse)


def _recall(unit: str) -> Unit:
    return _remembered(unit) if len(unit) < _LONGEST_REMEMBERED else _parse(unit)


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
            parts = ((piece[0], "punctuation" if piece[0] == "-" else "symbol"), (piece[1:], "number"))
        else:
            parts = ((piece[:-1], "word"), (piece[-1], "punctuation"))
        for part, part_kind in parts:
            texts.append(part)
            kinds.append(part_kind)
            advances.append(len(part))
        advances[-1] += advance - len(piece)
        start += advance
    return tuple(texts), tuple(kinds), tuple(advances), False


def _after_space(text: str, position: int) -> int:
    visible = _VISIBLE.search(text, position)
    return visible.start() if visible else len(text)


def _fixed_spans(text: str) -> list[tuple[int, int, str]]:
    """The spans whose inside is not parted as it would be elsewhere, with their kinds."""
    marks = [(mark.start, mark.end, "citation") for mark in citation_marks(text)]
    named = identifiers(text)
    return sorted(marks + named) if named else marks


def _fixed_unit(span: str, kind: str, gap: int) -> Unit:
    """One token for a citation mark; for an identifier one for each of its parts between spaces and brackets."""
    if kind == "citation":
        return (span,), (kind,), (len(span) + gap,), False
    parts = _PART.findall(span)
    texts = tuple(part.rstrip() for part in parts)
    kinds = tuple("punctuation" if text in "()" else kind for text in texts)
    return texts, kinds, (*map(len, parts[:-1]), len(parts[-1]) + gap), False


def _units(text: str) -> list[Unit]:
    """Return the settled units of a text; they follow each other without a gap from the first visible character on."""
    first = position = _after_space(text, 0)
    strings: list[str] = []
    fixed: dict[int, Unit] = {}
    for start, end, kind in _fixed_spans(text):
        strings += _UNIT.findall(text, position, start)
        position = _after_space(text, end)
        fixed[len(strings)] = _fixed_unit(text[start:end], kind, position - end)
        strings.append(text[start:position])
    strings += _UNIT.findall(text, position)
    distinct = {string: _recall(string) for string in set(strings)}
    units = list(map(distinct.__getitem__, strings))
    if any(unit[3] for unit in distinct.values()):
        starts = accumulate(map(len, strings), initial=first)
        doubtful = [(place, start) for place, (unit, start) in enumerate(zip(units, starts, strict=False)) if unit[3]]
        for place, start in doubtful:
            units[place] = _settle(units[place], text, start)
    for place, unit in fixed.items():
        units[place] = unit
    return units


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, in order; the gaps between them are white space only.

    A suffix stays with its number, symbol or abbreviation (1918-ci, 20%-ni, NATO-nun), a period with its abbreviation or
    initial; a hyphen that means "to" stands alone. Not for words of other scripts without spaces. Offsets are code points.
    Raises ``TypeError`` for anything but ``str``.

    >>> [token.text for token in tokenize("F.Xoyski 1918-ci il mayın 28-də seçildi.[7]")]
    ['F.', 'Xoyski', '1918-ci', 'il', 'mayın', '28-də', 'seçildi', '.', '[7]']
    """
    units = _units(require_text(text))
    texts, kinds, advances = (list(chain.from_iterable(map(itemgetter(column), units))) for column in range(3))
    starts = list(accumulate(advances, initial=_after_space(text, 0)))[:-1]
    return from_columns(Token, starts, list(map(add, starts, map(len, texts))), texts, kinds)


def split_tokens(text: str) -> list[str]:
    """Return only the strings of the tokens: the same as ``tokenize``, in less time.

    >>> split_tokens("və s. 20%-ni")
    ['və', 's.', '20%-ni']
    """
    return list(chain.from_iterable(map(itemgetter(0), _units(require_text(text)))))
