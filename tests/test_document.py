"""Documents: every invariant of the type, on generated texts, layers and rewrites."""

import json
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc import __version__
from azproc.document import Document
from azproc.errors import InputError
from azproc.records import LAYER_TYPES, span_from_record, span_record, value_text
from azproc.rewrite import Edit, Rewrite
from azproc.spans import Citation, Date, Entity, Number, Sentence, Span, Token

LETTERS = "aəıİşb -.[7]\n"
texts = st.text(LETTERS, max_size=24)


@st.composite
def rewrites(draw, source):
    """Sorted, disjoint edits of a source, some of them insertions and deletions."""
    edits, position = [], 0
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(position, len(source)))
        end = draw(st.integers(start, min(start + 4, len(source))))
        before, after = source[start:end], draw(st.text(LETTERS, max_size=4))
        if before != after:
            edits.append(Edit(start, end, before, after, "test.rule", 0.5))
        position = end + 1
        if position > len(source):
            break
    return Rewrite(source, tuple(edits))


@st.composite
def disjoint_spans(draw, text):
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    return tuple(Span(start, end, text[start:end]) for start, end in pairwise(borders))


@st.composite
def documents(draw):
    """A document with a layer and up to three rewrites behind it."""
    doc = Document(draw(texts), id=draw(st.sampled_from(["", "a", "seed-p01"])), meta={"source": "test"})
    doc = doc.with_layer("words", draw(disjoint_spans(doc.text)))
    for _ in range(draw(st.integers(0, 3))):
        doc = doc.rewrite(draw(rewrites(doc.text)))
    return doc


@given(documents())
def test_the_original_is_always_there(doc):
    assert doc.history
    assert doc.history[0].source == doc.original
    assert doc.changes.source == doc.original
    assert doc.changes.text == doc.text
    assert doc.changes.inverse.text == doc.original


@given(documents())
def test_spans_fit_the_text_and_stay_disjoint_through_every_rewrite(doc):
    for span in doc.layers["words"]:
        assert doc.text[span.start : span.end] == span.text
        assert span.text
    ends = [span.end for span in doc.layers["words"]]
    starts = [span.start for span in doc.layers["words"]]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(documents(), st.data())
def test_to_original_covers_what_the_span_came_from(doc, data):
    start = data.draw(st.integers(0, len(doc.text)))
    end = data.draw(st.integers(start, len(doc.text)))
    place = doc.to_original(Span(start, end, doc.text[start:end]))
    assert doc.original[place.start : place.end] == place.text
    forward = doc.changes.offsets.forward(place)
    assert forward[0] <= start <= end <= forward[1]


@given(documents())
def test_revert_is_exact(doc):
    reverted = doc.revert()
    assert reverted.text == doc.original
    assert reverted.changes.edits == ()
    assert all(reverted.text[span.start : span.end] == span.text for span in reverted.layers["words"])


@given(documents())
def test_json_goes_there_and_back(doc):
    line = doc.to_json()
    back = Document.from_json(line, types={"words": Span})
    assert "\n" not in line
    assert (back.id, back.text, back.original, back.layers, back.meta) == (doc.id, doc.text, doc.original, doc.layers, doc.meta)
    assert back.changes.edits == doc.changes.edits
    assert back.to_json() == line


def test_json_has_the_documented_form():
    doc = Document("haş", id="p1").rewrite(Rewrite("haş", (Edit(0, 3, "haş", "baş", "ocr.b-h", 0.98),)))
    assert doc.to_json() == (
        '{"id":"p1","text":"baş","edits":[[0,3,"haş","baş","ocr.b-h",0.98]],"layers":{},"meta":{},'
        f'"azproc":"{__version__}","profile":"","profile_version":""}}'
    )


SPANS = {
    "sentences": Sentence(0, 9, "5-10 ildə"),
    "tokens": Token(0, 4, "5-10", "number"),
    "citations": Citation(0, 4, "5-10", "numeric", "citation.numeric"),
    "dates": Date(0, 9, "5-10 ildə", None, "duration", "approx", None, "date.x", "hijri"),
    "numbers": Number(0, 4, "5-10", (Decimal(5), Decimal(10)), "cardinal"),
    "entities": Entity(0, 4, "5-10", "ORG", "5", 0.5, "ner"),
}


def test_every_layer_type_survives_json():
    doc = Document("5-10 ildə")
    for layer, span in SPANS.items():
        doc = doc.with_layer(layer, [span])
    assert Document.from_json(doc.to_json()) == doc
    assert set(SPANS) == set(LAYER_TYPES)


quantities = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.fractions().filter(lambda fraction: fraction.denominator > 1),
)


@given(st.one_of(quantities, st.tuples(quantities, quantities)))
def test_number_values_survive_exactly(value):
    number = Number(0, 1, "x", value, "cardinal")
    assert span_from_record(span_record(number), Number).value == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(9600000), "9600000"),
        (Decimal("9.6E+6"), "9600000"),
        (Decimal("0.50"), "0.50"),
        (Fraction(1, 3), "1/3"),
        ((Decimal(5), Decimal(10)), "5/10"),
        ("1918-05-28", "1918-05-28"),
        (None, ""),
    ],
)
def test_values_are_written_as_the_guide_says(value, text):
    assert value_text(value) == text


