"""Citation marks in a text: where a reader of plain text would want nothing to be.

A bracket is a mark only if its inside has the shape of one and nothing around it shows that it is an index, an interval,
code, a year or a word of the author of a quotation. The phrases and the tell-tale words stand in ``data``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

import regex

from azproc.language.casing import to_lower
from azproc.resources import read_table
from azproc.spans import Citation, from_columns

__all__ = ["citation_marks", "mark_rows"]

Row = tuple[int, int, str, str, str]

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
UP_ARROW = "\N{UPWARDS ARROW}"  # the way back from a reference to the text, in copies of Wikipedia

_LONGEST = 80  # characters of a mark, brackets included
_BRACKET = re.compile(rf"\[([^\[\]\n]{{1,{_LONGEST - 2}}})\]")
_STOPS = frozenset('.!?…"”»')
_WHITE_SPACE_OR_BRACKET = frozenset(("", " ", "\n", "[", "\u00a0"))
_INDEX = regex.compile(r"\w{1,3}")
_RANGE = r"\d++(?:\s?[-–—]\s?\d++)?+"
_PAGES = rf"(?:[,.]?\s?(?:[IVX]{{1,5}}\s?c\.,?\s?)?(?:s|ss|səh|c|b|m|maddə)\.\s?{_RANGE}(?:,\s?{_RANGE})*+){{1,2}}+"  # c. 2, s. 15
_NUMERIC = regex.compile(rf"(?!0)(?:\d{{1,3}}|(?:2[1-9]|[3-9]\d)\d\d)(?:\s?[-,;–—]\s?(?!0)\d{{1,3}})*+(?:{_PAGES})?(?:;\s?(?!0)\d{{1,3}}(?:{_PAGES})?)*+;?+\s?")
_WITH_PAGES = regex.compile(_PAGES)
_FOOTNOTE = regex.compile(r"1[0-4]\d\d")  # in a long law; a year would hardly stand at the head or the end of a line
_LETTER = regex.compile(r"[a-zəğıöüşç]|[ivx]{2,4}")
_LABEL = regex.compile(r"(\p{L}++)(?:\s?\d{1,3}|\s[a-z])?")
_SEVERAL = regex.compile(r"[,;]")
_SUPERSCRIPT_RUN = re.compile(rf"[⁽{SUPERSCRIPTS}](?:(?<=⁽)[{SUPERSCRIPTS}]++⁾|(?<!⁽)[{SUPERSCRIPTS}]*+(?:[,⁻˒–-][{SUPERSCRIPTS}]++)*+)")
_ARROWS = re.compile(rf"{UP_ARROW}+")
_LINE_HEAD = regex.compile(rf"(?:[^\S\n]|\[[^\[\]\n]{{1,{_LONGEST - 2}}}+\]|[{UP_ARROW}{SUPERSCRIPTS}])*+")
_LONGEST_HEAD = 100
_UNIT_BEFORE = regex.compile(r"(?:^|[^\p{L}\]])(?:[kdcsmnµ]?m|in|ft|yd|ha|san?|sek|s|c)$")
_VARIABLE_BEFORE = regex.compile(rf"(?:^|[^\p{{L}}\]])\p{{L}}$|[\d{SUPERSCRIPTS}₀-₉⁻⁺=+*/^√∂∫π]$|[=+*/^]\s?\p{{L}}{{1,2}}$|[-+*/=^]\s?\w{{1,3}}\)$")
_CODE_BEFORE = regex.compile(r"(?:^|[^\w'’\]])(?<!\d[ \u00a0])[a-z]$|[\w]*[_$][\w]*$|://\S*$|[=∈∉⊂∩∪({*+<>≤≥]\s?$|\b[A-Za-z]+\d+$|\breturn\s$")
_CODE_AFTER = regex.compile(r"\s?(?:==?|[+*/<>∪∩∈≤≥×{]|-=)|\((?:https?:|/|#|\w+\.)|\.\w+\(|[*+?]")
_CODE_NEAR = 24
_WORDS_NEAR = 48
_WORD_BREAK = r"(?:^|[^\p{L}])"


@functools.cache
def _phrases() -> dict[tuple[str, str], str]:
    """Kind by form and text of ``citation_phrases.tsv``."""
    return {(form, text): kind for kind, form, text in read_table("citation_phrases.tsv")[1:]}


@functools.cache
def _tell_tale(guards: str, side: str) -> regex.Pattern[str]:
    stems = [stem for row_guards, row_side, stem in read_table("bracket_contexts.tsv")[1:] if row_guards == guards and row_side in (side, "both")]
    return regex.compile(_WORD_BREAK + "(?:" + "|".join(map(regex.escape, stems)) + ")")


@functools.cache
def _sequence() -> regex.Pattern[str]:
    """A name that programs give to a sequence, before its index: ``list[2]``."""
    return regex.compile(rf"{_tell_tale('index', 'before').pattern}$")


def _has_tell_tale(text: str, start: int, end: int, guards: str) -> bool:
    before = to_lower(text[max(0, start - _WORDS_NEAR) : start])
    after = to_lower(text[end : end + _WORDS_NEAR])
    return bool(_tell_tale(guards, "before").search(before) or _tell_tale(guards, "after").search(after))


def _in_code(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _CODE_NEAR) : start]
    if _CODE_BEFORE.search(before) or _sequence().search(before) or _CODE_AFTER.match(text, end, min(len(text), end + _CODE_NEAR)):
        return True
    line_start = text.rfind("\n", max(0, start - 400), start) + 1 or max(0, start - 400)
    return text.count("`", line_start, start) % 2 == 1


def _is_at_edge_of_line(text: str, start: int, end: int) -> bool:
    """Tell whether the line begins with the bracket and goes on, or ends with it."""
    opens = start == 0 or text[start - 1] == "\n"
    ends = end == len(text) or text[end] == "\n"
    return opens != ends


def _numeric(text: str, start: int, end: int, inside: str) -> str | None:
    if _FOOTNOTE.fullmatch(inside):
        return "numeric" if _is_at_edge_of_line(text, start, end) else None
    if not _NUMERIC.fullmatch(inside) or _in_code(text, start, end):
        return None
    if _SEVERAL.search(inside) and not _WITH_PAGES.search(inside) and _has_tell_tale(text, start, end, "list"):
        return None
    return "numeric"


def _note(text: str, start: int, end: int, inside: str) -> str | None:
    label = _LABEL.fullmatch(inside)
    if label and ("label", to_lower(label[1])) in _phrases():
        return "note"
    if not _LETTER.fullmatch(inside) or _in_code(text, start, end) or _has_tell_tale(text, start, end, "letter"):
        return None
    if text[max(0, start - 3) : start].strip(" \n") in ("", "-", "*", "•"):  # a box of a list: - [x]
        return None
    return "note"


def _editorial(_text: str, _start: int, _end: int, inside: str) -> str | None:
    phrase = to_lower(" ".join(inside.split()))
    phrases = _phrases()
    if ("phrase", phrase) in phrases:
        return phrases["phrase", phrase]
    if not phrase.endswith("?"):
        return None
    words = phrase.rstrip("?! ").split(" ")
    for length in (1, 2):
        if len(words) <= length + 2 and ("question", " ".join(words[:length])) in phrases:
            return "editorial"
    return None


BRACKET_RULES: tuple[Callable[[str, int, int, str], str | None], ...] = (_numeric, _note, _editorial)


def _is_nested(text: str, start: int) -> bool:
    floor = max(0, start - _LONGEST)
    return text.rfind("[", floor, start) > text.rfind("]", floor, start)


def _is_plain(text: str, start: int, end: int, inside: str) -> bool:
    """A number after a stop, before white space or another bracket: by far the most frequent mark."""
    return (
        inside.isdecimal()
        and len(inside) < 4
        and inside[0] != "0"
        and text[start - 1 : start] in _STOPS
        and text[end : end + 1] in _WHITE_SPACE_OR_BRACKET
    )


def _brackets(text: str) -> Iterator[Row]:
    index_end = -1  # of an index, so that the next one, x[0][1], is seen as one too
    for found in _BRACKET.finditer(text):
        start, end = found.span()
        inside = found[1]
        if _is_plain(text, start, end, inside):
            yield start, end, found[0], "numeric", "citation.numeric"
            continue
        if _is_nested(text, start) or start == index_end:
            index_end = end
            continue
        kind = next(filter(None, (rule(text, start, end, inside) for rule in BRACKET_RULES)), None)
        if kind:
            yield start, end, found[0], kind, f"citation.{kind}"
        elif _INDEX.fullmatch(inside):
            index_end = end


def _at_line_head(text: str, position: int) -> bool:
    """Tell whether nothing but marks and white space stands before on the line."""
    floor = max(0, position - _LONGEST_HEAD)
    line_start = text.rfind("\n", floor, position) + 1
    return (line_start > 0 or floor == 0) and _LINE_HEAD.fullmatch(text, line_start, position) is not None


def _superscripts(text: str) -> Iterator[Row]:
    for found in _SUPERSCRIPT_RUN.finditer(text):
        start, end = found.span()
        before, after = text[max(0, start - 12) : start], text[end : end + 1]
        if after.isalnum() or after in ("⁺", "⁻", "/") or _UNIT_BEFORE.search(before) or _VARIABLE_BEFORE.search(before):
            continue
        if before[-1:].strip() or _at_line_head(text, start):
            yield start, end, found[0], "numeric", "citation.superscript"


def _arrows(text: str) -> Iterator[Row]:
    for found in _ARROWS.finditer(text):
        if _at_line_head(text, found.start()):
            yield *found.span(), found[0], "note", "citation.arrow"


def mark_rows(text: str) -> list[Row]:
    """Return start, end, text, kind and rule of each citation mark in a text, in order: the fields of `Citation`."""
    rows: list[Row] = []
    if "[" in text:
        rows += _brackets(text)
    if any(digit in text for digit in SUPERSCRIPTS):
        rows += _superscripts(text)
    if UP_ARROW in text:
        rows += _arrows(text)
    rows.sort()
    return rows


def citation_marks(text: str) -> tuple[Citation, ...]:
    """Return the citation marks of a text in order; see ``azproc.clean.citations.find_citations``.

    >>> [mark.text for mark in citation_marks("Bakı paytaxtdır.[7] x[0] və [1918] qalır")]
    ['[7]']
    """
    rows = mark_rows(text)
    return from_columns(Citation, *zip(*rows, strict=True)) if rows else ()
