"""Repairs against gold: damaged words mended and missed, correct words harmed, citation marks stripped exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from azproc.evaluate.layers import GoldDocument, Record
from azproc.evaluate.spans import Score
from azproc.rewrite import Rewrite

__all__ = ["Repairs", "repairs", "stripped"]

_WORD = regex.compile(r"[\p{L}\p{N}]")


@dataclass(frozen=True, slots=True)
class Repairs:
    """Gold corrections that were ``mended`` and ``missed``, and correct words that were ``harmed``: before and after."""

    mended: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    harmed: tuple[tuple[str, str], ...]

    @property
    def score(self) -> Score:
        """The repairs as items: gold corrections, words changed, words changed as the gold does."""
        gold = len(self.mended) + len(self.missed)
        changed = sum(before != after for before, after in self.missed)
        return Score(gold, len(self.mended) + changed + len(self.harmed), len(self.mended))


def repairs(gold: GoldDocument, changes: Rewrite) -> Repairs:
    """Compare a repaired text with the gold corrections and tokens.

    Every gold token outside the corrections that holds a letter or digit and is no citation mark is a correct word.

    >>> from azproc.rewrite import Edit
    >>> gold = GoldDocument("a", "haş vo", {"corrections": [{"start": 0, "end": 3, "after": "baş"}], "tokens": [{"start": 4, "end": 6}]})
    >>> repairs(gold, Rewrite("haş vo", (Edit(0, 3, "haş", "baş"), Edit(4, 6, "vo", "və"))))
    Repairs(mended=(('haş', 'baş'),), missed=(), harmed=(('vo', 'və'),))
    """
    corrections = gold.layers.get("corrections", [])
    outcomes = [(_word(gold, place), _image(changes, place), place["after"]) for place in corrections]
    words = ((_word(gold, token), _image(changes, token)) for token in _correct_words(gold))
    return Repairs(
        tuple((before, after) for before, after, wanted in outcomes if after == wanted),
        tuple((before, after) for before, after, wanted in outcomes if after != wanted),
        tuple((before, after) for before, after in words if before != after),
    )


def stripped(gold: GoldDocument) -> str:
    """Return the text without its gold citations: a space before a mark goes with it, and nothing else.

    >>> stripped(GoldDocument("a", "oldu [7].", {"citations": [{"start": 5, "end": 8}]}))
    'oldu.'
    """
    parts, position = [], 0
    for mark in gold.layers.get("citations", []):
        parts.append(gold.text[position : mark["start"]].rstrip(" \t"))
        position = mark["end"]
    return "".join(parts) + gold.text[position:]


def _correct_words(gold: GoldDocument) -> Iterator[Record]:
    taken = [(place["start"], place["end"]) for layer in ("corrections", "citations") for place in gold.layers.get(layer, [])]
    for token in gold.layers.get("tokens", []):
        apart = all(token["end"] <= start or end <= token["start"] for start, end in taken)
        if apart and _WORD.search(_word(gold, token)):
            yield token


def _word(gold: GoldDocument, place: Record) -> str:
    return gold.text[place["start"] : place["end"]]


def _image(changes: Rewrite, place: Record) -> str:
    image = changes.offsets.forward((place["start"], place["end"]))
    assert image is not None
    return changes.text[image[0] : image[1]].strip()
