"""Exact spans of the shipped tagger against marked text: figures, their bootstrap intervals, and an honest temperature."""

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from marked import LABELS, in_final_half, read_marked

from azproc.ner.chain import Chain
from azproc.ner.encoder import Encoder
from azproc.ner.tagger import find_entities
from azproc.segment.tokens import tokenize

MAIN = ("PER", "LOC", "ORG")
RESAMPLES = 1000

Marks = set[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with the spans that are due and the spans that were found, with their scores."""

    id: str
    text: str
    due: Marks
    found: dict[tuple[int, int, str], float]


def dev_lines(data: Path, *, final: bool) -> list[tuple[str, str, Marks]]:
    lines = read_marked(data / "ner/az_dev.tsv")
    return [(i, text, set(spans)) for i, text, spans in lines if in_final_half(i) == final]


def seed_lines(gold: Path) -> list[tuple[str, str, Marks]]:
    documents = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
    return [
        (document["id"], document["text"], {(e["start"], e["end"], e["label"]) for e in document["entities"]})
        for document in documents
    ]


def recased(lines: Sequence[tuple[str, str, Marks]], change: Callable[[str], str]) -> list[tuple[str, str, Marks]]:
    """The lines in capitals or in small letters; those that would change their length are left out."""
    return [(i, change(text), marks) for i, text, marks in lines if len(change(text)) == len(text)]


def judge(lines: Sequence[tuple[str, str, Marks]], model: Path) -> list[Judged]:
    return [
        Judged(identifier, text, due, {(e.start, e.end, e.label): e.score for e in find_entities(text, model=model)})
        for identifier, text, due in lines
    ]


def counts(line: Judged, labels: Sequence[str]) -> np.ndarray:
    """Numbers of right, found and due spans."""
    due = {span for span in line.due if span[2] in labels}
    found = {span for span in line.found if span[2] in labels}
    return np.array([len(due & found), len(found), len(due)])


def f1(right: float, found: float, due: float) -> float:
    return float(2 * right / max(1, found + due))


def figures(judged: Sequence[Judged], labels: Sequence[str], seed: int) -> dict[str, object]:
    """Precision, recall and F1 with the interval of 95 % over resampled texts."""
    table = np.array([counts(line, labels) for line in judged])
    right, found, due = table.sum(axis=0)
    chance = np.random.default_rng(seed)
    again = [f1(*table[chance.integers(0, len(table), len(table))].sum(axis=0)) for _ in range(RESAMPLES)]
    low, high = np.percentile(again, [2.5, 97.5])
    return {
        "precision": round(float(right / max(1, found)), 4), "recall": round(float(right / max(1, due)), 4),
        "f1": round(f1(right, found, due), 4), "interval": [round(float(low), 4), round(float(high), 4)], "due": int(due),
    }  # fmt: skip


def table_of(judged: Sequence[Judged], seed: int) -> dict[str, object]:
    groups = {"PER LOC ORG": MAIN, "all": LABELS, **{label: (label,) for label in LABELS}}
    return {name: figures(judged, labels, seed) for name, labels in groups.items()}


def calibration(judged: Sequence[Judged]) -> dict[str, float]:
    """Log loss and expected calibration error of the scores."""
    pairs = [(score, span in line.due) for line in judged for span, score in line.found.items()]
    scores, right = np.array([s for s, _ in pairs]), np.array([r for _, r in pairs], float)
    clipped = np.clip(scores, 1e-4, 1 - 1e-4)
    loss = -np.mean(right * np.log(clipped) + (1 - right) * np.log(1 - clipped))
    bins = np.minimum((scores * 10).astype(int), 9)
    error = sum(abs(scores[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    return {"log_loss": round(float(loss), 4), "expected_error": round(float(error), 4)}


def honest_temperature(encoder: Encoder, lines: Sequence[tuple[str, str, Marks]]) -> float:
    """The temperature under which the scores of the found spans have the least log loss."""
    read = [(text, tokenize(text), due) for _, text, due in lines]
    rows = [
        encoder.scores([(t.text, i == 0 or tokens[i - 1].end < t.start) for i, t in enumerate(tokens)], [(0, len(tokens))])
        for _, tokens, _ in read
    ]
    cold = encoder.chain

    def loss(temperature: float) -> float:
        chain = Chain(cold.tags, cold.start / temperature, cold.moves / temperature)
        judged = []
        for (text, tokens, due), spans in zip(read, chain.spans([row / temperature for row in rows]), strict=True):
            found = {(tokens[s.first].start, tokens[s.end - 1].end, s.label): s.score for s in spans}
            judged.append(Judged("", text, due, found))
        return calibration(judged)["log_loss"]

    return min((round(0.7 + 0.05 * i, 2) for i in range(50)), key=loss)


def error_kinds(judged: Sequence[Judged]) -> tuple[Counter[str], dict[str, list[str]]]:
    """How often each kind of error occurs, with fragments that show it."""
    kinds: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    for line in judged:
        missed, extra = line.due - set(line.found), set(line.found) - line.due
        for start, end, label in sorted(missed):
            over = [x for x in extra if x[0] < end and x[1] > start]
            same = [x for x in over if x[:2] == (start, end)]
            if same:
                kind = f"label {label} as {same[0][2]}"
            elif over:
                kind = f"border of {label}"
            else:
                kind = f"missed {label}"
            _note(kinds, shown, kind, line.text[start:end], "; ".join(line.text[x[0] : x[1]] for x in over))
        for start, end, label in sorted(extra):
            if not any(x[0] < end and x[1] > start for x in missed):
                _note(kinds, shown, f"spurious {label}", "", line.text[start:end])
    return kinds, shown


def _note(kinds: Counter[str], shown: dict[str, list[str]], kind: str, due: str, found: str) -> None:
    kinds[kind] += 1
    shown.setdefault(kind, []).append(f"{due or '–'} → {found or '–'}")


def sample(items: Sequence[str], size: int, seed: int) -> list[str]:
    return random.Random(seed).sample(list(items), min(size, len(items)))
