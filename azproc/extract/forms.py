"""The forms of a single date, as patterns over atoms.

A pattern is written in the letters of `azproc.extract.vocabulary`; its groups name the parts that `azproc.extract.points` reads.
Adding a form is adding a line to `FORMS`. Order matters only between forms of the same length: the first one wins.
"""

from __future__ import annotations

from azproc.extract.grammar import Grammar

__all__ = ["FORMS", "GRAMMAR"]

_YEAR = "(?:(?P<era>[ab])(?P<year>[on])(?P<il>Y)|(?P<year>[on])(?P<il>Y)(?P<era>b)?|(?P<deictic>x)(?P<il>Y)|(?P<every>e)(?P<il>Y))"
_BARE_YEAR = f"(?:{_YEAR}|(?P<year>n))"
_MONTH = "(?P<month>m)(?P<ay>M)?"
_DAY = "(?:(?P<day>n)|(?P<day>[no])D)"
_NTH = "(?P<nth>[orl])"
_CENTURY = "(?:(?P<era>[ab])(?P<century>[ro])(?P<esr>C)|(?P<century>[ro])(?P<esr>C)(?P<era>b)?|(?P<deictic>x)(?P<esr>C))"

FORMS = (
    ("date.numeric", "(?P<numeric>f)Y?"),
    ("date.year-month-day", f"{_YEAR},?{_MONTH}{_DAY}"),
    ("date.year-day-month", f"{_YEAR},?(?P<day>n){_MONTH}"),
    ("date.day-month-year", f"(?P<day>n)-?{_MONTH}[,-]?{_BARE_YEAR}"),
    ("date.month-day-year", f"{_MONTH}{_DAY},?{_BARE_YEAR}"),
    ("date.day-month", f"(?P<day>n){_MONTH}"),
    ("date.month-day", f"{_MONTH}{_DAY}"),
    ("date.day-of-month", f"(?:(?P<deictic>x)|(?P<every>e))?(?P<ay>M){_DAY}"),
    ("date.year-month", f"{_YEAR},?{_MONTH}|(?P<year>n){_MONTH}"),
    ("date.month-year", f"{_MONTH},?{_BARE_YEAR}"),
    ("date.month", _MONTH),
    ("date.quarter", f"(?:{_YEAR}|Y)?{_NTH}(?P<quarter>Q)"),
    ("date.half-year", f"{_YEAR}{_NTH}(?P<half>A)"),
    ("date.season", f"(?:{_YEAR}|(?P<era>[ab])(?P<year>[on])|(?P<year>n)|(?P<every>e)|(?P<deictic>x))?(?P<season>z)(?P<ay>M)?"),
    ("date.decade", f"{_CENTURY}(?P<decade>o)(?P<il>Y)|{_CENTURY}{_NTH}(?P<tens>T)"),
    ("date.century-quarter", f"{_CENTURY}{_NTH}(?P<quarter>Q)"),
    ("date.century", _CENTURY),
    ("date.millennium", "(?P<era>[ab])(?P<millennium>[ro])K|(?P<millennium>[ro])K(?P<era>b)?"),
    ("date.first-centuries", "(?P<era>[ab])(?P<edge>l)(?P<small>[CT])"),
    ("date.school-year", "(?P<year>[on])(?P<school>t)(?P<il>Y)?"),
    ("date.year", _YEAR),
    ("date.era-year", "(?P<era>[ab])(?P<year>[on])"),
    ("date.relative", "(?P<deictic>x)(?P<unit>[DWMQ])"),
    ("date.relative-day", "(?P<adverb>v)"),
    ("now", "(?P<now>u)"),  # only ever the end of a range
    ("date.weekday", "(?:(?P<deictic>x)W?|(?P<every>e)W?)?(?P<weekday>w)(?P<gun>D)?"),
)
_PART = "(?:(?P<nth>[orl])?(?P<part>p)|(?P<edge>l)(?P<small>[YMWDCT])|(?P<nth>[orl])(?P<third>G))"
_WITHOUT_PART = {"date.numeric", "date.first-centuries", "date.relative-day", "date.weekday", "date.half-year", "date.century-quarter", "now"}

GRAMMAR = Grammar(
    (name, f"(?:{form}){part}") for name, form in FORMS for part in (("",) if name in _WITHOUT_PART else (_PART, ""))
)
