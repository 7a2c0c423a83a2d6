"""azproc inside spaCy: tokenizer, sentences, entities, dates; and our documents as spaCy's.

Registered through entry points, so that installing azproc beside spaCy is enough::

    nlp = spacy.blank("az", config={"nlp": {"tokenizer": {"@tokenizers": "azproc.Tokenizer.v1"}}})
    nlp.add_pipe("azproc_sentences")
    nlp.add_pipe("azproc_entities")
    nlp.add_pipe("azproc_dates")

Needs spaCy: ``pip install 'azproc[spacy]'``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from azproc import spans
from azproc.document import Document
from azproc.extract.dates import find_dates
from azproc.ner.tagger import find_entities
from azproc.records import LAYER_TYPES, span_from_record, span_record
from azproc.segment.sentences import split_sentences
from azproc.segment.tokens import tokenize

__all__ = ["Tokenizer", "make_dates", "make_entities", "make_sentences", "make_tokenizer", "to_spacy"]

_RECORD = "azproc_record"


def _ours(span: Span) -> spans.Span | None:
    """The span of ours behind one of theirs, read from what is kept as text, so that documents can be stored and sent."""
    record = span._.get(_RECORD)
    if record is None:
        return None
    layer, fields = msgspec.json.decode(record)
    return span_from_record(fields, LAYER_TYPES[layer])


if not Span.has_extension("azproc"):
    Span.set_extension(_RECORD, default=None)
    Span.set_extension("azproc", getter=_ours)


class Tokenizer:
    """spaCy's tokenizer, made of ours; white space beyond one space becomes tokens, so that ``doc.text`` is the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the text as a spaCy document."""
        return _doc(self.vocab, text, tokenize(text))

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: there is no state to keep."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """Return the tokenizer itself."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write nothing."""

    def from_disk(self, _path: str | Path, **_: Any) -> Tokenizer:
        """Return the tokenizer itself."""
        return self


def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what spaCy asks for under ``azproc.Tokenizer.v1``."""
    return lambda nlp: Tokenizer(nlp.vocab)


@Language.factory("azproc_sentences")
def make_sentences(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component ``azproc_sentences``, which sets where sentences start."""
    del nlp, name

    def component(doc: Doc) -> Doc:
        _set_sentences(doc, split_sentences(doc.text))
        return doc

    return component


@Language.factory("azproc_entities")
def make_entities(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component ``azproc_entities``, which sets ``doc.ents``; each one's citation form is ``ent.kb_id_``."""
    del nlp, name

    def component(doc: Doc) -> Doc:
        found = find_entities(doc.text)
        placed = (_placed(doc, "entities", entity, entity.label, kb_id=entity.name) for entity in found)
        doc.set_ents(filter_spans([span for span in placed if span is not None]))
        return doc

    return component


@Language.factory("azproc_dates")
def make_dates(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component ``azproc_dates``, which fills ``doc.spans["dates"]``; ``span._.azproc`` is our `Date`."""
    del nlp, name

    def component(doc: Doc) -> Doc:
        placed = (_placed(doc, "dates", date, date.type) for date in find_dates(doc.text))
        doc.spans["dates"] = [span for span in placed if span is not None]
        return doc

    return component


def to_spacy(document: Document, vocab: Vocab | None = None) -> Doc:
    """Return a document as spaCy's, with its sentences, entities, dates and numbers if it has those layers.

    Dates and numbers become the span groups ``dates`` and ``numbers``; ``span._.azproc`` of each span is our own.
    """
    layers = document.layers
    tokens = layers.get("tokens") or tokenize(document.text)
    doc = _doc(vocab or Vocab(), document.text, tokens)
    if "sentences" in layers:
        _set_sentences(doc, layers["sentences"])
    entities = [entity for entity in layers.get("entities", ()) if isinstance(entity, spans.Entity)]
    placed = (_placed(doc, "entities", entity, entity.label, kb_id=entity.name) for entity in entities)
    doc.set_ents(filter_spans([span for span in placed if span is not None]))
    for group in ("dates", "numbers"):
        members = (_placed(doc, group, span, getattr(span, "type", group)) for span in layers.get(group, ()))
        doc.spans[group] = [span for span in members if span is not None]
    return doc


def _set_sentences(doc: Doc, sentences: Iterable[spans.Span]) -> None:
    """Set where sentences start, of all tokens at once: to set ``token.is_sent_start`` takes longer the longer the document is."""
    starts = {sentence.start for sentence in sentences}
    begins: Any = np.array([1 if token.i == 0 or token.idx in starts else -1 for token in doc], dtype=np.int64)
    doc.from_array([SENT_START], begins.astype(np.uint64))


def _doc(vocab: Vocab, text: str, tokens: Iterable[spans.Span]) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []

    def gap(space: str) -> None:
        if space.startswith(" ") and words:
            spaces[-1] = True
            space = space[1:]
        if space:
            words.append(space)
            spaces.append(False)

    end = 0
    for token in tokens:
        gap(text[end : token.start])
        words.append(token.text)
        spaces.append(False)
        end = token.end
    gap(text[end:])
    return Doc(vocab, words=words, spaces=spaces)


def _placed(doc: Doc, layer: str, span: spans.Span, label: str, *, kb_id: str = "") -> Span | None:
    """A span of ours in a spaCy document, grown to whole tokens; None where there is nothing to hold it."""
    placed = doc.char_span(span.start, span.end, label=label, kb_id=kb_id, alignment_mode="expand")
    if placed is not None:
        placed._.set(_RECORD, msgspec.json.encode((layer, span_record(span))).decode())
    return placed
