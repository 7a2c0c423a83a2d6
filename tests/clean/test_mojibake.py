"""Text read in a wrong encoding: mended word by word, sound text untouched."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc import fix_encoding

CASES = Path(__file__).parents[1] / "cases" / "mojibake" / "cases.jsonl"


@pytest.mark.parametrize("case", [json.loads(line) for line in CASES.open(encoding="utf-8")], ids=lambda case: case["id"])
def test_cases(case):
    rewrite = fix_encoding(case["text"])
    assert rewrite.text == case["after"]
    assert rewrite.inverse.text == case["text"]
    assert fix_encoding(rewrite.text).edits == ()


@given(st.text(alphabet="abəƏığşöüçÖÜÇİI .,-–—“”«»…№\n", max_size=80))
def test_azerbaijani_text_survives(text):
    assert fix_encoding(text).edits == ()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp1251"])
@pytest.mark.parametrize("text", ["gələn il yığışacağıq", "Şəki şəhəri", "İşıq qəzeti, böyük ölkə", "çəmənlikdə gül açıb"])
def test_damage_comes_back(text, encoding):
    assert fix_encoding(text.encode().decode(encoding)).text == text


def test_one_line_does_not_change_another():
    assert fix_encoding("É™ yaxşı\nÉ yaxşı\ngÉ™l").text == "ə yaxşı\nÉ yaxşı\ngəl"


def test_edits_are_words():
    edits = fix_encoding("bir vÉ™ iki vÉ™ üç").edits
    assert [(edit.start, edit.end) for edit in edits] == [(4, 7), (12, 15)]


def test_ftfy_is_not_imported_for_sound_text():
    code = "import sys, azproc; azproc.fix_encoding('Gələcək – “söz”'); sys.exit('ftfy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_time_is_linear_in_a_line_without_spaces():
    def seconds(length):
        text = "gÉ™l" * (length // 4)
        start = time.process_time()
        fix_encoding(text)
        return time.process_time() - start

    seconds(4000)
    assert seconds(80_000) < 2.6 * seconds(40_000) + 0.05


def test_odd_input():
    assert fix_encoding("").text == ""
    assert fix_encoding("\ud800 vÉ™\0").text == "\ud800 və\0"
    with pytest.raises(TypeError, match="decode"):
        fix_encoding(b"Bak")
