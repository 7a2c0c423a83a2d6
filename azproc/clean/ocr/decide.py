"""The probability that a choice is right: features of the best reading, judged by boosted trees trained on real pages.

The trees were trained with scikit-learn by ``models/ocr/train.py`` and are kept as plain numbers in ``data/ocr/judge.json``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import exp, log1p

from rapidfuzz.distance import Postfix, Prefix

from azproc.clean.ocr.choose import Choice
from azproc.clean.ocr.context import BORDER, context
from azproc.clean.ocr.damage import Damage
from azproc.clean.ocr.kinds import Kind
from azproc.clean.ocr.letter_model import letter_model
from azproc.clean.ocr.page import Page
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.errors import DataError
from azproc.language.casing import is_capitalised, is_upper, match_case
from azproc.resources import data_file

__all__ = ["FEATURES", "Judge", "features", "judge"]

FEATURES = (
    "cost", "weight", "weight_read", "known_read", "left", "left_shape", "right", "right_shape", "left_gain",
    "left_shape_gain", "right_gain", "right_shape_gain", "gain", "margin", "rivals", "capital", "all_capitals", "opens",
    "capital_share", "length", "frequency_read", "frequency", "unknown", "schwa", "turkish", "confusions",
    "growth", "common_start", "common_end", "hyphen", "strange_read", "strange", "strange_gain", "seen_read", "seen",
    "letters_gain", "beginning_read",
)  # fmt: skip
_NEAR = 3.0  # a rival is a reading that scores within this of the best


def features(page: Page, choice: Choice, damage: Damage) -> tuple[float, ...]:
    """Return the features of the best reading of a choice, in the order of `FEATURES`."""
    slot, read, best = choice.slot, choice.read, choice.others[0]
    start = page.starts[slot.place]
    words, model, word = vocabulary(), context(), best.reading.word
    strange_read, strange = model.strangeness(slot.word), model.strangeness(word)
    rival = choice.others[1].score if len(choice.others) > 1 else best.score - 20.0
    unknown = (damage.unknown * damage.words - (slot.kind is Kind.UNKNOWN)) / max(damage.words - 1, 1)
    return (
        best.reading.cost,
        words.weight(word),
        words.weight(slot.word),
        2.0 - (slot.kind is Kind.FORMED) - 2 * (slot.kind is Kind.UNKNOWN),
        *best.links,
        *(new - old for new, old in zip(best.links, read.links, strict=True)),
        best.score - read.score,
        best.score - rival,
        float(sum(one.score > best.score - _NEAR for one in choice.others)),
        float(is_capitalised(slot.token)),
        float(is_upper(slot.token)),
        float(choice.left == BORDER),
        words.words.capital_share(word),
        float(len(word)),
        log1p(page.frequency[slot.token]),
        log1p(page.frequency[word] + page.frequency[match_case("A", word)]),
        unknown,
        damage.schwa,
        float(damage.engine == "tur"),
        float(len(best.reading.confusions)),
        float(len(word) - len(slot.word)),
        float(Prefix.similarity(slot.word, word)),
        float(Postfix.similarity(slot.word, word)),
        float("-" in slot.token),
        strange_read,
        strange,
        strange_read - strange,
        log1p(model.count(slot.word)),
        log1p(model.count(word)),
        letter_model().gain_at(page.text, start, start + len(slot.token), slot.word, word),
        words.weight_of_beginning(slot.word) if slot.kind is Kind.UNKNOWN else words.weight(slot.word),
    )


@dataclass(frozen=True, slots=True)
class Judge:
    """Boosted trees as nested tuples: ``(feature, threshold, left, right)``, or a number at a leaf."""

    trees: tuple[object, ...]
    offset: float

    def probability(self, values: tuple[float, ...]) -> float:
        """Return the probability that the best reading is what the author wrote.

        >>> 0 < judge().probability((0.0,) * len(FEATURES)) < 1
        True
        """
        total = self.offset
        for tree in self.trees:
            node = tree
            while isinstance(node, tuple):
                node = node[2] if values[node[0]] <= node[1] else node[3]
            total += node  # type: ignore[operator]
        return 1 / (1 + exp(-total))


@cache
def judge() -> Judge:
    """Return the shipped judge."""
    stored = json.loads(data_file("ocr/judge.json").read_text(encoding="utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise DataError("judge.json was trained for other features: reinstall azproc, or run models/ocr/train.py")
    return Judge(tuple(_frozen(tree) for tree in stored["trees"]), stored["offset"])


def _frozen(node: object) -> object:
    return tuple(_frozen(child) if place > 1 else child for place, child in enumerate(node)) if isinstance(node, list) else node
