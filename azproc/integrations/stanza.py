"""azproc and Stanza: our documents as Stanza's and back, and Stanza's entities as a step on our tokens.

The first Stanza models for Azerbaijani, a tokenizer and an entity tagger, are in ``models/stanza``. They run without azproc::

    stanza.Pipeline("az", dir="models/stanza", processors="tokenize,ner", download_method=None, allow_unknown_language=True)

Stanza (1.15 at least) lists ``az`` among the languages written from right to left. That touches nothing that is computed:
only ``stanza.utils.visualization`` asks, and draws sentences, words and labels of an Azerbaijani document in reverse order. Show
documents with ``from_stanza(doc)`` or `azproc.show` instead.

Needs Stanza and torch: ``pip install 'azproc[stanza]'``.
"""

from __future__ import annotations

import os
import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from azproc.document import Document
from azproc.errors import DataError, InputError, require_text
from azproc.evaluate.mentions import tags_of_mentions
from azproc.ner.names import citation_form
from azproc.resources import manifest, model_file
from azproc.segment.sentences import split_sentences
from azproc.segment.tokens import tokenize
from azproc.spans import Entity, Sentence, Span, Token

if TYPE_CHECKING:
    import stanza
    from stanza.models.common.doc import Document as StanzaDocument

__all__ = ["find_entities_stanza", "from_stanza", "open_pipeline", "to_stanza"]

_FILES = ("resources.json", "az/tokenize/azproc.pt", "az/ner/azproc.pt", "az/pretrain/azproc.pt")
_BEFORE = 40
_running = threading.Lock()


def to_stanza(document: Document) -> StanzaDocument:
    """Return a document as Stanza's, with its tokens, sentences and, as BIOES tags, entities; offsets stay.

    Sentences and tokens are found where the document has none. A token is one word, since no word of ours is several of
    syntax. Entities grow to whole tokens and end with their sentence.

    >>> doc = to_stanza(Document("Bakı gözəldir.").with_layer("entities", [Entity(0, 4, "Bakı", "LOC", "Bakı")]))
    >>> [(token.text, token.start_char, token.ner) for token in doc.sentences[0].tokens]
    [('Bakı', 0, 'S-LOC'), ('gözəldir', 5, 'O'), ('.', 13, 'O')]
    """
    from stanza.models.common.doc import Document as StanzaDocument

    text, layers = document.text, document.layers
    tokens = layers.get("tokens") or tokenize(text)
    entities = [entity for entity in layers.get("entities", ()) if isinstance(entity, Entity)]
    tags = tags_of_mentions(text, tokens, ((entity.start, entity.end, entity.label) for entity in entities))
    sentences = [
        [
            {"id": number, "text": token.text, "start_char": token.start, "end_char": token.end, "ner": tag}
            for number, (token, tag) in enumerate(zip(tokens[low:high], _bioes(tags[low:high]), strict=True), 1)
        ]
        for low, high in _ranges(tokens, layers.get("sentences") or split_sentences(text))
    ]
    made = StanzaDocument(sentences, text)
    made.build_ents()
    return made


def from_stanza(document: StanzaDocument, *, id: str = "") -> Document:  # noqa: A002  (the name of the field)
    """Return Stanza's document as ours, with the layers tokens, sentences and entities.

    Raises `InputError` where it has no text, or no offsets into it.

    >>> doc = from_stanza(to_stanza(Document("Bakıdan gəldi.").with_layer("entities", [Entity(0, 7, "Bakıdan", "LOC", "Bakı")])))
    >>> doc.layers["entities"]
    (Entity(start=0, end=7, text='Bakıdan', label='LOC', name='Bakı', score=1.0, rule='stanza'),)
    """
    text = document.text
    tokens = [token for sentence in document.sentences for token in sentence.tokens]
    if text is None or any(token.start_char is None for token in tokens):
        raise InputError("this Stanza document has no text with offsets: build it from raw text, or from CoNLL-U with # text")
    made = Document(text, id)
    made = made.with_layer("tokens", (_token(text, token.start_char, token.end_char) for token in tokens))
    borders = ((sentence.tokens[0].start_char, sentence.tokens[-1].end_char) for sentence in document.sentences)
    made = made.with_layer("sentences", (Sentence(start, end, text[start:end]) for start, end in borders))
    places = [(ent.start_char, ent.end_char, ent.type) for ent in document.ents]
    return made.with_layer("entities", _entities(text, places, "stanza"))


