"""Train the judge, boosted trees, with scikit-learn, and write it as plain numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from judge_data import Example
from sklearn.ensemble import HistGradientBoostingClassifier

from azproc.clean.ocr.decide import FEATURES

PLACE = {name: place for place, name in enumerate(FEATURES)}
SHORTEST_MISPRINT = 5
DIGITS = 9  # significant; some splits part zero from a millionth less
STRANGER = 3.0  # a letter group e^3 times rarer than the rarest of the word that fits


def is_misprint(example: Example) -> bool:
    """Tell whether what counts as right is in truth a misprint of the clean text itself.

    Of the small words of five letters and more that are neither listed nor well formed, and for which a listed word fits
    better, nearly all are misprints of the source (24 of 25 in a sample): they would teach the judge to leave damage.
    """
    value = example.features
    return (
        example.sound
        and value[PLACE["known_read"]] == 0
        and value[PLACE["capital"]] == 0
        and (value[PLACE["gain"]] > 0 or value[PLACE["strange_gain"]] > STRANGER)
        and value[PLACE["length"]] >= SHORTEST_MISPRINT
    )


def fit(found: Sequence[Sequence[Example]], config: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the judge as JSON data, and figures about its training; it is the mean of forests, each of its own examples."""
    models = [_forest(examples, config) for examples in found]
    trees = [_nested(stage[0].nodes, 0, len(models)) for model in models for stage in model._predictors]
    offset = float(np.mean([model._baseline_prediction[0, 0] for model in models]))
    counts = {"examples": sum(map(len, found)), "right": sum(_is_mended(example) for examples in found for example in examples)}
    return {"features": list(FEATURES), "offset": offset, "trees": trees}, counts


def _is_mended(example: Example) -> bool:
    return example.right and not example.sound


def _forest(found: Sequence[Example], config: dict[str, Any]) -> HistGradientBoostingClassifier:
    values = np.array([example.features for example in found])
    right = np.array(list(map(_is_mended, found)))
    kinds = {"_tur_": config["unable_weight"], "_eng_": config["unable_weight"], "_aze_": config["scanned_weight"]}
    weight = np.array([next((kinds[kind] for kind in kinds if kind in example.setting), 1.0) for example in found])
    return HistGradientBoostingClassifier(
        max_iter=config["trees"], max_depth=config["depth"], learning_rate=config["rate"], min_samples_leaf=config["leaf"],
        max_features=config["share"], l2_regularization=config["shrinkage"],
        monotonic_cst=[config["monotonic"].get(name, 0) for name in FEATURES], early_stopping=False, random_state=config["seed"],
    ).fit(values, right, sample_weight=weight)


def _nested(nodes: Any, place: int, forests: int) -> Any:
    node = nodes[place]
    if node["is_leaf"]:
        return round(float(node["value"]) / forests, 4)
    children = (_nested(nodes, int(node[side]), forests) for side in ("left", "right"))
    return [int(node["feature_idx"]), float(f"{node['num_threshold']:.{DIGITS}g}"), *children]
