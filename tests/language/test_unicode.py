"""Unicode repair: cases written by hand, and the promises that hold for any text."""

import json
import time
from pathlib import Path

import pytest
import unicodedata2
from hypothesis import given
from hypothesis import strategies as st

from azproc import InputError, normalize
from azproc.language.unicode import RULES

CASES = Path(__file__).parents[1] / "cases" / "unicode"
LOUD = "aəiışoə сохəәвМХІ\u0307\u0306\u0327\u0326\u200b\u200d\ufe0f\xad\n \xa0\u2028ﬁＡ❤1ǝșö˘g¨\x0c\x85é\u1100\u1161\u11a8\u0915\u093cḡ"


def cases(name):
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line]


@pytest.mark.parametrize("case", cases("wild"), ids=lambda case: case["id"])
def test_damage_is_mended(case):
    rewrite = normalize(case["text"])
    assert rewrite.text == case["after"]
    assert {rule for edit in rewrite.edits for rule in edit.rule.split("+")} == set(case["rules"])
    assert rewrite.inverse.text == case["text"]


@pytest.mark.parametrize("case", cases("negative"), ids=lambda case: case["id"])
def test_sound_text_stays(case):
    assert normalize(case["text"]).edits == ()


@given(st.text(alphabet=LOUD, max_size=40) | st.text(max_size=40))
def test_normalize_is_idempotent_and_composed(text):
    rewrite = normalize(text)
    assert rewrite.inverse.text == text
    assert normalize(rewrite.text).edits == ()
    assert unicodedata2.normalize("NFC", rewrite.text) == rewrite.text


def test_quotes_and_dashes_change_only_when_asked():
    text = "«Səs» – “söz”"
    assert normalize(text).text == text
    assert normalize(text, quotes="straight", dashes="hyphen").text == '"Səs" - "söz"'
    with pytest.raises(InputError, match="straight"):
        normalize(text, quotes="curly")


def test_a_rule_can_be_skipped():
    assert normalize("a\xa0b\xadc", skip=("unicode.space",)).text == "a\xa0bc"


def test_bytes_are_refused():
    with pytest.raises(TypeError, match="decode"):
        normalize(b"Bak")


def test_a_lone_surrogate_survives():
    assert normalize("a\ud800\xa0b").text == "a\ud800 b"


@pytest.mark.parametrize("piece", ["ə", "с", "ǝ", "o\u0308", "\xad", "\xa0", "ﬁ", "Ａ", "i\u0307", "\u200d", "\U0001f3f4", "Хс"])
def test_time_is_linear_in_a_line_without_spaces(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            for rule in RULES:
                list(rule.edits(text))
            best = min(best, time.process_time() - start)
        return best

    seconds(1000)
    assert seconds(40_000) < 2.6 * seconds(20_000) + 0.005


def test_the_rules_are_searched_by_their_trigger():
    for rule in RULES:
        assert rule.name.startswith("unicode.")
        assert not list(rule.edits("Sağlam mətn: «dırnaq», 5–6, ₼ ❤"))
