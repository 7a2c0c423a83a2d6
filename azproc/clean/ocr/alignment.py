"""The changes that lead from a word as it was read to another word: what the channel knows, and one slip of the hand at most."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from azproc.clean.ocr.channel import SLIP, TWICE, Channel, Confusion
from azproc.language.casing import fold

__all__ = ["changes_between", "cost_of"]

_MOST_CHANGES = 3
_ONE_LETTER, _ONE_FOR_ANOTHER, _SWAPPED = ((0, 1), (1, 0)), (1, 1), (2, 2)  # letters read and meant in slips


def changes_between(read: str, meant: str, channel: Channel) -> tuple[Confusion, ...]:
    """Return the few changes that lead from what was read to what was meant, which is folded; none if more than one were slips.

    >>> from azproc.clean.ocr.channel import channel
    >>> [change.name for change in changes_between("Rumuniyamn", "rumıniyanın", channel("aze"))]
    ['u-ı', 'm-nı']
    """
    letters = fold(read)
    found: tuple[Confusion, ...] = ()
    start = ahead = 0
    for same in Levenshtein.editops(letters, meant).as_matching_blocks():
        if start < same.a or ahead < same.b:
            before, after = letters[start - 1 : start], letters[same.a : same.a + 1]
            changes = _changes_within(read[start : same.a], meant[ahead : same.b], channel, before, after, most=_MOST_CHANGES - len(found))
            if changes is None:
                return ()
            found += changes
        start, ahead = same.a + same.size, same.b + same.size
    return found if sum((one.read, one.meant) not in channel.sides for one in found) <= 1 else ()


def _changes_within(read: str, meant: str, channel: Channel, before: str, after: str, *, most: int) -> tuple[Confusion, ...] | None:
    """Return the cheapest changes, so many at most, by which letters between two others stand for what was meant; None if there are none."""
    if read and meant and fold(read[0]) == meant[0]:
        return _changes_within(read[1:], meant[1:], channel, meant[0], after, most=most)
    if not read and not meant:
        return ()
    if most < 1:
        return None
    only = channel.sides.get((read, meant)) or _slip(fold(read), meant, before, after)
    if only or most < 2 or max(len(read), len(meant)) > most * channel.widest:
        return (only,) if only else None
    best: tuple[Confusion, ...] | None = None
    for width, wide in channel.widths:
        if width <= len(read) and wide <= len(meant):
            first = channel.sides.get((read[:width], meant[:wide])) or _slip(fold(read[:width]), meant[:wide], before, read[width : width + 1] or after)
            if first:
                rest = _changes_within(read[width:], meant[wide:], channel, read[width - 1 : width] or before, after, most=most - 1)
                if rest is not None and (best is None or cost_of((first, *rest)) < cost_of(best)):
                    best = (first, *rest)
    return best


def cost_of(changes: Iterable[Confusion]) -> float:
    """Return what several changes cost together."""
    return sum(change.cost for change in changes)


def _slip(read: str, meant: str, before: str, after: str) -> Confusion | None:
    """Return the slip of the hand by which ``read`` stands for ``meant`` between two letters, if it is one."""
    widths = len(read), len(meant)
    if widths in _ONE_LETTER and (read or meant.isalpha()):
        return Confusion(read, meant, TWICE if (read or meant) in (before, after) else SLIP)
    if (widths == _ONE_FOR_ANOTHER or (widths == _SWAPPED and read == meant[::-1])) and read != meant:
        return Confusion(read, meant, SLIP)
    return None
