"""The word list knows words, names and well-made forms, and says no to damaged ones."""

import pytest

from azproc.lexicon import Role, count_of, steps_of
from azproc.resources import data_file, lexicon

DAMAGED = ["aprclin", "mayrn", "golmiş", "hissələrinın", "rayonununda", "hökümətin", "haş", "etmok", "olunmuşdır", "görünmüşdır", "Azarbaycan", "universitetındə", "müqavilasi", "hörmatli", "dövlot", "gazet", "xalgın", "idaralər", "şahər", "məktabdə", "təşkilatlarinda", "kitabler", "gözlar", "respublikasinin", "qanunvericilikda", "mösələsi", "iclasmda", "edilməsınə", "alınmasi", "vətəndaşlarinin"]
SOUND = ["aprelin", "mayın", "gəlmiş", "hissələrinin", "rayonunda", "hökumətin", "baş", "etmək", "olunmuşdur", "görünmüşdür", "Azərbaycan", "universitetində", "müqaviləsi", "hörmətli", "dövlət", "qəzet", "xalqın", "idarələr", "şəhər", "məktəbdə", "təşkilatlarında", "kitablar", "gözlər", "respublikasının", "qanunvericilikdə", "məsələsi", "iclasında", "edilməsinə", "alınması", "vətəndaşlarının", "üçün", "kitablarımızdakılardan", "gəlməyəcəkmişlər", "görüşdürülməlidir", "uşaqlığımızın", "əməkdaşlığımızdan", "yazdırılmasına", "oxuyarkən", "dəyişdirilmədikdə", "müəllimlərimizdir", "evinizdəkilər", "işıqlandırılmışdı", "Naxçıvandan", "Bakıdakı", "Həsənovun", "1918-ci", "9-cu", "40-a", "NATO-nun", "ABŞ-ın", "XI-ci", "20%-i", "etnik-siyasi", "türk-islam", "qeyri-müəyyən", "Bakı'dan", "utanırdılar", "gizlədiyini", "qurumuşdur", "ucaldılması", "vurulmuşdu", "biləklərinin", "sınığın", "olsaydı", "çıxsaydılar", "azaldırlar"]


@pytest.mark.parametrize("word", DAMAGED)
def test_damaged_words_are_unknown(word):
    assert not lexicon().knows(word)


@pytest.mark.parametrize("word", SOUND)
def test_sound_words_are_known(word):
    assert lexicon().knows(word)


@pytest.mark.parametrize("word", ["", "-", "a-", "qqqq", "бакинский", "xyzzyx", "Schnittstelle", "ə" * 10_000, "lar" * 3000, "\ud800"])
def test_odd_strings_are_unknown(word):
    assert not lexicon().knows(word)


def test_case_does_not_matter_to_counts():
    words = lexicon()
    assert words.count("İLDƏ") == words.count("ildə") > words.count("ildönümündə") > 0
    assert "İşıq" in words
    assert "işiq" not in words


def test_counts_follow_use():
    words = lexicon()
    order = ["və", "ilə", "kitab", "kitabxana", "kitabxanaçı"]
    assert sorted(order, key=words.count, reverse=True) == order
    assert words.count("kitablarımızdakılardan") == 0


@pytest.mark.parametrize("count", [1, 2, 7, 100, 12_345, 18_000_000])
def test_counts_are_kept_to_a_tenth(count):
    assert count_of(steps_of(count)) == pytest.approx(count, rel=0.1)
    assert count_of(0) == steps_of(0) == 0


def test_capital_share_tells_names_from_words():
    words = lexicon()
    assert all(words.capital_share(name) > 0.8 for name in ("Azərbaycan", "Bakı", "Heydər", "Türkiyədə", "ABŞ"))
    assert all(words.capital_share(word) < 0.3 for word in ("kitab", "gəldi", "şəhər", "olan"))
    assert words.capital_share("yoxdurbelə") == 0


def test_roles():
    words = lexicon()
    assert words.roles("gəl") & Role.VERB
    assert words.roles("uşaq") & Role.NOUN
    assert not words.roles("uşaqlar") & Role.NOUN
    assert not words.roles("belə-belə-olmaz")


def test_a_bare_verb_stem_is_no_word_by_itself():
    words = lexicon()
    assert all(words.roles(stem) & Role.VERB for stem in ("işlət", "gör", "götür"))


def test_analyses_are_ordered_by_stem():
    stems = [analysis.stem for analysis in lexicon().analyses("alınmasına")]
    assert stems == sorted(stems, key=len, reverse=True)
    assert lexicon().analyses("hissələrinın") == ()


def test_vowel_of_every_listed_abbreviation_is_read():
    assert lexicon().knows("BMT-nin")
    assert not lexicon().knows("BMT-nın")


def test_shipped_file_is_small():
    assert data_file("words.marisa").stat().st_size < 6_000_000
