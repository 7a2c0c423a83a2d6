"""Dates: every case of the tables, properties on any text, linear time on hostile text."""

import datetime
import json
import time
from pathlib import Path

import pytest
import regex
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from azproc.extract.dates import find_dates
from azproc.extract.forms import FORMS, GRAMMAR

KEYS = ("start", "end", "text", "value", "type", "mod")
CASES = Path(__file__).parents[1] / "cases" / "dates"
MODS = {None, "start", "mid", "end", "first_half", "second_half", "approx", "before", "after", "more_than", "less_than", "up_to"}


def cases(kind):
    lines = (CASES / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(case["text"], case["dates"], id=case["text"][:50]) for case in map(json.loads, lines)]


def as_written(date):
    return {key: getattr(date, key) for key in KEYS}


@pytest.mark.parametrize(("text", "expected"), [*cases("wild"), *cases("synthetic"), *cases("negative")])
def test_case(text, expected):
    found = find_dates(text)
    assert [as_written(date) for date in found] == [{key: date[key] for key in KEYS} for date in expected]
    for date, wanted in zip(found, expected, strict=True):
        assert date.calendar == wanted.get("calendar")
        if "resolved" in wanted:
            assert date.resolved == wanted["resolved"]


@pytest.mark.parametrize(("text", "expected"), cases("known"))
@pytest.mark.xfail(strict=True, reason="known faults")
def test_known_fault(text, expected):
    assert [as_written(date) for date in find_dates(text)] == [{key: date[key] for key in KEYS} for date in expected]


def test_a_third_of_the_cases_is_negative():
    counts = {kind: len(cases(kind)) for kind in ("wild", "synthetic", "negative")}
    assert sum(counts.values()) >= 250
    assert counts["negative"] * 3 >= sum(counts.values())


@pytest.mark.parametrize("kind", ["wild", "synthetic"])
def test_the_edtf_package_reads_every_date(kind):
    values = {date.value for text, _ in (case.values for case in cases(kind)) for date in find_dates(text) if date.type == "date" and date.value}
    assert len(values) > 20
    for value in values:
        # The package takes a season or quarter only of a known year, the standard also of XXXX and XX71.
        assert parse_edtf(regex.sub(r"XX(?:XX|[0-9]{2})-(?=2[1-4]|3[3-6])", "1918-", value))


RELATIVE = [
    ("dünən", "2026-11-25"),
    ("srağagün", "2026-11-24"),
    ("bu gün", "2026-11-26"),
    ("sabah", "2026-11-27"),
    ("birigün", "2026-11-28"),
    ("bu həftə", "2026-11-23/2026-11-29"),
    ("ötən həftə", "2026-11-16/2026-11-22"),
    ("növbəti ay", "2026-12"),
    ("ötən ay", "2026-10"),
    ("keçən il", "2025"),
    ("gələn il", "2027"),
    ("gələn çərşənbə axşamı", "2026-12-01"),
    ("keçən şənbə", "2026-11-21"),
    ("bu cümə günü", "2026-11-27"),
    ("ötən ilin mayında", "2025-05"),
    ("bu il mayın 28-də", "2026-05-28"),
    ("bu ilin birinci rübü", "2026-33"),
    ("bu rüb", "2026-36"),
    ("ötən əsrin 90-cı illəri", "199X"),
    ("ötən əsrin 70-80-ci illəri", "197X/198X"),
    ("ötən əsr", "19XX"),
    ("bu ilin yanvar-avqust aylarında", "2026-01/2026-08"),
]


@pytest.mark.parametrize(("text", "value"), RELATIVE)
def test_relative_to_a_day_of_reference(text, value):
    (date,) = find_dates(text, relative_to=datetime.date(2026, 11, 26))
    assert (date.value, date.resolved, date.text) == (value, value, text)


@pytest.mark.parametrize("text", [text for text, _ in RELATIVE])
def test_without_reference_nothing_is_resolved(text):
    (date,) = find_dates(text)
    assert date.resolved is None
    assert date.value is None or date.value.startswith("XX")


@pytest.mark.parametrize(
    ("text", "value", "resolved"),
    [("iki il əvvəl", "P2Y", "2024"), ("üç gün sonra", "P3D", "2026-11-29"), ("iki ay bundan əvvəl", "P2M", "2026-09"), ("iki il", "P2Y", None)],
)
def test_a_duration_before_or_after_the_day_of_reference(text, value, resolved):
    (date,) = find_dates(text, relative_to=datetime.date(2026, 11, 26))
    assert (date.value, date.type, date.resolved) == (value, "duration", resolved)


