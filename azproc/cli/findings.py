"""What ``extract`` and ``ner`` have in common: find spans, and write them with their places in the original file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import regex

from azproc.batch.formats import ErrorPolicy, json_line, read_chunks
from azproc.cli.failures import Failures
from azproc.cli.inputs import Source, expand
from azproc.cli.outputs import say
from azproc.document import Document
from azproc.pipeline import Pipeline, load
from azproc.records import span_record, value_text
from azproc.spans import Date, Number, Span

__all__ = ["write_findings"]

_PLAIN = r"\p{Nd}[\p{Nd} .,]*+(?:[\p{L}\p{M}%°/]++ ?+)*+$"  # a number and its unit
_FORMULA = regex.compile(rf"[=＝@＠\t\r\n]|[-+－＋](?!{_PLAIN})")  # what a spreadsheet would run, or read as a sum of cells
_LINE_END = "\r\n"  # what the writer ends lines with is what it quotes inside a cell
_HARMLESS = "'"  # in front of it


def write_findings(
    inputs: tuple[str, ...],
    layers: tuple[str, ...],
    columns: tuple[str, ...],
    form: str,
    profile: str | None,
    encoding: str,
    errors: ErrorPolicy,
    options: Mapping[str, Mapping[str, Any]] | None = None,
    before: tuple[str, ...] = (),
) -> int:
    """Find the layers in all inputs, cleaned by a profile first if one is given, and write one span a line.

    ``before`` names the steps whose layers these ones need.

    Offsets are code points of the original file also where the text was cleaned; ``text`` is the cleaned one then.
    """
    cleaning = load(profile).steps if profile else ()
    pipeline = Pipeline(*cleaning, *before, *layers, options=options)
    sources = expand(inputs, ".txt")
    failed = Failures(Path("failures.jsonl"))
    if form == "csv":
        say(_csv(("file", "layer", "start", "end", "text", *columns)))
    for source in sources:
        with failed.guard(source.name), source.open() as stream:
            for chunk in read_chunks(stream, name=source.name, encoding=encoding, errors=errors):
                for layer, span in _found(pipeline(chunk.text), layers):
                    shifted = replace(span, start=span.start + chunk.start, end=span.end + chunk.start)
                    say(_line(source, layer, shifted, columns, form))
    return int(failed.close(len(sources)))


def _found(doc: Document, layers: Iterable[str]) -> Iterator[tuple[str, Span]]:
    """Yield the spans of all layers in order, at their places in the original, with the text as it was read."""
    spans = chain.from_iterable(((layer, span) for span in doc.layers[layer]) for layer in layers)
    for layer, span in sorted(spans, key=lambda found: (found[1].start, found[1].end)):
        place = doc.to_original(span)
        yield layer, replace(span, start=place.start, end=place.end)


def _line(source: Source, layer: str, span: Span, columns: tuple[str, ...], form: str) -> str:
    if form == "jsonl":
        return json_line({"file": source.name, "layer": layer} | span_record(span)).decode().rstrip("\n")
    cells = (source.name, layer, str(span.start), str(span.end), span.text, *(_cell(span, column) for column in columns))
    if form == "csv":
        return _csv(cells)
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _cell(span: Span, column: str) -> str:
    if column == "value" and isinstance(span, Date | Number):
        return value_text(span.value)
    value = getattr(span, column, None)
    return f"{value:.3f}" if isinstance(value, float) else str(value or "")


def _csv(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator=_LINE_END).writerow(_HARMLESS + cell if _FORMULA.match(cell) else cell for cell in cells)
    return line.getvalue().removesuffix(_LINE_END)
