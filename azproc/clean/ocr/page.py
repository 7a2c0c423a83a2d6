"""A text as the repair sees it: tokens, what is known of each, and passages that are judged as a whole."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise

import regex

from azproc.clean.ocr.context import TOKEN
from azproc.clean.ocr.kinds import Kind, kind_of
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold

__all__ = ["FAMILY", "Page", "Passage", "count_words", "read_page"]

FAMILY = 5  # letters that forms of one word share
_PASSAGE, _PARAGRAPH = 120, 30  # characters; shorter lines and paragraphs are judged together with the next ones
_ADDRESS = frozenset("@/\\_=<>{}#&|~^*+$%№")  # signs of addresses, code and tables beside a word
_ATTRIBUTES = frozenset({'="', "='"})  # directly before a word: a value in a program
_SEAM = regex.compile(r"(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll}{2})")  # where a space or a line end was lost
_SHORTEST_GLUED = 4  # letters of a listed word that tells glued words from a name with a capital inside
_IS_WORD = tuple(kind not in {Kind.OTHER, Kind.NUMERAL, Kind.SIGN, Kind.DATED, Kind.MARK, Kind.LONE} for kind in Kind)
_LINE = 500  # characters of a line that are looked back at
_CALL = "("  # directly after a word: a function of a program or of mathematics


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens ``first`` to ``last`` (exclusive) of a page, which stand at ``[start, end)`` of the text."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """Tokens of a text with their offsets and kinds, passages, how often each token occurs, and the share of unknown small words.

    ``families`` are the first letters of unknown words that come in several forms: a stem that the text inflects is meant.
    """

    text: str
    tokens: tuple[str, ...]
    starts: tuple[int, ...]
    kinds: tuple[Kind, ...]
    passages: tuple[Passage, ...]
    frequency: Counter[str]
    unknown: float
    families: frozenset[str]

    def places_of(self, passage: Passage, kinds: Container[Kind]) -> Iterator[int]:
        """Return the places of a passage whose tokens are of some kinds.

        >>> page = read_page("kitab aprclin 2O05")
        >>> [page.tokens[place] for place in page.places_of(page.passages[0], {Kind.UNKNOWN, Kind.NUMERAL})]
        ['aprclin', '2O05']
        """
        return compress(range(passage.first, passage.last), map(kinds.__contains__, self.kinds[passage.first : passage.last]))

    def gap_before(self, place: int) -> str:
        """Return what stands between a token and the one before it, the beginning of the text for the first.

        >>> page = read_page("2016 ci il")
        >>> page.gap_before(0), page.gap_before(1)
        ('', ' ')
        """
        return self.text[self.starts[place - 1] + len(self.tokens[place - 1]) if place else 0 : self.starts[place]]

    def line_before(self, position: int) -> str:
        r"""Return the end of what stands before a position in its line.

        >>> read_page("ayrı sətir\nBakı (paytaxt").line_before(17)
        'Bakı ('
        """
        return self.text[max(position - _LINE, 0) : position].rpartition("\n")[2]

    def is_glued(self, place: int) -> bool:
        """Tell whether a word follows the one before it without a space.

        >>> page = read_page("sözlərCümlələr")
        >>> page.tokens, page.is_glued(1)
        (('sözlər', 'Cümlələr'), True)
        """
        return 0 < place < len(self.tokens) and self.tokens[place - 1][-1].isalpha() and not self.gap_before(place)

    def in_address(self, place: int) -> bool:
        """Tell whether a token is part of an address, of code or of a formula.

        >>> page = read_page("kod: x_hesab, sayt banker.az, sonra")
        >>> [token for place, token in enumerate(page.tokens) if page.in_address(place)]
        ['x', 'hesab', 'banker', 'az']
        """
        start = self.starts[place]
        end = start + len(self.tokens[place])
        before, after = self.text[max(start - 2, 0) : start], self.text[end : end + 2]
        if not _ADDRESS.isdisjoint(before[-1:] + after[:1]) or after[:1] == _CALL or before in _ATTRIBUTES:
            return True
        inside = before[-1:] == "." and before[:1].isalnum() and self.tokens[place][0].islower()
        return inside or (after[:1] == "." and after[1:].islower())


def read_page(text: str) -> Page:
    """Cut a text into tokens and passages."""
    tokens: list[str] = []
    starts: list[int] = []
    for match in TOKEN.finditer(text):  # matches that are kept would cost more than both lists
        tokens.append(match[0])
        starts.append(match.start())
    frequency = Counter(tokens)
    kinds = {token: kind_of(token) for token in frequency}
    glued = {token: seams for token, kind in kinds.items() if kind is Kind.UNKNOWN and (seams := _seams(token))}
    if glued:
        tokens, starts = _cut_at(glued, tokens, starts)
        for token, seams in glued.items():
            count = frequency.pop(token)
            del kinds[token]
            for piece, _ in _pieces(token, seams):
                frequency[piece] += count
                kinds[piece] = kind_of(piece)
    unknown = [token for token, kind in kinds.items() if kind is Kind.UNKNOWN]
    kinds_in_order = tuple(map(kinds.__getitem__, tokens))
    small = sum(frequency[token] for token in unknown if token[0].islower())
    share = small / max(count_words(kinds_in_order)[0], 1)
    return Page(text, tuple(tokens), tuple(starts), kinds_in_order, tuple(_passages(text, starts)), frequency, share, _families(unknown))


def _cut_at(glued: dict[str, list[int]], tokens: list[str], starts: list[int]) -> tuple[list[str], list[int]]:
    """Return tokens and starts once the glued words are cut at their seams."""
    cut_tokens: list[str] = []
    cut_starts: list[int] = []
    done = 0
    for place in compress(range(len(tokens)), map(glued.__contains__, tokens)):
        token, start = tokens[place], starts[place]
        cut_tokens += tokens[done:place]
        cut_starts += starts[done:place]
        for piece, seam in _pieces(token, glued[token]):
            cut_tokens.append(piece)
            cut_starts.append(start + seam)
        done = place + 1
    return cut_tokens + tokens[done:], cut_starts + starts[done:]


def _pieces(token: str, seams: list[int]) -> Iterator[tuple[str, int]]:
    """Yield the pieces of a token between its seams, and where each begins."""
    return ((token[start:end], start) for start, end in pairwise((0, *seams, len(token))))


def _seams(token: str) -> list[int]:
    """Return where words that were glued together meet (``formalarMaşınlar``); nowhere, if none of them is listed."""
    seams = [match.start() for match in _SEAM.finditer(token)]
    if not seams:
        return seams
    known = (len(piece) >= _SHORTEST_GLUED and vocabulary().knows(fold(piece)) for piece, _ in _pieces(token, seams))
    return seams if any(known) else []


def _families(unknown: list[str]) -> frozenset[str]:
    forms = {fold(token) for token in unknown if len(token) > FAMILY}
    return frozenset(family for family, count in Counter(form[:FAMILY] for form in forms).items() if count > 1)


def count_words(kinds: Sequence[Kind]) -> tuple[int, int]:
    """Return how many tokens are words, and how many of these are unknown."""
    return sum(map(_IS_WORD.__getitem__, kinds)), kinds.count(Kind.UNKNOWN)


def _passages(text: str, starts: Sequence[int]) -> Iterator[Passage]:
    """Yield runs of whole lines, each of `_PASSAGE` characters or, before an empty line, of `_PARAGRAPH`, where the text has as many."""
    first = position = 0
    while position < len(text):
        end = text.find("\n", min(position + _PARAGRAPH, len(text)))
        while 0 <= end < position + _PASSAGE and text[end + 1 : end + 2] != "\n":
            end = text.find("\n", end + 1)
        end = len(text) if end < 0 else end + 1
        last = bisect_left(starts, end, first)
        yield Passage(first, last, position, end)
        first, position = last, end
