"""Scripts: which one a text is in, and Cyrillic Azerbaijani in Latin letters."""

import json
from pathlib import Path

import pytest

from azproc import to_latin
from azproc.language.alphabet import LETTERS
from azproc.language.script import Script, detect_script

CASES = Path(__file__).parents[1] / "cases" / "script" / "to_latin.jsonl"


@pytest.mark.parametrize("case", [json.loads(line) for line in CASES.open(encoding="utf-8")], ids=lambda case: case["id"])
def test_to_latin(case):
    assert to_latin(case["text"]) == case["after"]
    assert to_latin(case["after"]) == case["after"]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Bu gün hava yaxşıdır", Script.LATIN),
        ("O, «Правда» qəzetini oxuyurdu", Script.LATIN),
        ("Бу ҝүн һава јахшыдыр", Script.AZERBAIJANI_CYRILLIC),
        ("Сегодня хорошая погода, площадь большая", Script.RUSSIAN_CYRILLIC),
        ("баш", Script.CYRILLIC),
        ("Қазақстан ғылымы", Script.CYRILLIC),
        ("آذربایجان دیلی", Script.PERSO_ARABIC),
        ("ქართული", Script.OTHER),
        ("12, 34!", Script.OTHER),
        ("", Script.OTHER),
    ],
)
def test_detect_script(text, script):
    assert detect_script(text) is script


def test_every_letter_of_the_old_alphabet_gives_one_of_the_new():
    latin = to_latin("АБВГҒДЕӘЖЗИЫЈКҜЛМНОӨПРСТУҮФХҺЧҸШабвгғдеәжзиыјкҝлмнопрөстуүфхһчҹш")
    assert set(latin) == LETTERS  # 32 letters each


def test_bytes_are_refused():
    with pytest.raises(TypeError, match="decode"):
        to_latin(b"Bak")
