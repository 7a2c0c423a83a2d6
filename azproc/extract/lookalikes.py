"""Digits that are no quantity: identity numbers, versions, times, models, list labels, citation marks, coordinates.

Each rule gets the text and the place of a digit and returns where what is no number ends, or None if it has nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources

from azproc.extract.numerals import GAP, HYPHENS, SUFFIX, suffix_at
from azproc.extract.units import unit_at

__all__ = ["LOOKALIKES", "lookalike_end"]

_RUN = re.compile(r"[^\s()\[\]«»“”\"<>]++")
_DIGITS = re.compile(r"[0-9]++")
_NAMES_BEFORE = 24
_LABEL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*+[.)](?![\w.,])")
_SECTION = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})++\.?(?=\s)")
_ENDED = re.compile(r"(?:^|[.!?;:…\n]|[\])])\s*+\Z")
_GROUPED_ID = re.compile(r"[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,4})*+(?![0-9])")
_TELEPHONE = re.compile(
    r"(?:[0-9]{1,3}[ -]?)?\(?[0-9]{2,3}\)?[ -][0-9]{3}([ -])[0-9]{2}\1[0-9]{2}(?![0-9])|[0-9]{3}([ -])[0-9]{2}\2[0-9]{2}(?![0-9])"
)
_CHAIN = re.compile(rf"[0-9]++(?:[{HYPHENS}][0-9]++){{2,}}+")
_VERSION = re.compile(r"(?![1-9][0-9]{0,2}(?:\.[0-9]{3})++(?!\.?[0-9]))[0-9]++(?:\.[0-9]++){2,}+(?:-[^\W\d_]++)?")
_COMMA_LIST = re.compile(r"[0-9]++(?:,[0-9]++){2,}+")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9])")
_CLOCK_LONG = re.compile(r"[0-9]++(?::[0-9]++){2,}+")
_COORDINATE = re.compile(rf"[0-9]++(?:[.,][0-9]++)?{GAP}?°{GAP}?(?:[0-9]++(?:[.,][0-9]++)?{GAP}?[′'’]|(?:[NSEW]|ş\.|c\.|şm|cn)(?![^\W\d_]))(?:{GAP}?[0-9]++(?:[.,][0-9]++)?{GAP}?[″\"”])?")
_KEYWORD = re.compile(
    r"(?<!\w)(?:VÖEN|V[ÖO]EN|FİN|FIN|PİN|PIN|İBAN|IBAN|SWIFT|BIC|ISBN|ISSN|DOI|doi|[Tt]el(?:efon)?|[Ff]aks|[Mm]ob(?:il)?|AZE|MYİ|Hesab|hesab nömrəsi)[.:№)]*\s?(?:\+|№\s?)?\Z"
)
_BRACKETED = re.compile(r"\[[\s0-9,;–-]*\Z")
_BRACKET_END = re.compile(r"[\s0-9,;–-]*\]")
_WEB = re.compile(r"://|www\.|@|\.(?:az|com|org|net|gov|edu|ru|tr)\b|^[#@]|\.(?:html?|pdf|docx?|xlsx?|jpe?g|png|mp[34])\b")
_LETTERS_AFTER = re.compile(r"[^\W\d_]++")
_SUFFIXED = re.compile(rf"(?:[{HYPHENS}'’ʼ])(?:{SUFFIX})(?!\w)")
_AGE = re.compile(rf"[{HYPHENS}]ya[şs]")
_AFTER_LETTERS = re.compile(rf"[^\W\d_][{HYPHENS}]\Z|[^\W\d_]\Z")
_LONGEST_IDENTITY = 10


def lookalike_end(text: str, at: int) -> int | None:
    """Return where the digits at ``at`` end if they are no quantity, else None.

    >>> lookalike_end("+994 50 123 45 67 zəng edin", 1), lookalike_end("344 vulkan", 0)
    (17, None)
    """
    return next((end for _, rule in LOOKALIKES if (end := rule(text, at)) is not None), None)


def _citation(text: str, at: int) -> int | None:
    if not _BRACKETED.search(text, max(0, at - 40), at):
        return None
    closed = _BRACKET_END.match(text, at)
    return closed.end() if closed else None


def _web(text: str, at: int) -> int | None:
    if text[at - 1 : at] not in {"/", ".", "=", "?", "&", "_", "#", "@", ":", "-", "%"} or at == 0:
        return None
    start = max(text.rfind(mark, 0, at) for mark in (" ", "\n", "\t")) + 1 if at < 80 else max(text.rfind(mark, at - 80, at) for mark in (" ", "\n", "\t")) + 1
    run = _RUN.match(text, start or max(0, at - 80), at + 80)
    return run.end() if run and run.end() > at and _WEB.search(run[0]) else None


def _part_of_name(text: str, at: int) -> int | None:
    """V-2, COVID-19, x_2, but not 5-ci-6-cı."""
    before = text[max(0, at - 2) : at]
    if before[-1:] not in {"-", "_", "#", "‑", "‐", "\\", "@"}:
        return None
    if before[-1:] in {"_", "#", "\\", "@"} or (before[:1].isalpha() and not suffix_before(text, at - 1)):
        run = _RUN.match(text, at)
        return run.end() if run else None
    return None


def suffix_before(text: str, end: int) -> bool:
    """Tell whether letters that end at ``end`` are the suffix of a number in digits (``5-ci`` in ``5-ci-6-cı``).

    >>> suffix_before("5-ci-6", 4), suffix_before("COVID-19", 5)
    (True, False)
    """
    start = end
    while start > 0 and end - start < 12 and text[start - 1].isalpha():
        start -= 1
    return start > 1 and text[start - 1] in HYPHENS and text[start - 2].isdigit() and suffix_at(text[:end], start) is not None


def _model(text: str, at: int) -> int | None:
    name = re.search(rf"([\w-]++){GAP}?\Z", text[max(0, at - _NAMES_BEFORE) : at])
    if name is None or name[1] not in _models():
        return None
    run = _RUN.match(text, at)
    return run.end() if run else None


@cache
def _models() -> frozenset[str]:
    lines = resources.files("azproc.data").joinpath("models.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _list_label(text: str, at: int) -> int | None:
    before = text[max(0, at - 3) : at]
    label = _LABEL.match(text, at)
    if label is None:
        section = _SECTION.match(text, at)
        return section.end() if section and _opens_line(text, at) else None
    if label[0][-1] == ")":
        line = text.rfind("\n", max(0, at - 200), at) + 1
        return None if text.count("(", max(line, at - 200), at) > text.count(")", max(line, at - 200), at) else label.end()
    if _opens_line(text, at) and text[label.end() : label.end() + 1].isspace():
        return label.end()
    follows = text[label.end() : label.end() + 2]
    if _ENDED.search(before) and follows[:1].isspace() and follows[1:].isupper():
        return label.end()
    return None


def _opens_line(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at]
    return (at <= 3 and not before.strip()) or (before.rpartition("\n")[2].strip() == "" and "\n" in before)


def _identity(text: str, at: int) -> int | None:
    for pattern in (_GROUPED_ID, _TELEPHONE, _CHAIN, _VERSION, _CLOCK_LONG, _COMMA_LIST, _COORDINATE):
        if (match := pattern.match(text, at)) and not (pattern is _COMMA_LIST and re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", match[0])):
            return match.end()
    if _KEYWORD.search(text, max(0, at - 20), at):
        digits = _DIGITS.match(text, at)
        return digits.end() if digits else None
    digits = _DIGITS.match(text, at)
    if digits is None:
        return None
    zero = digits[0][0] == "0" and len(digits[0]) > 1
    if zero or (len(digits[0]) >= _LONGEST_IDENTITY and not unit_at(text, digits.end())):
        run = _RUN.match(text, at)
        return run.end() if run else None
    return None


def _clock(text: str, at: int) -> int | None:
    match = _CLOCK.match(text, at)
    return match.end() if match and len(match[0].split(":")[1]) == 2 else None


def _code(text: str, at: int) -> int | None:
    """4G, 577-IIQ, 12-mərtəbəli, 7/24a: digits that go on in letters which are neither suffix nor unit."""
    digits = re.compile(r"[0-9]++(?:[.,][0-9]++)?").match(text, at)
    if digits is None:
        return None
    end = digits.end()
    after = text[end : end + 1]
    if after.isalpha():
        if unit_at(text, end) or suffix_at(text, end) or _scale(text, end):
            return None
        run = _RUN.match(text, at)
        return run.end() if run else None
    if after in HYPHENS and after and text[end + 1 : end + 2].isalpha():
        if _SUFFIXED.match(text, end) or _AGE.match(text, end) or (re.compile(rf"[{HYPHENS}][IVXLC]+\b").match(text, end) is None and text[end + 1].islower() and unit_at(text, end + 1)):
            return None
        run = _RUN.match(text, at)
        return run.end() if run else None
    return None


def _scale(text: str, at: int) -> bool:
    return re.compile(r"(?:min|mln|mlrd|milyon|milyard|trln)(?!\w)").match(text, at) is not None


LOOKALIKES: tuple[tuple[str, Callable[[str, int], int | None]], ...] = (
    ("citation", _citation),
    ("web", _web),
    ("name", _part_of_name),
    ("model", _model),
    ("label", _list_label),
    ("clock", _clock),
    ("identity", _identity),
    ("code", _code),
)
