"""A text with what is known about it, and everything that was ever done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

import msgspec

from azproc import __version__
from azproc.errors import InputError, require_text
from azproc.records import LAYER_TYPES, span_from_record, span_record
from azproc.rewrite import Edit, OffsetMap, Rewrite, compose
from azproc.spans import Span

__all__ = ["Document"]

Layers = Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its layers of spans, and the rewrites that led to it; never changed, only replaced.

    ``layers`` maps names such as ``tokens`` to tuples of spans of ``text``. ``history`` is never empty:
    ``history[0].source`` is the original. ``profile`` and ``profile_version`` name the pipeline that made the document.
    While ``veto`` is set, `rewrite` refuses the edits for which it is true.

    >>> doc = Document("mübarizə haş verdi").rewrite(
    ...     Rewrite("mübarizə haş verdi", (Edit(9, 12, "haş", "baş", "ocr.b-h", 0.98),))
    ... )
    >>> doc.text, doc.original
    ('mübarizə baş verdi', 'mübarizə haş verdi')
    """

    text: str
    id: str = ""
    layers: Layers = field(default_factory=dict)
    history: tuple[Rewrite, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    profile: str = ""
    profile_version: str = ""
    veto: Callable[[Edit], bool] | None = field(default=None, repr=False, compare=False)
    _known: dict[str, Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        require_text(self.text)
        if not self.history:
            object.__setattr__(self, "history", (Rewrite(self.text),))
        elif self.history[-1].text != self.text:
            raise ValueError("the history does not end in the text: build the document from history[-1].text")

    @property
    def original(self) -> str:
        """The text as it first came."""
        return self.history[0].source

    @property
    def changes(self) -> Rewrite:
        """All rewrites as one, from the original to the text."""
        if "changes" not in self._known:
            self._known["changes"] = reduce(compose, self.history)
        rewrite: Rewrite = self._known["changes"]
        return rewrite

    def with_layer(self, name: str, spans: Iterable[Span]) -> Document:
        """Return the document with a layer added or replaced.

        Raises `ValueError` where a span's text is not what stands at its place.

        >>> Document("Bakı gözəldir").with_layer("tokens", [Span(0, 4, "Bakı")]).layers["tokens"]
        (Span(start=0, end=4, text='Bakı'),)
        """
        layer = tuple(spans)
        for span in layer:
            if self.text[span.start : span.end] != span.text or span.end - span.start != len(span.text):
                raise ValueError(f"{span} does not fit: the text has {self.text[span.start : span.end]!r} there")
        return replace(self, layers={**self.layers, name: layer})

    def rewrite(self, rewrite: Rewrite) -> Document:
        """Return the document after a rewrite of its text: layers moved along, history longer by one.

        Spans of which nothing is left are dropped; where an edit melts two neighbours into one, the first stays.
        Raises `ValueError` if the rewrite starts from another text.

        >>> doc = Document("Bakı[7] gözəldir").with_layer("tokens", [Span(8, 16, "gözəldir")])
        >>> doc.rewrite(Rewrite(doc.text, (Edit(4, 7, "[7]", "", "citation.numeric"),))).layers["tokens"]
        (Span(start=5, end=13, text='gözəldir'),)
        """
        if rewrite.source != self.text:
            raise ValueError("the rewrite starts from another text: build it from document.text")
        if self.veto and rewrite.edits:
            rewrite = rewrite.without(self.veto)
        if not rewrite.edits:
            return self
        history = tuple(step for step in self.history if step.edits)
        return replace(
            self, text=rewrite.text, layers=_moved(self.layers, rewrite), history=(*history, rewrite)
        )

    def to_original(self, span: Span | tuple[int, int]) -> Span:
        """Return the span of the original that a span of the text came from.

        The span keeps its type and what it knows; a pair gives a plain `Span`. A border inside an edit takes the whole
        edit in.

        >>> doc = Document("Bakı[7] gözəldir")
        >>> doc = doc.rewrite(Rewrite(doc.text, (Edit(4, 7, "[7]", "", "citation.numeric"),)))
        >>> doc.to_original((5, 13))
        Span(start=8, end=16, text='gözəldir')
        """
        if "offsets" not in self._known:
            self._known["offsets"] = self.changes.offsets
        offsets: OffsetMap = self._known["offsets"]
        place = offsets.back(span)
        assert place is not None
        start, end = place
        text = self.original[start:end]
        return replace(span, start=start, end=end, text=text) if isinstance(span, Span) else Span(start, end, text)

    def revert(self) -> Document:
        """Return the document with its original text, its layers moved back and no history.

        >>> Document("haş").rewrite(Rewrite("haş", (Edit(0, 3, "haş", "baş"),))).revert() == Document("haş")
        True
        """
        return replace(
            self, text=self.original, layers=_moved(self.layers, self.changes.inverse), history=(), profile="", profile_version=""
        )

    def to_json(self) -> str:
        """Return the document as one line of JSON; the history is written as one list of edits.

        >>> Document("Bakı", id="a").to_json()
        '{"id":"a","text":"Bakı","edits":[],"layers":{},"meta":{},"azproc":"...","profile":"","profile_version":""}'
        """
        record = {
            "id": self.id,
            "text": self.text,
            "edits": [
                (edit.start, edit.end, edit.before, edit.after, edit.rule, edit.confidence) for edit in self.changes.edits
            ],
            "layers": {name: [span_record(span) for span in spans] for name, spans in self.layers.items()},
            "meta": self.meta,
            "azproc": __version__,
            "profile": self.profile,
            "profile_version": self.profile_version,
        }
        try:
            return msgspec.json.encode(record).decode()
        except UnicodeEncodeError as error:
            raise InputError("the text holds a lone surrogate, which JSON in UTF-8 cannot: run normalize first") from error

    @classmethod
    def from_json(cls, line: str | bytes, *, types: Mapping[str, type[Span]] = LAYER_TYPES) -> Document:
        """Return the document of one line of JSON; ``types`` says which span each layer holds.

        Raises `InputError` where the line is no such document.

        >>> Document.from_json(Document("Bakı", id="a").to_json()) == Document("Bakı", id="a")
        True
        """
        try:
            record = msgspec.json.decode(line, type=_Record)
            rewrite = _restored(record.text, tuple(Edit(*edit) for edit in record.edits))
        except (msgspec.MsgspecError, ValueError) as error:
            raise InputError(f"no document as azproc writes it: {error}") from error
        unknown = [name for name in record.layers if name not in types]
        if unknown:
            raise InputError(f"unknown layers {unknown}: say what they hold, as in types=LAYER_TYPES | {{{unknown[0]!r}: Span}}")
        document = cls(
            record.text, record.id, {}, (rewrite,), record.meta, record.profile, record.profile_version
        )
        try:
            for name, spans in record.layers.items():
                document = document.with_layer(name, [span_from_record(span, types[name]) for span in spans])
        except ValueError as error:
            raise InputError(f"no document as azproc writes it: {error}") from error
        return document

    def _repr_html_(self) -> str:
        from azproc.show import document_html

        return document_html(self)


class _Record(msgspec.Struct):
    text: str
    id: str = ""
    edits: list[tuple[int, int, str, str, str, float]] = []
    layers: dict[str, list[dict[str, Any]]] = {}
    meta: dict[str, Any] = {}
    profile: str = ""
    profile_version: str = ""


def _moved(layers: Layers, rewrite: Rewrite) -> dict[str, tuple[Span, ...]]:
    offsets = rewrite.offsets
    return {name: tuple(_moved_spans(spans, offsets, rewrite.text)) for name, spans in layers.items()}


def _moved_spans(spans: Iterable[Span], offsets: OffsetMap, text: str) -> Iterable[Span]:
    source_end = text_end = 0
    for span in spans:
        image = offsets.forward(span, mode="strict") or offsets.forward(span)
        assert image is not None
        start, end = image
        melted = span.start >= source_end and start < text_end
        if start == end or melted:
            continue
        source_end, text_end = max(source_end, span.end), max(text_end, end)
        yield replace(span, start=start, end=end, text=text[start:end])


def _restored(text: str, edits: tuple[Edit, ...]) -> Rewrite:
    """Build the rewrite that ended in a text out of its edits, whose offsets are those of the lost source."""
    parts: list[str] = []
    position, shift = 0, 0
    for edit in edits:
        start = edit.start + shift
        parts += (text[position:start], edit.before)
        position = start + len(edit.after)
        shift += len(edit.after) - len(edit.before)
    rewrite = Rewrite("".join(parts) + text[position:], edits)
    if rewrite.text != text:
        raise ValueError("the edits do not lead to the text")
    return rewrite
