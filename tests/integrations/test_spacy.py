"""azproc inside the real spaCy."""

import time

import pytest

spacy = pytest.importorskip("spacy")

from azproc.document import Document
from azproc.integrations.spacy import to_spacy
from azproc.pipeline import Pipeline

CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "azproc.Tokenizer.v1"}}}
TEXT = "Prof. Əliyev  1918-ci ilin mayında Bakıya gəldi. Sonra getdi."


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("az", config=CONFIG)
    for component in ("azproc_sentences", "azproc_entities", "azproc_dates"):
        nlp.add_pipe(component)
    return nlp


@pytest.mark.parametrize("text", ["", " ", "  Bakı", TEXT, "a\n\n b ", "\N{NO-BREAK SPACE}söz"])
def test_nothing_of_the_text_is_lost(text):
    assert spacy.blank("az", config=CONFIG)(text).text == text


def test_components(nlp):
    doc = nlp(TEXT)
    assert [sentence.text.strip() for sentence in doc.sents] == [TEXT[:-13], "Sonra getdi."]
    assert ("Bakıya", "LOC", "Bakı") in [(entity.text, entity.label_, entity.kb_id_) for entity in doc.ents]
    assert [(span.text, span._.azproc.value) for span in doc.spans["dates"]] == [("1918-ci ilin mayında", "1918-05")]


def test_a_pipeline_is_saved_and_loaded(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert [token.text for token in again(TEXT)] == [token.text for token in nlp(TEXT)]


def test_our_document_as_theirs():
    document = Pipeline("sentences", "tokens", "dates", "numbers")("Sərgi 28 may 1918-ci ildə açıldı. 5 nəfər gəldi.")
    doc = to_spacy(document)
    assert [token.text for token in doc] == [token.text for token in document.layers["tokens"]]
    assert len(list(doc.sents)) == 2
    assert [span._.azproc.value for span in doc.spans["dates"]] == ["1918-05-28"]
    assert [span.label_ for span in doc.spans["numbers"]] == ["quantity"]


def test_a_document_without_layers_has_tokens():
    assert len(to_spacy(Document("Bakı gözəldir"))) == 2


def test_documents_are_stored_and_sent_with_what_is_known(nlp):
    doc = nlp(TEXT)
    kept = spacy.tokens.DocBin(store_user_data=True, docs=[doc])
    (stored,) = spacy.tokens.DocBin().from_bytes(kept.to_bytes()).get_docs(nlp.vocab)
    (sent,) = nlp.pipe([TEXT], n_process=2)
    for again in (stored, sent):
        assert [(span.text, span._.azproc) for span in again.spans["dates"]] == [(span.text, span._.azproc) for span in doc.spans["dates"]]
        assert [entity._.azproc for entity in again.ents] == [entity._.azproc for entity in doc.ents]
    assert doc.spans["dates"][0]._.azproc.earliest.isoformat() == "1918-05-01"
    assert doc[0:1]._.azproc is None


def test_time_grows_with_the_length_only():
    nlp = spacy.blank("az", config=CONFIG)
    nlp.add_pipe("azproc_sentences")
    nlp.add_pipe("azproc_dates")
    seconds = []
    for count in (500, 4000):
        begun = time.process_time()
        assert len(list(nlp(TEXT * count).sents)) == 2 * count
        seconds.append(time.process_time() - begun)
    assert seconds[1] < 20 * seconds[0]