def test_a_duration_counted_from_something_else_is_not_resolved():
    (date,) = find_dates("ultimatum verilməsindən iki gün əvvəl", relative_to=datetime.date(2026, 11, 26))
    assert date.resolved is None


def test_context_is_the_nearest_date_before():
    text = "1918-ci il mayın 28-də. İyunun 4-də. 1920-ci il aprelin 27-də. Mayın 1-də. Həmin ay. Həmin il."
    assert [date.resolved for date in find_dates(text)] == [None, "1918-06-04", None, "1920-05-01", "1920-05", "1920"]


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("1905-ci il fevralın 6-da. Ertəsi gün, fevralın 7-də.", "1905-02-07"),
        ("2007-ci ildə. 60-cı illərdə.", "196X"),
        ("1918-ci ildə. 71-ci ildə.", "1971"),
        ("Ertəsi gün, mayın 5-də.", None),
    ],
)
def test_a_day_lends_no_year_and_no_decade_lies_ahead(text, resolved):
    assert find_dates(text)[-1].resolved == resolved


@pytest.mark.parametrize("passing", ["(1813)", "1921-ci il aprel tarixli əmr"])
def test_a_date_in_passing_is_no_context(passing):
    assert find_dates(f"1920-ci ildə. {passing}. Aprelin 27-də.")[-1].resolved == "1920-04-27"


def test_context_never_crosses_documents():
    find_dates("1918-ci ildə")
    assert find_dates("İyunun 4-də")[0].resolved is None


def test_bytes_are_refused():
    with pytest.raises(TypeError, match="decode"):
        find_dates(b"1918")


def test_a_day_of_reference_must_be_a_date():
    with pytest.raises(TypeError, match=r"datetime\.date"):
        find_dates("dünən", relative_to="2026-11-26")


def test_a_moment_of_reference_is_its_day():
    assert find_dates("dünən", relative_to=datetime.datetime(2026, 11, 26, 10, 30))[0].value == "2026-11-25"  # noqa: DTZ001


def test_every_form_has_its_own_name_and_can_match():
    names = [name for name, _ in FORMS]
    assert len(set(names)) == len(names)
    assert GRAMMAR.matches("oYmn", 0)[0].rule == "date.year-month-day"


PIECES = st.sampled_from(
    ["1918", "-ci", " il", " may", "ın ", "28", "-də", " e.ə. ", "XIX", " əsr", "in ", "sonu", " - ", "–", ",", " və ", "saat ", "14:30", "(", ")", "hər ",
     "iki ", "gün", " 31 ", "fevral", "bu ", "ötən ", "rüb", "I ", "bir ", "həmin ", "h. ", "\n", "yarısı", "qədər", "999999", "0", ".", "/", "yay", "cümə"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_gives_valid_ordered_spans(text):
    end = 0
    for date in find_dates(text, relative_to=datetime.date(2026, 11, 26)):
        assert end <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.text == date.text.strip()
        assert date.type in {"date", "time", "duration", "set"}
        assert set((date.mod or "").split("/")) <= {*MODS, ""}
        assert date.rule
        end = date.end


@given(st.lists(PIECES, max_size=25).map("".join))
def test_earliest_is_not_after_latest(text):
    for date in find_dates(text):
        if date.rule != "date.range" and date.earliest and date.latest:
            assert date.earliest <= date.latest


@given(st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(2999, 12, 31)))
def test_a_written_day_is_read_back(day):
    months = "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split()
    text = f"{day.day} {months[day.month - 1]} {day.year}-ci il"
    assert [date.value for date in find_dates(text)] == [day.isoformat()]
    assert [date.value for date in find_dates(f"{day:%d.%m}.{day.year}")] == [day.isoformat()]


HOSTILE = {
    "months": "may ",
    "dashes": "1-",
    "digits": "9",
    "years": "1918-ci il ",
    "lists": "1918, ",
    "eras": "e.ə. ",
    "units": "iki il ",
    "brackets": "(1918",
    "romans": "XIX-",
    "X": "X",
    "hours": "saat 5 ",
    "ablatives": "mayın 5-dən ",
    "words": "yüz min ",
    "plain": "1 ",
    "damaged": "aprclin 9-da ",
    "every": "hər 5, ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear(piece):
    def seconds(count):
        start = time.process_time()
        find_dates(piece * count)
        return time.process_time() - start

    seconds(100)
    short, long = min(seconds(500) for _ in range(3)), min(seconds(4000) for _ in range(2))
    assert long < 16 * short + 0.05
