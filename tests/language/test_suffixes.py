"""Suffix chains attached, split off, and refused: tables that a linguist can extend, and what must hold of all chains."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azproc.errors import InputError
from azproc.language.casing import fold
from azproc.language.stems import citation
from azproc.language.suffixes import Analysis, attach, harmonises, split, suffix_for, suffix_names

CASES = Path(__file__).parents[1] / "cases" / "suffixes"


def rows(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def full(names):
    return tuple({"with": "adjective.with", "without": "adjective.without"}.get(name, name) for name in names)


CHAINS = [(stem, tuple(names.split()), form) for stem, names, form in rows("chains.tsv")]


def test_tables_are_long_enough():
    assert len(CHAINS) >= 300
    assert len({form for _, _, form in CHAINS}) >= 290


@pytest.mark.parametrize(("stem", "names", "form"), CHAINS)
def test_attach_writes_the_form(stem, names, form):
    assert attach(stem, *names) == form


@pytest.mark.parametrize(("stem", "names", "form"), CHAINS)
def test_split_finds_stem_and_chain(stem, names, form):
    listed = {fold(stem), citation(fold(stem), "verb")}
    found = [analysis for analysis in split(form, listed.__contains__) if fold(analysis.stem) == fold(stem)]
    assert full(names) in [analysis.suffixes for analysis in found]
    for analysis in found:
        assert fold(form).endswith("".join(analysis.surface))


@pytest.mark.parametrize(("form", "stem"), [row[:2] for row in rows("negative.tsv")])
def test_split_refuses(form, stem):
    assert [analysis for analysis in split(form, {stem}.__contains__) if analysis.suffixes] == []


def test_best_reading_first():
    assert split("almanı", {"alma", "almaq"}.__contains__)[0] == Analysis("alma", ("accusative",), ("nı",), "noun")
    assert split("evlərinə", {"ev"}.__contains__)[0].suffixes == ("possessive.3pl", "dative")
    assert split("evi", {"ev"}.__contains__)[0].suffixes in {("possessive.3sg",), ("accusative",)}


def test_a_known_word_is_its_own_first_reading():
    assert split("kitab", {"kitab"}.__contains__) == (Analysis("kitab", (), (), "noun"),)


def test_guess_without_a_list_prefers_the_short_stem():
    assert split("kitablarımızdan")[0].stem == "kitab"
    assert split("NATO-nun")[0] == Analysis("NATO", ("genitive",), ("nun",), "digits")


@pytest.mark.parametrize(("token", "name", "suffix"), [("9", "ordinal", "cu"), ("XI", "ordinal", "ci"), ("ABŞ", "dative", "a"), ("40", "dative", "a"), ("2025", "ordinal", "ci")])
def test_suffix_for(token, name, suffix):
    assert suffix_for(token, name) == suffix


def test_suffix_for_a_word_is_refused():
    with pytest.raises(InputError, match="use attach"):
        suffix_for("kitab", "dative")


def test_unknown_name_is_refused_with_a_hint():
    with pytest.raises(InputError, match="genitive"):
        attach("ev", "genetive")


def test_impossible_chain_is_refused():
    with pytest.raises(InputError, match=r"ablative\+plural"):
        attach("ev", "ablative", "plural")


def test_bytes_are_refused():
    with pytest.raises(TypeError, match="decode"):
        attach(b"ev", "plural")
    with pytest.raises(TypeError, match="decode"):
        split(b"ev")


@pytest.mark.parametrize("word", ["", "-", "'", "a", "-ci", "1918-", "\ud800", "ş" * 10_000, "lar" * 3000, "1-" * 3000])
def test_odd_words_have_no_reading_but_do_no_harm(word):
    assert all(analysis.suffixes == () or analysis.stem for analysis in split(word, {"ev"}.__contains__))


def test_harmony_of_endings():
    assert harmonises("kitab", "larımızdan")
    assert not harmonises("kitab", "lərimizdən")
    assert harmonises("gələr", "kən")
    assert harmonises("olar", "kən")
    assert harmonises("59", "cu")
    assert not harmonises("59", "ci")
    assert harmonises("AzTU", "nun")
    assert not harmonises("AzTU", "nin")


STEMS = ["kitab", "ev", "göz", "yol", "ana", "ölkə", "uşaq", "çörək", "ağız", "su", "dost", "quzu", "sürü", "Bakı", "şərq", "müttəfiq"]
NUMBER = st.sampled_from(["", "plural"])
POSSESSOR = st.sampled_from(["", *sorted(name for name in suffix_names() if name.startswith("possessive."))])
CASE = st.sampled_from(["", "genitive", "dative", "accusative", "locative", "ablative", "instrumental", "relative"])


@given(st.sampled_from(STEMS), NUMBER, POSSESSOR, CASE)
@settings(max_examples=300, deadline=None)
def test_what_is_attached_is_split_off(stem, number, possessor, case):
    names = tuple(name for name in (number, possessor, case) if name)
    if (number and possessor == "possessive.3pl") or not names:
        return
    form = attach(stem, *names)
    assert (fold(stem), names) in [(analysis.stem, analysis.suffixes) for analysis in split(form, {fold(stem)}.__contains__)]
    assert harmonises(stem, form[len(stem) - 1 :]) or stem in {"ağız", "uşaq", "çörək"}


@given(st.integers(0, 10**12), st.sampled_from(["ordinal", "dative", "locative", "ablative", "genitive"]))
@settings(max_examples=300, deadline=None)
def test_figures_take_one_form(number, name):
    form = attach(str(number), name)
    assert name in [analysis.suffixes[0] for analysis in split(form)]
    assert harmonises(str(number), form.rpartition("-")[2])
