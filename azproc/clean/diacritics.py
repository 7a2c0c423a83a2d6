"""Azerbaijani typed without its diacritics: Azerbaycan dili, gelecek, cox sag ol.

Each word is looked up among the words that lose their diacritics that way, unlisted forms are built from a listed stem
and a chain of suffixes, and where a word has several readings its neighbours decide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from azproc import resources
from azproc.clean.restorations import MARKED_OF, Reading, is_known, pair_cost, readings
from azproc.errors import require_text
from azproc.language.casing import fold, match_case, to_lower
from azproc.rewrite import Edit, Rewrite

__all__ = ["restore_diacritics"]

_WORD = regex.compile(  # not in addresses: a small letter after a stop without a space
    r"(?<![\p{L}\p{M}\p{N}_@#/-])(?<!\p{L}\.(?=\p{Ll}))[\p{L}\p{N}]++(?:['’-][\p{L}\p{N}]++)*+(?![\p{M}_@/]|\.\p{Ll})"
)
_LINE = regex.compile(r"[^\n]++")
_STRAY = 0.02  # ə for each e that a text without diacritics may have, in a name copied from elsewhere
_TYPED, _TYPED_OFTEN = 0.3, 3  # share of ş among s and ş, and so on, and their number, from which a bare s is meant
_SHORT, _KNOWN, _KNOWN_IF_FOREIGN = 3, 0.45, 0.9  # of the words with more letters than _SHORT, what share must be known
_FEW = 0.1  # share of foreign words that a line in Azerbaijani may quote
_PAIR_SHARE = 0.7  # how much a pair that was seen counts against the word alone


def restore_diacritics(text: str, *, force: bool = False) -> Rewrite:
    """Restore ə, ı, ö, ü, ş, ç, ğ in a text that was typed without them; a text that has them comes back as it is.

    Words that are not known with diacritics, names and foreign words among them, stay as they are typed. ``force``
    skips the look at the whole text that decides whether its diacritics are missing.

    >>> restore_diacritics("Azerbaycan Respublikasinin paytaxti").text
    'Azərbaycan Respublikasının paytaxtı'
    >>> restore_diacritics("Bu mətndə hər şey yerindədir").edits
    ()
    """
    require_text(text)
    if not force and not lacks_diacritics(text):
        return Rewrite(text)
    return Rewrite(text, tuple(_edits(text)))


def lacks_diacritics(text: str) -> bool:
    """Tell whether a text was typed without ə, which no Azerbaijani text of some length lacks: e has taken its place.

    >>> lacks_diacritics("gelecek hefte"), lacks_diacritics("gələcək həftə")
    (True, False)
    """
    schwas = text.count("ə") + text.count("Ə")
    return schwas <= _STRAY * (text.count("e") + text.count("E"))


def _typed_letters(text: str) -> frozenset[str]:
    """Return the letters that were typed with their diacritics often enough to be meant where they are without."""
    small = to_lower(text.replace("I", ""))  # which may stand for İ as well
    return frozenset(
        letter
        for letter, marked in MARKED_OF.items()
        if small.count(marked) >= max(_TYPED_OFTEN, _TYPED * (small.count(letter) + small.count(marked)))
    )


def _edits(text: str) -> Iterator[Edit]:
    typed = _typed_letters(text)
    for line in _LINE.finditer(text):
        words = list(_WORD.finditer(text, *line.span()))
        if not _is_azerbaijani(words):
            continue
        row: list[regex.Match[str]] = []
        for word in words:
            if row and text[row[-1].end() : word.start()] != " ":
                yield from _decided(row, typed)
                row = []
            row.append(word)
        yield from _decided(row, typed)


def _is_azerbaijani(words: Sequence[regex.Match[str]]) -> bool:
    """Tell whether enough of the longer words of a line may stand for known ones, nearly all beside foreign ones."""
    longer = [word[0] for word in words if len(word[0]) > _SHORT and word[0].isalpha()]
    foreign = sum(fold(word[0]) in _foreign_words() for word in words)
    least = _KNOWN_IF_FOREIGN if foreign > _FEW * len(words) else _KNOWN
    return sum(is_known(word) for word in longer) >= least * len(longer)


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(fold(word) for line in resources.read_lines("foreign_words.txt") for word in line.split())


def _decided(words: Sequence[regex.Match[str]], typed: frozenset[str]) -> Iterator[Edit]:
    choices = [_possible(word[0], typed) for word in words]
    for word, (reading, confidence) in zip(words, _likeliest(choices), strict=True):
        after = _cased(word[0], reading.form)
        if after != word[0]:
            yield Edit(word.start(), word.end(), word[0], after, "diacritic.restored", confidence)


def _possible(word: str, typed: frozenset[str]) -> Sequence[Reading]:
    """Return the readings of a word that leave alone the letters whose diacritics the text does have."""
    options = readings(word)
    if not typed:
        return options
    form = to_lower(word)
    kept = [
        option
        for option in options
        if len(option.form) != len(form) or not any(letter != meant and letter in typed for letter, meant in zip(form, option.form, strict=True))
    ]
    return kept or (Reading(fold(word), 0.0),)


def _cased(word: str, form: str) -> str:
    """Return a folded form in the case of the word, part by part; a part without news stays as it is typed."""
    parts = zip(word.split("-"), form.split("-"), strict=True)
    return "-".join(typed if fold(typed) == meant else match_case(typed, meant) for typed, meant in parts)


def _likeliest(choices: Sequence[Sequence[Reading]]) -> list[tuple[Reading, float]]:
    """Return the readings of a row of words that go best together, each with its share among the rivals."""
    best: list[list[tuple[float, int]]] = []
    for place, options in enumerate(choices):
        row = []
        for option in options:
            if not place:
                row.append((option.cost, -1))
            elif len(options) == len(choices[place - 1]) == 1:
                row.append((best[-1][0][0] + option.cost, 0))
            else:
                row.append(
                    min(
                        (cost + _cost(before, option), index)
                        for index, (before, (cost, _)) in enumerate(zip(choices[place - 1], best[-1], strict=True))
                    )
                )
        best.append(row)
    path: list[tuple[Reading, float]] = []
    index = min(range(len(best[-1])), key=lambda option: best[-1][option][0]) if best else 0
    for place in range(len(choices) - 1, -1, -1):
        options = choices[place]
        path.append((options[index], _share(options, index)))
        index = best[place][index][1]
    return path[::-1]


def _cost(before: Reading, option: Reading) -> float:
    pair = pair_cost(before.form, option.form)
    if pair is None:
        return option.cost - math.log(1 - _PAIR_SHARE)
    return -math.log(_PAIR_SHARE * math.exp(-pair) + (1 - _PAIR_SHARE) * math.exp(-option.cost))


def _share(options: Sequence[Reading], index: int) -> float:
    weights = [math.exp(options[index].cost - option.cost) for option in options]
    return round(min(0.99, max(0.5, 1 / sum(weights))), 2)
