"""Named entities against gold: exact and partial figures with intervals, kinds of error, and where the errors are.

Exact: a mention counts if start, end and label agree, as `seqeval` counts (mode strict). Partial: a mention whose label agrees
and whose borders overlap counts half, as `nervaluate` counts (``partial``, for each label). Intervals are the middle 95 % of
the figures over paragraphs drawn with replacement (bootstrap percentiles, Efron 1979): they say how far a figure may be
chance of the texts, not how far other texts may differ; a single paragraph has no interval.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from azproc.evaluate.mentions import Marked, Mention
from azproc.evaluate.spans import FATES, pairings
from azproc.language.casing import fold
from azproc.ner.names import citation_form
from azproc.ner.tagger import LABELS
from azproc.segment.tokens import split_tokens
from azproc.spans import Entity

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Case", "Estimate", "Figures", "NerReport", "evaluate_mentions", "find_mentions", "names_of"]

MAIN = ("PER", "LOC", "ORG")
MAIN_GROUP, ALL = " ".join(MAIN), "all"
RESAMPLES = 1000
LONG = 4
"""Mentions of so many tokens and more count together."""

EXACT: Mapping[str, float] = {"right": 1.0}
PARTIAL: Mapping[str, float] = {"right": 1.0, "boundary": 0.5}

_BLANK_LINE = regex.compile(r"\n[ \t]*+\n")
_ORDER = (MAIN_GROUP, ALL, *LABELS)

Grouping = Callable[[Marked, Mention], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the ends of its interval of 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one group of mentions; ``right`` holds halves where partial matches count."""

    group: str
    gold: int
    found: int
    right: float
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class Case:
    """What became of one mention: its text, its fate (one of `azproc.evaluate.spans.FATES`), what was due and what was found."""

    marked: Marked
    paragraph: int
    fate: str
    gold: Mention | None
    found: Mention | None


