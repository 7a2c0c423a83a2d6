"""Marked texts survive each format, are compared across formats, and damaged files are named."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc.document import Document
from azproc.errors import InputError
from azproc.evaluate.mentions import Marked, aligned, from_marks, read_mentions, write_mentions
from azproc.segment.tokens import tokenize
from azproc.spans import Entity

MARKED = [
    from_marks("[PER Nigar Rəfibəyli] [LOC Gəncədə] doğulub. Sonra [ORG “Azərneşr”də] işlədi."),
    from_marks("Hava yaxşıdır [7]."),
    from_marks("[ORG BP]-nin rəhbəri\n\n“[WORK Dədə Qorqud]”  haqqında danışdı; [LOC Naxçıvan] soyuqdur."),
]


def words(marked):
    return [(marked.text[start:end], label) for start, end, label in marked.mentions]


@pytest.mark.parametrize("name", ["x.jsonl", "x.json", "x.conll", "x.iob2", "x.bio"])
def test_mentions_survive(tmp_path, name):
    write_mentions(MARKED, tmp_path / name)
    again = aligned(read_mentions(tmp_path / name), MARKED)
    grown = [[(word.replace("BP", "BP-nin"), label) for word, label in words(marked)] for marked in MARKED]
    assert [words(marked) for marked in again] == (grown if "json" not in name else [words(marked) for marked in MARKED])


def test_our_records_keep_everything(tmp_path):
    texts = [Marked("Bakı.\n\nŞəki.", ((0, 4, "LOC"), (7, 11, "LOC")), "a", "news"), Marked("Yoxdur.", (), "b")]
    write_mentions(texts, tmp_path / "x.jsonl")
    assert list(read_mentions(tmp_path / "x.jsonl")) == texts


def test_iob2_is_what_others_write(tmp_path):
    (tmp_path / "x.conll").write_text("-DOCSTART- O\n\nLənkəran B-LOC\nçayı I-LOC\ndaşdı O\n. O\n\n# O\nAstara S-LOC\n", encoding="utf-8")
    (marked,) = read_mentions(tmp_path / "x.conll")
    assert marked.text == "Lənkəran çayı daşdı . # Astara"
    assert words(marked) == [("Lənkəran çayı", "LOC"), ("Astara", "LOC")]


def test_iob2_has_a_block_for_each_sentence_and_none_cuts_a_mention(tmp_path):
    write_mentions([from_marks("O getdi. [WORK Kim var? Kim yox?] oxundu.")], tmp_path / "x.conll")
    blocks = (tmp_path / "x.conll").read_text(encoding="utf-8").strip().split("\n\n")
    assert len(blocks) == 2
    assert "Kim\tB-WORK" in blocks[1]
    assert "oxundu\tO" in blocks[1]
    assert words(read_mentions(tmp_path / "x.conll")[0]) == [("Kim var? Kim yox?", "WORK")]


def test_spacy_reads_and_writes_the_same_pairs(tmp_path):
    spacy = pytest.importorskip("spacy")
    from spacy.training import Example

    write_mentions(MARKED[:1], tmp_path / "x.json")
    ((text, about),) = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    config = {"nlp": {"tokenizer": {"@tokenizers": "azproc.Tokenizer.v1"}}}
    example = Example.from_dict(spacy.blank("az", config=config).make_doc(text), about)
    assert [(ent.text, ent.label_) for ent in example.reference.ents] == words(MARKED[0])


def test_documents_are_read_as_gold(tmp_path):
    doc = Document("O, Şuşaya getdi.", id="d").with_layer("entities", [Entity(3, 9, "Şuşaya", "LOC", "Şuşa")])
    (tmp_path / "x.jsonl").write_text(doc.to_json(), encoding="utf-8")
    assert read_mentions(tmp_path / "x.jsonl") == (Marked(doc.text, ((3, 9, "LOC"),), "d"),)


def test_columns_give_id_and_genre(tmp_path):
    (tmp_path / "x.tsv").write_text("a\tnews\t[LOC Bakı]\n\nb\tlaw\tMaddə 1\n", encoding="utf-8")
    assert read_mentions(tmp_path / "x.tsv") == (Marked("Bakı", ((0, 4, "LOC"),), "a", "news"), Marked("Maddə 1", (), "b", "law"))


@given(st.lists(st.text("ab .\n", max_size=8), max_size=4), st.integers(1, 3))
def test_divided_otherwise_the_mentions_are_the_same(texts, size):
    gold = [Marked(text, tuple((token.start, token.end, "PER") for token in tokenize(text))) for text in texts]
    pieces = [(token.text, number) for number, text in enumerate(texts) for token in tokenize(text)]
    groups = [[word for word, _ in pieces[place : place + size]] for place in range(0, len(pieces), size)]
    found = [from_marks(" ".join(f"[PER {word}]" for word in group)) for group in groups]
    assert list(aligned(found, gold)) == gold


@pytest.mark.parametrize("other", ["Bakı gözəl.", "Bakı gözəldir. Bəli.", "Bakı"])
def test_other_texts_are_refused(other):
    with pytest.raises(InputError, match="same texts"):
        aligned([Marked(other)], [Marked("Bakı gözəldir.")])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.xml", "<a/>", "suffix"),
        ("x.json", "{}", "entities"),
        ("x.json", '[["Bakı", {"entities": [[0, 9, "LOC"]]}]]', "outside"),
        ("x.conll", "Bakı\tLOC", "IOB2"),
        ("x.conll", "# text = Bakı\nŞəki\tO", "# text"),
        ("x.jsonl", '{"text": "Bakı", "entities": [{"start": 0}]}', "end"),
        ("x.jsonl", '{"text": " a", "entities": [{"start": 0, "end": 1, "label": "PER"}]}', "white space"),
        ("x.jsonl", "{", "JSONL"),
    ],
)
def test_damaged_files_are_named(tmp_path, name, content, says):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_mentions(tmp_path / name)


def test_a_missing_file_and_other_encodings_are_named(tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        read_mentions(tmp_path / "x.conll")
    (tmp_path / "x.conll").write_bytes("Bakı O".encode("utf-16"))
    with pytest.raises(InputError, match="UTF-8"):
        read_mentions(tmp_path / "x.conll")
