"""The changes that lead from a word as it was read to another word: what the channel knows, and one slip of the hand at most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein, Postfix

from azproc.clean.ocr.channel import SLIP, TWICE, Channel, Confusion
from azproc.language.casing import fold

__all__ = ["changes_between", "cost_of"]

_ROOM = 2  # letters for each of three changes or more, before an ending that is the same: closer together they make another word
_ONE_LETTER, _ONE_FOR_ANOTHER, _SWAPPED = ((0, 1), (1, 0)), (1, 1), (2, 2)  # letters read and meant in slips


def changes_between(read: str, meant: str, channel: Channel, *, most: int) -> tuple[Confusion, ...]:
    """Return the changes, so many at most, that lead from what was read to what was meant, which is folded; none if two were slips.

    >>> from azproc.clean.ocr.channel import channel
    >>> [change.name for change in changes_between("Rumuniyamn", "rumıniyanın", channel("aze"), most=2)]
    ['u-ı', 'm-nı']
    """
    letters = fold(read)
    found: tuple[Confusion, ...] = ()
    slips = True
    for start, end, ahead, ahead_end in _unlike(read, letters, meant, channel):
        piece = _Piece(read[start:end], letters[start:end], letters[start - 1 : start], letters[end : end + 1])
        changes = _changes_within(piece, meant[ahead:ahead_end], channel, most=most - len(found), slips=slips)
        if changes is None:
            return ()
        found += changes
        slips = slips and all(_is_known(one, channel) for one in changes)
    return () if len(found) > 2 and len(read) - Postfix.similarity(letters, meant) < _ROOM * len(found) else found


def _unlike(read: str, letters: str, meant: str, channel: Channel) -> list[tuple[int, int, int, int]]:
    """Return where the words differ, as ends in both; one stretch, where the channel knows two and the letter between as one confusion."""
    found: list[tuple[int, int, int, int]] = []
    start = ahead = 0
    for same in Levenshtein.editops(letters, meant).as_matching_blocks():
        if start < same.a or ahead < same.b:
            if found and start - found[-1][1] == 1 and (read[found[-1][0] : same.a], meant[found[-1][2] : same.b]) in channel.sides:
                found[-1] = (found[-1][0], same.a, found[-1][2], same.b)
            else:
                found.append((start, same.a, ahead, same.b))
        start, ahead = same.a + same.size, same.b + same.size
    return found


class _Piece(NamedTuple):
    """Letters as they were read, the same folded, and the letters before and after them."""

    read: str
    letters: str
    before: str
    after: str

    def beginning(self, width: int) -> _Piece:
        return _Piece(self.read[:width], self.letters[:width], self.before, self.letters[width : width + 1] or self.after)

    def rest(self, width: int) -> _Piece:
        return _Piece(self.read[width:], self.letters[width:], self.letters[width - 1 : width] or self.before, self.after)


def _changes_within(piece: _Piece, meant: str, channel: Channel, *, most: int, slips: bool) -> tuple[Confusion, ...] | None:
    """Return the cheapest changes, so many at most, by which a piece stands for what was meant; None if there are none."""
    if piece.read and piece.letters[0] == meant[:1]:
        return _changes_within(piece.rest(1), meant[1:], channel, most=most, slips=slips)
    if not piece.read and not meant:
        return ()
    if most < 1:
        return None
    only = _change(piece, meant, channel, slips=slips)
    if only or most < 2 or max(len(piece.read), len(meant)) > most * channel.widest:
        return (only,) if only else None
    best: tuple[Confusion, ...] | None = None
    for width, wide in channel.widths:
        if width <= len(piece.read) and wide <= len(meant):
            first = _change(piece.beginning(width), meant[:wide], channel, slips=slips)
            if first:
                may_slip = slips and _is_known(first, channel)
                rest = _changes_within(piece.rest(width), meant[wide:], channel, most=most - 1, slips=may_slip)
                if rest is not None and (best is None or cost_of((first, *rest)) < cost_of(best)):
                    best = (first, *rest)
    return best


def _change(piece: _Piece, meant: str, channel: Channel, *, slips: bool) -> Confusion | None:
    """Return the confusion that the channel knows, or the slip of the hand, by which a piece stands for what was meant."""
    known = channel.sides.get((piece.read, meant))
    return known if known or not slips else _slip(piece, meant)


def _is_known(change: Confusion, channel: Channel) -> bool:
    return (change.read, change.meant) in channel.sides


def cost_of(changes: Iterable[Confusion]) -> float:
    """Return what several changes cost together."""
    return sum(change.cost for change in changes)


def _slip(piece: _Piece, meant: str) -> Confusion | None:
    """Return the slip of the hand by which a piece stands for what was meant, if it is one."""
    read = piece.letters
    widths = len(read), len(meant)
    if widths in _ONE_LETTER and (read or meant.isalpha()):
        return Confusion(read, meant, TWICE if (read or meant) in (piece.before, piece.after) else SLIP)
    if (widths == _ONE_FOR_ANOTHER or (widths == _SWAPPED and read == meant[::-1])) and read != meant:
        return Confusion(read, meant, SLIP)
    return None
