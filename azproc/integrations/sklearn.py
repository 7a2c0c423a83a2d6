"""azproc inside scikit-learn: a cleaner and a tokenizer for text pipelines, and an entity tagger that learns.

Needs scikit-learn and python-crfsuite: ``pip install 'azproc[sklearn]'``.
"""

from __future__ import annotations

import tempfile
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.exceptions import NotFittedError

from azproc.errors import InputError
from azproc.evaluate.mentions import Mention, tags_of_mentions
from azproc.language.casing import fold
from azproc.ner.fast import clusters, spans_of_tags
from azproc.ner.features import sentence_features
from azproc.pipeline import load
from azproc.segment.sentences import split_sentences
from azproc.segment.tokens import split_tokens, tokenize

__all__ = ["EntityTagger", "TextCleaner", "Tokenizer"]


class TextCleaner(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Clean texts by a profile; ``profile`` can be searched over like any other parameter.

    >>> TextCleaner("minimal").fit_transform(["Bakı\N{SOFT HYPHEN}dan"])
    ['Bakıdan']
    """

    def __init__(self, profile: str = "web") -> None:
        self.profile = profile

    def fit(self, texts: Iterable[str], y: object = None) -> Self:
        """Check the profile; there is nothing to learn."""
        del y
        _require_many(texts)
        load(self.profile)
        return self

    def transform(self, texts: Iterable[str]) -> list[str]:
        """Return the cleaned texts."""
        _require_many(texts)
        pipeline = load(self.profile)
        return [pipeline(text).text for text in texts]

    def __sklearn_is_fitted__(self) -> bool:
        return True


class Tokenizer:
    """Words of a text in lower case, for ``TfidfVectorizer(tokenizer=Tokenizer(), lowercase=False, token_pattern=None)``.

    Tokens without a letter or digit are left out.

    >>> Tokenizer()("İSTİ 2025-ci il!")
    ['isti', '2025-ci', 'il']
    """

    def __call__(self, text: str) -> list[str]:
        """Return the words."""
        return [fold(token) for token in split_tokens(text) if any(character.isalnum() for character in token)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tokenizer)

    def __hash__(self) -> int:
        return hash(Tokenizer)


class EntityTagger(BaseEstimator):  # type: ignore[misc]
    """A linear-chain CRF over azproc's features that learns from a few lines of your own.

    ``fit`` takes texts and, for each, its mentions as (start, end, label), in code points. ``predict`` returns mentions,
    ``score`` exact micro F1. ``c1`` and ``c2`` are the weights of the L1 and L2 penalties, ``use_clusters`` lets rare words
    share what their cluster has learnt.

    >>> tagger = EntityTagger(max_iterations=30).fit(["O, Bakıda yaşayır.", "Kitab oxuyur."] * 3, [[(3, 9, "LOC")], []] * 3)
    >>> tagger.predict(["O, Bakıda yaşayır."])
    [[(3, 9, 'LOC')]]
    """

    def __init__(self, c1: float = 0.1, c2: float = 0.02, max_iterations: int = 100, *, use_clusters: bool = True) -> None:
        self.c1 = c1
        self.c2 = c2
        self.max_iterations = max_iterations
        self.use_clusters = use_clusters

    def fit(self, texts: Sequence[str], mentions: Sequence[Sequence[Mention]]) -> Self:
        """Learn; raises `InputError` where a mention lies outside its text, overlaps another, or holds no token."""
        import pycrfsuite

        _require_many(texts)
        if len(texts) != len(mentions):
            raise InputError(f"{len(texts)} texts but {len(mentions)} lists of mentions: give one list, maybe empty, for each text")
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params({"c1": self.c1, "c2": self.c2, "max_iterations": self.max_iterations})
        for text, marked in zip(texts, mentions, strict=True):
            tokens = tokenize(text)
            tags = tags_of_mentions(text, tokens, marked)
            for low, high in _sentences(text, tokens):
                trainer.append(self._features(text, tokens[low:high]), tags[low:high])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.crfsuite"
            trainer.train(str(path))
            self.model_ = path.read_bytes()
        self.labels_ = tuple(sorted({label for marked in mentions for _, _, label in marked}))
        return self

    def predict(self, texts: Iterable[str]) -> list[list[Mention]]:
        """Return the mentions of each text."""
        import pycrfsuite

        _require_many(texts)
        if not hasattr(self, "model_"):
            raise NotFittedError("this EntityTagger has learnt nothing yet: call fit first")
        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(self.model_)
        return [list(self._mentions(tagger, text)) for text in texts]

    def score(self, texts: Sequence[str], mentions: Sequence[Sequence[Mention]]) -> float:
        """Return micro F1 over exact spans with exact labels, 0 to 1."""
        found = self.predict(texts)
        right = sum(len(set(ours) & set(map(tuple, gold))) for ours, gold in zip(found, mentions, strict=True))
        total = sum(map(len, found)) + sum(map(len, mentions))
        return 2 * right / total if total else 1.0

    def _features(self, text: str, tokens: Sequence[Any]) -> list[list[str]]:
        return sentence_features(text, tokens, clusters if self.use_clusters else _no_cluster)

    def _mentions(self, tagger: Any, text: str) -> Iterable[Mention]:
        tokens = tokenize(text)
        for low, high in _sentences(text, tokens):
            for first, end, label in spans_of_tags(tagger.tag(self._features(text, tokens[low:high]))):
                yield tokens[low + first].start, tokens[low + end - 1].end, label


def _require_many(texts: object) -> None:
    if isinstance(texts, str | bytes):
        raise InputError(f"texts is one {type(texts).__name__}, whose letters would be taken for texts: give a list of texts")


def _no_cluster(_word: str) -> None:
    return None


def _sentences(text: str, tokens: Sequence[Any]) -> Iterable[tuple[int, int]]:
    starts = [token.start for token in tokens]
    for sentence in split_sentences(text):
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        if low < high:
            yield low, high
