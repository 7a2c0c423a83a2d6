"""Words that no list has and no grammar makes: what an engine lacks is put back by how letters follow one another.

Rare stems (``öskürmeya`` for ``öskürməyə``) and words that lost the space between them (``kömekedacek``) are of this kind.
"""

from __future__ import annotations

from heapq import nlargest
from typing import NamedTuple

from azproc.clean.ocr.alignment import cost_of
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
    ways = [_Way(0.0, _EDGE)]
    for meant in channel.letters_meant(word, limit=free):
        ways = nlargest(_WAYS, (way.longer(letter, change, model) for way in ways for letter, change in meant.items()))
    best, *others = nlargest(2, (way.longer(_EDGE, None, model) for way in ways))
    if not best.changes or any(best.likelihood - other.likelihood < _AHEAD for other in others):
        return []
    return [Reading(best.text.strip(_EDGE), cost_of(best.changes), best.changes)]


class _Way(NamedTuple):
    """How far a word has been read: ln P of its letters and of the changes made, the letters meant, and the changes."""

    likelihood: float
    text: str
    changes: tuple[Confusion, ...] = ()

    def longer(self, letter: str, change: Confusion | None, model: LetterModel) -> _Way:
        text = self.text + letter
        likelihood = self.likelihood + model.next_letter(text)
        return _Way(likelihood - change.cost, text, (*self.changes, change)) if change else _Way(likelihood, text, self.changes)
