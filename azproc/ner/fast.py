"""The fast tagger: a linear-chain CRF that reads words, endings, clusters and listings; quicker and less accurate.

Needs python-crfsuite: ``pip install 'azproc[fast]'``. The accurate tagger is `azproc.find_entities`.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from azproc.errors import DataError, require_text
from azproc.ner.features import sentence_features
from azproc.ner.names import BEFORE, citation_form
from azproc.resources import manifest, model_file, record_trie
from azproc.segment.sentences import split_sentences
from azproc.segment.tokens import tokenize
from azproc.spans import Entity, Sentence, Token

if TYPE_CHECKING:
    import pycrfsuite

__all__ = ["clusters", "find_entities_fast", "spans_of_tags"]

_LOCAL = threading.local()


@cache
def _cluster_table() -> dict[str, int]:
    return {word: record[0] for word, record in record_trie("<H", model_file("fast/clusters.marisa")).items()}


def clusters(word: str) -> int | None:
    """Return the cluster of a folded word, None if it was too rare to have one.

    >>> clusters("kitab") == clusters("zzz")
    False
    """
    return _cluster_table().get(word)


def _tagger() -> pycrfsuite.Tagger:
    """The model, opened once for each thread, since CRFsuite keeps the sentence at hand inside it."""
    if not hasattr(_LOCAL, "tagger"):
        try:
            import pycrfsuite
        except ImportError as error:
            raise DataError("the fast tagger needs python-crfsuite: pip install 'azproc[fast]'") from error
        tagger = pycrfsuite.Tagger()
        tagger.open(str(model_file("fast/model.crfsuite")))
        _LOCAL.tagger = tagger
    return _LOCAL.tagger


@cache
def _rule() -> str:
    return f"model.fast-{manifest(model_file('fast/model.crfsuite')).get('version', 'unversioned')}"


def spans_of_tags(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of IOB2 tags as first token, token after the last, and label; an I- that opens counts as a B-.

    >>> list(spans_of_tags(["B-PER", "I-PER", "O", "I-LOC"]))
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    first, label = 0, ""
    for place, tag in enumerate((*tags, "O")):
        if label and tag != f"I-{label}":
            yield first, place, label
            label = ""
        if tag != "O" and not label:
            first, label = place, tag[2:]


def find_entities_fast(
    text: str, *, sentences: Sequence[Sentence] | None = None, tokens: Sequence[Token] | None = None
) -> tuple[Entity, ...]:
    """Return the named entities of a text, like `azproc.find_entities` but with the small model.

    ``score`` is the product of the marginal probabilities of the span's tags. Raises `DataError` where python-crfsuite or
    the model is missing.

    >>> [(entity.label, entity.name) for entity in find_entities_fast("O, Bakıdan Gəncəyə köçdü.")]
    [('LOC', 'Bakı'), ('LOC', 'Gəncə')]
    """
    require_text(text)
    tokens = tokenize(text) if tokens is None else tokens
    sentences = split_sentences(text) if sentences is None else sentences
    tagger = _tagger()
    starts = [token.start for token in tokens]
    found: list[tuple[int, int, str, float]] = []
    for sentence in sentences:
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        tags = tagger.tag(sentence_features(text, tokens[low:high], clusters)) if low < high else ()
        for first, end, label in spans_of_tags(tags):
            score = 1.0
            for place in range(first, end):
                score *= tagger.marginal(tags[place], place)
            found.append((tokens[low + first].start, tokens[low + end - 1].end, label, score))
    mentions = [text[start:end] for start, end, _, _ in found]
    return tuple(
        Entity(
            start, end, mention, label,
            citation_form(mention, label, mentions=mentions, before=text[max(start - BEFORE, 0) : start]),
            round(score, 4), _rule(),
        )
        for (start, end, label, score), mention in zip(found, mentions, strict=True)
    )  # fmt: skip
