"""All layers of a gold corpus against the library, as rows that print as a table or as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from importlib import import_module
from itertools import zip_longest
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azproc.errors import DataError
from azproc.evaluate.corrections import Repairs, repairs, stripped
from azproc.evaluate.layers import BETWEEN, LAYERS, GoldDocument, Layer, read_gold
from azproc.evaluate.spans import Score, score
from azproc.pipeline import load

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Report", "Row", "evaluate"]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of one layer; ``mistakes`` lists what was missed and what was found wrongly."""

    layer: str
    measure: str
    score: Score
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The rows, the layers that nothing answers yet with the reason, and facts that are no F1."""

    rows: tuple[Row, ...]
    missing: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "scores": [
                {
                    "layer": row.layer,
                    "measure": row.measure,
                    "gold": row.score.gold,
                    "found": row.score.found,
                    "right": row.score.right,
                    "precision": round(row.score.precision, 4),
                    "recall": round(row.score.recall, 4),
                    "f1": round(row.score.f1, 4),
                }
                for row in self.rows
            ],
            "missing": self.missing,
            **self.facts,
        }

    def table(self) -> Table:
        """Return the scores as a table for the terminal."""
        from rich.table import Table

        table = Table("layer", "what must agree")
        for name in ("gold", "found", "right", "P", "R", "F1"):
            table.add_column(name, justify="right")
        last = ""
        for row in self.rows:
            counts = map(str, (row.score.gold, row.score.found, row.score.right))
            rates = (f"{rate:.4f}" for rate in (row.score.precision, row.score.recall, row.score.f1))
            table.add_row(row.layer if row.layer != last else "", row.measure, *counts, *rates)
            last = row.layer
        return table


def evaluate(path: Path, *, profile: str = "ocr") -> Report:
    """Score every layer that the gold has; corrections are those that the profile makes.

    Raises `InputError` where the gold cannot be read. A layer whose model is missing is named in ``missing``.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "gold.jsonl"
    ...     _ = file.write_text('{"id": "a", "text": "Bakı.", "tokens": [[0, 4], [4, 5]]}', encoding="utf-8")
    ...     [(row.layer, row.score.f1) for row in evaluate(file).rows]
    [('tokens', 1.0)]
    """
    documents = read_gold(path)
    rows: list[Row] = []
    missing: dict[str, str] = {}
    facts: dict[str, Any] = {}
    for layer in LAYERS:
        if any(layer.name in doc.layers for doc in documents):
            try:
                rows += _layer_rows(layer, documents)
            except (ImportError, DataError) as error:
                missing[layer.name] = str(error)
    for name, compare in (("citations, stripped text", _stripped), ("corrections", _corrections)):
        try:
            found, about = compare(documents, profile)
            rows += found
            facts |= about
        except (ImportError, DataError) as error:
            missing[name] = str(error)
    return Report(tuple(rows), missing, facts)


def _layer_rows(layer: Layer, documents: list[GoldDocument]) -> Iterable[Row]:
    pairs = [(doc, list(doc.layers.get(layer.name, [])), layer.found(doc.text)) for doc in documents]
    for measure in layer.measures:
        scores = [score(measure.items(gold), measure.items(found)) for _, gold, found in pairs]
        mistakes: list[str] = []
        for doc, gold, found in pairs:
            wanted, given = set(measure.items(gold)), set(measure.items(found))
            mistakes += (f"missed  {_line(doc, item)}" for item in measure.items(gold) if item not in given)
            mistakes += (f"extra   {_line(doc, item)}" for item in measure.items(found) if item not in wanted)
        yield Row(layer.name, measure.name, reduce(add, scores, Score()), tuple(mistakes))


def _line(doc: GoldDocument, item: Any) -> str:
    start, end, *rest = item
    return f"{doc.id} {start}-{end} {doc.text[start:end]!r} {' '.join(map(str, rest))}".rstrip()


def _stripped(documents: list[GoldDocument], _profile: str) -> tuple[list[Row], dict[str, Any]]:
    strip = import_module("azproc.clean.citations").strip_citations
    pairs = [
        pair
        for doc in documents
        if "citations" in doc.layers
        for pair in zip_longest(stripped(doc).split(BETWEEN), strip(doc.text).text.split(BETWEEN))
    ]
    exact = {"paragraphs": len(pairs), "exact": sum(wanted == given for wanted, given in pairs)}
    return [], {"stripped_text_exact": exact} if pairs else {}


def _corrections(documents: list[GoldDocument], profile: str) -> tuple[list[Row], dict[str, Any]]:
    if not any("corrections" in doc.layers for doc in documents):
        return [], {}
    pipeline = load(profile)
    outcomes = [repairs(doc, pipeline(doc.text).changes) for doc in documents]
    total = Repairs(*(tuple(pair for each in outcomes for pair in getattr(each, name)) for name in ("mended", "missed", "harmed")))
    mistakes = tuple(
        f"{fate}  {before} → {after}" for fate, pairs in (("missed", total.missed), ("harmed", total.harmed)) for before, after in pairs
    )
    about = {"profile": profile, "mended": len(total.mended), "missed": list(total.missed), "harmed": list(total.harmed)}
    return [Row("corrections", f"mended by profile {profile}", total.score, mistakes)], {"corrections": about}
