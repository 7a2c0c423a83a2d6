import json
from pathlib import Path

import pytest

from azproc.clean.citations import find_citations, strip_citations

CASES = Path(__file__).parents[1] / "cases" / "citations"
SEED = Path(__file__).parents[2] / "corpora" / "seed" / "seed.jsonl"

marked = [json.loads(line) for line in (CASES / "marks.jsonl").read_text(encoding="utf-8").splitlines()]
unmarked = [line for line in (CASES / "negative.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
seed = [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", marked, ids=lambda case: case["text"][:40])
def test_marks_are_found_and_stripped(case):
    assert [[mark.text, mark.kind] for mark in find_citations(case["text"])] == case["marks"]
    rewrite = strip_citations(case["text"])
    assert rewrite.text == case["stripped"]
    assert rewrite.inverse.text == case["text"]
    assert strip_citations(rewrite.text).edits == ()


@pytest.mark.parametrize("text", unmarked)
def test_look_alikes_stay(text):
    assert find_citations(text) == ()
    assert strip_citations(text).edits == ()


def test_every_mark_says_by_which_rule_it_was_found():
    rules = {edit.rule for edit in strip_citations("a.[7] b[qeyd 1] c[kim?] bura¹\n↑ d").edits}
    assert rules == {"citation.numeric", "citation.note", "citation.editorial", "citation.superscript", "citation.arrow"}


@pytest.mark.parametrize("document", seed, ids=lambda document: document["id"])
def test_seed(document):
    found = [{"start": mark.start, "end": mark.end, "kind": mark.kind} for mark in find_citations(document["text"])]
    assert found == document["citations"]
    text, stripped = document["text"], strip_citations(document["text"]).text
    for mark in reversed(document["citations"]):
        text = text[: mark["start"]] + text[mark["end"] :]
    assert stripped == text


def test_seed_has_all_its_marks():
    assert sum(len(document["citations"]) for document in seed) == 81