def test_a_span_that_vanishes_is_dropped_and_neighbours_move():
    doc = Document("Bakı[7] gözəldir").with_layer("tokens", [Span(0, 4, "Bakı"), Span(4, 7, "[7]"), Span(8, 16, "gözəldir")])
    doc = doc.rewrite(Rewrite(doc.text, (Edit(4, 7, "[7]", "", "citation.numeric"),)))
    assert doc.layers["tokens"] == (Span(0, 4, "Bakı"), Span(5, 13, "gözəldir"))


def test_two_tokens_that_melt_become_one():
    doc = Document("v ə o").with_layer("tokens", [Span(0, 1, "v"), Span(2, 3, "ə"), Span(4, 5, "o")])
    doc = doc.rewrite(Rewrite(doc.text, (Edit(0, 3, "v ə", "və", "space.split-letters"),)))
    assert doc.layers["tokens"] == (Span(0, 2, "və"), Span(3, 4, "o"))


def test_an_insertion_between_two_tokens_belongs_to_neither():
    doc = Document("oldu.Sonra").with_layer("tokens", [Span(0, 5, "oldu."), Span(5, 10, "Sonra")])
    doc = doc.rewrite(Rewrite(doc.text, (Edit(5, 5, "", " ", "space.stop"),)))
    assert doc.layers["tokens"] == (Span(0, 5, "oldu."), Span(6, 11, "Sonra"))


def test_a_rewrite_without_edits_leaves_the_document_as_it_is():
    doc = Document("Bakı")
    assert doc.rewrite(Rewrite("Bakı")) is doc


@pytest.mark.parametrize("text", [b"Bak", None, 7])
def test_only_str_is_a_text(text):
    with pytest.raises(TypeError, match="str"):
        Document(text)


def test_a_layer_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        Document("Bakı").with_layer("tokens", [Span(0, 4, "Gəncə")])


def test_a_rewrite_of_another_text_is_refused():
    with pytest.raises(ValueError, match=r"document\.text"):
        Document("Bakı").rewrite(Rewrite("Gəncə"))


def test_a_history_that_ends_elsewhere_is_refused():
    with pytest.raises(ValueError, match="history"):
        Document("Bakı", history=(Rewrite("Gəncə"),))


@pytest.mark.parametrize(
    "line",
    ["", "{}", "[1]", '{"text": 7}', '{"text": "a", "edits": [[0, 1, "x", "y", "r", 1]]}', '{"text": "a", "layers": {"tokens": [{}]}}', "\0"],
)
def test_what_is_no_document_is_refused(line):
    with pytest.raises(InputError):
        Document.from_json(line)


NUMBER = {"start": 0, "end": 4, "text": "1918", "type": "cardinal"}


@pytest.mark.parametrize(
    ("layer", "span"),
    [
        ("tokens", {"start": -4, "end": 0, "text": "", "kind": "word"}),
        ("tokens", {"start": 0, "end": 4, "text": "2018", "kind": "number"}),
        ("tokens", {"start": 0, "end": 4, "text": "1918", "kind": None}),
        ("tokens", {"start": "0", "end": 4, "text": "1918", "kind": "number"}),
        ("tokens", {"start": 0, "end": 4, "text": "1918", "kind": "number", "sort": "x"}),
        ("dates", {"start": 0, "end": 4, "text": "1918", "value": 1918, "type": "date"}),
        ("numbers", NUMBER | {"value": 1918}),
        ("numbers", NUMBER | {"value": "NaN"}),
        ("numbers", NUMBER | {"value": "1/0"}),
        ("numbers", NUMBER | {"value": ["1", "2", "3"]}),
        ("numbers", NUMBER | {"value": "1918", "size": 4}),
        ("entities", {"start": 0, "end": 4, "text": "1918", "label": "LOC"}),
    ],
)
def test_a_span_that_is_none_is_refused(layer, span):
    with pytest.raises(InputError):
        Document.from_json(json.dumps({"text": "1918", "layers": {layer: [span]}}))


def test_an_unknown_layer_says_how_to_name_its_type():
    line = Document("Bakı").with_layer("mine", [Span(0, 4, "Bakı")]).to_json()
    with pytest.raises(InputError, match="LAYER_TYPES"):
        Document.from_json(line)


def test_a_lone_surrogate_cannot_be_written_and_says_so():
    with pytest.raises(InputError, match="surrogate"):
        Document("a\ud800").to_json()


def test_html_is_inert():
    doc = Document("<script>alert(1)</script>").rewrite(
        Rewrite("<script>alert(1)</script>", (Edit(0, 1, "<", "<<b>", "x.<i>"),))
    )
    html = doc.with_layer("entities", [Entity(0, 3, "<<b", "<u>", '"><img src=x>')])._repr_html_()
    body = html[html.index("</style>") :]
    assert not any(tag in body for tag in ("<script", "<b>", "<i>", "<u>", "<img"))
