"""What is compared for each layer of a gold file, and the function of the library that answers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import regex

from azproc.errors import InputError
from azproc.records import span_record, value_text
from azproc.spans import Date, Number, Span

__all__ = ["BETWEEN", "LAYERS", "GoldDocument", "Layer", "Measure", "Record", "read_gold"]

Record = Mapping[str, Any]
MAIN_LABELS = frozenset({"PER", "LOC", "ORG"})

_PARAGRAPH = regex.compile(r"-p\d+$")
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to compare a layer: the fields that must agree, and the labels that count if not all."""

    name: str
    fields: tuple[str, ...]
    labels: frozenset[str] | None = None

    def items(self, records: list[Record]) -> list[Hashable]:
        """Return the records that count as comparable tuples."""
        counting = [record for record in records if self.labels is None or record["label"] in self.labels]
        return [tuple(record.get(field) for field in self.fields) for record in counting]


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: its name, the function that finds it, as ``module:name``, and its measures."""

    name: str
    function: str
    measures: tuple[Measure, ...]

    def found(self, text: str) -> list[Record]:
        """Return the spans that the library finds; raises `ImportError` where the function is not there."""
        module, name = self.function.split(":")
        return [_comparable(span) for span in getattr(import_module(module), name)(text)]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text with its gold layers, and its genre if the file tells."""

    id: str
    text: str
    layers: Mapping[str, list[Record]]
    genre: str = ""


PLACE = ("start", "end")

LAYERS = (
    Layer("sentences", "azproc.segment.sentences:split_sentences", (Measure("span", PLACE),)),
    Layer("tokens", "azproc.segment.tokens:tokenize", (Measure("span", PLACE),)),
    Layer(
        "citations",
        "azproc.clean.citations:find_citations",
        (Measure("span", PLACE), Measure("span, kind", (*PLACE, "kind"))),
    ),
    Layer(
        "dates",
        "azproc.extract.dates:find_dates",
        (
            Measure("span", PLACE),
            Measure("span, type, value, mod", (*PLACE, "type", "value", "mod")),
            Measure("and value in context", (*PLACE, "type", "value", "mod", "resolved")),
        ),
    ),
    Layer(
        "numbers",
        "azproc.extract.numbers:find_numbers",
        (Measure("span", PLACE), Measure("span, type, value, unit, mod", (*PLACE, "type", "value", "unit", "mod"))),
    ),
    Layer(
        "entities",
        "azproc.ner.tagger:find_entities",
        (
            Measure("PER LOC ORG", (*PLACE, "label"), MAIN_LABELS),
            Measure("all labels", (*PLACE, "label")),
            Measure("all labels, name", (*PLACE, "label", "name")),
            *(
                Measure(label, (*PLACE, "label"), frozenset({label}))
                for label in ("PER", "LOC", "ORG", "EVENT", "LAW", "WORK", "NORP")
            ),
        ),
    ),
)


def read_gold(path: Path) -> list[GoldDocument]:
    """Read the gold of a JSONL file, or of all such files in a directory.

    Lines whose ids end in ``-p`` and a number are paragraphs of one document and are joined, so that context counts.
    Documents as `Document.to_json` writes them are read too.
    Raises `InputError` where a file cannot be read or holds something else.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "gold.jsonl"
    ...     _ = file.write_text('{"id": "a", "text": "Bakı.", "tokens": [[0, 4], [4, 5]]}', encoding="utf-8")
    ...     read_gold(file)[0].layers["tokens"]
    [{'start': 0, 'end': 4}, {'start': 4, 'end': 5}]
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path} holds no .jsonl file: name the gold file or its directory")
    documents: dict[str, list[Record]] = {}
    for file in files:
        for number, record in enumerate(_lines(file), 1):
            if not isinstance(record, dict) or "text" not in record:
                raise InputError(f"{file}, line {number} is no gold document: it needs a text")
            name = str(record.get("id", f"{file.name}:{number}"))
            documents.setdefault(_PARAGRAPH.sub("", name), []).append(record)
    try:
        return [_joined(name, paragraphs) for name, paragraphs in documents.items()]
    except (KeyError, TypeError, IndexError) as error:
        raise InputError(f"{path} is no gold: each span needs start and end ({error!r})") from error


def _lines(file: Path) -> Iterator[Any]:
    try:
        for line in file.read_bytes().splitlines():
            yield msgspec.json.decode(line)
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise InputError(f"{file} is no JSONL file: {error}") from error


def _joined(name: str, paragraphs: list[Record]) -> GoldDocument:
    layers: dict[str, list[Record]] = {}
    start = 0
    for paragraph in paragraphs:
        for layer, records in {**paragraph, **paragraph.get("layers", {})}.items():
            if isinstance(records, list):
                layers.setdefault(layer, []).extend(_shifted(record, start) for record in records)
        start += len(paragraph["text"]) + len(BETWEEN)
    return GoldDocument(
        name, BETWEEN.join(paragraph["text"] for paragraph in paragraphs), layers, str(paragraphs[0].get("genre", ""))
    )


def _shifted(record: Any, start: int) -> Record:
    if isinstance(record, list):
        return {"start": record[0] + start, "end": record[1] + start}
    return {**record, "start": record["start"] + start, "end": record["end"] + start}


def _comparable(span: Span) -> Record:
    """Return a span as the gold writes it: values as strings, ``resolved`` only where it adds something."""
    record = span_record(span)
    if isinstance(span, Number):
        record["value"] = value_text(span.value)
    if isinstance(span, Date) and span.resolved == span.value:
        record["resolved"] = None
    return record
