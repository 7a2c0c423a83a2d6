"""Suffix chains: attach them to a stem, and split them off a word.

The chains are a finite-state description in ``suffixes.toml``; it is compiled on first use, arc by arc, for the shapes
of stem that occur. A chain of which one vowel breaks harmony is no chain.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from azproc.errors import InputError, require_text
from azproc.language.casing import fold, is_capitalised, is_upper, to_lower, to_upper
from azproc.language.harmony import (
    CONSONANT,
    HARD,
    LATERAL,
    SOFT,
    VOWEL,
    Shape,
    fits,
    last_vowel,
    realise,
    surface_harmonises,
)
from azproc.language.reading import reading, readings, spoken_shapes
from azproc.language.stems import Root, citation, stem_shapes, stems_behind
from azproc.resources import read_toml

__all__ = ["LONGEST_ENDING", "ROOTS", "Analysis", "Candidate", "attach", "begins_chain", "candidates", "chains", "ending_initials", "harmonises", "split", "split_glued", "split_joined", "suffix_for", "suffix_names", "write"]

ROOTS: tuple[Root, ...] = ("noun", "verb")
LONGEST_ENDING = 40
_SHORTEST_GUESS = 3
_JOINERS = "-'’‐‑"


@dataclass(frozen=True, slots=True)
class Analysis:
    """A word as stem and chain: names in ``suffixes``, what is written in ``surface``; ``part`` is what the stem is.

    ``stem`` is the form before any change (``uşaq`` for ``uşağı``); the stem of a verb has no ``-maq``.
    """

    stem: str
    suffixes: tuple[str, ...]
    surface: tuple[str, ...]
    part: str


class _Slot(NamedTuple):
    name: str
    ends: bool
    suffixes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # name, ((condition, form), ...)


class _Arc(NamedTuple):
    surface: str
    suffix: str
    slot: str
    shape: Shape


class Chain(NamedTuple):
    """A chain of suffixes: their names, and what is written of each."""

    suffixes: tuple[str, ...]
    surface: tuple[str, ...]


Candidate = tuple[int, str, Root, Shape]  # where the ending begins, the stem, what it is, what the ending sees of it


@cache
def _slots() -> dict[str, tuple[bool, tuple[_Slot, ...]]]:
    """Place in the chain → may a word end there, and which slots may follow."""
    grammar = read_toml("suffixes.toml")
    groups: dict[str, list[str]] = grammar["groups"]

    def members(names: list[str]) -> Iterator[str]:
        for name in names:
            if name in groups:
                yield from members(groups[name])
            else:
                yield name

    slots = {}
    for name, table in grammar["slots"].items():
        suffixes = tuple(
            (suffix, tuple((form.rpartition(":")[0], form.rpartition(":")[2]) for form in ([forms] if isinstance(forms, str) else forms)))
            for suffix, forms in table.get("suffixes", {}).items()
        )
        slots[name] = _Slot(table.get("like", name), table.get("ends", True), suffixes)
    places: dict[str, list[_Slot]] = {name: [] for name in slots}
    for name, table in grammar["slots"].items():
        for before in dict.fromkeys(members(table.get("after", []))):
            if before not in places:
                raise KeyError(f"suffixes.toml: slot {name} comes after {before}, which is no slot")
            places[before].append(slots[name])
    return {name: (slots[name].ends, tuple(following)) for name, following in places.items()}


@cache
def _arcs(slot: str, shape: Shape) -> tuple[_Arc, ...]:
    """The suffixes that may follow, as they are written after this shape, in the order of the grammar."""
    arcs: list[_Arc] = []
    for following in _slots()[slot][1]:
        for suffix, forms in following.suffixes:
            form = next((form for condition, form in forms if fits(condition, shape)), None)
            if form is not None:
                arcs += [_Arc(surface, suffix, following.name, left) for surface, left in realise(form, shape)]
    return tuple(arcs)


@cache
def _arcs_by_letter(slot: str, shape: Shape) -> dict[str, tuple[_Arc, ...]]:
    arcs = _arcs(slot, shape)
    return {letter: tuple(arc for arc in arcs if arc.surface[0] == letter) for letter in {arc.surface[0] for arc in arcs}}


@lru_cache(maxsize=1 << 16)
def chains(slot: str, shape: Shape, ending: str) -> tuple[Chain, ...]:
    """Return the chains that are written as ``ending`` after a place and a shape, the shortest first.

    >>> chains("noun", Shape("i", "consonant"), "lərdə")
    (Chain(suffixes=('plural', 'locative'), surface=('lər', 'də')),)
    """
    if not ending:
        return (Chain((), ()),) if _slots()[slot][0] and shape.end != SOFT else ()
    found: list[Chain] = []
    for arc in _arcs_by_letter(slot, shape).get(ending[0], ()):
        if ending.startswith(arc.surface):
            rest = chains(arc.slot, arc.shape, ending[len(arc.surface) :])
            found += [Chain((arc.suffix, *names), (arc.surface, *surface)) for names, surface in rest]
    return tuple(sorted(found, key=lambda chain: len(chain.suffixes)))


def begins_chain(slot: str, shape: Shape, letters: str) -> bool:
    """Tell whether what is written after a place and a shape may begin with some letters.

    >>> begins_chain("noun", Shape("i", "consonant"), "lərd"), begins_chain("noun", Shape("i", "consonant"), "lərx")
    (True, False)
    """
    return not letters or any(
        arc.surface.startswith(letters)
        or (letters.startswith(arc.surface) and begins_chain(arc.slot, arc.shape, letters[len(arc.surface) :]))
        for arc in _arcs_by_letter(slot, shape).get(letters[0], ())
    )


@cache
def ending_initials() -> frozenset[str]:
    """Return the letters that an ending of a noun or a verb may begin with, and the empty string for no ending.

    >>> "l" in ending_initials(), "b" in ending_initials()
    (True, False)
    """
    shapes = [Shape(vowel, end) for vowel in "ıiuü" for end in (VOWEL, LATERAL, CONSONANT, HARD, SOFT)]
    return frozenset({"", *(letter for root in ROOTS for shape in shapes for letter in _arcs_by_letter(root, shape))})


@cache
def suffix_names() -> frozenset[str]:
    """Return the names that ``attach`` understands.

    >>> "plural" in suffix_names()
    True
    """
    grammar = read_toml("suffixes.toml")
    return frozenset(name for slot in grammar["slots"].values() for name in slot.get("suffixes", ())) | frozenset(grammar["names"])


def attach(stem: str, *suffixes: str) -> str:
    """Return a stem with a chain of named suffixes; the case of the stem's letters is kept.

    Verbs are given by their stem (``gəl``), numbers, abbreviations and Roman numerals as they are written. Raises
    ``InputError`` for an unknown name and for a chain that the language does not have.

    >>> attach("uşaq", "plural", "possessive.1pl", "ablative"), attach("çörək", "possessive.3sg", "dative")
    ('uşaqlarımızdan', 'çörəyinə')
    >>> attach("gəl", "negation", "evidential", "copula"), attach("NATO", "genitive"), attach("1918", "ordinal")
    ('gəlməmişdir', 'NATO-nun', '1918-ci')
    """
    require_text(stem, "stem")
    names = tuple(_full_name(name) for name in suffixes)
    if not names:
        return stem
    spoken = spoken_shapes(stem)
    if spoken:
        written = next(filter(None, (write("digits", shape, names) for shape in spoken)), None)
        if written:
            return f"{stem}-{written}"
    else:
        folded = fold(stem)
        for root in ROOTS:
            shapes = stem_shapes(folded, root)
            for form, shape in shapes if is_capitalised(stem) else reversed(shapes):
                written = write(root, shape, names)
                if written is not None:
                    return _in_case(stem, form, written)
    raise InputError(f"{'+'.join(names)} is no chain of suffixes that {stem!r} can take: check the order of the names, see suffixes.toml")


def suffix_for(token: str, *suffixes: str) -> str:
    """Return what is written after the hyphen of a number, an abbreviation or a Roman numeral.

    >>> suffix_for("9", "ordinal"), suffix_for("40", "dative"), suffix_for("XI", "ordinal"), suffix_for("ABŞ", "genitive")
    ('cu', 'a', 'ci', 'ın')
    """
    if reading(token) is None:
        raise InputError(f"{token!r} is no number, abbreviation or Roman numeral: use attach for words")
    return attach(token, *suffixes)[len(token) + 1 :]


def split(word: str, known: Callable[[str], bool] | None = None) -> tuple[Analysis, ...]:
    """Return the ways to read a word as stem and chain, best first; without ``known`` every stem is believed.

    ``known`` is asked for the dictionary form of a stem in lower case: a noun as it is, a verb with ``-maq`` or ``-mək``.
    A known word itself comes first, then the longest known stem, then the shortest chain. Where every stem is believed,
    the shortest stem of three letters or more comes first, which is no more than a guess.

    >>> split("uşaqlarımızdan", {"uşaq"}.__contains__)[0]
    Analysis(stem='uşaq', suffixes=('plural', 'possessive.1pl', 'ablative'), surface=('lar', 'ımız', 'dan'), part='noun')
    >>> split("gəlmədilər", {"gəlmək"}.__contains__)[0].suffixes
    ('negation', 'past', '3pl')
    >>> split("1918-ci")[0]
    Analysis(stem='1918', suffixes=('ordinal',), surface=('ci',), part='digits')
    >>> split("hissələrinın", {"hissə"}.__contains__)
    ()
    """
    require_text(word, "word")
    folded = fold(word)
    joined = split_joined(word)
    if joined:
        return joined
    if known:
        return tuple(split_glued(folded, _known_candidates(folded, known)))
    analyses = (analysis for analysis in split_glued(folded, candidates(folded)) if last_vowel(analysis.stem))
    return tuple(sorted(analyses, key=lambda analysis: (len(analysis.stem) < _SHORTEST_GUESS, len(analysis.stem))))


def harmonises(stem: str, ending: str) -> bool:
    """Tell whether the vowels of an ending follow those of a stem, which may be a number or an abbreviation.

    >>> harmonises("40", "a"), harmonises("40", "ə"), harmonises("kitab", "larımız")
    (True, False, True)
    """
    return any(surface_harmonises(spoken, ending) for spoken in readings(stem) or (stem,))


def _full_name(name: str) -> str:
    if name not in suffix_names():
        near = difflib.get_close_matches(name, sorted(suffix_names()), 3)
        raise InputError(f"{name!r} is no suffix name: did you mean {', '.join(near) or 'one of suffix_names()'}?")
    full: str = read_toml("suffixes.toml")["names"].get(name, name)
    return full


def write(slot: str, shape: Shape, names: tuple[str, ...]) -> str | None:
    """Return a chain of full names as it is written after a place and a shape, or None if there is no such chain.

    >>> write("noun", Shape("ü", "consonant"), ("plural", "dative"))
    'lərə'
    """
    if not names:
        return "" if _slots()[slot][0] and shape.end != SOFT else None
    for arc in _arcs(slot, shape):
        if arc.suffix == names[0]:
            rest = write(arc.slot, arc.shape, names[1:])
            if rest is not None:
                return arc.surface + rest
    return None


def _in_case(stem: str, form: str, written: str) -> str:
    kept = 0
    while kept < min(len(stem), len(form)) and to_lower(stem[kept]) == form[kept]:
        kept += 1
    word = stem[:kept] + form[kept:] + written
    return to_upper(word) if len(stem) > 1 and is_upper(stem) else word


def split_joined(word: str) -> tuple[Analysis, ...]:
    """Return the readings of a word such as 1918-ci, NATO-nun or Bakı'dan, whose suffixes stand behind a mark.

    >>> split_joined("XI-ci")[0].suffixes
    ('ordinal',)
    """
    if word.isalpha():
        return ()
    place = max(word.rfind(mark) for mark in _JOINERS)
    stem, ending = word[:place], to_lower(word[place + 1 :])
    if place < 1 or not 0 < len(ending) <= LONGEST_ENDING:
        return ()
    return tuple(Analysis(stem, *chain, "digits") for shape in spoken_shapes(stem) for chain in chains("digits", shape, ending))


def split_glued(word: str, candidates: Iterable[Candidate]) -> Iterator[Analysis]:
    """Yield the readings of a folded word with the stems that it may begin with, in their order.

    >>> [reading.stem for reading in split_glued("evdə", candidates("evdə"))][-1]
    'ev'
    """
    for place, stem, root, shape in candidates:
        for chain in chains(root, shape, word[place:]):
            yield Analysis(stem, *chain, root)


def _known_candidates(word: str, known: Callable[[str], bool]) -> Iterator[Candidate]:
    for place, stem, root, shape in candidates(word):
        if chains(root, shape, word[place:]) and known(citation(stem, root)):
            yield place, stem, root, shape


def candidates(word: str) -> Iterator[Candidate]:
    """Yield all stems that a folded word may begin with, the longest first, whether or not they exist."""
    for place in range(len(word), max(1, len(word) - LONGEST_ENDING), -1):
        for root in ROOTS:
            for stem, shape in stems_behind(word[:place], root):
                yield place, stem, root, shape
