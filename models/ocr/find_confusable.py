"""Find the words that a commoner word is easily read as, for ``confusable.marisa``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from azproc.clean.ocr.channel import TWICE, Confusion
from azproc.clean.ocr.vocabulary import Vocabulary

ODDS = 3.0  # a word is listed if a misreading is at least e^-ODDS times as likely as the word itself, context apart
MOST = 4
FLOOR = 1.5  # no count is trusted to be lower than e^FLOOR
SHORTEST, LONGEST = 2, 20


def misreadings(word: str, confusions: Sequence[Confusion], limit: float) -> dict[str, float]:
    """Return what may be read for a word through one confusion, with its cost; the cheapest confusions come first."""
    found: dict[str, float] = {}
    for confusion in confusions:
        if confusion.cost >= limit:
            break
        meant, read = confusion.meant, confusion.read
        place = word.find(meant)
        while 0 <= place <= len(word):
            damaged = word[:place] + read + word[place + len(meant) :]
            found[damaged] = min(confusion.cost, found.get(damaged, 99.0))
            place = word.find(meant, place + 1) if place < len(word) else -1
    if limit > TWICE:
        for place in range(1, len(word)):
            for width in range(1, 4):
                if place >= width:
                    found.setdefault(word[:place] + word[place - width : place] + word[place:], TWICE)
    return found


def is_form_of(word: str, stem: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a word is a stem with suffixes: ``Heydərə`` (to Heydər) is no ``Heydər`` with a letter too many."""
    return word.startswith(stem) and any(one.stem == stem and one.suffixes for one in vocabulary.words.analyses(word))


def confusable(words: Iterable[str], vocabulary: Vocabulary, confusions: Iterable[Confusion]) -> dict[str, float]:
    """Return ``word other`` and the cost of reading the other as the word."""
    lower = sorted(
        (one for one in confusions if not any(character.isupper() for character in one.read)), key=lambda one: one.cost
    )
    found: dict[str, list[tuple[float, str, float]]] = {}
    for other in words:
        weight = vocabulary.weight(other)
        if not other.isalpha() or not SHORTEST <= len(other) <= LONGEST:
            continue
        for word, cost in misreadings(other, lower, weight - FLOOR + ODDS).items():
            if len(word) < SHORTEST or word == other or not vocabulary.lists(word):
                continue
            odds = max(vocabulary.weight(word), FLOOR) - weight + cost
            if odds < ODDS and not is_form_of(word, other, vocabulary):
                found.setdefault(word, []).append((odds, other, cost))
    return {f"{word} {other}": cost for word, group in found.items() for _, other, cost in sorted(group)[:MOST]}
