"""Marks that an engine reads as the letters or figures that they look like: ! and | as ``l``, » as ``ə``, ' as ``"``, [29] as ``1291``.

The model ``aze`` of Tesseract has none of them among its characters (its unicharset), so it reads each as something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

from azproc.clean.ocr.context import BORDER, neighbour
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, is_capitalised, is_lower
from azproc.language.harmony import shape_of
from azproc.language.suffixes import chains
from azproc.rewrite import Edit

if TYPE_CHECKING:
    from azproc.clean.ocr.page import Page

__all__ = ["is_misread_mark", "mend_apostrophes", "mend_bar", "mend_closing", "mend_exclamation", "mend_mark", "mend_opening"]

_ENDS = regex.compile(r'[ \t]*+(?:$|["”»)])', flags=regex.M)
_GOES_ON = regex.compile(r" \p{Lu}")
_PREDICATES = frozenset({"past", "present", "future", "copula", "1sg", "2sg", "1pl", "2pl", "3pl", "copula.1sg", "copula.2sg", "copula.1pl", "copula.2pl", "imperative.1pl"})
_SAID = frozenset('"“«')
_COMMON = 7.0  # weight of a word that is a sentence alone
_SHORTEST = 3  # letters of a word before such a mark
_OPENING, _CLOSING = "“«„", "”»"
_QUOTES = regex.compile(rf"[{_OPENING}{_CLOSING}\n]")
_CLOSED_BY = {"“": "”", "«": "»", "„": "“"}
_STEMS = ("at", "ət", "ot", "öz", "ada", "dəli", "quzu", "ütü")  # of each harmony, with and without a vowel at the end
_PAIRS = (("“", "”"), ("«", "»"))
_OPENED_BY = {"”": "“", "»": "«"}
_AS_OPENING = frozenset("cCeG")
_AS_BAR = frozenset("iılIİ")
_FAR = 100  # characters inside quotation marks
_INNER_QUOTE = regex.compile(r'(?<=\p{L})"(?=\p{Ll})')
_ENDING, _BEGINNING = regex.compile(r"\p{L}++$"), regex.compile(r"\p{Ll}++")
_LONGEST = 30  # letters of a word
_LONGEST_MARK = 5  # figures
_BEFORE_MARK = regex.compile(r"\p{Ll}{4,}[”\"»]?[.,:;] $")
_SURE = 0.9


def is_misread_mark(token: str) -> bool:
    """Tell whether figures may be a citation mark with the brackets that stood around it.

    >>> [is_misread_mark(token) for token in ("1291", "129", "12951")], [is_misread_mark(token) for token in ("1", "29", "102951")]
    ([True, True, True], [False, False, False])
    """
    return token[0] == "1" and 1 < len(token) <= _LONGEST_MARK and token[1] != "0" and token.isdigit()


def mend_exclamation(page: Page, place: int) -> Edit | None:
    """Return the edit that puts an exclamation mark back for the ``l`` behind a word in which a sentence ends."""
    token, word = page.tokens[place], page.tokens[place][:-1]
    if token[-1] != "l" or word[-1] == "l" or len(word) < _SHORTEST or not is_lower(word[1:]) or not vocabulary().lists(fold(word)):
        return None
    start, end = page.starts[place], page.starts[place] + len(token)
    goes_on = _GOES_ON.match(page.text, end)
    if is_capitalised(word):
        is_end = goes_on and _opens(page, place) and vocabulary().is_no_name(fold(word)) and vocabulary().weight(fold(word)) >= _COMMON
    else:
        is_end = _ENDS.match(page.text, end) or (goes_on and _is_predicate(word))
    return Edit(start, end, token, f"{word}!", "ocr.l-!", _SURE) if is_end else None


def _opens(page: Page, place: int) -> bool:
    """Tell whether a sentence, or what is said in quotation marks, begins with a token."""
    return place == 0 or neighbour(page.tokens[place - 1]) == BORDER or page.text[page.starts[place] - 1] in _SAID


def _is_predicate(word: str) -> bool:
    return any(not _PREDICATES.isdisjoint(one.suffixes) for one in vocabulary().words.analyses(word))


def mend_closing(page: Page, place: int) -> Edit | None:
    """Return the edit that closes a quotation again after the word that took its mark for an ``ə``."""
    token, start = page.tokens[place], page.starts[place]
    if token[-1] != "ə" or len(token) <= _SHORTEST or not vocabulary().lists(fold(token[:-1])):
        return None
    opening = _last_quote(page.text, start)
    if opening not in _CLOSED_BY:
        return None
    return Edit(start, start + len(token), token, token[:-1] + _CLOSED_BY[opening], f"ocr.ə-{_CLOSED_BY[opening]}", _SURE)


def mend_opening(page: Page, place: int) -> Edit | None:
    """Return the edit that opens a quotation again before the capital that took its mark for a letter."""
    token, word, start = page.tokens[place], page.tokens[place][1:], page.starts[place]
    if token[0] not in _AS_OPENING or not (is_capitalised(word) and is_lower(word[1:]) and vocabulary().lists(fold(word))):
        return None
    closing = _next_quote(page.text, start)
    if closing not in _OPENED_BY or _last_quote(page.text, start) in _CLOSED_BY:
        return None
    return Edit(start, start + len(token), token, _OPENED_BY[closing] + word, f"ocr.{fold(token[0])}-{_OPENED_BY[closing]}", _SURE)


def mend_bar(page: Page, place: int) -> Edit | None:
    """Return the edit that puts the bar back between two words that were glued by the letter it was read as (``mətnlBaşlıq``)."""
    token, start = page.tokens[place], page.starts[place]
    if token[-1] not in _AS_BAR or len(token) <= _SHORTEST or not vocabulary().lists(fold(token[:-1])):
        return None
    if not (page.is_glued(place + 1) and is_capitalised(page.tokens[place + 1])):
        return None
    return Edit(start, start + len(token), token, f"{token[:-1]}|", f"ocr.{fold(token[-1])}-|", _SURE)


def _last_quote(text: str, position: int) -> str:
    """The quotation mark before a position, or the line end."""
    found = next(_QUOTES.finditer(text[max(position - _FAR, 0) : position][::-1]), None)
    return found[0] if found else ""


def _next_quote(text: str, position: int) -> str:
    found = _QUOTES.search(text, position, position + _FAR)
    return found[0] if found else ""


def mend_apostrophes(page: Page, start: int, end: int) -> Iterator[Edit]:
    """Yield an edit for each quotation mark of ``[start, end)`` that was read for an apostrophe: inside a word, where no quotation is open."""
    for found in _INNER_QUOTE.finditer(page.text, start, end):
        place = found.start()
        before = _ENDING.search(page.text[max(place - _LONGEST, 0) : place])
        after = _BEGINNING.match(page.text, place + 1, place + _LONGEST)
        if before and after and not _is_quoting(page.line_before(place)) and _is_word(fold(before[0]), after[0]):
            yield Edit(place, place + 1, '"', "'", "ocr.\"-'", _SURE)


def _is_quoting(before: str) -> bool:
    """Tell whether a quotation is open at the end of a piece of a line."""
    last = before.rfind('"')
    opened = last >= 0 and not before[last - 1 : last].isalnum()
    return opened or any(before.count(one) > before.count(other) for one, other in _PAIRS)


def _is_word(before: str, after: str) -> bool:
    """Tell whether a suffix follows, in any harmony, as names are foreign, or a word of the old spelling is parted (``mə'lumat``)."""
    return vocabulary().lists(before + after) or any(chains("noun", shape_of(stem), after) for stem in _STEMS)


def mend_mark(page: Page, place: int) -> Edit | None:
    """Return the edit that puts the brackets of a citation mark back, where it stands behind the last sentence of a paragraph."""
    token, start = page.tokens[place], page.starts[place]
    end = start + len(token)
    closed = page.text[end : end + 1] == ")"
    if page.text[end + closed : end + closed + 1] not in {"", "\n"}:
        return None
    before = page.line_before(start)
    if not _BEFORE_MARK.search(before[-_FAR:]):
        return None
    is_mark = "(" not in before.rpartition(")")[2] if closed else token[-1] == "1" and len(token) == _LONGEST_MARK
    number = token[1:] if closed else token[1:-1]
    return Edit(start, end + closed, page.text[start : end + closed], f"[{number}]", "ocr.1-[", _SURE) if is_mark else None
