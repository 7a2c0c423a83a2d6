"""Numbers: tables of sentences, properties, hostile input, and independent spellers."""

import json
import random
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import example, given, settings
from hypothesis import strategies as st
from num2words import num2words

from azproc.errors import InputError
from azproc.extract.dates import find_dates
from azproc.extract.numbers import find_numbers
from azproc.extract.numerals import words_at
from azproc.extract.spelling import to_words
from azproc.extract.tables import rows
from azproc.records import value_text

CASES = Path(__file__).parents[1] / "cases" / "numbers"


def cases(name):
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(case["text"], case.get("numbers", []), id=case["text"][:60]) for case in map(json.loads, lines)]


def found(text):
    return [(n.text, value_text(n.value), n.type, n.unit, n.mod) for n in find_numbers(text)]


def due(numbers):
    return [(*number, None, None)[:5] for number in numbers]


@pytest.mark.parametrize(("text", "numbers"), cases("synthetic"))
def test_written_sentences(text, numbers):
    assert found(text) == due(numbers)


@pytest.mark.parametrize(("text", "numbers"), cases("negative"))
def test_words_and_digits_that_are_no_numbers(text, numbers):
    assert found(text) == []


@pytest.mark.parametrize(("text", "numbers"), [pytest.param(*case.values, marks=pytest.mark.xfail(strict=True)) for case in cases("known")])
def test_known_faults(text, numbers):
    assert found(text) == due(numbers)


def spelled_wrongly(n):
    """num2words drops the one of 21, 701 ... before min: it spells 701 000 as yeddi yüz min."""
    thousands = n // 1000 % 1000
    return thousands > 1 and thousands % 10 == 1


RANDOM = random.Random(4)
NUMBERS = [*range(10_001), *(RANDOM.randrange(10 ** RANDOM.randint(5, 15)) for _ in range(10_000))]


@pytest.mark.parametrize("kind", ["cardinal", "ordinal"])
def test_an_independent_speller_is_read_back(kind):
    for n in NUMBERS:
        if not spelled_wrongly(n):
            words = num2words(n, lang="az", to=kind)
            numeral = words_at(words, 0)
            assert numeral is not None, words
            assert (numeral.value, numeral.end, numeral.ordinal) == (n, len(words), kind == "ordinal"), words


@pytest.mark.parametrize("kind", ["cardinal", "ordinal"])
def test_words_agree_with_an_independent_speller(kind):
    for n in NUMBERS[:1001] + NUMBERS[1001::20]:
        if not spelled_wrongly(n):
            assert to_words(n, ordinal=kind == "ordinal") == num2words(n, lang="az", to=kind)


@settings(deadline=None)
@given(st.integers(0, 10**21 - 1))
def test_words_and_numbers_are_inverse(n):
    for ordinal in (False, True):
        text = f"Cavab: {to_words(n, ordinal=ordinal)} səs."
        if n == 1 and not ordinal:  # bir is an article before a noun
            continue
        (number,) = find_numbers(text, dates=())
        assert (number.value, number.type) == (n, "ordinal" if ordinal else "cardinal")


@settings(deadline=None)
@given(st.integers(11, 10**15), st.sampled_from(["genitive", "dative", "accusative", "locative", "ablative"]))
def test_every_case_is_read_back(n, case):
    words = to_words(n, case=case)
    if " " in words:  # a single word in some cases is mostly another word (altını, üçün)
        numeral = words_at(words, 0)
        assert numeral is not None
        assert (numeral.value, numeral.end) == (n, len(words))


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**6, places=3), st.fractions(min_value=0, max_value=1, max_denominator=99))
def test_decimals_and_fractions_are_inverse(decimal, fraction):
    for value in (decimal, fraction):
        if value != int(value) and value > 1:
            (number,) = find_numbers(f"Nəticə {to_words(value)} oldu.", dates=())
            assert number.value == Fraction(value)


