"""Hyphens that the end of a line left in a word, against those of real compounds.

Azerbaijani breaks a word between syllables: a part has two letters and a vowel at least, and no consonant is left behind
before a vowel (Azərbaycan dilinin orfoqrafiya normaları, sətirdən-sətrə keçirmə). A hyphen that stands elsewhere
was not put by a line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from azproc import resources
from azproc.language.alphabet import VOWELS
from azproc.language.casing import fold, is_capitalised, is_lower, is_upper
from azproc.rewrite import Edit

__all__ = ["join_hyphenated", "join_suffixes"]

_HYPHEN = re.compile("[-\N{SOFT HYPHEN}\N{HYPHEN}¬](?<=[^\\W\\d_].)(?:[ \t]*+\r?+\n[ \t]*+| ?)(?=[^\\W\\d_])")
_PARTED_SUFFIX = re.compile(r"[0-9%]-[ \t]*+\r?+\n[ \t]*+([^\W\d_]++)(?![-'’\w])")
_NUMBER_BEFORE = re.compile(r"(?:^|[\s(\"“«])([0-9]++(?:[.,][0-9]++)*+%?)$")
_LONGEST = 40  # letters of a part
_SHORTEST = 5  # letters of a word that keeps such a hyphen; fewer are rather a name: Li-fi
_NO_BORDER = frozenset("-'’_@/\\#&=0123456789.")  # beside a part: a number, an address, a longer compound
_ECHO = 3  # first letters that an echo shares with its word (qarma-qarışıq); two where it has no more than three (qap-qara)
_REPEATED = 4  # first letters that a word in two forms shares with itself, where it fell apart (ödənilib- ödənilməməsini)
_ATTESTED = 50  # count from which a listed form is trusted
_OUTWEIGHS, _DWARFS = 2.0, 10.0  # how much commoner than both its parts, or than one, a word must be to be one word


def join_hyphenated(text: str) -> Iterator[Edit]:
    r"""Yield an edit for each word that a line end broke, or that keeps the hyphen of a line end that is gone.

    A compound broken at its own hyphen keeps it and loses the line end, or the space that came of one.

    >>> [edit.after for edit in join_hyphenated("Naxçı-\nvan türk-islam olun-masını qaynayıb-qarışma, sosial-\niqtisadi, ayrı- ayrı")]
    ['Naxçıvan', 'olunmasını', 'sosial-iqtisadi', 'ayrı-ayrı']
    """
    for hyphen in _HYPHEN.finditer(text):
        start, end = _start_of_letters(text, hyphen.start()), _end_of_letters(text, hyphen.end())
        too_long = max(hyphen.start() - start, end - hyphen.end()) > _LONGEST
        if too_long or not _is_free(text, start, end):
            continue
        first, second = text[start : hyphen.start()], text[hyphen.end() : end]
        if "\n" in hyphen[0]:
            joined, confidence = _across_lines(first, second)
            rule = "hyphen.line-end"
        elif " " in hyphen[0] and _is_spaced_compound(first, second):
            joined, confidence, rule = f"{first}-{second}", 0.95, "hyphen.spaced"
        else:
            joined, confidence = (first + second, 0.97) if _is_left_over(first, second, spaced=" " in hyphen[0]) else (None, 0.0)
            rule = "hyphen.left-over"
        if joined:
            yield Edit(start, end, text[start:end], joined, rule, confidence)


def join_suffixes(text: str) -> Iterator[Edit]:
    r"""Yield an edit for each number whose suffix a line end parted from it.

    >>> [edit.after for edit in join_suffixes("1918-\nci ilin 20%-\nni, 5-\nmərtəbəli")]
    ['1918-ci', '20%-ni']
    """
    for found in _PARTED_SUFFIX.finditer(text):
        sign = found.start() + 1
        number = _NUMBER_BEFORE.search(text[max(0, sign - _LONGEST) : sign])
        if number and found[1] in _suffixes():
            start = sign - len(number[1])
            yield Edit(start, found.end(), text[start : found.end()], f"{number[1]}-{found[1]}", "hyphen.line-end", 0.95)


def _start_of_letters(text: str, position: int) -> int:
    start = position
    while start and position - start <= _LONGEST and text[start - 1].isalpha():
        start -= 1
    return start


def _end_of_letters(text: str, position: int) -> int:
    end = position
    while end < len(text) and end - position <= _LONGEST and text[end].isalpha():
        end += 1
    return end


def _is_free(text: str, start: int, end: int) -> bool:
    """Tell whether nothing is glued to the word that would make it an address, a number or a longer compound."""
    before, after = text[max(0, start - 3) : start], text[end : end + 2]
    initial = before[-1:] == "." and is_upper(before[-2:-1]) and not before[:-2].isalnum()
    return (initial or before[-1:] not in _NO_BORDER) and (after[:1] not in _NO_BORDER or (after[:1] == "." and not after[1:].isalnum()))


def _is_left_over(first: str, second: str, *, spaced: bool = False) -> bool:
    """Tell whether a hyphen inside a line is no part of the word; a suffix after a name may be the author's."""
    if len(first + second) < _SHORTEST or not _may_break(first, second) or _is_compound(first, second):
        return False
    if is_capitalised(first) and is_lower(second) and fold(second) in _suffixes():
        return False
    return _is_one_word(first, second) and not (spaced and _count(second))


