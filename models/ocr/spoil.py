"""Rare damage drawn at random: confusions of the channel, and slips of the hand, on otherwise clean passages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import exp

from pairs import Pair

from azproc.clean.ocr.channel import Confusion
from azproc.clean.ocr.context import TOKEN
from azproc.language.alphabet import ALPHABET
from azproc.language.casing import fold, is_capitalised, is_lower, is_upper, to_upper

LETTERS = tuple(letter.lower for letter in ALPHABET)
SWAPS = {"ı": "i", "i": "ı", "u": "ü", "ü": "u", "a": "ə", "ə": "a", "ç": "c", "ş": "s", "ö": "o", "ğ": "g"}
SLIPS = ("lose", "double", "add", "swap", "replace", "harmony")
SLIP_WEIGHTS = (0.3, 0.2, 0.1, 0.1, 0.1, 0.2)
DOUBLED = (1, 1, 2)  # letters: a whole syllable is written twice too (ililin for ilin)


EVENNESS = 2.5  # scanners that were never seen confuse other letters: probabilities are drawn nearer to each other


def misread(word: str, confusions: Sequence[Confusion], rng: random.Random) -> str:
    """Apply one confusion, drawn by its evened probability, at one of the places where it can happen."""
    fitting = [(one, place) for one in confusions for place in range(len(word)) if word.startswith(one.meant, place)]
    if not fitting:
        return word
    one, place = rng.choices(fitting, [exp(-one.cost / EVENNESS) for one, _ in fitting])[0]
    return word[:place] + one.read + word[place + len(one.meant) :]


def mistype(word: str, rng: random.Random) -> str:
    """Make one slip of the hand."""
    place = rng.randrange(len(word))
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    match rng.choices(SLIPS, SLIP_WEIGHTS)[0]:
        case "lose":
            return head + tail
        case "double":
            twice = word[place : place + rng.choice(DOUBLED)]
            return head + twice + word[place:]
        case "add":
            return head + rng.choice(LETTERS) + letter + tail
        case "swap":
            return head + tail[:1] + letter + tail[1:]
        case "replace":
            return head + rng.choice(LETTERS) + tail
    places = [place for place, letter in enumerate(word) if letter in SWAPS]
    if not places:
        return word
    place = rng.choice(places)
    return word[:place] + SWAPS[word[place]] + word[place + 1 :]


def spoil(clean: str, confusions: Sequence[Confusion], *, rate: float, slips: float, again: float, rng: random.Random) -> Pair:
    """Damage each word with a probability; its case stays: a capital at the beginning, or capitals throughout."""
    usable = [one for one in confusions if one.meant and not any(map(str.isupper, one.read))]
    parts, last = [], 0
    for match in TOKEN.finditer(clean):
        word = match[0]
        if len(word) > 1 and word.isalpha() and (is_lower(word[1:]) or is_upper(word)) and rng.random() < rate:
            first, rest = (word[0], word[1:]) if is_capitalised(word) and not is_upper(word) else ("", fold(word))
            damaged = mistype(rest, rng) if rng.random() < slips else misread(rest, usable, rng)
            if damaged and rng.random() < again:
                damaged = misread(damaged, usable, rng)
            parts += (clean[last : match.start()], first, to_upper(damaged) if is_upper(word) else damaged)
            last = match.end()
    return Pair(clean, "".join(parts) + clean[last:], "spoiled")
