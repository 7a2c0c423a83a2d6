"""Letters set apart, doubled spaces: mended where words are meant, left where letters, columns and indents are."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azproc import fix_spacing

CASES = Path(__file__).parents[1] / "cases" / "spacing"


def cases(name):
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").open(encoding="utf-8")]


def by_id(case):
    return case["id"]


@pytest.mark.parametrize("case", cases("wild"), ids=by_id)
def test_damage_is_mended(case):
    rewrite = fix_spacing(case["text"])
    assert rewrite.text == case["after"]
    assert rewrite.inverse.text == case["text"]
    assert fix_spacing(rewrite.text).edits == ()


@pytest.mark.parametrize("case", cases("negative"), ids=by_id)
def test_sound_text_stays(case):
    assert fix_spacing(case["text"]).explain() == ""


@pytest.mark.parametrize("case", [pytest.param(case, marks=pytest.mark.xfail(strict=True)) for case in cases("known")], ids=by_id)
def test_known_misses(case):
    assert fix_spacing(case["text"]).text == case["after"]


def test_edits_are_words_and_name_their_rule():
    edits = fix_spacing("q ə bul edil ə n şey  var").edits
    assert [(edit.before, edit.after, edit.rule) for edit in edits] == [
        ("q ə bul", "qəbul", "space.split-letters"),
        ("edil ə n", "edilən", "space.split-letters"),
        ("  ", " ", "space.double"),
    ]
    assert all(0.5 < edit.confidence <= 1 for edit in edits)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="əşğıiavrbmdl İƏ-.,\n1", max_size=40))
def test_undo_and_idempotence(text):
    rewrite = fix_spacing(text)
    assert rewrite.inverse.text == text
    assert [letter for letter in rewrite.text if letter.isalpha()] == [letter for letter in text if letter.isalpha()]
    assert fix_spacing(rewrite.text).edits == ()


@pytest.mark.parametrize("piece", ["ə ", "ə", "v ə ya ", "a ", "  ", "-", "ab-\n", "a-b", "ə-", " ə,", "ab- ", "A Ə "])
def test_time_is_linear_in_one_line(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        start = time.process_time()
        fix_spacing(text)
        return time.process_time() - start

    seconds(1000)
    pairs = ((seconds(8_000), seconds(16_000)) for _ in range(4))  # other work disturbs; what is quadratic fails every time
    assert any(long < 2.6 * short + 0.05 for short, long in pairs)


def test_odd_input():
    assert fix_spacing("").text == ""
    assert fix_spacing("\ud800 ə \0").text == "\ud800 ə \0"
    with pytest.raises(TypeError, match="decode"):
        fix_spacing(b"a")