def open_pipeline(folder: str | os.PathLike[str] | None = None) -> stanza.Pipeline:
    """Return Stanza's pipeline for tokens that are already found; ``folder`` is another one with a ``resources.json``.

    Give it `to_stanza` of a document, or lists of tokens. Raises `DataError` where Stanza or the models are missing.
    """
    try:
        import stanza
    except ImportError as error:
        raise DataError("Stanza is not installed: pip install 'azproc[stanza]'") from error
    prefix = "" if folder else "stanza/"
    resources, *_ = [model_file(prefix + name, folder) for name in _FILES]
    return stanza.Pipeline(
        "az",
        dir=str(resources.parent),
        processors="tokenize,ner",
        download_method=None,
        allow_unknown_language=True,
        tokenize_pretokenized=True,
        verbose=False,
    )


@lru_cache(maxsize=2)
def _opened(folder: str | None) -> stanza.Pipeline:
    return open_pipeline(folder)


def find_entities_stanza(
    text: str,
    *,
    sentences: Sequence[Sentence] | None = None,
    tokens: Sequence[Token] | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> tuple[Entity, ...]:
    """Return the named entities that Stanza's model finds on our tokens; the step ``stanza_entities`` of a pipeline.

    Sentences and tokens are found unless they are given. Stanza gives no probabilities, so every ``score`` is 1. It is here for
    comparison and for Stanza's users; `azproc.find_entities` is more accurate. Raises `DataError` where Stanza or the models
    are missing.
    """
    require_text(text)
    layers: dict[str, tuple[Span, ...]] = {
        "sentences": tuple(split_sentences(text) if sentences is None else sentences),
        "tokens": tuple(tokenize(text) if tokens is None else tokens),
    }
    with _running:
        pipeline = _opened(None if folder is None else os.fspath(folder))
        found = pipeline(to_stanza(Document(text, layers=layers))) if layers["tokens"] else None
    version = manifest(model_file("az/ner/azproc.pt" if folder else "stanza/az/ner/azproc.pt", folder)).get("version", "own")
    places = [(ent.start_char, ent.end_char, ent.type) for ent in found.ents] if found else []
    return tuple(_entities(text, places, f"model.stanza-{version}"))


def _entities(text: str, places: Sequence[tuple[int, int, str]], rule: str) -> Iterator[Entity]:
    mentions = [text[start:end] for start, end, _ in places]
    for (start, end, label), mention in zip(places, mentions, strict=True):
        name = citation_form(mention, label, mentions=mentions, before=text[max(start - _BEFORE, 0) : start])
        yield Entity(start, end, mention, label, name, 1.0, rule)


def _token(text: str, start: int, end: int) -> Token:
    """A token of Stanza's; its kind is ours if ours is the same piece."""
    ours = tokenize(text[start:end])
    return Token(start, end, text[start:end], ours[0].kind if len(ours) == 1 else "word")


def _ranges(tokens: Sequence[Span], sentences: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Sentences as ranges of tokens that together hold every token, none empty."""
    starts = [token.start for token in tokens]
    borders = sorted({0, len(tokens), *(bisect_left(starts, sentence.start) for sentence in sentences)})
    yield from pairwise(borders)


def _bioes(tags: Sequence[str]) -> Iterator[str]:
    """IOB2 tags of one sentence as Stanza's."""
    previous = "O"
    for tag, following in zip(tags, (*tags[1:], "O"), strict=True):
        goes_on = following == f"I-{tag[2:]}"
        begins = tag[0] == "B" or previous[2:] != tag[2:]
        yield tag if tag == "O" else {(True, True): "B", (True, False): "S", (False, True): "I", (False, False): "E"}[begins, goes_on] + tag[1:]
        previous = tag
