"""Named entities: persons, places, organisations, events, laws, works and peoples, by the model in ``models/ner``.

What each label covers and where a span ends is said in the annotation guide; the model card says what the model was trained
on and what it is bad at.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from azproc import resources
from azproc.errors import require_text
from azproc.language.casing import fold, is_upper, to_title
from azproc.spans import Entity, Sentence, Span, Token

if TYPE_CHECKING:
    import os

    from azproc.ner.chain import TaggedSpan
    from azproc.ner.encoder import Encoder, Word

__all__ = ["LABELS", "find_entities"]

LABELS = ("PER", "LOC", "ORG", "EVENT", "LAW", "WORK", "NORP")

FOLDER = "ner"
HEADING_LETTERS = 4
"""A sentence in capitals is read as a heading from so many letters on."""

DOUBT = 0.6
"""Below this score a mention may take over the label that the same name has elsewhere in the text."""

TRUST = 0.9
"""Mean score from which a label of the other mentions is taken over."""

_opening = threading.Lock()


def find_entities(
    text: str,
    *,
    sentences: Sequence[Sentence] | None = None,
    tokens: Sequence[Token] | None = None,
    model: str | os.PathLike[str] | None = None,
) -> tuple[Entity, ...]:
    """Return the named entities of a text in order, without overlap.

    Sentences and tokens are found by the library unless they are given. *model* names a folder with another
    ``model.onnx``, ``pieces.tsv`` and ``tags.json``. An entity's ``score`` is the probability of exactly this span and
    label. Raises ``DataError`` where the model is missing or damaged.

    >>> for entity in find_entities("Fətəli xan Xoyski Bakıdan Tiflisə köçdü."):
    ...     print(entity.label, entity.text)
    PER Fətəli xan Xoyski
    LOC Bakıdan
    LOC Tiflisə
    """
    require_text(text)
    if sentences is None:
        from azproc.segment.sentences import split_sentences

        sentences = split_sentences(text)
    if tokens is None:
        from azproc.segment.tokens import tokenize

        tokens = tokenize(text)
    if not tokens:
        return ()
    with _opening:
        encoder, rule = _open(model)
    ranges = _token_ranges(tokens, sentences)
    mentions = _consistent(_mentions(encoder, tokens, ranges))
    return _entities(text, mentions, rule)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A span of the text with its label and score, before it has a name."""

    span: Span
    label: str
    score: float


@lru_cache(maxsize=4)
def _open(model: str | os.PathLike[str] | None) -> tuple[Encoder, str]:
    from azproc.ner.encoder import Encoder

    files = [
        resources.model_file(name if model else f"{FOLDER}/{name}", model) for name in ("model.onnx", "pieces.tsv", "tags.json")
    ]
    version = resources.manifest(files[0]).get("version", "own")
    return Encoder.open(*files), f"model.ner-{version}"


def _token_ranges(tokens: Sequence[Token], sentences: Sequence[Span]) -> list[tuple[int, int]]:
    """Sentences as ranges of tokens; a token between two sentences goes with the one before it."""
    starts = [0]
    ends = iter(sentences[1:])
    following = next(ends, None)
    for i, token in enumerate(tokens):
        while following is not None and token.start >= following.start:
            if starts[-1] != i:
                starts.append(i)
            following = next(ends, None)
    return list(pairwise([*starts, len(tokens)]))


def _mentions(encoder: Encoder, tokens: Sequence[Token], ranges: Sequence[tuple[int, int]]) -> list[_Mention]:
    words = [(token.text, i == 0 or tokens[i - 1].end < token.start) for i, token in enumerate(tokens)]
    for first, end in ranges:
        if _is_heading(words[first:end]):
            words[first:end] = [(to_title(text), spaced) for text, spaced in words[first:end]]
    scores = encoder.scores(words, ranges)
    found: list[_Mention] = []
    for (first, _), spans in zip(ranges, encoder.chain.spans([scores[a:b] for a, b in ranges]), strict=True):
        found += (_mention(tokens[first + span.first : first + span.end], span) for span in spans)
    return found


def _mention(tokens: Sequence[Token], tagged: TaggedSpan) -> _Mention:
    text = "".join(
        token.text + " " * (following.start - token.end) for token, following in pairwise([*tokens, tokens[-1]])
    )
    return _Mention(Span(tokens[0].start, tokens[-1].end, text), tagged.label, tagged.score)


def _is_heading(words: Sequence[Word]) -> bool:
    letters = "".join(text for text, _ in words)
    return len(letters) >= HEADING_LETTERS and len(words) > 1 and is_upper(letters)


def _consistent(mentions: list[_Mention]) -> list[_Mention]:
    """Give a doubtful mention the label that the same words surely have elsewhere in the text."""
    support: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        support[fold(mention.span.text)][mention.label].append(mention.score)
    return [_relabelled(mention, support[fold(mention.span.text)]) for mention in mentions]


def _relabelled(mention: _Mention, support: dict[str, list[float]]) -> _Mention:
    if mention.score >= DOUBT or len(support) == 1:
        return mention
    label, scores = max(support.items(), key=lambda item: sum(item[1]))
    if label == mention.label or sum(scores) / len(scores) < TRUST:
        return mention
    return _Mention(mention.span, label, mention.score)


def _entities(text: str, mentions: Sequence[_Mention], rule: str) -> tuple[Entity, ...]:
    from azproc.ner.names import citation_form

    surfaces: defaultdict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        surfaces[mention.label].append(text[mention.span.start : mention.span.end])
    return tuple(
        Entity(
            mention.span.start,
            mention.span.end,
            text[mention.span.start : mention.span.end],
            mention.label,
            citation_form(text[mention.span.start : mention.span.end], mention.label, mentions=surfaces[mention.label]),
            round(mention.score, 4),
            rule,
        )
        for mention in mentions
    )
