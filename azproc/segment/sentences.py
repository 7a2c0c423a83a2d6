"""Sentences: one scan finds the places where one may end, named rules look only there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from azproc.errors import require_text
from azproc.segment.abbreviations import look_up
from azproc.segment.boundaries import RULES, SPLIT, Boundary, Rule
from azproc.segment.items import item_start
from azproc.segment.lines import LINE_RULES
from azproc.segment.marks import mark_rows
from azproc.spans import Sentence, from_columns

__all__ = ["Judgement", "explain_boundaries", "split_sentences"]

_CAPITALS = "A-ZÇƏĞİÖŞÜ\u0410-\u042f"
_CANDIDATE = re.compile(  # one class of characters in front lets the scan leap from one to the next
    rf"[.!?…\n](?:(?<=\n)\s*|((?<!\n)[.!?…]*+[\"”»’')\]}}]*+)(?:\s+|(?<![{_CAPITALS}]\.)(?=[{_CAPITALS}\"“„«(\[⁰¹²³⁴⁵⁶⁷⁸⁹])|\Z))"
)
_SHORT = 16  # characters of a sentence so far that may be a label: V fəsil.
_STOPS = frozenset(".!?…")
_VISIBLE = re.compile(r"\S")


class Judgement(NamedTuple):
    """A place where a sentence may end, whether it does, and the rule that decided."""

    end: int
    next: int
    ends: bool
    rule: str


def _after_space(text: str, position: int) -> int:
    visible = _VISIBLE.search(text, position)
    return visible.start() if visible else len(text)


def _is_plain(text: str, start: int, stop: int, following: int) -> bool:
    """A stop after a small word that is no abbreviation, outside brackets, before a capital or a digit: most are like that."""
    after = text[following : following + 1]
    if stop - start < _SHORT or not (after.isupper() or after.isdigit()):
        return False
    opened = text.rfind("(", start, stop)
    if opened >= 0 and text.find(")", opened, stop) < 0:
        return False
    word = text[text.rfind(" ", start, stop) + 1 : stop].rpartition("-")[2]
    return len(word) > 1 and word.isalpha() and word.islower() and look_up(word + ".") is None


def _decide(at: Boundary, rules: tuple[Rule, ...]) -> tuple[bool, str]:
    for rule in rules:
        verdict = rule(at)
        if verdict is not None:
            return verdict, rule.__name__.replace("_", "-")
    raise AssertionError(f"the last of {rules} knows no answer")


def _judge(text: str) -> Iterator[tuple[int, int, bool, str]]:
    """Yield the fields of a `Judgement` for each place where a sentence may end."""
    marks = {mark_start: mark_end for mark_start, mark_end, *_ in mark_rows(text)}
    start = judged = _after_space(text, 0)
    for found in _CANDIDATE.finditer(text, start):
        stop, following = found.span()
        if stop < judged:
            continue
        end = found.end(1)
        judged = following
        if end < 0:
            end = stop = _line_end(text, start, stop)
            ends, rule = _decide(Boundary(text, start, stop, end, judged), LINE_RULES)
        else:
            while judged in marks and "\n" not in text[end:judged]:
                end = marks[judged]
                while text[end : end + 1] in _STOPS:
                    end += 1
                judged = _after_space(text, end)
            item = item_start(text, start, stop) if text[stop - 1].isdigit() and stop > start else None
            if item:
                yield _line_end(text, start, item), item, SPLIT, "item-begins"
                start = item
            if end < judged and found.end(1) == stop + 1 and _is_plain(text, start, stop, judged):
                ends, rule = SPLIT, "plain-stop"
            else:
                ends, rule = _decide(Boundary(text, start, stop, end, judged), RULES)
        yield end, judged, ends, rule
        if ends:
            start = judged


def _line_end(text: str, start: int, position: int) -> int:
    """The end of what is visible before a line break."""
    while position > start and text[position - 1].isspace():
        position -= 1
    return position


def explain_boundaries(text: str) -> tuple[Judgement, ...]:
    """Return each place where a sentence may end, whether it does, and the rule that decided.

    >>> [(place.ends, place.rule) for place in explain_boundaries("Prof. Ə. Məmmədov gəldi. Sonra getdi.")]
    [(False, 'abbreviation'), (False, 'initial'), (True, 'plain-stop'), (True, 'nothing-follows')]
    """
    return tuple(Judgement(*fields) for fields in _judge(require_text(text)))


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, in order, without the white space between them.

    Closing quotes, brackets and citation marks after the stop belong to the sentence; a heading on a line of its own is a
    sentence. Not for texts without punctuation and line ends. Offsets are code points. Raises ``TypeError`` for anything
    but ``str``.

    >>> [sentence.text for sentence in split_sentences("Prof. Ə. Məmmədov gəldi.[7] Sonra getdi.")]
    ['Prof. Ə. Məmmədov gəldi.[7]', 'Sonra getdi.']
    """
    require_text(text)
    starts, ends = [_after_space(text, 0)], []
    for end, following, is_end, _ in _judge(text):
        if is_end:
            ends.append(end)
            starts.append(following)
    if starts[-1] < len(text):
        ends.append(_line_end(text, starts[-1], len(text)))
    return from_columns(Sentence, starts[: len(ends)], ends, [text[start:end] for start, end in zip(starts, ends, strict=False)])
