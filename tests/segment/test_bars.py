"""Cases in which bars mark the borders: ``Prof. Ə. Məmmədov gəldi.| |Sonra getdi.``"""

import re
from pathlib import Path

import pytest

from azproc.segment import sentences
from azproc.segment.sentences import explain_boundaries, split_sentences
from azproc.segment.tokens import split_tokens, tokenize

CASES = Path(__file__).parents[1] / "cases"
LINE_END, SPACE_IN_TOKEN = "⏎", "␣"
KNOWN = "known"  # the file of lines that are expected to fail


def bar_lines(topic: str) -> list[str]:
    return [
        pytest.param(line, id=f"{file.stem}:{number}", marks=[pytest.mark.xfail(strict=True)] if file.stem == KNOWN else [])
        for file in sorted((CASES / topic).glob("*.txt"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]


def written(notation: str) -> str:
    return notation.replace(LINE_END, "\n").replace(SPACE_IN_TOKEN, " ")


@pytest.mark.parametrize("line", bar_lines("sentences"))
def test_sentences(line):
    text = written(line.replace("|", ""))
    assert [sentence.text for sentence in split_sentences(text)] == written(line).split("|")[::2], explain_boundaries(text)


@pytest.mark.parametrize("line", [case.values[0] for case in bar_lines("sentences")])
def test_plain_ends_are_what_the_rules_say(line, monkeypatch):
    text = written(line.replace("|", ""))
    shortly = split_sentences(text)
    monkeypatch.setattr(sentences, "_is_plain", lambda *_: False)
    assert split_sentences(text) == shortly


@pytest.mark.parametrize("line", bar_lines("tokens"))
def test_tokens(line):
    text = written(line.replace("|", ""))
    expected = [written(part) for part in re.split(r"[| ]+", line) if part]
    assert [token.text for token in tokenize(text)] == expected
    assert split_tokens(text) == expected


def kind_rows() -> list[list[str]]:
    lines = (CASES / "tokens" / "kinds.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


@pytest.mark.parametrize(("text", "kinds"), kind_rows())
def test_kinds(text, kinds):
    assert [token.kind for token in tokenize(text)] == kinds.split()


def test_initial_at_the_head_of_a_line_after_a_number():
    assert split_tokens("mənzil 5\nS. Vurğun küçəsi") == ["mənzil", "5", "S.", "Vurğun", "küçəsi"]


@pytest.mark.parametrize("line", ["düşündük-\nBu", "törədildikdə-\nMÜLKİYYƏT", "2010-\nmüharibə"])
def test_a_dash_at_the_end_of_a_line(line):
    before, after = line.split("-\n")
    assert split_tokens(line) == [before, "-", after]
