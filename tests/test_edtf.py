from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from azproc.edtf import bounds
from azproc.spans import Date

TABLE = [
    ("1918-05-28", date(1918, 5, 28), date(1918, 5, 28)),
    ("1920-02", date(1920, 2, 1), date(1920, 2, 29)),
    ("1918", date(1918, 1, 1), date(1918, 12, 31)),
    ("18XX", date(1800, 1, 1), date(1899, 12, 31)),
    ("199X", date(1990, 1, 1), date(1999, 12, 31)),
    ("0XXX", None, date(999, 12, 31)),
    ("1918-21", date(1918, 3, 1), date(1918, 5, 31)),
    ("1918-22", date(1918, 6, 1), date(1918, 8, 31)),
    ("1918-23", date(1918, 9, 1), date(1918, 11, 30)),
    ("1918-24", date(1918, 12, 1), date(1919, 2, 28)),
    ("2025-33", date(2025, 1, 1), date(2025, 3, 31)),
    ("2025-36", date(2025, 10, 1), date(2025, 12, 31)),
    ("9999-24", date(9999, 12, 1), None),
    ("1468/1478", date(1468, 1, 1), date(1478, 12, 31)),
    ("14XX/17XX", date(1400, 1, 1), date(1799, 12, 31)),
    ("-0999/1000", None, date(1000, 12, 31)),
    ("-0499/-0400", None, None),
    ("-0330", None, None),
    ("0000", None, None),
    ("1918-12-07/1920-04-27", date(1918, 12, 7), date(1920, 4, 27)),
    ("2022-07-19/..", date(2022, 7, 19), None),
    ("../1920", None, date(1920, 12, 31)),
    ("XXXX-06-23", None, None),
    ("XXXX", None, None),
    ("T14:30", None, None),
    ("T09:00/T18:00", None, None),
    ("PT2H", None, None),
    ("P3Y/P5Y", None, None),
    ("R/P1M", None, None),
    ("1918-02-30", None, None),
    ("1918-14", None, None),
    ("1918-17", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("value", "earliest", "latest"), TABLE)
def test_bounds(value, earliest, latest):
    assert bounds(value) == (earliest, latest)


def test_a_date_is_bounded_by_what_the_context_tells():
    found = Date(0, 11, "İyunun 23-də", "XXXX-06-23", "date", resolved="1918-06-23")
    assert (found.earliest, found.latest) == (date(1918, 6, 23), date(1918, 6, 23))


@given(st.dates(), st.dates())
def test_a_day_range_keeps_its_ends(one, other):
    first, last = sorted((one, other))
    assert bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_months_follow_each_other_without_gap(year, month):
    first, last = bounds(f"{year:04}-{month:02}")
    assert first.day == 1
    if last < date.max:
        assert (last + timedelta(days=1)).day == 1


@given(st.from_regex(r"[0-9]{2}([0-9]X|XX|[0-9]{2})", fullmatch=True))
def test_years_agree_with_the_edtf_package(value):
    parsed = parse_edtf(value)
    first, last = bounds(value)
    if first is not None:
        assert tuple(parsed.lower_strict()[:3]) == first.timetuple()[:3]
    if last is not None:
        assert tuple(parsed.upper_strict()[:3]) == last.timetuple()[:3]
