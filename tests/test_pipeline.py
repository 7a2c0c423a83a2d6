"""Pipelines: steps found, needs checked, vetoes obeyed, order kept."""

import multiprocessing
from itertools import islice

import pytest

from azproc.document import Document
from azproc.errors import AzprocError, InputError, PipelineError
from azproc.pipeline import Pipeline, Step, clean, load, profile_names, step
from azproc.rewrite import Edit, Rewrite
from azproc.spans import Span


def swap(before, after, rule):
    def swapped(text):
        found = text.find(before)
        return Rewrite(text, (Edit(found, found + len(before), before, after, rule, 0.9),) if found >= 0 else ())

    return step(swapped, name=rule)


class Words:
    """A step as a user would write one."""

    name = "words"
    needs = ()
    gives = ("words",)

    def __call__(self, doc):
        spans, position = [], 0
        for word in doc.text.split(" "):
            if word:
                spans.append(Span(position, position + len(word), word))
            position += len(word) + 1
        return doc.with_layer("words", spans)


class Counts:
    name = "counts"
    needs = ("words", "sentences")
    gives = ()

    def __call__(self, doc):
        return doc


def test_steps_run_in_order_and_the_history_tells():
    doc = Pipeline(swap("haş", "baş", "one"), swap("vo", "və", "two"))("haş vo")
    assert doc.text == "baş və"
    assert [edit.rule for rewrite in doc.history for edit in rewrite.edits] == ["one", "two"]
    assert doc.original == "haş vo"


def test_layers_follow_later_rewrites():
    doc = Pipeline(Words(), swap("haş", "b", "one"))("haş vo")
    assert [span.text for span in doc.layers["words"]] == ["b", "vo"]


def test_what_is_missing_is_reported_when_the_pipeline_is_built():
    with pytest.raises(PipelineError) as error:
        Pipeline(Words(), Counts())
    message = str(error.value)
    for part in ("step 2, 'counts'", "required: words, sentences", "present:  words", "missing:  sentences"):
        assert part in message


def test_layers_that_documents_bring_along_count_as_present():
    assert Pipeline(Words(), Counts(), present=["sentences"])("a b").layers["words"]


def test_an_unknown_step_names_the_known_ones():
    with pytest.raises(PipelineError, match="sentences"):
        Pipeline("sentnces")


def test_something_that_is_no_step_is_refused():
    with pytest.raises(PipelineError, match=r"azproc\.step"):
        Pipeline(str.strip)
    with pytest.raises(TypeError, match="function"):
        step("ocr")


def test_options_for_a_step_that_is_not_there_are_refused():
    with pytest.raises(PipelineError, match="ocr"):
        Pipeline("normalize", options={"ocr": {"threshold": 1}})


def test_our_own_steps_are_found_by_name():
    names = ["encoding", "normalize", "citations", "spacing", "ocr", "diacritics", "marks", "sentences", "tokens", "dates", "numbers", "entities"]
    assert [each.name for each in Pipeline(*names).steps] == names
    assert all(isinstance(each, Step) for each in Pipeline(*names).steps)


def test_options_reach_the_function():
    nlp = Pipeline("normalize", options={"normalize": {"quotes": "straight"}})
    assert nlp("«Səs»").text == '"Səs"'


@pytest.mark.parametrize(("name", "options"), [("normalize", {"quotez": "straight"}), ("numbers", {"dates": ()}), ("spacing", {"join": True})])
def test_an_option_that_a_step_has_not_is_refused_when_the_pipeline_is_built(name, options):
    with pytest.raises(PipelineError, match=f"{name!r} has no option"):
        Pipeline(name, options={name: options})


def test_a_step_may_stand_twice_in_a_profile_with_options_of_its_own(tmp_path):
    profile = tmp_path / "twice.toml"
    rows = ("quotes = 'straight'", "dashes = 'hyphen'")
    profile.write_text("name = 'twice'\nversion = '1'\n" + "".join(f"[[step]]\nuse = 'normalize'\n{row}\n" for row in rows), encoding="utf-8")
    assert [doc.text for doc in load(profile).map(["«Səs» – söz"])] == ['"Səs" - söz']
    assert [each.options for each in load(profile).steps] == [{"quotes": "straight"}, {"dashes": "hyphen"}]


