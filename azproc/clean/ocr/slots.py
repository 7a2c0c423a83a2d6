"""Places of a text that may be damaged, each with the readings that the channel and the lexicon offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from azproc.clean.ocr.alike import common_words
from azproc.clean.ocr.candidates import Reading, far_readings, find_readings, near_readings
from azproc.clean.ocr.channel import FREE, Engine, channel
from azproc.clean.ocr.confusable import neighbours
from azproc.clean.ocr.damage import Damage
from azproc.clean.ocr.formed import harmonised_readings, lacked_readings, well_formed_readings
from azproc.clean.ocr.guards import GUARDS, is_title
from azproc.clean.ocr.kinds import Kind, is_doubled, parts
from azproc.clean.ocr.letter_model import letter_model
from azproc.clean.ocr.letterwise import letterwise_readings
from azproc.clean.ocr.page import Page, Passage
from azproc.clean.ocr.vocabulary import vocabulary
from azproc.language.casing import fold, is_lower, is_upper

__all__ = ["Slot", "slots_of"]

_LIGHT = 12.0  # the dearest reading of a word on a good page, as -ln P
_SOUND = 9.9  # of a word that is listed and no confusable one: there no slip of the hand is looked for
_HEAVY: dict[Engine, float] = {"aze": 30.0, "tur": 17.0, "eng": 17.0}
_MANY_UNKNOWN = 0.05  # share of unknown words from which words that are known, and well-formed ones, are looked at too
_WORDS_BEFORE = 60  # so many words of a passage count as much as the whole page
_LONG = 5  # letters from which a word is looked for farther away
_DOUBT = 4.0
_CLEAR = 4.0  # a reading whose weight is so much more than its cost is meant: none is looked for farther away
_ABBREVIATION = 4  # capitals at most
_READINGS = 8  # at most
_BEHIND = 7.0  # a reading that scores so much less than the best is never chosen
_MOST = 100_000
_DOUBTFUL = frozenset({Kind.CONFUSABLE, Kind.UNKNOWN})
_WORDS = _DOUBTFUL | {Kind.FORMED, Kind.SOUND, Kind.STRAY, Kind.PROPER, Kind.ACCUSATIVE}


class Reach(IntEnum):
    """How far from what was read its readings are looked for."""

    NEAR = 1  # one change
    FAR = 2  # two steps to a common word, or three to a long one
    FARTHEST = 3  # three, or four; and to words that are not listed but well formed


_SHORT = {Reach.FAR: 9, Reach.FARTHEST: 7}  # letters of a word in which no further step is made


@dataclass(frozen=True, slots=True)
class Slot:
    """Token ``place`` of a page; ``word`` is what was read, folded; ``readings`` do not include it."""

    place: int
    token: str
    word: str
    kind: Kind
    readings: tuple[Reading, ...]


def slots_of(page: Page, passage: Passage, damage: Damage, *, also: frozenset[Kind] = frozenset()) -> list[Slot]:
    """Return the places of a passage that have readings other than what was read; those of some kinds ``also`` where it is sound."""
    found = []
    reach = _reach(page, passage, damage)
    asked = _WORDS | {Kind.SCHWA} if damage.engine != "aze" else _WORDS if reach is Reach.FARTHEST else _DOUBTFUL | also
    for place in page.places_of(passage, asked):
        if page.in_address(place) or _is_split_off(page, place):
            continue
        token, kind = page.tokens[place], page.kinds[place]
        if kind is Kind.SCHWA:
            kind = Kind.UNKNOWN
        elif is_upper(token) and len(token) <= _ABBREVIATION:
            continue
        is_repeated_name = page.frequency[token] > 1 and not is_lower(token)
        readings = _readings(token, kind, damage.engine, Reach.NEAR if is_repeated_name else reach)
        readings = tuple(one for one in readings if all(allows(page, place, one) for allows in GUARDS[damage.engine]))
        if readings and not (damage.engine == "aze" and is_title(page, place, readings[0])):
            found.append(Slot(place, token, fold(token), kind, readings))
    return found


def _is_split_off(page: Page, place: int) -> bool:
    """Tell whether a lone letter before a token makes a word with it (``t elefon``): that is `fix_spacing`'s work."""
    before = page.tokens[place - 1] if place else ""
    return len(before) == 1 and before.isalpha() and vocabulary().lists(fold(before + page.tokens[place]))


def _reach(page: Page, passage: Passage, damage: Damage) -> Reach:
    """Return how far readings are looked for: further where, in view of the whole page too, much is unknown; names are no sign of damage."""
    if damage.engine != "aze" or damage.unknown <= _MANY_UNKNOWN:
        return Reach.FAR
    places = range(passage.first, passage.last)
    unknown = sum(page.kinds[place] is Kind.UNKNOWN and is_lower(page.tokens[place]) for place in places)
    expected = page.unknown * _WORDS_BEFORE
    return Reach.FARTHEST if (unknown + expected) / (damage.words + _WORDS_BEFORE) > _MANY_UNKNOWN else Reach.FAR


_remembered: dict[tuple[str, str, Reach], tuple[Reading, ...]] = {}


def _readings(token: str, kind: Kind, engine: Engine, reach: Reach) -> tuple[Reading, ...]:
    key = (token, engine, reach)
    found = _remembered.get(key)
    if found is None:
        if len(_remembered) >= _MOST:
            _remembered.clear()
        found = _remembered[key] = _find(token, kind, engine, reach)
    return found


