"""Hyphens of line ends go, those of compounds stay."""

import json
from pathlib import Path

import pytest

from azproc import fix_spacing

CASES = Path(__file__).parents[1] / "cases" / "hyphenation"


def cases(name):
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").open(encoding="utf-8")]


@pytest.mark.parametrize("case", cases("wild"), ids=lambda case: case["id"])
def test_a_broken_word_is_joined(case):
    rewrite = fix_spacing(case["text"])
    assert rewrite.text == case["after"]
    assert {edit.rule for edit in rewrite.edits} <= {"hyphen.line-end", "hyphen.left-over", "hyphen.spaced"}
    assert fix_spacing(rewrite.text).edits == ()


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["id"])
def test_a_compound_stays(case):
    assert fix_spacing(case["text"]).explain() == ""


def test_the_edit_is_the_whole_word():
    (edit,) = fix_spacing("işin olun-masını istədi").edits
    assert (edit.before, edit.after, edit.rule) == ("olun-masını", "olunmasını", "hyphen.left-over")