def _is_one_word(first: str, second: str) -> bool:
    """Tell whether the parts are rather one word than two, by how common each is."""
    joined, left, right = _count(first + second), _count(first), _count(second)
    if left and right:
        return joined > _OUTWEIGHS * max(left, right) or joined > _DWARFS * min(left, right)
    if joined or left or right:
        return joined > 0
    return fold(second) not in _suffixes() and resources.lexicon().knows(first + second)


def _count(form: str) -> int:
    """Return how often a form stands as a word of its own; a small one is not a name."""
    if fold(form) in _suffixes():
        return 0
    lexicon = resources.lexicon()
    count = lexicon.count(form) * (1 - lexicon.capital_share(form) * is_lower(form))
    return round(count) if count >= _ATTESTED else 0


def _across_lines(first: str, second: str) -> tuple[str | None, float]:
    """Return what two parts at a line end are, and how sure that is; None where the hyphen may be a dash."""
    if not first or not (is_lower(second) or is_upper(first + second)):
        return None, 0.0
    compound, breakable = _is_compound(first, second), _may_break(first, second)
    if breakable and not compound and resources.lexicon().knows(first + second):
        return first + second, 0.99 if _count(first + second) else 0.95
    if compound:
        return f"{first}-{second}", 0.9
    return (first + second, 0.8) if breakable and not _count(first) else (None, 0.0)


def _may_break(first: str, second: str) -> bool:
    """Tell whether a line may end between these parts, by syllables and by case."""
    left, right = fold(first), fold(second)
    return (
        min(len(left), len(right)) > 1
        and bool(VOWELS & set(left) and VOWELS & set(right))
        and (left[-1] in VOWELS or right[0] not in VOWELS)
        and (is_upper(first + second) or (is_lower(second) and is_lower(first[1:])))
    )


def _is_compound(first: str, second: str) -> bool:
    """Tell whether the hyphen is the author's: a listed compound, a prefix of no listed word, an echo (qarma-qarışıq), a suffix."""
    left, right = fold(first), fold(second)
    return (left in _prefixes() and not _count(left + right)) or _is_echo(left, right) or _is_known_compound(first, second)


def _is_spaced_compound(first: str, second: str) -> bool:
    """Tell whether a compound fell apart after its hyphen: a word written twice (``bərk- bərk``, ``sinifdən- sinfə``), a listed compound, a suffix (``ATƏT- in``)."""
    left, right = fold(first), fold(second)
    if min(len(left), len(right)) < 2:
        return False
    repeated = is_lower(second) and left[:_REPEATED] == right[:_REPEATED] and len(left) > _REPEATED and not right.startswith(left)
    return left == right or repeated or _is_known_compound(first, second)


def _is_known_compound(first: str, second: str) -> bool:
    """Tell whether a compound is listed, or what stands before its hyphen takes what follows as a suffix."""
    lexicon = resources.lexicon()
    return f"{fold(first)}-{fold(second)}" in lexicon or bool(lexicon.analyses(f"{first}-{second}"))


def _is_echo(left: str, right: str) -> bool:
    shared = _ECHO if len(left) > _ECHO else 2
    return left[:shared] == right[:shared]


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(form for line in resources.read_lines("hyphen_prefixes.txt") for form in line.split())


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(form for line in resources.read_lines("cut_suffixes.txt") for form in line.split())
