"""What the OCR repair mends, and what it leaves alone: tables of sentences, and the contract of the function."""

import json
from pathlib import Path

import pytest

from azproc import InputError, fix_ocr
from azproc.clean.ocr import explain_words

CASES = Path(__file__).parent.parent / "cases" / "ocr"


def cases(name):
    for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield pytest.param(row["text"], row["expected"], id=f"{row['why']}: {row['text'][:30]}")


@pytest.mark.parametrize(("text", "expected"), [*cases("wild"), *cases("systematic")])
def test_damage_is_mended(text, expected):
    assert fix_ocr(text).text == expected


@pytest.mark.parametrize(("text", "expected"), cases("negative"))
def test_what_is_right_stays(text, expected):
    assert fix_ocr(text).edits == ()


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case.values, marks=pytest.mark.xfail(strict=True), id=case.id) for case in cases("known")])
def test_what_is_known_to_fail(text, expected):
    assert fix_ocr(text).text == expected


@pytest.mark.parametrize("text", [case.values[0] for case in (*cases("wild"), *cases("systematic"))])
def test_a_mended_text_needs_nothing_more(text):
    once = fix_ocr(text).text
    assert fix_ocr(once).text == once


def test_threshold_is_a_probability():
    damaged = "Kənddə yeni məktob binası tikildi."
    assert fix_ocr(damaged, threshold=1.0).edits == ()
    assert fix_ocr(damaged, threshold=0.5).edits
    with pytest.raises(InputError, match="probability"):
        fix_ocr(damaged, threshold=7)


def test_bytes_are_refused():
    with pytest.raises(TypeError, match="decode"):
        fix_ocr(b"mayrn")


@pytest.mark.parametrize("text", ["", " \n\t ", "!?..", "ə", "а" * 10_000, "ə" * 10_000, "qwrtp" * 2_000, "\ud800 haş", "1" * 10_000])
def test_odd_input_is_left_alone(text):
    assert fix_ocr(text).text == text


def test_documents_own_form_is_evidence():
    clean = "Sahin Qaramolla kəndinə gəldi. " * 6
    assert fix_ocr(clean).edits == ()


def test_explanation_names_the_candidates():
    explanation = explain_words("Uzun mübarizə haş verdi.")[0]
    assert explanation.before == "haş"
    assert explanation.candidates[0].word == "baş"
    assert explanation.candidates[0].score > explanation.read.score


def test_rules_name_the_confusion():
    rules = {edit.rule for edit in fix_ocr("Kənddə yeni məktob binası tikildi, martın 12-do açıldı.").edits}
    assert rules == {"ocr.o-ə", "ocr.number-suffix"}