@dataclass(frozen=True, slots=True)
class NerReport:
    """All figures; ``exact`` and ``partial`` are for each label, ``by`` exact figures for each length, genre and so on."""

    exact: tuple[Figures, ...]
    partial: tuple[Figures, ...]
    by: Mapping[str, tuple[Figures, ...]]
    cases: tuple[Case, ...]

    @property
    def errors(self) -> tuple[Case, ...]:
        """The cases that are not right."""
        return tuple(case for case in self.cases if case.fate != "right")

    @property
    def fates(self) -> dict[str, dict[str, int]]:
        """How often each fate befell each label: the gold's, that of the found mention where it is spurious."""
        counts = Counter((case.fate, (case.gold or case.found or (0, 0, ""))[2]) for case in self.cases)
        labels = sorted({label for _, label in counts}, key=_order)
        return {fate: {label: counts[fate, label] for label in labels} for fate in FATES}

    @property
    def confusion(self) -> dict[str, dict[str, int]]:
        """Gold label to found label to count; the label ``""`` stands for no mention."""
        counts = Counter((case.gold[2] if case.gold else "", case.found[2] if case.found else "") for case in self.cases)
        labels = sorted({label for pair in counts for label in pair}, key=_order)
        return {gold: {found: counts[gold, found] for found in labels} for gold in labels}

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data, the errors as counts."""
        tables = {"exact": self.exact, "partial": self.partial, **{f"by {name}": table for name, table in self.by.items()}}
        return {
            **{name: [_figures_record(figures) for figures in table] for name, table in tables.items()},
            "fates": self.fates,
            "confusion": self.confusion,
        }


def find_mentions(gold: Iterable[Marked], find: Callable[[str], Iterable[Entity]]) -> list[list[Mention]]:
    """Return what a tagger, such as `azproc.find_entities`, finds in each text.

    >>> find_mentions([Marked("Bakıdan")], lambda text: [Entity(0, 7, text, "LOC", "Bakı")])
    [[(0, 7, 'LOC')]]
    """
    return [[(entity.start, entity.end, entity.label) for entity in find(marked.text)] for marked in gold]


def names_of(texts: Iterable[Marked]) -> frozenset[str]:
    """Return the citation forms of all mentions, in lower case, for ``seen``.

    >>> sorted(names_of([Marked("O, Bakıdan çıxdı.", ((3, 10, "LOC"),))]))
    ['bakı']
    """
    return frozenset(_name(marked, mention) for marked in texts for mention in marked.mentions)


def evaluate_mentions(
    gold: Sequence[Marked], found: Sequence[Iterable[Mention]], *, seen: Collection[str] = (), resamples: int = RESAMPLES, seed: int = 0
) -> NerReport:
    """Score the mentions found in each text of the gold.

    ``seen`` are the names that the tagger has learnt from (`names_of`); with it, seen and unseen names are told apart.

    >>> gold = [Marked("Bakı və Gəncə", ((0, 4, "LOC"), (8, 13, "LOC")))]
    >>> report = evaluate_mentions(gold, [[(0, 4, "LOC"), (5, 7, "PER")]])
    >>> [(figures.group, figures.f1.value) for figures in report.exact]
    [('PER LOC ORG', 0.5), ('all', 0.5), ('PER', 0.0), ('LOC', 0.666...)]
    >>> [(case.fate, case.gold, case.found) for case in report.errors]
    [('spurious', None, (5, 7, 'PER')), ('missed', (8, 13, 'LOC'), None)]
    """
    import numpy as np

    cases, paragraphs = _cases(gold, found)
    chance = np.random.default_rng(seed)
    weights = chance.multinomial(paragraphs, np.full(paragraphs, 1 / paragraphs), size=resamples)

    def table(grouping: Grouping, credit: Mapping[str, float] = EXACT) -> tuple[Figures, ...]:
        counts = _counts(cases, paragraphs, grouping, credit)
        return tuple(_figures(group, counts[group], weights) for group in sorted(counts, key=_order))

    by: dict[str, Grouping] = {"tokens": _length}
    if seen:
        by["name"] = lambda marked, mention: ("seen" if _name(marked, mention) in seen else "unseen",)
    if any(marked.genre for marked in gold):
        by["genre"] = lambda marked, _: (marked.genre,)
    return NerReport(table(_labels), table(_labels, PARTIAL), {name: table(grouping) for name, grouping in by.items()}, cases)


def _order(group: str) -> tuple[int, str]:
    """Groups and labels in the order of reports, others behind by the alphabet."""
    return (_ORDER.index(group) if group in _ORDER else len(_ORDER), group)


def _labels(_marked: Marked, mention: Mention) -> tuple[str, ...]:
    label = mention[2]
    return (MAIN_GROUP, ALL, label) if label in MAIN else (ALL, label)


def _length(marked: Marked, mention: Mention) -> tuple[str]:
    tokens = len(split_tokens(marked.text[mention[0] : mention[1]]))
    return (str(tokens) if tokens < LONG else f"{LONG} and more",)


def _name(marked: Marked, mention: Mention) -> str:
    return fold(citation_form(marked.text[mention[0] : mention[1]], mention[2]))


def _cases(gold: Sequence[Marked], found: Sequence[Iterable[Mention]]) -> tuple[tuple[Case, ...], int]:
    """The cases, and the number of paragraphs, at least one."""
    cases: list[Case] = []
    paragraph = 0
    for marked, given in zip(gold, found, strict=True):
        ends = [match.start() for match in _BLANK_LINE.finditer(marked.text)]
        for pair in pairings(marked.mentions, given):
            start = (pair.gold or pair.found or (0,))[0]
            cases.append(Case(marked, paragraph + bisect_left(ends, start), pair.fate, pair.gold, pair.found))
        paragraph += len(ends) + 1
    return tuple(cases), max(paragraph, 1)


def _counts(cases: Iterable[Case], paragraphs: int, grouping: Grouping, credit: Mapping[str, float]) -> dict[str, np.ndarray[Any, Any]]:
    """For each group, one row a paragraph: how many mentions are due, found and right."""
    import numpy as np

    counts: defaultdict[str, np.ndarray[Any, Any]] = defaultdict(lambda: np.zeros((paragraphs, 3)))
    for case in cases:
        for column, mention, amount in ((0, case.gold, 1.0), (1, case.found, 1.0), (2, case.gold, credit.get(case.fate, 0.0))):
            for group in grouping(case.marked, mention) if mention else ():
                counts[group][case.paragraph, column] += amount
    return counts


def _figures(group: str, counts: np.ndarray[Any, Any], weights: np.ndarray[Any, Any]) -> Figures:
    import numpy as np

    gold, found, right = counts.sum(axis=0)
    drawn_gold, drawn_found, drawn_right = (weights @ counts).T

    def estimate(part: float, whole: float, drawn_part: np.ndarray[Any, Any], drawn_whole: np.ndarray[Any, Any]) -> Estimate:
        drawn = np.divide(drawn_part, drawn_whole, out=np.ones(len(drawn_part)), where=drawn_whole > 0)
        low, high = np.percentile(drawn, [2.5, 97.5])
        return Estimate(float(part / whole) if whole else 1.0, float(low), float(high))

    return Figures(
        group, int(gold), int(found), float(right),
        estimate(right, found, drawn_right, drawn_found),
        estimate(right, gold, drawn_right, drawn_gold),
        estimate(2 * right, gold + found, 2 * drawn_right, drawn_gold + drawn_found),
    )  # fmt: skip


def _figures_record(figures: Figures) -> dict[str, Any]:
    rates = {
        name: {part: round(getattr(getattr(figures, name), part), 4) for part in ("value", "low", "high")} for name in ("precision", "recall", "f1")
    }
    return {"group": figures.group, "gold": figures.gold, "found": figures.found, "right": figures.right, **rates}
