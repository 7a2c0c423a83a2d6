"""The noisy channel: which letters are read for which, and what each confusion costs.

The costs are -ln P(read | meant), learnt from real OCR output by ``models/ocr/train.py`` and kept in
``data/confusions.tsv``. A read side may be empty (a letter was lost), and so may a meant side (a letter was added).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Literal

from azproc.language.casing import fold, is_upper, to_lower
from azproc.resources import read_table

__all__ = ["ENGINES", "FREE", "LACKED", "SLIP", "TWICE", "Channel", "Confusion", "Engine", "channel"]

Engine = Literal["aze", "tur", "eng"]
ENGINES: tuple[Engine, ...] = ("aze", "tur", "eng")
FREE: dict[Engine, float] = {"aze": 0.0, "tur": 3.5, "eng": 3.5}  # confusions up to this cost may befall a word any number of times
LACKED = frozenset("jw")  # letters that Tesseract's model aze does not have among its characters (its unicharset)
SLIP = 10.0  # the cost of any letter lost, added or taken for another where no confusion is known
TWICE = 7.5  # the cost of letters written twice, or once instead of twice
_NOTHING = "∅"


@dataclass(frozen=True, slots=True)
class Confusion:
    """``read`` stands where ``meant`` was written; both folded unless ``read`` is a capital; ``cost`` is -ln P."""

    read: str
    meant: str
    cost: float

    @property
    def name(self) -> str:
        """The confusion as rules name it, read first: ``o-ə``, ``rn-m``; a lost or added letter has one side only."""
        return f"{to_lower(self.read)}-{self.meant}"


@dataclass(frozen=True, slots=True)
class Channel:
    """All confusions of one kind of damage, found by what was read; ``lost`` are those where nothing was, by the letter; ``sides``: all, by what was read and what was meant; ``widths``: how many letters these have."""

    confusions: tuple[Confusion, ...]
    lost: dict[str, Confusion] = field(init=False, repr=False, compare=False)
    letters: dict[str, dict[str, Confusion]] = field(init=False, repr=False, compare=False)
    sides: dict[tuple[str, str], Confusion] = field(init=False, repr=False, compare=False)
    widths: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)
    widest: int = field(init=False, repr=False, compare=False)
    _by_read: dict[str, tuple[Confusion, ...]] = field(init=False, repr=False, compare=False)
    _unequal: dict[str, tuple[Confusion, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_read: dict[str, list[Confusion]] = {}
        letters: dict[str, dict[str, Confusion]] = {}
        for confusion in self.confusions:
            if confusion.read:
                by_read.setdefault(confusion.read, []).append(confusion)
            if len(confusion.read) == len(confusion.meant) == 1:
                letters.setdefault(confusion.read, {})[confusion.meant] = confusion
        lost = {one.meant: one for one in self.confusions if not one.read and len(one.meant) == 1}
        unequal = {read: tuple(one for one in group if (len(one.read), len(one.meant)) != (1, 1)) for read, group in by_read.items()}
        object.__setattr__(self, "lost", lost)
        object.__setattr__(self, "letters", letters)
        object.__setattr__(self, "sides", {(one.read, one.meant): one for one in self.confusions})
        object.__setattr__(self, "widths", tuple(sorted({(len(one.read), len(one.meant)) for one in self.confusions})))
        object.__setattr__(self, "widest", max(map(len, by_read), default=0))
        object.__setattr__(self, "_by_read", {read: tuple(group) for read, group in by_read.items()})
        object.__setattr__(self, "_unequal", unequal)

    def unequal(self, word: str, place: int) -> tuple[Confusion, ...]:
        """Return the confusions that may begin at a place of a word and are not of one letter for another."""
        found: tuple[Confusion, ...] = ()
        for width in range(1, min(self.widest, len(word) - place) + 1):
            group = self._unequal.get(word[place : place + width])
            if group:
                found += group
        return found

    def letters_meant(self, word: str, *, limit: float) -> list[dict[str, Confusion | None]]:
        """Return for each letter of a word what may have been meant: itself, first, or what it is read for at a cost up to ``limit``.

        >>> [list(meant) for meant in channel("tur").letters_meant("Gar", limit=2.0)]
        [['g', 'q'], ['a', 'ə'], ['r']]
        """
        letters = zip(word, map(fold, word), strict=True)
        return [{letter: None, **{one.meant: one for one in self.letters.get(read, {}).values() if one.cost <= limit}} for read, letter in letters]

    def options(self, word: str) -> tuple[tuple[Confusion, ...], ...]:
        """Return for each place of a word what may have been meant by the letters that start there.

        >>> [confusion.meant for confusion in channel("tur").options("vo")[1] if confusion.read == "o"][0]
        'ə'
        """
        by_read = self._by_read
        table = []
        for place in range(len(word)):
            here: tuple[Confusion, ...] = ()
            for width in range(1, self.widest + 1):
                group = by_read.get(word[place : place + width])
                if group and place + width <= len(word):
                    here = here + group
            table.append(here)
        return tuple(table)


@functools.cache
def channel(engine: Engine) -> Channel:
    """Return the channel of an engine that knows Azerbaijani (``aze``), or only Turkish (``tur``) or English (``eng``)."""
    column = 2 + ENGINES.index(engine)
    cheapest: dict[tuple[str, str], float] = {}
    for row in read_table("confusions.tsv"):
        if len(row) <= column or not row[column]:
            continue
        read, meant = ("" if side == _NOTHING else side for side in row[:2])
        key = (read if is_upper(read) else to_lower(read), to_lower(meant))
        if to_lower(key[0]) != key[1]:
            cheapest[key] = min(float(row[column]), cheapest.get(key, 99.0))
    return Channel(tuple(Confusion(read, meant, cost) for (read, meant), cost in cheapest.items()))
