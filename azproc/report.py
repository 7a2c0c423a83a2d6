"""One self-contained page about a document: before and after, every edit with a switch, names, dates on a time line.

The page needs no network and runs nothing that a document holds: the document goes in as JSON data, and the page's policy
forbids everything but its own style and script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

import regex

from azproc.document import Document
from azproc.resources import data_file
from azproc.show import reason, visible
from azproc.spans import Date, Entity

__all__ = ["report_html"]

_LAYERS = ("entities", "dates")
_BEFORE_CHRIST = regex.compile(r"-([0-9X]{4})")


def report_html(doc: Document, *, title: str = "azproc report", name: str = "document") -> str:
    """Return the report of a document as HTML; its layers ``entities`` and ``dates`` are shown if it has them.

    ``name`` is what downloads are called. The text that the page saves after some edits are switched off is that of
    ``doc.changes.without(...)``.

    >>> report_html(Document("<script>alert(1)</script>")).count("alert(1)</script>")
    0
    """
    parts = {part: data_file(f"report/page.{part}").read_text(encoding="utf-8") for part in ("html", "css", "js")}
    fills = {
        "title": escape(title),
        "style": parts["css"],
        "script": parts["js"],
        "data": _safe_json(_data(doc, name)),
    }
    pieces = []
    for piece in parts["html"].split("{{"):
        field, closed, rest = piece.partition("}}")
        pieces.append(fills[field] + rest if closed else piece)
    return "".join(pieces)


def _safe_json(data: object) -> str:
    """JSON that can stand in a script element: no tag can end it, and no lone surrogate can stop its being written."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return "".join(f"\\u{ord(letter):04x}" if "\ud800" <= letter <= "\udfff" else letter for letter in text)


def _data(doc: Document, name: str) -> dict[str, Any]:
    marks = list(_marks(doc))
    return {
        "name": name,
        "profile": doc.profile or "no profile",
        "source": doc.original,
        "edits": [
            {
                "start": edit.start,
                "end": edit.end,
                "before": edit.before,
                "after": edit.after,
                "seen_before": visible(edit.before),
                "seen_after": visible(edit.after),
                "rule": edit.rule,
                "confidence": edit.confidence,
                "reason": reason(edit.rule),
            }
            for edit in doc.changes.edits
        ],
        "marks": marks,
        "dates": [mark for mark in marks if mark.get("year") is not None],
    }


def _marks(doc: Document) -> Iterator[dict[str, Any]]:
    """Entities and dates at their place in the source, in order; of two that overlap the first is shown."""
    spans = sorted((span for layer in _LAYERS for span in doc.layers.get(layer, ())), key=lambda span: (span.start, -span.end))
    end = 0
    for number, span in enumerate(spans):
        place = doc.to_original(span)
        if place.start < end or place.start == place.end:
            continue
        end = place.end
        mark: dict[str, Any] = {"id": f"mark-{number}", "start": place.start, "end": place.end, "text": span.text}
        if isinstance(span, Entity):
            yield mark | {"layer": "name", "label": span.label, "about": f"{span.name} ({span.score:.2f}, {span.rule})"}
        elif isinstance(span, Date):
            value = span.resolved or span.value or "?"
            yield mark | {
                "layer": "day", "label": span.type, "about": f"{value} ({span.rule})", "value": value,
                "year": _year(span),
            }  # fmt: skip


def _year(date: Date) -> int | None:
    """The year in which a date begins, as astronomers count: 0 is 1 BC, which the calendar of Python does not reach."""
    if first := date.earliest:
        return first.year
    before = _BEFORE_CHRIST.match(date.resolved or date.value or "")
    return -int(before[1].replace("X", "9")) if before else None
