"""The sequence of the repair: read the page, find the doubtful places, choose between readings, judge, edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, log, log1p

from azproc.clean.ocr.capitals import in_case, mend_capital, mend_stray_capital, recased
from azproc.clean.ocr.channel import LACKED
from azproc.clean.ocr.choose import Choice, choose
from azproc.clean.ocr.context import BORDER
from azproc.clean.ocr.converters import mend_converted
from azproc.clean.ocr.damage import Damage, native_passages
from azproc.clean.ocr.dates import mend_century, mend_date, mend_in_year, mend_ordinal, mend_year_word
from azproc.clean.ocr.decide import FEATURES, features, judge
from azproc.clean.ocr.decimals import mend_decimals
from azproc.clean.ocr.figures import mend_figure
from azproc.clean.ocr.gaps import mend_gap
from azproc.clean.ocr.grammar import mend_genitive
from azproc.clean.ocr.kinds import Kind
from azproc.clean.ocr.lone import mend_lone
from azproc.clean.ocr.numerals import mend_numeral
from azproc.clean.ocr.page import Page, Passage, read_page
from azproc.clean.ocr.punctuation import (
    mend_apostrophes,
    mend_bar,
    mend_closing,
    mend_exclamation,
    mend_mark,
    mend_opening,
)
from azproc.clean.ocr.rules import rule_of
from azproc.clean.ocr.signs import mend_billion, mend_double_v, mend_parted_sign, mend_sign
from azproc.clean.ocr.slots import slots_of
from azproc.errors import InputError, require_text
from azproc.language.casing import is_lower
from azproc.rewrite import Edit, Rewrite

__all__ = ["THRESHOLD", "Proposal", "confident", "fix_ocr", "propose", "written"]

THRESHOLD = 0.52  # just above it two of three edits are right; below it some harm
_USUAL_RATE = 0.011  # damaged words among all where the judge learnt, and of a text that is not yet seen
_WORDS_BEFORE = 60  # so many words count as much as what was expected
_FURTHEST_SHIFT = 1.0  # one word of a long sound passage may be damaged all the same, and not every word of a bad page is mendable
_AROUND = 400  # words around a passage that tell whether the page was scanned badly
_SELDOM = 8.4  # the cost of a change that scanners seldom make
_LONE_SLIP = 6.0  # what it takes from a slip of the hand that nothing else near it is damaged: that is how the text was typed
_LONE_WORD = 1.5  # the same where what was read is a word itself: it is meant
_SOUND_AROUND = 15  # in a text of so many words it takes half of that: they say little of how sound the text is
_SLIP_IN_TURKISH = 3.0  # the same where an engine without Azerbaijani took letters for others, but hardly changed their number
_MEANT_IN_TURKISH = 0.8  # what it takes there that a word or a name was read
_OWN_FORM, _OFTEN = 1.5, 3  # what it is worth that the text itself has the reading, so often or oftener


@dataclass(frozen=True, slots=True)
class Proposal:
    """A choice at a place of the text with the features it is judged by."""

    start: int
    end: int
    choice: Choice
    damage: Damage
    features: tuple[float, ...]


def fix_ocr(text: str, *, threshold: float = THRESHOLD) -> Rewrite:
    """Mend letters that were misread by a scanner or mistyped; leave everything else as it is.

    An edit is made where its probability, its ``confidence``, reaches ``threshold``, from 0 to 1. Names, abbreviations,
    foreign words, addresses and passages in other languages stay. A slip of the hand (a letter lost, added or swapped)
    where nothing else near it is damaged must be surer than a misread letter: that is how the text was typed. Text typed
    without diacritics is `azproc.restore_diacritics`' work. Raises `InputError` for a threshold outside 0 to 1,
    `TypeError` for other than str.

    >>> fix_ocr("Uzun mübarizə haş verdi və aprclin 9-da başa çatdı.").text
    'Uzun mübarizə baş verdi və aprelin 9-da başa çatdı.'
    >>> [(edit.before, edit.after, edit.rule) for edit in fix_ocr("fevralın 18-do").edits]
    [('18-do', '18-də', 'ocr.number-suffix')]
    """
    if not 0 <= threshold <= 1:
        raise InputError(f"threshold is {threshold}: give a probability from 0 (mend all) to 1 (mend nothing)")
    converted = mend_converted(require_text(text))
    page = read_page(converted.text)
    passages = native_passages(page)
    edits = [edit for edit in (*_rule_edits(page, passages), *_word_edits(page, passages, threshold)) if edit.confidence >= threshold]
    mended = Rewrite(converted.text, tuple(_apart(edits)))
    return converted.then(mended) if converted.edits else mended


def propose(page: Page, passages: Iterable[tuple[Passage, Damage]], *, also: frozenset[Kind] = frozenset()) -> Iterator[Proposal]:
    """Yield a proposal for each doubtful place of the given passages of a page, in order; see `slots_of` for ``also``."""
    for passage, damage in passages:
        slots = slots_of(page, passage, damage, also=also)
        for choice in choose(page, slots, keep_known=damage.engine == "aze"):
            start = page.starts[choice.slot.place]
            yield Proposal(start, start + len(choice.slot.token), choice, damage, features(page, choice, damage))


def written(choice: Choice) -> str:
    """Return the best reading of a choice in the case that its place and its letters ask for."""
    return in_case(choice.slot.token, choice.others[0].reading.word, opens=choice.left == BORDER)


def _word_edits(page: Page, passages: Iterable[tuple[Passage, Damage]], threshold: float) -> Iterator[Edit]:
    for proposal, confidence in confident(propose(page, passages)):
        if confidence < threshold:
            continue
        slot = proposal.choice.slot
        after = recased(page, slot.place, written(proposal.choice))
        if after != slot.token:
            rule = rule_of(slot.word, proposal.choice.others[0].reading)
            yield Edit(proposal.start, proposal.end, slot.token, after, rule, round(confidence, 3))


def confident(proposals: Iterable[Proposal]) -> Iterator[tuple[Proposal, float]]:
    """Yield each proposal with the probability that it is right, in view of how damaged its text and passage are otherwise."""
    proposals = list(proposals)
    judged = list(zip(proposals, judge().probabilities([proposal.features for proposal in proposals]), strict=True))
    passages = [tuple(group) for _, group in groupby(judged, key=lambda one: one[0].damage)]
    damaged_in_text = sum(probability for _, probability in judged)
    words_in_text = sum(passage[0][0].damage.words for passage in passages)
    for passage in passages:
        damage = passage[0][0].damage
        damaged = sum(probability for _, probability in passage)
        around = (damaged_in_text - damaged) / words_in_text * _AROUND
        for proposal, probability in passage:
            if damage.engine != "aze":
                yield proposal, _shifted(probability, -_doubt_in_turkish(proposal))
                continue
            of_text = _rate(damaged_in_text - probability, words_in_text, _USUAL_RATE)
            rate = _rate(damaged - probability, damage.words, of_text)
            shift = max(-_FURTHEST_SHIFT, min(log(rate / _USUAL_RATE), _FURTHEST_SHIFT))
            own = _OWN_FORM if _is_own_form(proposal) else 0.0
            lone = _lone_weight(proposal) * words_in_text / (words_in_text + _SOUND_AROUND) * exp(probability - damaged - around)
            yield proposal, _shifted(probability, shift + own - lone)


def _doubt_in_turkish(proposal: Proposal) -> float:
    """Return what it takes from a change that the letters which an engine lacks do not ask for, or of what may be meant: a word or a name."""
    slot = proposal.choice.slot
    may_be_meant = slot.kind is not Kind.UNKNOWN or not is_lower(slot.token)
    return (_SLIP_IN_TURKISH if _is_slip(proposal) else 0.0) + (_MEANT_IN_TURKISH if may_be_meant else 0.0)


def _rate(damaged: float, words: int, expected: float) -> float:
    """The share of damaged words, drawn towards what was expected before these words were seen."""
    return (damaged + expected * _WORDS_BEFORE) / (words + _WORDS_BEFORE)


def _lone_weight(proposal: Proposal) -> float:
    """Return what it takes from a change that nothing else near it is damaged."""
    if _is_slip(proposal):
        return _LONE_SLIP
    return _LONE_WORD if proposal.choice.slot.kind is Kind.CONFUSABLE else 0.0


def _is_slip(proposal: Proposal) -> bool:
    """Tell whether hands rather than scanners make such changes: letters lost, added or swapped, or taken for others unlike them."""
    confusions = proposal.choice.others[0].reading.confusions
    return bool(confusions) and all(
        one.meant not in LACKED and (one.cost >= _SELDOM or sorted(one.read) == sorted(one.meant) or not (one.read and one.meant)) for one in confusions
    )


def _is_own_form(proposal: Proposal) -> bool:
    """Tell whether the text has what would be written several times, and what was read but once."""
    values = dict(zip(FEATURES, proposal.features, strict=True))
    return values["frequency"] >= log1p(_OFTEN) and values["frequency_read"] <= log1p(1)


def _shifted(probability: float, shift: float) -> float:
    return probability / (probability + (1 - probability) * exp(-shift))


def _rule_edits(page: Page, passages: Sequence[tuple[Passage, Damage]]) -> Iterator[Edit]:
    yield from mend_decimals(page, (passage for passage, _ in passages))
    for passage, damage in passages:
        rules = _RULES_WHERE_ABLE if damage.engine == "aze" else _RULES
        for place in page.places_of(passage, rules):
            for rule in rules[page.kinds[place]]:
                edit = rule(page, place)
                if edit:
                    yield edit
        if damage.engine == "aze":
            yield from mend_apostrophes(page, passage.start, passage.end)


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """Yield the edits in order of place; of those that overlap the first to begin, then the first in the list."""
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        if edit.start >= end:
            yield edit
            end = edit.end


def _numeral(page: Page, place: int) -> Edit | None:
    return mend_numeral(page.tokens[place], page.starts[place])


def _figure(page: Page, place: int) -> Edit | None:
    return mend_figure(page.tokens[place], page.starts[place])


_RULES: dict[Kind, tuple[Callable[[Page, int], Edit | None], ...]] = {
    Kind.NUMERAL: (_numeral,),
    Kind.DATED: (mend_date, mend_year_word, mend_in_year, mend_ordinal, mend_century, _numeral),
    Kind.FIGURED: (_figure,),
    Kind.SIGN: (mend_sign, _numeral),
    Kind.LONE: (mend_lone, mend_parted_sign),
    Kind.STRAY: (mend_stray_capital,),
    Kind.CLITIC: (mend_stray_capital,),
    Kind.PROPER: (mend_capital,),
    Kind.ACCUSATIVE: (mend_genitive,),
}
_RULES_WHERE_ABLE = {  # the engines without Azerbaijani have the marks, and the w, that the one with it lacks
    **_RULES,
    Kind.SIGN: (mend_sign, mend_double_v, _numeral),
    Kind.MARK: (mend_mark,),
    Kind.UNKNOWN: (mend_exclamation, mend_closing, mend_opening, mend_bar, mend_gap, mend_billion),
}
