"""Choose the likeliest reading of each doubtful place, each in view of what its neighbours are taken to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from azproc.clean.ocr.candidates import Reading
from azproc.clean.ocr.context import BORDER, Context, context, neighbour
from azproc.clean.ocr.kinds import Kind
from azproc.clean.ocr.letter_model import letter_model
from azproc.clean.ocr.page import Page
from azproc.clean.ocr.slots import Slot
from azproc.clean.ocr.vocabulary import vocabulary

__all__ = ["Choice", "Scored", "choose"]

_WORD_LINK = 0.7  # what a pair of words counts beside the channel's cost
_SHAPE_LINK = 0.3
_UNLISTED = -2.0  # the weight of a word that the lexicon lacks
_ROUNDS = 2
_FEW, _NEAR = 3, 6.0  # so many readings, and scores that lie so near, are weighed by their letters too
_LETTERS = 0.4
_HOPELESS = 5.0  # a reading that scores so much less than a known word is never right


@dataclass(frozen=True, slots=True)
class Scored:
    """A reading with its score (a log-probability but for a constant) and its links to the words on both sides."""

    reading: Reading
    score: float
    links: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """A slot between the words that its neighbours are taken to be: what was read, and the others, the best first."""

    slot: Slot
    left: str
    right: str
    read: Scored
    others: tuple[Scored, ...]


def choose(page: Page, slots: Sequence[Slot], *, keep_known: bool) -> list[Choice]:
    """Return the choice at each slot that has one; its neighbours are what scores best there, after two rounds.

    ``keep_known`` takes what was read for granted, as the neighbour of others, where the lexicon has it.
    """
    taken = {slot.place: slot.word for slot in slots}
    places = frozenset(taken)
    model = context()
    chosen: dict[int, Choice] = {}
    for later_round in range(_ROUNDS):
        for slot in slots:
            if later_round and places.isdisjoint((slot.place - 1, slot.place + 1)):
                continue
            choice = chosen[slot.place] = _score(page, slot, taken, model)
            best = choice.others[0]
            if best.score > choice.read.score and not (keep_known and vocabulary().lists(slot.word)):
                taken[slot.place] = best.reading.word
            else:
                taken[slot.place] = slot.word
    return [_weighed(page, choice) for choice in chosen.values() if _has_hope(choice)]


def _has_hope(choice: Choice) -> bool:
    return choice.slot.kind is Kind.UNKNOWN or choice.others[0].score > choice.read.score - _HOPELESS


def _weighed(page: Page, choice: Choice) -> Choice:
    """Put that one of the few best readings first whose letters fit best too."""
    best = choice.others[0]
    close = [one for one in choice.others[:_FEW] if one.score > best.score - _NEAR]
    if len(close) < 2:
        return choice
    start, model = page.starts[choice.slot.place], letter_model()
    end = start + len(choice.slot.token)
    first = max(close, key=lambda one: one.score + _LETTERS * model.gain_at(page.text, start, end, choice.slot.word, one.reading.word))
    return replace(choice, others=(first, *(one for one in choice.others if one is not first)))


def _score(page: Page, slot: Slot, taken: dict[int, str], model: Context) -> Choice:
    left = BORDER if page.is_glued(slot.place) else _beside(page, slot.place - 1, taken)
    right = BORDER if page.is_glued(slot.place + 1) else _beside(page, slot.place + 1, taken)
    read = _scored(Reading(slot.word, 0.0), left, right, model)
    others = sorted((_scored(reading, left, right, model) for reading in slot.readings), key=lambda one: -one.score)
    return Choice(slot, left, right, read, tuple(others))


def _scored(reading: Reading, left: str, right: str, model: Context) -> Scored:
    links = (*model.links(left, reading.word), *model.links(reading.word, right))
    weight = vocabulary().weight(reading.word)
    fit = _WORD_LINK * (links[0] + links[2]) + _SHAPE_LINK * (links[1] + links[3])
    return Scored(reading, (weight if weight >= 0 else _UNLISTED) - reading.cost + fit, links)


def _beside(page: Page, place: int, taken: dict[int, str]) -> str:
    if not 0 <= place < len(page.tokens):
        return BORDER
    return taken.get(place) or neighbour(page.tokens[place])
