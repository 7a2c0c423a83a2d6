"""Sentences: one scan finds the places where one may end, named rules look only there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from azproc.errors import require_text
from azproc.segment.boundaries import RULES, SPLIT, Boundary, Rule
from azproc.segment.lines import LINE_RULES
from azproc.segment.marks import citation_marks
from azproc.spans import Sentence

__all__ = ["Judgement", "explain_boundaries", "split_sentences"]

_CAPITALS = "A-ZÇƏĞİÖŞÜ\u0410-\u042f"
_CANDIDATE = re.compile(rf"[.!?…]+[\"”»’')\]}}]*(?=[\s{_CAPITALS}\"“„«(\[⁰¹²³⁴⁵⁶⁷⁸⁹]|\Z)|\n")
_VISIBLE = re.compile(r"\S")
_PLAIN_WORD = re.compile(r"[a-zçəğıöşü]{3,}")


class Judgement(NamedTuple):
    """A place where a sentence may end, whether it does, and the rule that decided."""

    end: int
    next: int
    ends: bool
    rule: str


def _decide(at: Boundary, rules: tuple[Rule, ...]) -> tuple[bool, str]:
    for rule in rules:
        verdict = rule(at)
        if verdict is not None:
            return verdict, rule.__name__.replace("_", "-")
    raise AssertionError("the last rule always decides")


def _judge(text: str) -> Iterator[Judgement]:
    marks = {mark.start: mark.end for mark in citation_marks(text)}
    length = len(text)
    first = _VISIBLE.search(text)
    if first is None:
        return
    start = judged = first.start()
    for found in _CANDIDATE.finditer(text, start):
        stop, end = found.span()
        if stop < judged:
            continue
        if text[stop] == "\n":
            rules = LINE_RULES
            stop = end = stop - (len(text[start:stop]) - len(text[start:stop].rstrip()))
        else:
            rules = RULES
            while marks and (mark := _VISIBLE.search(text, end)) and mark.start() in marks and "\n" not in text[end : mark.start()]:
                end = marks[mark.start()]
        visible = _VISIBLE.search(text, end)
        judged = visible.start() if visible else length
        ends, rule = _decide(Boundary(text, start, stop, end, judged), rules)
        yield Judgement(end, judged, ends, rule)
        if ends is SPLIT:
            start = judged


def explain_boundaries(text: str) -> tuple[Judgement, ...]:
    """Return each place where a sentence may end, whether it does, and the rule that decided.

    >>> [(place.ends, place.rule) for place in explain_boundaries("Prof. Ə. Məmmədov gəldi. Sonra getdi.")]
    [(False, 'abbreviation'), (False, 'initial'), (True, 'stop'), (True, 'nothing-follows')]
    """
    return tuple(_judge(require_text(text)))


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, in order, without the white space between them.

    Closing quotes, brackets and citation marks after the stop belong to the sentence; a heading on a line of its own is a
    sentence. Not for texts without punctuation and line ends. Offsets are code points. Raises ``TypeError`` for anything
    but ``str``.

    >>> [sentence.text for sentence in split_sentences("Prof. Ə. Məmmədov gəldi.[7] Sonra getdi.")]
    ['Prof. Ə. Məmmədov gəldi.[7]', 'Sonra getdi.']
    """
    require_text(text)
    sentences: list[Sentence] = []
    start, reached = None, len(text)
    first = _VISIBLE.search(text)
    if first is None:
        return ()
    start = first.start()
    for end, following, ends, _ in _judge(text):
        if ends:
            sentences.append(Sentence(start, end, text[start:end]))
            start = following
    if start < reached:
        rest = text[start:].rstrip()
        sentences.append(Sentence(start, start + len(rest), rest))
    return tuple(sentences)