def _find(token: str, kind: Kind, engine: Engine, reach: Reach) -> tuple[Reading, ...]:
    word, words = fold(token), vocabulary()
    found = _where_able(token, kind, reach) if engine == "aze" else _where_unable(token, kind, engine)
    unlisted = kind is Kind.UNKNOWN or (kind is Kind.SOUND and not token.isalpha() and not words.lists(word))
    found = [reading for reading in found if reading.word != word and (unlisted or words.weight(reading.word) > reading.cost)]
    ranked = sorted(found, key=_rank)[:_READINGS]
    return tuple(reading for reading in ranked if _rank(reading)[0] < _rank(ranked[0])[0] + _BEHIND)


def _where_able(token: str, kind: Kind, reach: Reach) -> list[Reading]:
    """Return readings of what an engine with Azerbaijani read: it takes letters for others here and there."""
    if kind is Kind.CONFUSABLE:
        return [Reading(other, cost) for other, cost in neighbours(fold(token))]
    found = _near(token, "aze", _LIGHT if kind is Kind.UNKNOWN else _SOUND)
    if kind is Kind.UNKNOWN and token.isalpha() and not any(map(_is_likely, found)):
        found = _cheapest([*found, *lacked_readings(token, channel("aze"), vocabulary())])
    if kind is Kind.UNKNOWN and len(token) >= _LONG and reach > Reach.NEAR:
        found = _cheapest([*found, *_far(token, "aze", reach)])
        if reach is Reach.FARTHEST and is_lower(token) and not any(map(_is_likely, found)):
            found += well_formed_readings(token, channel("aze"), vocabulary())
    return found


def _where_unable(token: str, kind: Kind, engine: Engine) -> list[Reading]:
    """Return readings of what an engine without Azerbaijani read: it takes the letters that it lacks for others everywhere."""
    found = _through_frequent(token, engine, edits=0)
    if all(vocabulary().weight(reading.word) < reading.cost + _CLEAR for reading in found):
        found = _cheapest([*_near(token, engine, _HEAVY[engine]), *_through_frequent(token, engine, edits=1), *_harmonised(token, engine)])
    if not found and kind is Kind.UNKNOWN and is_lower(token):
        return letterwise_readings(token, channel(engine), letter_model(), free=FREE[engine])
    return found


def _is_likely(reading: Reading) -> bool:
    return vocabulary().weight(reading.word) > reading.cost - _DOUBT


def _near(token: str, engine: Engine, limit: float) -> list[Reading]:
    return _search(token, engine, lambda part: near_readings(part, channel(engine), vocabulary(), limit=limit))


def _far(token: str, engine: Engine, reach: Reach) -> list[Reading]:
    steps = reach + (len(token) > _SHORT[reach])
    return _search(token, engine, lambda part: far_readings(part, channel(engine), common_words(), limit=_HEAVY[engine], steps=steps, changes=reach))


def _through_frequent(token: str, engine: Engine, *, edits: int) -> list[Reading]:
    free = FREE[engine]
    return _search(token, engine, lambda part: find_readings(part, channel(engine), vocabulary(), limit=_HEAVY[engine], edits=edits, free=free))


def _harmonised(token: str, engine: Engine) -> list[Reading]:
    return _search(token, engine, lambda part: harmonised_readings(part, channel(engine), vocabulary(), free=FREE[engine]))


def _search(token: str, engine: Engine, search: Callable[[str], list[Reading]]) -> list[Reading]:
    """Search the lexicon for a word; for a compound through its parts."""
    pieces = parts(token)
    if len(pieces) == 1:
        return search(token)
    if is_doubled(fold(token)):
        doubled = [Reading(f"{one.word}-{one.word}", one.cost, one.confusions) for one in search(pieces[0])]
        return [one for one in doubled if vocabulary().lists(one.word) or not vocabulary().knows(fold(pieces[0]))]
    return _compounds(pieces, engine, search) if engine == "aze" else [*_compounds(pieces, engine, search), *search(token)]


def _compounds(pieces: list[str], engine: Engine, search: Callable[[str], list[Reading]]) -> list[Reading]:
    """Return the readings of a word with hyphens or apostrophes: those of its unknown part, or of several such parts the likeliest.

    What an engine lacks is missing from known parts too (``or-arvad``).
    """
    unknown = [place for place, piece in enumerate(pieces) if len(piece) > 1 and not vocabulary().knows(fold(piece))]
    if engine == "aze" and (not unknown or not {"'", "’"}.isdisjoint(pieces[: unknown[0]])):
        return []
    found = [Reading("", 0.0)]
    for place, piece in enumerate(pieces):
        is_searched = place in unknown or (engine != "aze" and len(piece) > 1)
        readings = search(piece) if is_searched else []
        if place not in unknown:
            readings = [Reading(fold(piece), 0.0), *readings]
        if place not in unknown or len(unknown) > 1:
            readings = sorted(readings, key=_rank)[:1]
        found = [Reading(head.word + one.word, head.cost + one.cost, head.confusions + one.confusions) for head in found for one in readings]
    return found


def _rank(reading: Reading) -> tuple[float, str]:
    """Return by what readings are put in order, the likeliest first."""
    return reading.cost - vocabulary().weight(reading.word), reading.word


def _cheapest(readings: Iterable[Reading]) -> list[Reading]:
    """Return one reading for each word."""
    found: dict[str, Reading] = {}
    for reading in readings:
        if reading.word not in found or found[reading.word].cost > reading.cost:
            found[reading.word] = reading
    return list(found.values())
