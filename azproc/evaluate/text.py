"""How far a repaired text is from the clean one: characters and words wrong before and after, mended and harmed.

A word is a run of letters and digits with inner hyphens, apostrophes, points, commas and colons, so that a quote or a stop
read as another does not count. Words are aligned by Levenshtein distance, the clean text against each of the other two.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex
from rapidfuzz.distance import Levenshtein

from azproc.language.casing import is_capitalised, is_upper

__all__ = ["Pair", "Tally", "TextReport", "evaluate_pairs", "words"]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++(?:[-'’.,:][\p{L}\p{M}\p{N}]++)*+")
_WORST = 20
_CONFUSIONS = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """A clean passage, what a scanner or a typist made of it, and what a repair made of that."""

    clean: str
    noisy: str
    repaired: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the clean words of one class or of the words with one confusion.

    ``damaged`` were wrong in the noisy text and ``mended`` of them are right now; ``sound`` were right and ``harmed`` of
    them are wrong now.
    """

    name: str
    damaged: int = 0
    mended: int = 0
    sound: int = 0
    harmed: int = 0


@dataclass(frozen=True, slots=True)
class TextReport:
    """The figures over all pairs; rates are errors for each clean character or word, so they can exceed 1.

    ``cut`` is the share of word errors that the repair took away; it is negative where the repair made things worse.
    """

    pairs: int
    characters: int
    words: int
    cer_before: float
    cer_after: float
    wer_before: float
    wer_after: float
    total: Tally
    classes: tuple[Tally, ...]
    confusions: tuple[Tally, ...]
    worst: tuple[tuple[int, Pair], ...]

    @property
    def cut(self) -> float:
        """Share of the word errors that are gone, 1 at best."""
        return 1 - self.wer_after / self.wer_before if self.wer_before else 0.0

    @property
    def mended(self) -> float:
        """Share of the damaged words that are right now."""
        return self.total.mended / self.total.damaged if self.total.damaged else 0.0

    @property
    def harmed(self) -> float:
        """Share of the sound words that are wrong now."""
        return self.total.harmed / self.total.sound if self.total.sound else 0.0


def words(text: str) -> list[str]:
    """Return the words of a text as the measure counts them.

    >>> words('“Müsavat” 1918-ci il, saat 14:30.')
    ['Müsavat', '1918-ci', 'il', 'saat', '14:30']
    """
    return [str(word) for word in _WORD.findall(text)]


def word_class(word: str) -> str:
    """Return the class of a word: number, capitals, name-like (first letter capital) or common.

    >>> [word_class(word) for word in ("1918-ci", "ABŞ", "Bakı", "baş")]
    ['number', 'capitals', 'capitalised', 'common']
    """
    if any(character.isdigit() for character in word):
        return "number"
    if len(word) > 1 and is_upper(word):
        return "capitals"
    return "capitalised" if is_capitalised(word) else "common"


def _matches(clean: Sequence[str], other: Sequence[str]) -> tuple[list[str | None], int]:
    """For each clean word what stands for it in the other text (None where it matches), and the word errors in all."""
    stands: list[str | None] = [None] * len(clean)
    codes = Levenshtein.opcodes(clean, other)
    errors = 0
    for code in codes:
        if code.tag == "equal":
            continue
        width, other_width = code.src_end - code.src_start, code.dest_end - code.dest_start
        errors += max(width, other_width)
        for place in range(width):
            stands[code.src_start + place] = other[code.dest_start + place] if place < other_width else ""
    return stands, errors


def _confusions(clean: str, noisy: str) -> set[str]:
    return {
        f"{noisy[code.dest_start : code.dest_end] or '∅'}→{clean[code.src_start : code.src_end] or '∅'}"
        for code in Levenshtein.opcodes(clean, noisy)
        if code.tag != "equal"
    }


class _Counts:
    """Counters of the four fates of words, by name."""

    def __init__(self) -> None:
        self.fates: dict[str, Counter[str]] = {}

    def add(self, name: str, *, was_right: bool, is_right: bool) -> None:
        fate = self.fates.setdefault(name, Counter())
        fate["sound" if was_right else "damaged"] += 1
        if was_right != is_right:
            fate["mended" if is_right else "harmed"] += 1

    def tallies(self) -> list[Tally]:
        return [Tally(name, **fate) for name, fate in self.fates.items()]


class _Sums:
    """What all pairs so far come to."""

    def __init__(self) -> None:
        self.pairs = self.characters = self.words = 0
        self.distances: list[int] = [0, 0]  # between characters, before and after the repair
        self.errors: list[int] = [0, 0]  # in words
        self.total, self.classes, self.confusions = _Counts(), _Counts(), _Counts()
        self.worst: list[tuple[int, int, Pair]] = []

    def add(self, pair: Pair) -> None:
        self.pairs += 1
        clean = words(pair.clean)
        self.characters += len(pair.clean)
        self.words += len(clean)
        stands = []
        for place, text in enumerate((pair.noisy, pair.repaired)):
            matches, errors = _matches(clean, words(text))
            stands.append(matches)
            self.errors[place] += errors
            self.distances[place] += Levenshtein.distance(pair.clean, text)
        self._count_fates(clean, *stands)
        if errors:
            item = (errors, -self.pairs, pair)
            heapq.heappush(self.worst, item) if len(self.worst) < _WORST else heapq.heappushpop(self.worst, item)

    def _count_fates(self, clean: list[str], before: list[str | None], after: list[str | None]) -> None:
        for word, noisy, repaired in zip(clean, before, after, strict=True):
            fate = {"was_right": noisy is None, "is_right": repaired is None}
            self.total.add("all", **fate)
            self.classes.add(word_class(word), **fate)
            for confusion in _confusions(word, noisy) if noisy else ():
                self.confusions.add(confusion, **fate)

    def report(self) -> TextReport:
        cer = [distance / max(self.characters, 1) for distance in self.distances]
        wer = [errors / max(self.words, 1) for errors in self.errors]
        return TextReport(
            pairs=self.pairs,
            characters=self.characters,
            words=self.words,
            cer_before=cer[0],
            cer_after=cer[1],
            wer_before=wer[0],
            wer_after=wer[1],
            total=self.total.tallies()[0] if self.total.fates else Tally("all"),
            classes=tuple(sorted(self.classes.tallies(), key=lambda tally: tally.name)),
            confusions=tuple(sorted(self.confusions.tallies(), key=lambda tally: (-tally.damaged, tally.name))[:_CONFUSIONS]),
            worst=tuple((wrong, pair) for wrong, _, pair in sorted(self.worst, key=lambda item: item[:2], reverse=True)),
        )


def evaluate_pairs(pairs: Iterable[Pair]) -> TextReport:
    """Score repairs against clean texts.

    Confusions are named ``read→printed`` and counted over the words that were damaged; ``worst`` holds the pairs with
    the most words wrong after the repair.

    >>> report = evaluate_pairs([Pair("baş verdi və getdi", "haş verdi vo getdi", "baş verdi və getti")])
    >>> report.total
    Tally(name='all', damaged=2, mended=2, sound=2, harmed=1)
    >>> round(report.cut, 2)
    0.5
    """
    sums = _Sums()
    for pair in pairs:
        sums.add(pair)
    return sums.report()
