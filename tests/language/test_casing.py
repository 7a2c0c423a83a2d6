"""Case and alphabetical order: tables that a linguist can extend, and what must hold of any text."""

from pathlib import Path

import pytest
import unicodedata2
from hypothesis import given
from hypothesis import strategies as st

from azproc.language.alphabet import ALPHABET
from azproc.language.casing import collation_key, to_lower, to_title, to_upper

CASES = Path(__file__).parents[1] / "cases" / "casing"
CHANGE = {"lower": to_lower, "upper": to_upper, "title": to_title}


def lines(name):
    return [line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("line", lines("casing.tsv"))
def test_case(line):
    what, text, result = line.split("\t")
    assert CHANGE[what](text) == result


@pytest.mark.parametrize("line", lines("order.txt"))
def test_order(line):
    words = line.split()
    assert sorted(sorted(words), key=collation_key) == words


LETTERS = [form for letter in ALPHABET for form in (letter.lower, letter.upper)]


@given(st.text(alphabet=LETTERS))
def test_letters_of_the_alphabet_survive_both_ways(text):
    assert to_lower(to_upper(text)) == to_lower(text)
    assert to_upper(to_lower(text)) == to_upper(text)


@given(st.text(alphabet=[*LETTERS, *" -'’.%№19“”"]))
def test_title_changes_no_letter_but_its_case(text):
    assert to_lower(to_title(text)) == to_lower(text)
    assert to_title(to_title(text)) == to_title(text)


@given(st.text(max_size=8), st.text(max_size=8))
def test_two_texts_have_one_key_only_where_they_are_the_same(one, two):
    same = unicodedata2.normalize("NFC", one) == unicodedata2.normalize("NFC", two)
    assert (collation_key(one) == collation_key(two)) == same
