"""Words that may have been meant by a damaged one: a walk through the lexicon along the channel's confusions."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from azproc.clean.ocr.channel import Channel, Confusion
from azproc.clean.ocr.vocabulary import Vocabulary
from azproc.language.casing import fold

__all__ = ["Reading", "find_readings", "slips", "well_formed_readings"]

_MOST_STEPS = 2_000
_SPREAD = 9.0  # readings that cost so much more than the cheapest are not looked for
_SLIP = 10.0  # the cost of any letter lost, added or taken for another where no confusion is known
_TWICE = 7.5  # the cost of letters written twice, or once instead of twice
_LONGEST_TWICE = 3
_NEAR, _DEAREST = 1, 7.0  # how far from there, and the dearest confusion that is tried


@dataclass(frozen=True, slots=True)
class Reading:
    """A word, folded, that may stand behind a damaged one, and the confusions that lead from it to what was read."""

    word: str
    cost: float
    confusions: tuple[Confusion, ...] = ()


def find_readings(
    word: str, channel: Channel, vocabulary: Vocabulary, *, limit: float, edits: int, free: float = 0.0
) -> list[Reading]:
    """Return the listed words that may have been read as ``word``, the cheapest first.

    ``limit`` bounds the sum of the costs and ``edits`` the number of confusions; those that cost ``free`` or less are not
    counted. The walk goes through prefixes that the vocabulary has, the cheapest first, and gives up after a fixed number
    of steps: garbage costs no more than that.
    """
    letters, length = fold(word), len(word)
    if len(letters) != length:
        return []
    options, lost = (*channel.options(word), ()), channel.lost
    onward, lists = vocabulary.onward, vocabulary.lists
    ending = vocabulary.ending_length(letters)
    found: dict[str, Reading] = {}
    order, steps = count(), 0
    queue: list[tuple[float, int, int, str, int, tuple[Confusion, ...]]] = [(0.0, 0, 0, "", 0, ())]
    while queue and steps < _MOST_STEPS:
        cost, _, place, prefix, counted, confusions = heappop(queue)
        if cost > limit:
            break
        while True:
            following = onward(prefix)
            steps += 1
            if counted < edits or free:
                possible = [one for one in options[place] if not one.meant or one.meant[0] in following]
                if counted < edits:
                    possible += [lost[letter] for letter in following if letter in lost]
                for confusion in possible:
                    total = cost + confusion.cost
                    now = counted + (confusion.cost > free)
                    if total > limit or now > edits:
                        continue
                    steps += 1
                    start, place_after = prefix + confusion.meant, place + len(confusion.read)
                    if now < edits or free:
                        heappush(queue, (total, next(order), place_after, start, now, (*confusions, confusion)))
                        continue
                    if length - place_after > ending:
                        continue
                    whole = start + letters[place_after:]
                    if lists(whole) and (whole not in found or found[whole].cost > total):
                        found[whole] = Reading(whole, total, (*confusions, confusion))
            if place == length:
                if lists(prefix) and (prefix not in found or found[prefix].cost > cost):
                    found[prefix] = Reading(prefix, cost, confusions)
                    limit = min(limit, cost + _SPREAD)
                break
            if letters[place] not in following:
                break
            prefix += letters[place]
            place += 1
    return sorted(found.values(), key=lambda reading: reading.cost)


def slips(word: str, vocabulary: Vocabulary) -> list[Reading]:
    """Return the listed words that are one letter away: lost, added, doubled, swapped or taken for another."""
    letters = fold(word)
    ending = vocabulary.ending_length(letters)
    found: dict[str, Reading] = {}
    prefix = ""
    for place in range(len(letters) + 1):
        here, rest = letters[place : place + 1], letters[place + 1 :]
        following = vocabulary.onward(prefix)
        tries = [("", letter, letters[place:]) for letter in following if letter.isalpha()]
        if here:
            tries += [(here, letter, rest) for letter in following if letter != here]
            tries.append((here, "", rest))
            if rest and rest[0] != here:
                tries.append((here + rest[0], rest[0] + here, rest[1:]))
            for width in range(1, _LONGEST_TWICE + 1):
                piece = letters[place : place + width]
                if letters.startswith(piece, place + width):
                    tries.append((piece, "", letters[place + width :]))
        for read, meant, tail in tries:
            whole = prefix + meant + tail
            if len(tail) <= ending and vocabulary.lists(whole):
                cost = _TWICE if _is_doubling(read, meant, prefix, letters[place:]) else _SLIP
                if whole not in found or found[whole].cost > cost:
                    found[whole] = Reading(whole, cost, (Confusion(read, meant, cost),))
        prefix += here
        if here not in following:
            break
    return list(found.values())


def well_formed_readings(word: str, channel: Channel, vocabulary: Vocabulary) -> list[Reading]:
    """Return words that are not listed but well formed, reached by one confusion near where the word leaves the lexicon.

    An agglutinative language cannot be listed: here the stem is known and the suffixes make a chain.
    """
    letters = fold(word)
    options, lost = channel.options(word), channel.lost
    place = 0
    while place < len(letters) and letters[place] in vocabulary.onward(letters[:place]):
        place += 1
    found: dict[str, Reading] = {}
    for start in range(max(place - _NEAR, 1), min(place + _NEAR + 1, len(letters))):
        for confusion in (*options[start], *lost.values()):
            whole = letters[:start] + confusion.meant + letters[start + len(confusion.read) :]
            if confusion.cost <= _DEAREST and whole not in found and vocabulary.words.knows(whole):
                found[whole] = Reading(whole, confusion.cost, (confusion,))
    return list(found.values())


def _is_doubling(read: str, meant: str, before: str, onward: str) -> bool:
    """Tell whether a slip writes letters twice (``unun`` for ``un``), or once what should be there twice."""
    if read and not meant:
        return onward.startswith(read, len(read)) or before.endswith(read)
    return bool(meant) and not read and (before.endswith(meant) or onward.startswith(meant))
