"""Words that no list has and no grammar makes: what an engine lacks is put back by how letters follow one another.

Rare stems (``öskürmeya`` for ``öskürməyə``) and words that lost the space between them (``kömekedacek``) are of this kind.
"""

from __future__ import annotations

from heapq import nlargest

from azproc.clean.ocr.candidates import Reading
from azproc.clean.ocr.channel import Channel, Confusion
from azproc.clean.ocr.letter_model import LetterModel
from azproc.language.casing import fold

__all__ = ["letterwise_readings"]

_EDGE = " "
_WAYS = 8  # that are followed at once
_AHEAD = 1.0  # how much likelier than the next the best must be, in ln P


def letterwise_readings(word: str, channel: Channel, model: LetterModel, *, free: float) -> list[Reading]:
    """Return the likeliest word that confusions of a cost up to ``free`` make of another; none if a second is nearly as likely.

    >>> from azproc.clean.ocr.channel import FREE, channel
    >>> from azproc.clean.ocr.letter_model import letter_model
    >>> [one.word for one in letterwise_readings("öskürmeya", channel("tur"), letter_model(), free=FREE["tur"])]
    ['öskürməyə']
    """
    letters = fold(word)
    if len(letters) != len(word):
        return []
    ways: list[tuple[float, str, tuple[Confusion, ...]]] = [(0.0, _EDGE, ())]
    for meant in channel.letters_meant(word, limit=free):
        ways = nlargest(_WAYS, (_longer(way, letter, change, model) for way in ways for letter, change in meant.items()))
    ways = nlargest(2, (_longer(way, _EDGE, None, model) for way in ways))
    best, text, changes = ways[0]
    if len(ways) > 1 and best - ways[1][0] < _AHEAD:
        return []
    return [Reading(text.strip(_EDGE), sum(one.cost for one in changes), changes)] if changes else []


def _longer(way: tuple[float, str, tuple[Confusion, ...]], letter: str, change: Confusion | None, model: LetterModel) -> tuple[float, str, tuple[Confusion, ...]]:
    """Return a way with one letter more: its likelihood, its letters, and the changes made."""
    likelihood, text, changes = way
    text += letter
    return likelihood + model.next_letter(text) - (change.cost if change else 0.0), text, (*changes, change) if change else changes
