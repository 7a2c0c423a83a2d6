"""Numbers that name something and count nothing: telephone, bank account, card, document, coordinate.

They may hold spaces, so the shape of one unit does not show them. A run of digits is the candidate, named rules look there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

__all__ = ["identifiers"]

_REACH = 28  # characters before a run of digits that may belong to it or name it
_RUN = re.compile(r"[0-9](?:[ \u00a0()*-]*+[0-9]){6,}+")  # none has less than seven digits
_SHORT_CODE = re.compile(r"\*[0-9]{3,4}(?![\w*])")
_GAP = r"[ \u00a0-]?"
_LEFT, _RIGHT = r"(?<![\w+*(-])", r"(?![\w]|[.,]\d|-\d)"

RULES: tuple[tuple[str, regex.Pattern[str]], ...] = tuple(
    (kind, regex.compile(pattern))
    for kind, pattern in (
        ("iban", rf"(?<!\w)[A-Z]{{2}}\d\d{_GAP}(?:[A-Z]{{4}}{_GAP}(?:[A-Z\d]{{4}}{_GAP}){{3,5}}[A-Z\d]{{1,4}}|(?:\d{{4}}{_GAP}){{3,6}}\d{{1,4}}){_RIGHT}"),
        ("card", rf"{_LEFT}(?!(?:(?:19|20)\d\d[ \u00a0-]){{2}})(?:[2-6]\d{{3}}(?:([ \u00a0-])(?:\d|\*){{4}}\1(?:\d|\*){{4}}\1\d{{4}})|[2-6]\d{{15}}){_RIGHT}"),
        ("identity", r"(?<!\w)(?:AZE|AA|DYP)[ \u00a0]?(?:№[ \u00a0]?)?\d{7,8}(?!\w)"),
        ("identity", r"(?<=\bVÖEN(?:-\p{Ll}{1,6})?(?:[ \u00a0]?[:№]?[ \u00a0]?))\d{10}(?!\w)"),
        ("phone", rf"(?<![\w+(])(?:\+|00)\d{{1,3}}{_GAP}\(?\d{{2,3}}\)?{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_RIGHT}"),
        ("phone", rf"(?<![\w+(])(?:\(0\d\d\)|0\d\d[ \u00a0-]){_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_RIGHT}"),
        ("phone", rf"{_LEFT}0(?:10|12|50|51|55|60|70|77|99)\d{{7}}{_RIGHT}"),
        ("phone", rf"{_LEFT}(?:\(\d\d\)[ \u00a0]?)?\d{{3}}-\d\d-\d\d{_RIGHT}"),
        ("phone", rf"(?<=(?:[Tt]el\p{{Ll}}*|[Mm]ob\p{{Ll}}*|[Ff]aks|nömrə\p{{Ll}}{{0,8}}|[Əə]laqə)[.:]{{0,2}}[ \u00a0])(?:\(\d{{2,3}}\)[ \u00a0]?)?\d{{3}}[ \u00a0]\d\d[ \u00a0]\d\d{_RIGHT}"),
    )
)
_COORDINATE = regex.compile(
    r"(?<![\w.])[-\u2212]?\d{1,3}(?:[.,]\d++)?°[ \u00a0]?(?:\d{1,2}(?:[.,]\d++)?['′’](?:[ \u00a0]?\d{1,2}(?:[.,]\d++)?(?:[\"″”]|''|′′))?|(?<=[.,]\d{2,}°[ \u00a0]?)(?=[NSEW]))(?:[ \u00a0]?[NSEW](?!\w))?"
)
_PERSONAL_NUMBER = regex.compile(r"\bFİN(?:-\p{Ll}{1,6})?[ \u00a0]?[:№]?[ \u00a0]?((?=[A-Z]*\d)[A-Z\d]{7})(?!\w)")


def _by_digits(text: str) -> Iterator[tuple[int, int, str]]:
    for run in _RUN.finditer(text):
        reach = max(0, run.start() - _REACH), min(len(text), run.end() + 1)
        for kind, pattern in RULES:
            for found in pattern.finditer(text, *reach):
                yield found.start(), found.end(), kind


def identifiers(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and kind of each identifier in a text, in order and disjoint.

    Kinds: phone, iban, card, identity (passport, VÖEN, FİN), coordinate. Sources: the numbering plan of Azerbaijan (+994, areas
    and operators of two digits), ISO 13616 for IBAN, the series AZE and AA of identity cards.

    >>> identifiers("Tel: +994 50 123 45 67, uzunluğu 1 000 000 m")
    [(5, 22, 'phone')]
    """
    found = list(_by_digits(text))
    if "*" in text:
        found += ((code.start(), code.end(), "phone") for code in _SHORT_CODE.finditer(text))
    if "°" in text:
        found += ((place.start(), place.end(), "coordinate") for place in _COORDINATE.finditer(text))
    if "FİN" in text:
        found += ((place.start(1), place.end(), "identity") for place in _PERSONAL_NUMBER.finditer(text))
    kept: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, kind))
    return kept
