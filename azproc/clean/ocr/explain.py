"""Why a word was or was not changed: its candidates with their scores."""

from __future__ import annotations

from dataclasses import dataclass

from azproc.clean.ocr.choose import Choice, Scored
from azproc.clean.ocr.damage import native_passages
from azproc.clean.ocr.page import read_page
from azproc.clean.ocr.repair import confident, propose
from azproc.clean.ocr.rules import rule_of
from azproc.errors import require_text
from azproc.language.casing import match_case

__all__ = ["Candidate", "Explanation", "explain_words"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have been meant; ``score`` is a log-probability but for a constant, ``cost`` the channel's share of it.

    ``fit`` says how much better than by chance it stands between its neighbours, ``rule`` what would have happened to it.
    """

    word: str
    score: float
    cost: float
    fit: float
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A doubtful word ``before`` at ``[start, end)``: what was read, and its candidates, the best first.

    ``confidence`` is the probability that the best candidate is what the author wrote; `fix_ocr` compares it with its
    threshold.
    """

    start: int
    end: int
    before: str
    confidence: float
    read: Candidate
    candidates: tuple[Candidate, ...]


def explain_words(text: str) -> tuple[Explanation, ...]:
    """Return an explanation for each word of a text that the channel and the lexicon have other readings for.

    Numbers, capitals and letters that a converter replaced are mended by rules, which their edits name; they are not here.

    >>> word = explain_words("mübarizə haş verdi")[0]
    >>> word.before, word.candidates[0].word, word.candidates[0].rule, word.confidence > 0.5
    ('haş', 'baş', 'ocr.h-b', True)
    """
    page = read_page(require_text(text))
    return tuple(
        Explanation(
            proposal.start,
            proposal.end,
            proposal.choice.slot.token,
            confidence,
            _candidate(proposal.choice, proposal.choice.read),
            tuple(_candidate(proposal.choice, scored) for scored in proposal.choice.others),
        )
        for proposal, confidence in confident(propose(page, native_passages(page)))
    )


def _candidate(choice: Choice, scored: Scored) -> Candidate:
    reading = scored.reading
    rule = rule_of(choice.slot.word, reading) if reading.word != choice.slot.word else ""
    return Candidate(match_case(choice.slot.token, reading.word), scored.score, reading.cost, sum(scored.links), rule)
