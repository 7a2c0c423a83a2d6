"""The fast tagger: what its features see, its tags as spans, and how it behaves on odd input."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc.ner.fast import find_entities_fast, spans_of_tags
from azproc.ner.features import sentence_features, shape
from azproc.segment.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nazir Vaşinqtonda çıxış etdi.", [("Vaşinqtonda", "LOC", "Vaşinqton")]),
        ("Görüşdə Aygün Səmədova da iştirak edirdi.", [("Aygün Səmədova", "PER", "Aygün Səmədova")]),
        ("Hava bu gün isti olacaq.", []),
    ],
)
def test_names_are_found(text, expected):
    assert [(entity.text, entity.label, entity.name) for entity in find_entities_fast(text)] == expected


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([], []),
        (["O", "B-LOC", "B-LOC", "I-LOC"], [(1, 2, "LOC"), (2, 4, "LOC")]),
        (["I-PER", "I-LOC"], [(0, 1, "PER"), (1, 2, "LOC")]),
    ],
)
def test_spans_of_tags(tags, spans):
    assert list(spans_of_tags(tags)) == spans


@pytest.mark.parametrize(("word", "outline"), [("Banker.az", "Xx.x"), ("№", "№"), ("F.", "X."), ("iPhone", "xXx")])
def test_shape(word, outline):
    assert shape(word) == outline


def test_listings_mark_every_token_of_a_name():
    text = "Alim Böyük Qafqaz dağlarında gəzirdi."
    rows = sentence_features(text, tokenize(text), lambda word: None)
    assert [next((name for name in row if name.startswith("list=")), "")[:6] for row in rows[1:4]] == ["list=B", "list=I", ""]


def test_threads_have_models_of_their_own():
    text = "Sərgi Gəncədə və Şəkidə keçirildi. " * 20
    expected, results = find_entities_fast(text), []
    threads = [threading.Thread(target=lambda: results.append(find_entities_fast(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    for entity in find_entities_fast(text):
        assert text[entity.start : entity.end] == entity.text
        assert 0 <= entity.score <= 1
