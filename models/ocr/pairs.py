"""Pairs of clean and damaged text: reading them, aligning their words and the letters within a word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex
from rapidfuzz.distance import Levenshtein

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++(?:[-'’.,:][\p{L}\p{M}\p{N}]++)*+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A clean passage and what an engine read, with the way it was read."""

    clean: str
    noisy: str
    setting: str


@dataclass(frozen=True, slots=True)
class Link:
    """A damaged word and what stands in its place in the clean passage: one word, or several joined by spaces."""

    start: int
    end: int
    noisy: str
    clean: str


def read_pairs(paths: Iterable[Path], *, parity: int | None = None) -> list[Pair]:
    """Read pairs; ``parity`` 1 keeps the odd lines of each file, 0 the even ones, counted from 1."""
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if parity is None or number % 2 == parity:
                record = json.loads(line)
                found.append(Pair(record["clean"], record["noisy"], path.stem))
    return found


def links(pair: Pair) -> Iterator[Link]:
    """Yield each word of the noisy side with the clean words whose letters it was read from."""
    owner = [-1] * (len(pair.clean) + 1)
    words = list(WORD.finditer(pair.clean))
    for place, match in enumerate(words):
        owner[match.start() : match.end()] = [place] * (match.end() - match.start())
    partner: list[int] = [-1] * len(pair.noisy)
    for tag, left, left_end, right, right_end in Levenshtein.opcodes(pair.clean, pair.noisy):
        if tag in {"equal", "replace"}:
            for step in range(right_end - right):
                partner[right + step] = left + min(step, left_end - left - 1)
    for match in WORD.finditer(pair.noisy):
        touched = sorted({owner[spot] for spot in partner[match.start() : match.end()] if spot >= 0} - {-1})
        clean = " ".join(words[place].group() for place in touched)
        yield Link(match.start(), match.end(), match.group(), clean)


def segments(clean: str, noisy: str) -> list[tuple[str, str]]:
    """Return the letters of a damaged word in step with the clean word's: equal ones one by one, others in groups.

    A letter added and one lost on both sides of a single letter are one group: all three strokes were taken apart anew.

    >>> segments("aprelin", "aprclin")
    [('a', 'a'), ('p', 'p'), ('r', 'r'), ('e', 'c'), ('l', 'l'), ('i', 'i'), ('n', 'n')]
    >>> segments("ildə", "iklə")
    [('i', 'i'), ('ld', 'kl'), ('ə', 'ə')]
    """
    steps: list[tuple[str, str]] = []
    joined = False
    for tag, left, left_end, right, right_end in Levenshtein.opcodes(clean, noisy):
        if tag == "equal":
            steps += zip(clean[left:left_end], noisy[right:right_end], strict=True)
            joined = False
        elif joined:
            steps[-1] = (steps[-1][0] + clean[left:left_end], steps[-1][1] + noisy[right:right_end])
        elif tag == "replace" and left_end - left > 1:
            steps += zip(clean[left:left_end], noisy[right:right_end], strict=True)
        else:
            steps.append((clean[left:left_end], noisy[right:right_end]))
            joined = True
            if _is_shifted(steps[-3:]):
                steps[-3:] = [("".join(meant for meant, _ in steps[-3:]), "".join(read for _, read in steps[-3:]))]
    return steps


def _is_shifted(steps: list[tuple[str, str]]) -> bool:
    """Tell whether letters were lost on one side of a single letter and added on the other."""
    if len(steps) < 3 or steps[1][0] != steps[1][1]:
        return False
    (meant, read), _, (meant_after, read_after) = steps
    return not (meant or read_after) or not (read or meant_after)
