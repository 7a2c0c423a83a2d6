"""The gold of the seed corpus: every border right and none too many."""

import json
from pathlib import Path

import pytest

from azproc.segment.sentences import split_sentences
from azproc.segment.tokens import tokenize

SEED = Path(__file__).parents[2] / "corpora" / "seed" / "seed.jsonl"
documents = [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("document", documents, ids=lambda document: document["id"])
def test_borders(document):
    assert [[token.start, token.end] for token in tokenize(document["text"])] == document["tokens"]
    assert [[sentence.start, sentence.end] for sentence in split_sentences(document["text"])] == document["sentences"]


def test_counts():
    assert sum(len(document["sentences"]) for document in documents) == 157
    assert sum(len(document["tokens"]) for document in documents) == 3119
