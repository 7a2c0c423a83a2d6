"""Text typed without diacritics gets them back; every other text comes back as it is."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azproc import restore_diacritics
from azproc.clean.restorations import bare, marked, marks

CASES = Path(__file__).parents[1] / "cases" / "diacritics"
AZERBAIJANI = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"


def cases(name):
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").open(encoding="utf-8")]


@pytest.mark.parametrize("case", cases("wild"), ids=lambda case: case["id"])
def test_diacritics_come_back(case):
    rewrite = restore_diacritics(case["text"])
    assert rewrite.text == case["after"]
    assert rewrite.inverse.text == case["text"]
    assert {edit.rule for edit in rewrite.edits} == {"diacritic.restored"}


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["id"])
def test_other_text_stays(case):
    assert restore_diacritics(case["text"]).explain() == ""


@given(st.text(alphabet=AZERBAIJANI, max_size=20))
def test_marks_are_the_inverse_of_bare(word):
    assert marked(bare(word), marks(word)) == word


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcegiosu BEI-1.\n", max_size=60))
def test_only_diacritics_change(text):
    rewrite = restore_diacritics(text, force=True)
    assert bare(rewrite.text) == bare(text)
    assert rewrite.inverse.text == text


def test_a_forced_text_with_diacritics_keeps_them():
    assert restore_diacritics("Mən cox sevinirem", force=True).text == "Mən çox sevinirəm"


@pytest.mark.parametrize("piece", ["gelecek ", "gelecek", "cse", "a-", "sh"])
def test_time_is_linear_in_one_line(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        start = time.process_time()
        restore_diacritics(text)
        return time.process_time() - start

    seconds(1000)
    pairs = ((seconds(20_000), seconds(40_000)) for _ in range(4))  # other work disturbs; what is quadratic fails every time
    assert any(long < 2.6 * short + 0.05 for short, long in pairs)


def test_odd_input():
    assert restore_diacritics("").text == ""
    assert restore_diacritics("gelecek \ud800\0").text == "gələcək \ud800\0"
    with pytest.raises(TypeError, match="decode"):
        restore_diacritics(b"a")
