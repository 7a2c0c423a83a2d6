"""Words that no list has, but that grammar makes, and that may have been meant by a damaged one.

An agglutinative language cannot be listed: here the stem is known and the suffixes make a chain.
"""

from __future__ import annotations

from azproc.clean.ocr.alignment import cost_of
from azproc.clean.ocr.candidates import Reading
from azproc.clean.ocr.channel import LACKED, Channel, Confusion
from azproc.clean.ocr.vocabulary import Vocabulary
from azproc.language.alphabet import BACK_VOWELS, VOWELS
from azproc.language.casing import fold
from azproc.language.harmony import last_vowel
from azproc.language.stems import may_be_changed
from azproc.language.suffixes import begins_chain, chains

__all__ = ["harmonised_readings", "lacked_readings", "well_formed_readings"]

_NEAR, _DEAREST = 1, 7.0  # how far from where a word leaves the lexicon, and the dearest confusion that is tried
_MOST_PATHS, _SHORTEST_STEM = 200, 3
_OF_A_SCIENCE = "oloji"  # adjectives in it are made from foreign stems that no list has
_BACK, _FRONT = "aıu", "əiü"  # the vowels of suffixes, by the last vowel before them


def well_formed_readings(word: str, channel: Channel, vocabulary: Vocabulary) -> list[Reading]:
    """Return words that are not listed but well formed, reached by one confusion near where the word leaves the lexicon."""
    letters = fold(word)
    options, lost = channel.options(word), channel.lost
    place = 0
    while place < len(letters) and letters[place] in vocabulary.onward(letters[:place]):
        place += 1
    found: dict[str, Reading] = {}
    for start in range(max(place - _NEAR, 1), min(place + _NEAR + 1, len(letters))):
        stems = [
            (end, root, shape)
            for end, _, root, shape in vocabulary.words.stems(letters[:start])
            if begins_chain(root, shape, letters[end:start])
        ]
        for confusion in (*options[start], *lost.values()):
            if confusion.cost > _DEAREST:
                continue
            beginning = letters[:start] + confusion.meant
            whole = beginning + letters[start + len(confusion.read) :]
            if whole in found:
                continue
            on_stem = any(chains(root, shape, whole[end:]) for end, root, shape in stems)
            if on_stem or (_may_be_stem(beginning, whole, vocabulary) and vocabulary.words.knows(whole)):
                found[whole] = Reading(whole, confusion.cost, (confusion,))
    return list(found.values())


def lacked_readings(word: str, channel: Channel, vocabulary: Vocabulary) -> list[Reading]:
    """Return words that are well formed once a letter that the engine lacks is put back for the one it was read as.

    Adjectives of sciences (``palinoloji``) are taken for well formed whatever their stem.

    >>> from azproc.clean.ocr.channel import channel
    >>> from azproc.clean.ocr.vocabulary import vocabulary
    >>> [reading.word for reading in lacked_readings("mesallarımızı", channel("aze"), vocabulary())]
    ['mesajlarımızı']
    """
    letters = fold(word)
    found = []
    for place, read in enumerate(letters):
        for confusion in channel.letters.get(read, {}).values():
            if confusion.meant in LACKED:
                whole = letters[:place] + confusion.meant + letters[place + 1 :]
                if vocabulary.knows(whole) or whole.endswith(_OF_A_SCIENCE):
                    found.append(Reading(whole, confusion.cost, (confusion,)))
    return found


def harmonised_readings(word: str, channel: Channel, vocabulary: Vocabulary, *, free: float) -> list[Reading]:
    """Return words that are not listed but well formed, reached by confusions of a cost up to ``free`` alone.

    The lexicon tells what the letters of the stem were; where a word leaves it, vowel harmony tells what those of the ending were.
    """
    letters, length = fold(word), len(word)
    if len(letters) != length:
        return []
    likely = channel.letters_meant(word, limit=free)
    found: dict[str, Reading] = {}
    states: list[tuple[str, tuple[Confusion, ...]]] = [("", ())]
    for _ in range(_MOST_PATHS):
        if not states:
            break
        prefix, confusions = states.pop()
        place = len(prefix)
        if place >= _SHORTEST_STEM:
            whole, ending = _harmonised(prefix, likely[place:])
            if whole != letters and whole not in found and vocabulary.words.knows(whole):
                changes = (*confusions, *ending)
                found[whole] = Reading(whole, cost_of(changes), changes)
        if place < length:
            following = vocabulary.onward(prefix)
            states += [(prefix + meant, (*confusions, one) if one else confusions) for meant, one in likely[place].items() if meant in following]
    return list(found.values())


def _harmonised(stem: str, likely: list[dict[str, Confusion | None]]) -> tuple[str, list[Confusion]]:
    """Return a stem with the likeliest ending that follows its vowels, and the confusions in the ending."""
    vowels = _BACK if last_vowel(stem) in BACK_VOWELS else _FRONT
    whole, confusions = stem, []
    for meant in likely:
        read = next(iter(meant))
        letter = next((one for one in (vowels if read in VOWELS else "q") if one in meant), read)
        whole += letter
        if change := meant[letter]:
            confusions.append(change)
    return whole, confusions


def _may_be_stem(beginning: str, whole: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a stem of a word may begin so; right when it says no. A word with a hyphen or an apostrophe has parts."""
    return not whole.isalpha() or vocabulary.begins(beginning) or may_be_changed(beginning)
