"""Tokens: where the words, numbers and marks of a text stand.

White space parts a text into units. How a unit falls into pieces depends on nothing else and is remembered, since the
same units come again and again. What one unit cannot tell (a mark with a space in it, a telephone number, whether
``man.`` is money) is settled afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, compress, count
from operator import itemgetter

from azproc.errors import require_text
from azproc.segment.abbreviations import has_context, is_initial, look_up
from azproc.segment.identifiers import identifiers
from azproc.segment.marks import mark_rows
from azproc.segment.shapes import MONTHS, Piece, shapes
from azproc.spans import Token, make_tokens

__all__ = ["split_tokens", "tokenize"]

_UNIT = re.compile(r"\S+(?:(?<=[^\W_][-\u00ad\u2010]|[%\u00ad][-\u00ad\u2010])[ \t]*\r?\n[ \t]*(?=[^\W\d_])\S+)*\s*")  # over a line end in a broken word
_BORDER = re.compile(r"(?<=[^\s\-\u00ad\u2010])\s++(?=\S)")  # where no unit goes on
_BLOCK = 1 << 13  # characters that are parted at a time: the strings of more of them would not stay near the processor
_PART = re.compile(r"(?:[()]|[^\s()]+)\s*")
_VISIBLE = re.compile(r"\S")
_REMEMBERED = 1 << 16
_LONGEST_REMEMBERED = 64
_NEAR = 16  # characters before a sign that show whether it is one
_GROUP_BEFORE = re.compile(r"(?<!\d)\d{1,3}[ \u00a0]$")
_GROUP_AFTER = re.compile(r"[ \u00a0]\d{3}(?!\d)")
_DOUBTFUL = {"contextual": "abbreviation", "initial": "initial", "signed": "number", "grouped": "number"}  # and what they are if they stand

Unit = tuple[tuple[Piece, ...], tuple[str, ...], bool]  # its pieces, their texts, and whether what stands around it matters


def _unit(pieces: Iterable[Piece]) -> Unit:
    pieces = tuple(pieces)
    return pieces, tuple([text for text, _, _ in pieces]), any(kind in _DOUBTFUL for _, kind, _ in pieces)


class _Memory(dict[str, Unit]):
    """The units that were met, with their pieces; when it is full it begins anew."""

    def __missing__(self, string: str) -> Unit:
        unit = _unit(shapes(string))
        if len(string) < _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[string] = unit
        return unit


_memory = _Memory()


def _stands(kind: str, piece: str, text: str, start: int) -> bool:
    """Tell whether a doubtful piece is what its shape says."""
    match kind:
        case "initial":
            return is_initial(text, start)
        case "contextual":
            row = look_up(piece)
            return row is not None and has_context(row, text, start, start + len(piece))
        case "grouped":
            return not (_GROUP_BEFORE.search(text[max(0, start - _NEAR) : start]) and _GROUP_AFTER.match(text, start + len(piece)))
    before = text[max(0, start - _NEAR) : start].rstrip()
    return not (before[-1:].isdigit() or before.rpartition(" ")[2] in MONTHS)


def _settle(unit: Unit, text: str, start: int) -> Unit:
    """Settle the doubtful pieces of a unit by what stands around them: they stay, or a mark parts from them."""
    settled: list[Piece] = []
    for piece, kind, advance in unit[0]:
        if kind not in _DOUBTFUL or _stands(kind, piece, text, start):
            settled.append((piece, _DOUBTFUL.get(kind, kind), advance))
        elif kind == "signed":
            settled += ((piece[0], "punctuation" if piece[0] == "-" else "symbol", 1), (piece[1:], "number", advance - 1))
        elif kind == "grouped":
            first, hyphen, second = piece.partition("-")
            settled += ((first, "number", len(first)), (hyphen, "punctuation", 1), (second, "number", advance - len(first) - 1))
        else:
            settled += ((piece[:-1], "word", len(piece) - 1), (piece[-1], "punctuation", advance - len(piece) + 1))
        start += advance
    return _unit(settled)


def _after_space(text: str, position: int) -> int:
    visible = _VISIBLE.search(text, position)
    return visible.start() if visible else len(text)


def _fixed_spans(text: str) -> list[tuple[int, int, str]]:
    """The spans whose inside is not parted as it would be elsewhere, with their kinds."""
    marks = [(start, end, "citation") for start, end, *_ in mark_rows(text)]
    named = identifiers(text)
    return sorted(marks + named) if named else marks


def _fixed_unit(span: str, kind: str, gap: int) -> Unit:
    """One token for a citation mark; for an identifier one for each of its parts between spaces and brackets."""
    if kind == "citation":
        return ((span, kind, len(span) + gap),), (span,), False
    parts = _PART.findall(span)
    advances = [*map(len, parts[:-1]), len(parts[-1]) + gap]
    texts = [part.rstrip() for part in parts]
    kinds = ["punctuation" if text in "()" else kind for text in texts]
    return _unit(zip(texts, kinds, advances, strict=True))


def _free_units(text: str, start: int, end: int) -> list[Unit]:
    """The units of a stretch that has no fixed span."""
    strings = _UNIT.findall(text, start, end)
    units = list(map(_memory.__getitem__, strings))
    seen = 0
    for place in list(compress(count(), map(itemgetter(2), units))):
        start += sum(map(len, strings[seen:place]))
        seen = place
        units[place] = _settle(units[place], text, start)
    return units


def _units(text: str) -> Iterator[Iterable[Unit]]:
    """Yield the units of a text, some at a time; they follow each other without a gap from the first visible character on."""
    position = _after_space(text, 0)
    for start, end, kind in (*_fixed_spans(text), (len(text), len(text), "")):
        while position < start:
            border = _BORDER.search(text, position + _BLOCK, start) if start - position > _BLOCK else None
            stop = border.end() if border else start
            yield _free_units(text, position, stop)
            position = stop
        if start < end:
            position = _after_space(text, end)
            yield (_fixed_unit(text[start:end], kind, position - end),)


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, in order; the gaps between them are white space only.

    A suffix stays with its number, symbol or abbreviation (1918-ci, 20%-ni, NATO-nun), a period with its abbreviation or
    initial; a hyphen that means "to" stands alone. Not for words of other scripts without spaces. Offsets are code points.
    Raises ``TypeError`` for anything but ``str``.

    >>> [token.text for token in tokenize("F.Xoyski 1918-ci il mayın 28-də seçildi.[7]")]
    ['F.', 'Xoyski', '1918-ci', 'il', 'mayın', '28-də', 'seçildi', '.', '[7]']
    """
    units = chain.from_iterable(_units(require_text(text)))
    pieces = list(chain.from_iterable(map(itemgetter(0), units)))
    return make_tokens(accumulate(map(itemgetter(2), pieces), initial=_after_space(text, 0)), pieces)


def split_tokens(text: str) -> list[str]:
    """Return only the strings of the tokens: the same as ``tokenize``, in less time.

    >>> split_tokens("və s. 20%-ni")
    ['və', 's.', '20%-ni']
    """
    units = chain.from_iterable(_units(require_text(text)))
    return list(chain.from_iterable(map(itemgetter(1), units)))