def test_a_profile_that_is_not_utf_8_says_what_to_do(tmp_path):
    (tmp_path / "bad.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(InputError, match="save it as UTF-8"):
        load(tmp_path / "bad.toml")


def test_a_veto_refuses_edits_before_they_are_made():
    nlp = Pipeline(swap("haş", "baş", "one"), swap("vo", "və", "two"))
    doc = nlp("haş vo", veto=lambda edit: edit.rule == "one")
    assert doc.text == "haş və"
    assert doc.veto is None
    assert nlp("haş vo").text == "baş və"


def test_a_veto_holds_for_any_step_that_rewrites():
    class Rude:
        name, needs, gives = "rude", (), ()

        def __call__(self, doc):
            return doc.rewrite(Rewrite(doc.text, (Edit(0, 0, "", "!", "rude"),)))

    assert Pipeline(Rude())("a", veto=lambda _: True).text == "a"


@pytest.mark.parametrize("workers", [1, 2])
def test_map_keeps_the_order(workers):
    texts = [f"haş {number}" for number in range(300)]
    docs = list(Pipeline(swap("haş", "baş", "one"), Words()).map(texts, workers=workers))
    assert [doc.text for doc in docs] == [f"baş {number}" for number in range(300)]
    assert docs[7].original == "haş 7"


@pytest.mark.parametrize("workers", [1, 2])
def test_map_reads_an_endless_stream_only_as_far_as_needed(workers):
    taken = []

    def endless():
        number = 0
        while True:
            taken.append(number)
            yield str(number)
            number += 1

    first = list(islice(Pipeline(Words()).map(endless(), workers=workers), 3))
    assert [doc.text for doc in first] == ["0", "1", "2"]
    assert len(taken) < 1000


def test_map_obeys_a_veto_in_other_processes():
    docs = Pipeline(swap("haş", "baş", "one")).map(["haş"], workers=2, veto=lambda _: True)
    assert [doc.text for doc in docs] == ["haş"]


def test_an_error_in_a_worker_comes_back():
    def fail(text):
        raise InputError(f"no good: {text}")

    with pytest.raises(InputError, match="no good"):
        list(Pipeline(step(fail)).map(["a"], workers=2))


def test_a_worker_that_dies_is_reported():
    import os

    def die(_text):
        os._exit(3)

    with pytest.raises(AzprocError, match="fewer workers"):
        list(Pipeline(step(die)).map(["a"], workers=2))
    assert not multiprocessing.active_children()


def test_no_workers_is_an_error():
    with pytest.raises(InputError, match="at least one"):
        Pipeline(Words()).map(["a"], workers=0)


@pytest.mark.parametrize("text", [b"Bak", None])
def test_only_text_goes_in(text):
    with pytest.raises(TypeError):
        Pipeline(Words())(text)


def test_the_profiles_are_there_and_stamp_what_they_make():
    assert set(profile_names()) >= {"web", "ocr", "wiki", "minimal", "typed"}
    for name in profile_names():
        assert load(name).profile == name
        assert load(name).version
    doc = load("minimal")("Bakı")
    assert (doc.profile, doc.profile_version) == ("minimal", load("minimal").version)
    assert '"profile":"minimal"' in doc.to_json()


def test_a_profile_of_ones_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\nversion = "7"\n[[step]]\nuse = "normalize"\nquotes = "straight"\n', encoding="utf-8")
    assert clean("«Səs»", profile=path).text == '"Səs"'
    assert load(path)("").profile_version == "7"


@pytest.mark.parametrize("text", ["", "name = 1", 'name = "x"\nversion = "1"\n[[step]]\n', "step = 7\nname='x'\nversion='1'", "=", "\0"])
def test_what_is_no_profile_says_what_it_needs(tmp_path, text):
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"\[\[step\]\]"):
        load(path)


def test_an_unknown_profile_names_the_known_ones():
    with pytest.raises(InputError, match="wiki"):
        load("wkii")
    with pytest.raises(InputError, match="cannot read"):
        load("nowhere.toml")


@pytest.mark.parametrize("text", ["", " ", "\n\n \t", "a\ud800b", "\udcff", "\0", "x" * 100_000])
@pytest.mark.parametrize("profile", ["minimal", "web", "wiki", "ocr"])
def test_odd_texts_have_a_defined_result(text, profile):
    rewrite = clean(text, profile=profile)
    assert rewrite.source == text
    assert rewrite.inverse.text == text


def test_a_document_keeps_what_it_brought_along():
    doc = Document("haş", id="p1", meta={"year": 1918})
    done = Pipeline(swap("haş", "baş", "one"))(doc)
    assert (done.id, done.meta, done.text) == ("p1", {"year": 1918}, "baş")
