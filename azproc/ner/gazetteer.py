"""Listed names in a text: places, given names and surnames, with their suffixes checked.

A listing is a hint, never a verdict: many given names are common words (``Bahar gəldi``, spring came, names nobody), and a
name that is not listed is a name all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex

from azproc.errors import require_text
from azproc.language.casing import fold, to_upper
from azproc.language.suffixes import split
from azproc.resources import lexicon, read_table
from azproc.spans import Span

if TYPE_CHECKING:
    import ahocorasick

__all__ = ["Listing", "find_listed", "is_listed"]

_TABLES = (
    ("gazetteer/known.tsv", "LOC"),
    ("gazetteer/places.tsv", "LOC"),
    ("gazetteer/given_names.tsv", "PER"),
    ("gazetteer/surnames.tsv", "PER"),
)
_TAIL = regex.compile(r"[\p{L}\p{M}]*+(?:[-'’][\p{Ll}]++)?+")
NAME_SHARE = 0.5
"""A word that is capitalised inside sentences in such a share of its occurrences is a name rather than a common word."""


@dataclass(frozen=True, slots=True)
class Listing(Span):
    """A listed name in a text: ``name`` as listed, its ``labels`` and ``kinds``; ``common`` if the word is also an everyday one."""

    name: str
    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    common: bool


@cache
def _names() -> dict[str, tuple[tuple[str, str], ...]]:
    """Listed name → its (label, kind) pairs."""
    names: dict[str, dict[tuple[str, str], None]] = {}
    for table, label in _TABLES:
        for row in read_table(table):
            names.setdefault(row[0], {})[label, row[1] if len(row) > 1 else "surname"] = None
    return {name: tuple(pairs) for name, pairs in names.items()}


@cache
def _folded() -> frozenset[tuple[str, str]]:
    return frozenset((fold(name), label) for name, pairs in _names().items() for label, _ in pairs)


@cache
def _automaton() -> ahocorasick.Automaton:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in _names():
        automaton.add_word(name, name)
        automaton.add_word(to_upper(name), name)
    automaton.make_automaton()
    return automaton


def is_listed(name: str, label: str | None = None) -> bool:
    """Tell whether a citation form is listed, under a label if one is given.

    >>> is_listed("Sumqayıt"), is_listed("Sumqayıt", "PER"), is_listed("Sumqayıta")
    (True, False, False)
    """
    if label is not None:
        return (fold(name), label) in _folded()
    return any((fold(name), known) in _folded() for known in ("LOC", "PER"))


def find_listed(text: str) -> tuple[Listing, ...]:
    """Find the listed names of a text, the longest at each place, with the suffixes that they carry.

    >>> [(found.text, found.name, found.kinds) for found in find_listed("Gəncədən Bakıya köçdü.")]
    [('Gəncədən', 'Gəncə', ('city',)), ('Bakıya', 'Bakı', ('capital', 'city'))]
    """
    require_text(text)
    found: list[Listing] = []
    for last, name in sorted(_automaton().iter(text), key=lambda match: (match[0] - len(match[1]), -match[0])):
        start, stop = last + 1 - len(name), last + 1
        if start and (text[start - 1].isalnum() or (found and start < found[-1].end)):
            continue
        end = _TAIL.match(text, stop).end()
        if end < len(text) and text[end].isalnum():
            continue
        if end > stop and not _carries_suffixes(name.rpartition(" ")[2], text[last + 1 - len(name.rpartition(" ")[2]) : end]):
            continue
        labels, kinds = zip(*_names()[name], strict=True)
        found.append(
            Listing(start, end, text[start:end], name, tuple(dict.fromkeys(labels)), tuple(dict.fromkeys(kinds)), _is_common(name))
        )
    return tuple(found)


def _carries_suffixes(name: str, word: str) -> bool:
    return any(analysis.part != "verb" for analysis in split(word, {fold(name)}.__contains__))


@cache
def _is_common(name: str) -> bool:
    return lexicon().count(fold(name)) > 0 and lexicon().capital_share(fold(name)) < NAME_SHARE
