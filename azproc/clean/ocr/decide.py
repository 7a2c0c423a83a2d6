"""The probability that a choice is right: features of the best reading, judged by boosted trees trained on real pages.

The trees were trained with scikit-learn by ``models/ocr/train.py`` and are kept as plain numbers in ``data/ocr/judge.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf, log1p
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FEATURES", "Judge", "features", "judge"]

FEATURES = (
    "cost", "weight", "weight_read", "known_read", "left", "left_shape", "right", "right_shape", "left_gain",
    "left_shape_gain", "right_gain", "right_shape_gain", "gain", "margin", "rivals", "capital", "all_capitals", "opens",
    "capital_share", "length", "frequency_read", "frequency", "unknown", "schwa", "engine", "confusions",
    "growth", "common_start", "common_end", "hyphen", "strange_read", "strange", "strange_gain", "seen_read", "seen",
    "letters_gain", "beginning_read",
)  # fmt: skip
_AT_ONCE = 64  # rows that are judged together: few enough for what is made of them to stay in the cache
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
        log1p(_surplus(page, word)),
        unknown,
        damage.schwa,
        float(damage.engine != "aze"),
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


def _surplus(page: Page, word: str) -> float:
    """How much oftener a page has a word than any text of its length: a long one has all common words."""
    model = context()
    expected = model.count(word) / model.total * len(page.tokens)
    return max(page.frequency[word] + page.frequency[match_case("A", word)] - expected, 0.0)


@dataclass(frozen=True, slots=True)
class Judge:
    """Boosted trees of one depth as arrays, a row for each tree: features and thresholds of its nodes, values of its leaves.

    The children of node ``n`` are ``2n + 1`` and ``2n + 2``; a branch that ends early is filled up to the same value.
    """

    features: NDArray[np.intp]
    thresholds: NDArray[np.float64]
    leaves: NDArray[np.float64]
    offset: float

    def probabilities(self, rows: Sequence[tuple[float, ...]]) -> list[float]:
        """Return for each row of features the probability that the best reading is what the author wrote.

        >>> [0 < one < 1 for one in judge().probabilities([(0.0,) * len(FEATURES)])], judge().probabilities([])
        ([True], [])
        """
        import numpy as np

        found: list[float] = []
        trees, width = self.features.shape
        first_node = np.arange(trees) * width
        first_leaf = np.arange(trees) * (width + 1)
        for start in range(0, len(rows), _AT_ONCE):
            values = np.array(rows[start : start + _AT_ONCE])
            first_value = np.arange(len(values))[:, None] * values.shape[1]
            node = np.zeros((len(values), trees), dtype=np.intp)
            while node[0, 0] < width:
                place = node + first_node
                asked = values.take(self.features.take(place) + first_value)
                node = 2 * node + 1 + (asked > self.thresholds.take(place))
            totals = self.offset + self.leaves.take(node - width + first_leaf).sum(axis=1)
            found += (1 / (1 + np.exp(-totals))).tolist()
        return found


@cache
def judge() -> Judge:
    """Return the shipped judge."""
    import numpy as np

    stored = json.loads(data_file("ocr/judge.json").read_text(encoding="utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise DataError("judge.json was trained for other features: reinstall azproc, or run models/ocr/train.py")
    depth = max(map(_depth, stored["trees"]))
    nodes = [list(_nodes(tree, depth)) for tree in stored["trees"]]
    features, thresholds = (np.array([[node[side] for node in tree] for tree in nodes]) for side in (0, 1))
    leaves = np.array([list(_leaves(tree, depth)) for tree in stored["trees"]])
    return Judge(features.astype(np.intp), thresholds, leaves, stored["offset"])


def _depth(tree: Any) -> int:
    return 1 + max(_depth(tree[2]), _depth(tree[3])) if isinstance(tree, list) else 0


def _nodes(tree: Any, depth: int) -> Iterator[tuple[int, float]]:
    """Yield feature and threshold of each node of a tree, level by level; where a branch has ended, one that leads left."""
    level = [tree]
    for _ in range(depth):
        yield from ((one[0], one[1]) if isinstance(one, list) else (0, inf) for one in level)
        level = [child for one in level for child in (one[2:] if isinstance(one, list) else (one, one))]


def _leaves(tree: Any, depth: int) -> Iterator[float]:
    if depth == 0:
        yield tree
        return
    for child in tree[2:] if isinstance(tree, list) else (tree, tree):
        yield from _leaves(child, depth - 1)
