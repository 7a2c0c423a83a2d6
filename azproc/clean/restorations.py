"""The readings of a word typed without diacritics: from the lexicon, and from the suffix grammar for the rest."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

import regex

from azproc import resources
from azproc.language.alphabet import BACK_VOWELS, VOWELS
from azproc.language.casing import fold, is_lower, is_upper, match_case

if TYPE_CHECKING:
    import marisa_trie

__all__ = ["FORMAT", "MARKED_OF", "Reading", "bare", "is_known", "marked", "marks", "pair_cost", "pair_key", "readings"]

FORMAT = "<IB"  # bits of the letters with diacritics, eight steps for each doubling of the count
MARKED_OF = {"e": "ə", "i": "ı", "o": "ö", "u": "ü", "s": "ş", "c": "ç", "g": "ğ"}
_BARE_OF = str.maketrans({marked: letter for letter, marked in MARKED_OF.items()})
_HARD = {"g": "q", "y": "k", "d": "t"}  # what a stem ends in before a vowel softens it, as typed
_TOTAL = 20.7  # natural logarithm of the sum of the lexicon's counts
_DERIVED, _SUFFIX, _BARE_VERB = 4.0, 1.5, 12.0  # cost of an unlisted form: for itself, for a suffix, for a verb's stem
_MOST_VARIANTS = 64
_LONGEST = 40
_COMMON = 14.0  # cost of a word that is common enough to be guessed from an odd spelling or inside another
_CHAT = regex.compile("[sScCgG]h|[wW]")
_CHAT_LETTERS = {"s": "ş", "w": "ş", "c": "ç", "g": "ğ"}
_ROMAN = regex.compile("[IVXLC]++")
_SHORTEST_PART = 3


class Reading(NamedTuple):
    """A folded form that a word may stand for, and its cost, the negative logarithm of its probability."""

    form: str
    cost: float


def bare(word: str) -> str:
    """Return the folded word without diacritics, the key under which its readings are found.

    >>> bare("Şəkı"), bare("IŞIQ")
    ('seki', 'isiq')
    """
    return fold(word).translate(_BARE_OF)


def marks(word: str) -> int:
    """Return which letters of a folded word have a diacritic, as bits over those that could have one.

    >>> marks("sec"), marks("seç"), marks("şəç")
    (0, 4, 7)
    """
    bits = place = 0
    for letter in word:
        if letter in MARKED_OF:
            place += 1
        elif ord(letter) in _BARE_OF:
            bits |= 1 << place
            place += 1
    return bits


def marked(key: str, bits: int) -> str:
    """Return a bare form with its diacritics: the inverse of `bare` and `marks`.

    >>> marked("sec", 4)
    'seç'
    """
    letters, place = [], 0
    for typed in key:
        letter = typed
        if typed in MARKED_OF:
            letter = MARKED_OF[typed] if bits >> place & 1 else typed
            place += 1
        letters.append(letter)
    return "".join(letters)


def pair_key(left: str, right: str) -> str:
    """Return the key of two neighbouring words; no bare form has a space."""
    return f"{left} {right}"


@lru_cache(maxsize=1 << 17)
def pair_cost(left: str, right: str) -> float | None:
    """Return the negative logarithm of the probability of the right word after the left; None if never seen."""
    records = _trie().get(pair_key(left, right))
    return records[0][1] / 8 * math.log(2) if records else None


@lru_cache(maxsize=1 << 17)
def readings(word: str) -> tuple[Reading, ...]:
    """Return what a word may stand for, the likeliest first; only itself, at no cost, where nothing is known.

    >>> readings("Azerbaycanin")[0].form, readings("Windows")[0].form
    ('azərbaycanın', 'windows')
    >>> readings("2024-cu")[0].form, readings("NATO-nun")[0].form, readings("elmi-texniki")[0].form
    ('2024-cü', 'nato-nun', 'elmi-texniki')
    """
    form = fold(word)
    itself = (Reading(form, 0.0),)
    if not 1 < len(word) <= _LONGEST or _ROMAN.fullmatch(word):
        return itself
    if is_lower(word[1:]) or is_upper(word):
        found = _whole(word, form) or _spelt_with_h(word)
        if found:
            return tuple(sorted(found, key=lambda reading: reading.cost))
    head, hyphen, tail = word.rpartition("-")
    if not hyphen or not head or not tail:
        return itself
    stem = readings(head)[0].form
    return (Reading(f"{stem}-{_suffix_of(stem, head, tail) or readings(tail)[0].form}", 0.0),)


def is_known(word: str) -> bool:
    """Tell whether a word may stand for a listed or a well-formed one.

    >>> is_known("gelecek"), is_known("gidiyorum")
    (True, False)
    """
    return len(word) <= _LONGEST and bool(_known(bare(word)) or _spelt_with_h(word))


def _whole(word: str, form: str) -> list[Reading]:
    key = bare(form)
    found = _known(key) or (_compounds(key) if is_lower(word) else [])
    return [reading for reading in found if _agrees(word, form, reading.form)]


def _spelt_with_h(word: str) -> list[Reading]:
    """Return the common words that a chat spelling stands for: sh and w for ş, ch for ç, gh for ğ."""
    if len(word) < 3 or not is_lower(word[1:]) or not _CHAT.search(word):
        return []
    meant = _CHAT.sub(lambda match: match_case(match[0], _CHAT_LETTERS[fold(match[0][0])]), word)
    return [reading for reading in _whole(meant, fold(meant)) if reading.cost < _COMMON]


def _suffix_of(stem: str, head: str, tail: str) -> str | None:
    """Return a suffix written after a hyphen in the form that the number, name or abbreviation before it asks for."""
    lexicon = resources.lexicon()
    cased = match_case(head, stem)
    variants = product(*(letter + MARKED_OF.get(letter, "") for letter in bare(tail)))
    forms = ["".join(letters) for letters in islice(variants, _MOST_VARIANTS)]
    fitting = [form for form in forms if lexicon.analyses(f"{cased}-{form}")]
    return max(fitting, key=lambda form: lexicon.count(f"{stem}-{form}"), default=None)


def _agrees(word: str, form: str, reading: str) -> bool:
    """Tell whether a reading keeps every diacritic that was typed; a capital I may stand for İ."""
    return all(
        letter == meant or letter.translate(_BARE_OF) == letter or typed == "I"
        for typed, letter, meant in zip(word, form, reading, strict=True)
    )


def _listed(key: str) -> list[Reading]:
    return [Reading(marked(key, bits), _TOTAL - steps / 8 * math.log(2)) for bits, steps in _trie().get(key, ()) if steps]


@lru_cache(maxsize=1 << 17)
def _known(key: str) -> list[Reading]:
    return _listed(key) or _derived(key)


def _derived(key: str) -> list[Reading]:
    """Return the unlisted forms that a known stem and a well-formed chain give, by the longest stem."""
    lexicon = resources.lexicon()
    best: dict[str, float] = {}
    for end in range(len(key) - 1, 1, -1):
        for stem in _stems(key[:end]):
            for form in _endings(stem, key[end:]):
                for analysis in lexicon.analyses(form):
                    count = lexicon.count(analysis.stem)
                    cost = (_TOTAL - math.log(count) if count else _BARE_VERB) + _DERIVED + _SUFFIX * len(analysis.suffixes)
                    best[form] = min(cost, best.get(form, math.inf))
        if best:
            break
    return [Reading(form, cost) for form, cost in best.items()]


def _stems(key: str) -> set[str]:
    """Return the readings of the beginning of a word, whole or with its last consonant softened."""
    found = {marked(key, bits) for bits, _ in _trie().get(key, ())}
    if key[-1] in _HARD:
        soft = "ğ" if key[-1] == "g" else key[-1]
        hard = key[:-1] + _HARD[key[-1]]
        found |= {marked(hard, bits)[:-1] + soft for bits, _ in _trie().get(hard, ())}
    return found


def _compounds(key: str) -> list[Reading]:
    """Return the readings of a word written together out of two known ones: ümumitəhsil, beşcildlik."""
    found = [
        Reading(left.form + right.form, left.cost + right.cost + _DERIVED)
        for end in range(_SHORTEST_PART, len(key) - _SHORTEST_PART + 1)
        for left in _listed(key[:end])
        for right in _listed(key[end:])
        if max(left.cost, right.cost) < _COMMON
    ]
    return sorted(found, key=lambda reading: reading.cost)[:1]


def _endings(stem: str, ending: str) -> list[str]:
    """Return a stem with an ending whose vowels harmonise and whose consonants may have a diacritic or not."""
    vowel = next((letter for letter in reversed(stem) if letter in VOWELS), "")
    back = vowel in BACK_VOWELS
    options: list[str] = []
    for letter in ending:
        if letter in "ae":
            back = letter == "a"
            options.append("a" if back else "ə")
        elif letter in "iu":
            options.append({"i": "iı", "u": "üu"}[letter][back])
        elif letter in "scg":
            options.append(letter + MARKED_OF[letter])
        else:
            options.append(letter)
    if math.prod(map(len, options)) > _MOST_VARIANTS:
        return []
    return [stem + "".join(letters) for letters in product(*options)]


@cache
def _trie() -> marisa_trie.RecordTrie:
    return resources.record_trie(FORMAT, resources.data_file("diacritics.marisa"))
