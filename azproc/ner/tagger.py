"""Named entities: persons, places, organisations, events, laws, works and peoples, by the model in ``models/ner``.

What each label covers and where a span ends is said in the annotation guide; the model card says what the model was trained
on and what it is bad at.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from azproc import resources
from azproc.errors import require_text
from azproc.language.casing import fold
from azproc.ner.borders import balanced, without_posts
from azproc.ner.names import BEFORE, citation_form
from azproc.ner.sentence_case import in_sentence_case, is_in_one_case
from azproc.spans import Entity, Sentence, Span, Token

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from azproc.ner.encoder import Encoder

__all__ = ["LABELS", "find_entities"]

LABELS = ("PER", "LOC", "ORG", "EVENT", "LAW", "WORK", "NORP")

FOLDER = "ner"
FILES = ("model.onnx", "pieces.tsv", "tags.json")

DOUBT = 0.6
"""Below this score a mention may take over the label that the same name has elsewhere in the text."""

TRUST = 0.9
"""Mean score from which a label of the other mentions is taken over."""

KINDRED = 200
"""So many different mentions that begin alike are asked about a name's endings."""

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
        encoder, rule = _open(*_files(model))
    ranges = _token_ranges(tokens, sentences)
    return _consistent(_entities(text, _mentions(text, encoder, tokens, ranges), rule))


@dataclass(frozen=True, slots=True)
class _Mention:
    """A span with its label and score, before it has a name."""

    start: int
    end: int
    label: str
    score: float


def _files(model: str | os.PathLike[str] | None) -> tuple[Path, ...]:
    folder = "" if model else FOLDER + "/"
    return tuple(resources.model_file(folder + name, model) for name in FILES)


@lru_cache(maxsize=4)
def _open(*files: Path) -> tuple[Encoder, str]:
    from azproc.ner.encoder import Encoder

    return Encoder.open(*files), f"model.ner-{resources.manifest(files[0]).get('version', 'own')}"


def _token_ranges(tokens: Sequence[Token], sentences: Sequence[Span]) -> list[tuple[int, int]]:
    """Sentences as ranges of tokens that together hold every token."""
    places = [token.start for token in tokens]
    borders = sorted({0, len(tokens), *(bisect_left(places, sentence.start) for sentence in sentences[1:])})
    return list(pairwise(borders))


def _mentions(text: str, encoder: Encoder, tokens: Sequence[Token], ranges: Sequence[tuple[int, int]]) -> list[_Mention]:
    from azproc.ner.hints import listing_scores

    words = [(token.text, i == 0 or tokens[i - 1].end < token.start) for i, token in enumerate(tokens)]
    for first, end in ranges:
        if is_in_one_case([word for word, _ in words[first:end]]):
            words[first:end] = [(in_sentence_case(word), spaced) for word, spaced in words[first:end]]
    scores = encoder.scores(words, ranges, {first for first, _ in ranges if _opens_paragraph(text, tokens, first)})
    scores += listing_scores(text, tokens, encoder.chain.tags)
    tagged = encoder.chain.spans([scores[first:end] for first, end in ranges])
    found: list[_Mention] = []
    reached = 0
    for (opening, _), spans in zip(ranges, tagged, strict=True):
        for span in spans:
            first, end = balanced(words, opening + span.first, opening + span.end)
            if span.label == "PER":
                first, end = without_posts(words, first, end)
            found.append(_Mention(tokens[max(first, reached)].start, tokens[end - 1].end, span.label, span.score))
            reached = end
    return found


def _opens_paragraph(text: str, tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and "\n" in text[tokens[place - 1].end : tokens[place].start]


def _entities(text: str, mentions: Sequence[_Mention], rule: str) -> tuple[Entity, ...]:
    kindred: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for mention in mentions:
        if len(others := kindred[_kin(text, mention)]) < KINDRED:
            others[text[mention.start : mention.end]] = None
    return tuple(
        Entity(
            mention.start,
            mention.end,
            text[mention.start : mention.end],
            mention.label,
            citation_form(
                text[mention.start : mention.end],
                mention.label,
                mentions=tuple(kindred[_kin(text, mention)]),
                before=text[max(0, mention.start - BEFORE) : mention.start],
            ),
            round(mention.score, 4),
            rule,
        )
        for mention in mentions
    )


def _kin(text: str, mention: _Mention) -> tuple[str, str]:
    """What the mentions of one name have in common, whatever their endings."""
    return mention.label, text[mention.start : min(mention.end, mention.start + 2)]


def _consistent(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Give a doubtful mention the label that the same name surely has elsewhere in the text."""
    support: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for entity in entities:
        support[fold(entity.name)][entity.label].append(entity.score)
    return tuple(_relabelled(entity, support[fold(entity.name)]) for entity in entities)


def _relabelled(entity: Entity, support: Mapping[str, Sequence[float]]) -> Entity:
    if entity.score >= DOUBT or len(support) == 1:
        return entity
    label, scores = max(support.items(), key=lambda item: sum(item[1]))
    return entity if sum(scores) < TRUST * len(scores) else replace(entity, label=label)