@pytest.mark.parametrize("call", [lambda: to_words(10**21), lambda: to_words(-1, ordinal=True), lambda: to_words(1, case="essive")])
def test_what_cannot_be_spelled_is_refused(call):
    with pytest.raises(InputError):
        call()


def test_bytes_are_refused_with_the_remedy():
    with pytest.raises(TypeError, match="decode"):
        find_numbers(b"5 ada")


_PIECES = (
    "5|12|1918|3,5|1.234.567|1|000|-|–|:|/|.|,|%|$|№|(|)|[|]|bir|iki|min|yüz|altı|yarım|yarısı|üçdə|onda|milyon|mln.|XI|V|I|manat|km-dən|°C|nəfərə"
    "|yaxın|çox|artıq|olmayan|dən|-ci|-dək|qədər|ədəd|\n|saat|il|mayın|e.ə.|ə|İ|ı|🙂|²|\N{COMBINING ACUTE ACCENT}"
)
PIECES = st.sampled_from(_PIECES.split("|"))
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gives_valid_spans(text):
    numbers = find_numbers(text)
    ends = [0, *(number.end for number in numbers)]
    for number, end in zip(numbers, ends, strict=False):
        assert end <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.text
        assert number.type in {"cardinal", "ordinal", "percent", "fraction", "quantity", "money"}
        assert number.rule.startswith("number.")
        assert all(isinstance(value, Decimal | Fraction) for value in (number.value if isinstance(number.value, tuple) else (number.value,)))


DATED = "1918|-ci il| may|ın |28|-də| e.ə. |XIX| əsrin |sonu|–|,| və |saat |14:30|(|)|hər |iki |gün|31 |fevral|ikinci |yarısı|5 ada|bir |aprclin |sentyabr|\n|. |20%"


@settings(max_examples=1000, deadline=None, derandomize=True)  # where words run into each other without a space the two may differ
@given(st.lists(st.sampled_from(DATED.split("|")), max_size=14).map("".join))
@example("Mayın 3-də və 4-də 5 gəmi gəldi; XX əsrin birinci yarısında 13 (26) sentyabr.")
def test_numbers_alone_are_those_beside_the_dates(text):
    assert find_numbers(text) == find_numbers(text, dates=find_dates(text))


HOSTILE = ["1 ", "1", "X", "X ", "min ", "yüz ", "yüz", "beş-", "5-", "5:", "1.", "1,", "(1", "[1", "bir ", "bir, ", "üçdə ", "$", "5 manatdan ", "000 ", "altı ", "№ 5", "5/"]


def seconds(text, dates=()):
    best = 9.0
    for _ in range(2):
        begin = time.process_time()
        find_numbers(text, dates=dates)
        best = min(best, time.process_time() - begin)
    return best


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_linear_time(piece):
    short = piece * (2_000 // len(piece))
    assert seconds(short * 4) <= 0.02 + 4 * 1.6 * seconds(short)


@pytest.mark.parametrize("piece", [*HOSTILE, "beş, ", "5 (", "may 5 ", "5 may, ", "aprclin 9-da ", "hicri, ", "5 əsr ", "hər 5, "])
def test_looking_for_the_dates_beside_numbers_takes_linear_time(piece):
    short = piece * (2_000 // len(piece))
    assert seconds(short * 4, None) <= 0.02 + 4 * 1.6 * seconds(short, None)


def test_currencies_are_those_of_cldr():
    known = Locale("az").currencies
    shared_names = {row["code"] for row in rows("currencies.tsv") if row["form"] == "word" and row["code"] == row["name"]}
    assert {row["code"] for row in rows("currencies.tsv")} - set(known) == shared_names


def test_tables_hold_no_name_twice():
    for table, column in (("units.tsv", "unit"), ("currencies.tsv", "name"), ("numerals.tsv", "word"), ("modifiers.tsv", "word"), ("numbered.tsv", "word")):
        names = [row[column] for row in rows(table)]
        assert len(names) == len(set(names)), table
