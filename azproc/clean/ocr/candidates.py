"""Listed words that may have been meant by a damaged one: along the channel's confusions, and among the common words that look like it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from azproc.clean.ocr.alignment import changes_between, cost_of
from azproc.clean.ocr.alike import CommonWords
from azproc.clean.ocr.channel import SLIP, TWICE, Channel, Confusion
from azproc.clean.ocr.vocabulary import Vocabulary
from azproc.language.casing import fold

__all__ = ["Reading", "far_readings", "find_readings", "near_readings"]

_MOST_STEPS = 2_000
_SPREAD = 5.0  # readings that cost so much more than the cheapest are not looked for
_LONGEST_TWICE = 3
_SHORTEST_SLIPPED = 4  # letters of the shortest word in which slips are looked for


@dataclass(frozen=True, slots=True)
class Reading:
    """A word, folded, that may stand behind a damaged one, and the confusions that lead from it to what was read."""

    word: str
    cost: float
    confusions: tuple[Confusion, ...] = ()


@dataclass(frozen=True, slots=True)
class _Damaged:
    """A word as it was read, folded, with the confusions that may have befallen it: letters lost, and at each place others.

    A change must end at ``reach`` or later, because no word ends in more of these letters; before it ``unequal`` is not filled in.
    """

    letters: str
    reach: int
    lost: dict[str, Confusion]
    letters_meant: tuple[dict[str, Confusion], ...]
    unequal: tuple[tuple[Confusion, ...], ...]


def _damaged(word: str, letters: str, channel: Channel, vocabulary: Vocabulary) -> _Damaged:
    reach = len(word) - vocabulary.ending_length(letters)
    letters_meant = tuple(channel.letters.get(letter, {}) for letter in word)
    window = max(reach - channel.widest, 0)
    unequal = ((),) * window + tuple(channel.unequal(word, place) for place in range(window, len(word) + 1))
    return _Damaged(letters, reach, channel.lost, letters_meant, unequal)


def near_readings(word: str, channel: Channel, vocabulary: Vocabulary, *, limit: float) -> list[Reading]:
    """Return the listed words that are one confusion of a cost up to ``limit`` away, or one slip of the hand.

    A slip is any letter lost, added, taken for another or swapped with the next, or a few letters written twice.
    """
    letters = fold(word)
    if len(letters) != len(word):
        return []
    damaged = _damaged(word, letters, channel, vocabulary)
    slips = len(word) >= _SHORTEST_SLIPPED and limit >= SLIP
    first = max(damaged.reach - max(channel.widest, _LONGEST_TWICE), 0)
    found: dict[str, Reading] = {}
    prefix = letters[:first]
    if not vocabulary.begins(prefix):
        return []
    for place in range(first, len(word) + 1):
        for change in _changes(damaged, place, prefix, vocabulary, limit, slips=slips):
            whole = prefix + change.meant + letters[place + len(change.read) :]
            if change.cost <= limit:
                _keep(found, Reading(whole, change.cost, (change,)), vocabulary)
        if letters[place : place + 1] not in vocabulary.onward(prefix):
            break
        prefix += letters[place]
    return list(found.values())


def find_readings(
    word: str, channel: Channel, vocabulary: Vocabulary, *, limit: float, edits: int, free: float
) -> list[Reading]:
    """Return the listed words that may have been read as ``word``, the cheapest first, through confusions some of which are frequent.

    ``limit`` bounds the sum of the costs and ``edits`` the number of confusions; those that cost ``free`` or less are not
    counted. The walk goes through prefixes that the vocabulary has, the cheapest first, and gives up after a fixed number
    of steps: garbage costs no more than that.
    """
    letters, length = fold(word), len(word)
    if len(letters) != length:
        return []
    options = (tuple(one for one in here if edits or one.cost <= free) for here in channel.options(word))
    walk = _Walk((*options, ()), channel.lost, vocabulary, edits, free)
    found: dict[str, Reading] = {}
    order, steps = count(), 0
    queue = [(0.0, 0, _State(0, "", 0, ()))]
    while queue and steps < _MOST_STEPS:
        cost, _, state = heappop(queue)
        if cost > limit:
            break
        while True:
            steps += 1
            for confusion, after in walk.changes(state, limit - cost):
                steps += 1
                heappush(queue, (cost + confusion.cost, next(order), after))
            if state.place == length:
                if _keep(found, Reading(state.prefix, cost, state.confusions), vocabulary):
                    limit = min(limit, cost + _SPREAD)
                break
            letter = letters[state.place]
            if letter not in vocabulary.onward(state.prefix):
                break
            state = _State(state.place + 1, state.prefix + letter, state.counted, state.confusions)
    return sorted(found.values(), key=lambda reading: reading.cost)


class _State(NamedTuple):
    """How far a walk has come: the place in what was read, what is taken to be meant up to there, and the confusions met."""

    place: int
    prefix: str
    counted: int
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, slots=True)
class _Walk:
    """The ways that lead on from a state through the lexicon."""

    options: tuple[tuple[Confusion, ...], ...]
    lost: dict[str, Confusion]
    vocabulary: Vocabulary
    edits: int
    free: float

    def changes(self, state: _State, limit: float) -> Iterator[tuple[Confusion, _State]]:
        """Yield the confusions that may be met at a place, with the state after each."""
        following, lost = self.vocabulary.onward(state.prefix), self.lost
        possible = [one for one in self.options[state.place] if not one.meant or one.meant[0] in following]
        if state.counted < self.edits:
            possible += [lost[letter] for letter in following if letter in lost]
        for confusion in possible:
            counted = state.counted + (confusion.cost > self.free)
            if confusion.cost > limit or counted > self.edits:
                continue
            place, prefix = state.place + len(confusion.read), state.prefix + confusion.meant
            yield confusion, _State(place, prefix, counted, (*state.confusions, confusion))


def _keep(found: dict[str, Reading], reading: Reading, vocabulary: Vocabulary) -> bool:
    """Keep a reading if it is a word, and the cheapest reading of that word."""
    if (reading.word not in found or found[reading.word].cost > reading.cost) and vocabulary.lists(reading.word):
        found[reading.word] = reading
        return True
    return False


def _changes(
    damaged: _Damaged, place: int, prefix: str, vocabulary: Vocabulary, limit: float, *, slips: bool
) -> Iterator[Confusion]:
    """Yield what may have befallen the letters at a place, after a prefix, if the rest is as it was meant.

    Changes of one letter make a listed string; of the others only the first letter meant is known to follow the prefix.
    """
    following, between = vocabulary.onward(prefix), vocabulary.words.letters_between
    tail, reach = damaged.letters[place:], damaged.reach - place
    if reach <= 0:
        lost = damaged.lost
        for letter in between(prefix, tail, following if slips else _affordable(following, lost, limit)):
            if letter in lost:
                yield lost[letter]
            if slips and letter.isalpha():
                yield Confusion("", letter, TWICE if letter in (prefix[-1:], tail[:1]) else SLIP)
    if reach <= 1 and tail:
        taken = damaged.letters_meant[place]
        for letter in between(prefix, tail[1:], following if slips else _affordable(following, taken, limit)):
            if letter in taken:
                yield taken[letter]
            if slips and letter != tail[0]:
                yield Confusion(tail[0], letter, SLIP)
    for confusion in damaged.unequal[place]:
        if confusion.cost <= limit and reach <= len(confusion.read) and (not confusion.meant or confusion.meant[0] in following):
            yield confusion
    if slips and tail:
        yield from _slips(prefix, tail, following, reach)


def _affordable(letters: frozenset[str], confusions: dict[str, Confusion], limit: float) -> list[str]:
    return [letter for letter in letters if letter in confusions and confusions[letter].cost <= limit]


def _slips(prefix: str, tail: str, following: frozenset[str], reach: int) -> Iterator[Confusion]:
    """Yield letters that may have been added, swapped or doubled where a tail begins, if so many were read or more."""
    here, after = tail[0], tail[1:2]
    if reach <= 1 and (not after or after in following):
        yield Confusion(here, "", TWICE if here in (after, prefix[-1:]) else SLIP)
    if reach <= 2 and after in following and after != here:
        yield Confusion(here + after, after + here, SLIP)
    for width in range(max(2, reach), _LONGEST_TWICE + 1):
        if tail.startswith(tail[:width], width):
            yield Confusion(tail[:width], "", TWICE)


def far_readings(word: str, channel: Channel, common: CommonWords, *, limit: float, steps: int, changes: int) -> list[Reading]:
    """Return the common words of a cost up to ``limit`` that ``changes`` or fewer lead to; one of them may be a slip of the hand.

    ``steps`` letters or fewer are added, lost, swapped or taken for others on the way; a change may be two.
    """
    letters = fold(word)
    if len(letters) != len(word):
        return []
    found = ((meant, changes_between(word, meant, channel, most=changes)) for meant in common.like(letters, steps=steps))
    return [Reading(meant, cost, made) for meant, made in found if made and (cost := cost_of(made)) <= limit]
