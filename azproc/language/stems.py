"""How stems change before a suffix: uşaq → uşağ-, çörək → çörəy-, ağız → ağz-, işlət- → işləd-.

The regular changes are rules, the others are listed in ``suffixes.toml``. Source: Azərbaycan dilinin orfoqrafiya
qaydaları (2019), on stems in q, k and on vowels that drop.
"""

from __future__ import annotations

from functools import cache, lru_cache

from azproc.language.alphabet import BACK_VOWELS, VOWELS
from azproc.language.casing import fold
from azproc.language.harmony import HARD, SOFT, Shape, last_vowel, shape_of
from azproc.resources import read_toml

__all__ = ["Root", "citation", "may_be_changed", "softens", "stem_shapes", "stems_behind", "unchanged"]

Root = str  # "noun", "verb" or "digits"

_SOFT_TO_HARD = {"noun": {"ğ": "q", "y": "k"}, "verb": {"d": "t"}, "digits": {}}
_HARD_TO_SOFT = {root: {hard: soft for soft, hard in pairs.items()} for root, pairs in _SOFT_TO_HARD.items()}
_SOFT = frozenset(soft for pairs in _SOFT_TO_HARD.values() for soft in pairs)


@cache
def _alternants() -> dict[Root, dict[str, str]]:
    """Stem → its form before a vowel, for the stems that no rule covers."""
    table = read_toml("suffixes.toml")["stems"]
    dropped = {stem: stem[:-2] + stem[-1] for stem in table["drop"]}
    return {"noun": table["alternants"]["noun"] | dropped, "verb": table["alternants"]["verb"], "digits": {}}


@cache
def _behind() -> dict[Root, dict[str, str]]:
    return {root: {form: stem for stem, form in pairs.items()} for root, pairs in _alternants().items()}


@cache
def _irregular() -> frozenset[str]:
    return frozenset(form for pairs in _behind().values() for form in pairs)


@cache
def _firm() -> frozenset[str]:
    return frozenset(fold(stem) for stem in read_toml("suffixes.toml")["stems"]["firm"])


@cache
def _names() -> frozenset[str]:
    return frozenset(fold(stem) for stem in read_toml("suffixes.toml")["stems"]["names"])


@cache
def _firm_endings() -> tuple[str, ...]:
    return tuple(read_toml("suffixes.toml")["stems"]["firm_endings"])


def may_be_changed(form: str) -> bool:
    """Tell whether a written form may stand for another stem; a quick test that is right when it says no.

    >>> may_be_changed("uşağ"), may_be_changed("ağz"), may_be_changed("uşaq")
    (True, True, False)
    """
    return form[-1:] in _SOFT or form in _irregular()


def citation(stem: str, root: Root) -> str:
    """Return the form that a dictionary lists: a verb has its infinitive.

    >>> citation("gəl", "verb"), citation("göz", "noun")
    ('gəlmək', 'göz')
    """
    if root != "verb":
        return stem
    return stem + ("maq" if last_vowel(stem) in BACK_VOWELS else "mək")


def softens(stem: str, root: Root) -> bool:
    """Tell whether the final q, k (nouns) or t (verbs) of a stem of several syllables is voiced before a vowel.

    >>> softens("uşaq", "noun"), softens("tük", "noun"), softens("müttəfiq", "noun"), softens("işlət", "verb")
    (True, False, False, True)
    """
    final = stem[-1:]
    if final not in _HARD_TO_SOFT[root] or sum(letter in VOWELS for letter in stem) < 2:
        return False
    if final == "t":
        return True
    if stem[-2] not in VOWELS:
        return False
    return (stem[-2] in BACK_VOWELS) == (final == "q") and stem not in _firm() and not stem.endswith(_firm_endings())


@cache
def _soft_form(stem: str, root: Root) -> str:
    return stem[:-1] + _HARD_TO_SOFT[root][stem[-1]] if softens(stem, root) else ""


def stem_shapes(stem: str, root: Root) -> tuple[tuple[str, Shape], ...]:
    """Return the written forms of a stem with the shape of each: one, or one before consonants and one before vowels.

    A noun that is a name too may do without the second (Könülə).

    >>> [form for form, _ in stem_shapes("çörək", "noun")], [form for form, _ in stem_shapes("oğul", "noun")]
    (['çörək', 'çörəy'], ['oğul', 'oğl'])
    """
    changed = _alternants()[root].get(stem) or (_soft_form(stem, root) if softens(stem, root) else "")
    if not changed:
        return ((stem, shape_of(stem)),)
    return (stem, shape_of(stem, None if stem in _names() else HARD)), (changed, shape_of(changed, SOFT)._replace(vowel=shape_of(stem).vowel))


def unchanged(form: str, root: Root) -> str:
    """Return the stem that a written form may have been before it changed; an empty string where no change ends so.

    >>> unchanged("uşağ", "noun"), unchanged("ağz", "noun"), unchanged("uşaq", "noun")
    ('uşaq', 'ağız', '')
    """
    hard = _SOFT_TO_HARD[root].get(form[-1:])
    return _behind()[root].get(form) or (form[:-1] + hard if hard else "")


@lru_cache(maxsize=1 << 16)
def stems_behind(form: str, root: Root) -> tuple[tuple[str, Shape], ...]:
    """Return the stems that a written form may stand for, with the shape that the form has as a form of each.

    >>> [stem for stem, _ in stems_behind("uşağ", "noun")]
    ['uşağ', 'uşaq']
    """
    found = [(form, shape) for written, shape in stem_shapes(form, root) if written == form]
    behind = unchanged(form, root)
    if behind:
        found += [(behind, shape) for written, shape in stem_shapes(behind, root)[1:] if written == form]
    return tuple(found)

