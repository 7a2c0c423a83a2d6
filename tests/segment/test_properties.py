import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azproc.clean.citations import find_citations, strip_citations
from azproc.segment import tokens
from azproc.segment.sentences import explain_boundaries, split_sentences
from azproc.segment.tokens import split_tokens, tokenize
from azproc.spans import Sentence, Span, Token, from_columns

SCRAPS = st.sampled_from(
    [
        *"abəıİIXVCo019 .,;:!?…-–—'’\"“”«»()[]{}<>@#%№§°²³¹↑/\\_+*=~|\u00ad\u200b\u00a0\t\n\r😊👍",
        *("və s.", "prof.", "b.e.ə.", "1918-ci", "mayın", "may-19", "[7]", "[12, 14]", "[qeyd 1]", "[kim?]", "[1918]", "x[0]", "Naxçı-\nvan"),
        *("+994 50 123 45 67", "https://a.az/b", "a@b.az", "Oxu.Az", "...", "Ə. Məmmədov", "O.", " — dedi", "\n\n", "Maddə 5.", "1. ", "a) "),
    ]
)
TEXTS = st.one_of(st.lists(SCRAPS, max_size=30).map("".join), st.text(max_size=60))


@given(TEXTS)
def test_tokens_and_gaps_rebuild_the_text(text):
    position, rebuilt = 0, []
    for token in tokenize(text):
        gap = text[position : token.start]
        assert position <= token.start < token.end
        assert not gap or gap.isspace()
        rebuilt += (gap, token.text)
        position = token.end
    assert not text[position:] or text[position:].isspace()
    assert "".join(rebuilt) + text[position:] == text


@given(TEXTS)
def test_strings_are_those_of_the_tokens(text):
    assert split_tokens(text) == [token.text for token in tokenize(text)]


@given(TEXTS)
def test_tokens_do_not_depend_on_where_the_blocks_end(text):
    in_one = tokenize(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_BLOCK", 1)
        assert tokenize(text) == in_one


@given(TEXTS)
def test_sentences_cover_all_tokens(text):
    sentences = split_sentences(text)
    assert all(text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != "" for sentence in sentences)
    assert all(left.end <= right.start for left, right in pairwise(sentences))
    covered = {place for sentence in sentences for place in range(sentence.start, sentence.end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)


@given(TEXTS)
def test_explained_ends_are_the_ends_of_the_sentences(text):
    explained = [place.end for place in explain_boundaries(text) if place.ends]
    ends = [sentence.end for sentence in split_sentences(text)]
    assert explained in (ends, ends[:-1])


@settings(max_examples=400)
@given(TEXTS)
def test_stripping_citations_changes_nothing_else_and_is_done_in_one_go(text):
    rewrite = strip_citations(text)
    assert rewrite.inverse.text == text
    assert all(not edit.after for edit in rewrite.edits)
    marks = find_citations(text)
    removed = {place for edit in rewrite.edits for place in range(edit.start, edit.end)}
    inside = {place for mark in marks for place in range(mark.start, mark.end)}
    assert inside <= removed
    assert all(text[place].isspace() or text[place] in ",;" for place in removed - inside)
    assert rewrite.text.count("\n") == text.count("\n")
    assert strip_citations(rewrite.text).edits == ()


@given(st.lists(st.tuples(st.integers(), st.integers(), st.text(), st.text())))
def test_spans_from_columns_are_the_spans_of_the_constructor(rows):
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    made = from_columns(Token, *columns)
    plain = tuple(Token(*row) for row in rows)
    assert made == plain
    assert list(map(hash, made)) == list(map(hash, plain))
    assert list(map(repr, made)) == list(map(repr, plain))
    assert all(dataclasses.replace(token, kind="word").kind == "word" for token in made)


def test_spans_are_frozen():
    for span in (Span(0, 1, "a"), Sentence(0, 1, "a"), *tokenize("a")):
        try:
            span.start = 5
        except dataclasses.FrozenInstanceError:
            continue
        raise AssertionError(f"{span} could be changed")
