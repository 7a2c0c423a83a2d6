"""The repair measure: alignment, fates of words, and its edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azproc.evaluate.text import Pair, evaluate_pairs, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("— «»", []),
        ("Şimal-qərbdən Bakı’ya 20%-ni", ["Şimal-qərbdən", "Bakı’ya", "20", "ni"]),
        ("849,5 milyard m3, 1.234.567", ["849,5", "milyard", "m3", "1.234.567"]),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_nothing_to_score_gives_zeros():
    report = evaluate_pairs([])
    assert (report.pairs, report.cut, report.mended, report.harmed) == (0, 0.0, 0.0, 0.0)


def test_quotes_and_stops_do_not_count():
    assert evaluate_pairs([Pair("“Səs” gəldi.", '"Səs" gəldi,', "'Səs' gəldi")]).wer_after == 0


def test_a_repair_that_harms_shows_as_a_negative_cut():
    report = evaluate_pairs([Pair("mən evə gəldim", "mən eva gəldim", "man ova goldim")])
    assert report.cut == -2
    assert (report.total.mended, report.total.harmed) == (0, 2)


def test_split_and_merged_words_count_once_each():
    report = evaluate_pairs([Pair("kitab oxudu", "kit ab oxudu", "kitab oxudu")])
    assert (report.total.damaged, report.total.mended, report.cut) == (1, 1, 1)


def test_confusions_are_named_as_read_and_printed():
    report = evaluate_pairs([Pair("kənd mayın", "kond mayrn", "kənd mayrn")])
    rows = {tally.name: (tally.damaged, tally.mended) for tally in report.confusions}
    assert rows == {"o→ə": (1, 1), "r→ı": (1, 0)}


def test_the_worst_come_first():
    pairs = [Pair("a b c", "a b d", "a b d"), Pair("a b c", "x y z", "x y z")]
    assert [wrong for wrong, _ in evaluate_pairs(pairs).worst] == [3, 1]


@given(st.text(alphabet="abcə 1-", max_size=30), st.text(alphabet="abcə 1-", max_size=30))
def test_a_repair_that_does_nothing_changes_no_figure(clean, noisy):
    report = evaluate_pairs([Pair(clean, noisy, noisy)])
    assert report.cer_before == report.cer_after
    assert report.wer_before == report.wer_after
    assert report.total.mended == report.total.harmed == 0
