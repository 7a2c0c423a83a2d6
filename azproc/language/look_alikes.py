"""Letters of other alphabets that are drawn like a Latin letter, or stand for it on a mixed keyboard.

Sources: the Unicode table of confusables (UTS 39), and the Azerbaijani Cyrillic letters ә, ө, ү, ғ, which have one
reading only. Greek small letters other than omicron are left out: they are symbols in formulas (hν, ρgh, μm).
"""

from __future__ import annotations

import regex

__all__ = ["LOOK_ALIKES", "mend_look_alikes"]

LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХЅІЈҺӘӨҮҒԚԜаеорсухѕіјһәкмтөүғԛԝ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXSIJHƏÖÜĞQWaeopcyxsijhəkmtöüğqw" "ABEZHIKMNOPTYXo",
)

_LATIN_TWINS = "".join({chr(letter) for letter in LOOK_ALIKES.values()})
_SURELY_LATIN = regex.compile(rf"[\p{{Latin}}--[{_LATIN_TWINS}]]", regex.V1)
_SURELY_FOREIGN = regex.compile(rf"[[\p{{Cyrillic}}\p{{Greek}}]--[{''.join(map(chr, LOOK_ALIKES))}]]", regex.V1)
_LATIN = regex.compile(r"\p{Latin}")
_NO_RUSSIAN_WORD = regex.compile(r"[ХІ]{2,}+|[әӘ]")  # Cyrillic letters: ХІХ əsr, and ә set apart from its word
_WINDOW = 40  # characters on each side that tell the script of a word which could be either


def mend_look_alikes(text: str, start: int, end: int) -> str | None:
    """Return ``text[start:end]``, a run of letters, in Latin letters alone; None where it is no damaged Latin word.

    A word is damaged where it has a letter that is surely Latin and foreign ones that all have a Latin twin. A word of
    twins only is read in the script of its neighbours. A word wholly of its own script stays, but for Roman numerals and a lone ә.

    >>> mend_look_alikes("сanlı", 0, 5), mend_look_alikes("Москва", 0, 6), mend_look_alikes("ХІХ əsrin sonu", 0, 3)
    ('canlı', None, 'XIX')
    """
    word = text[start:end]
    if _SURELY_FOREIGN.search(word):
        return None
    if _SURELY_LATIN.search(word):
        return word.translate(LOOK_ALIKES)
    if not (_LATIN.search(word) or _NO_RUSSIAN_WORD.fullmatch(word)):
        return None
    around = text[max(0, start - _WINDOW) : start] + text[end : end + _WINDOW]
    if len(_SURELY_LATIN.findall(around)) > len(_SURELY_FOREIGN.findall(around)):
        return word.translate(LOOK_ALIKES)
    return None
