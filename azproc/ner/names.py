"""The citation form of a name: without case endings and copula, with the suffixes that make the name.

``Bakıdakı`` is cited as ``Bakı``, ``Azərbaycan Xalq Cümhuriyyətinin`` as ``Azərbaycan Xalq Cümhuriyyəti``. The suffix grammar
gives the possible forms; the gazetteer, how often the other forms of each are seen, and the document's other mentions
choose among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from azproc.errors import InputError
from azproc.language.alphabet import BACK_VOWELS
from azproc.language.casing import fold, is_capitalised, is_upper, to_lower, to_upper
from azproc.language.harmony import surface_harmonises
from azproc.language.suffixes import Analysis, attach, split
from azproc.lexicon import Role
from azproc.ner.gazetteer import is_listed
from azproc.resources import lexicon, read_lines, read_table
from azproc.spans import Entity

__all__ = ["BEFORE", "EntityGroup", "citation_form", "group_entities"]

BEFORE = 40
"""Characters before a span that tell whether its possessor stands there."""

_MAKES_A_NAME = frozenset({"plural", "possessive.3sg", "possessive.3pl"})
_POSSESSIVE_VOWELS = tuple("ıiuü")
_POSSESSIVE = frozenset({"possessive.3sg", "possessive.3pl"})
_PARADIGM = ("dative", "locative", "ablative")  # no genitive: Puşkinin would speak for Puşki too
# Log weights of what is taken off, where nothing is known of the word: a locative is sure, an accusative is not.
_DROPPED = {
    "genitive": 1.0, "dative": -1.0, "accusative": -0.5, "locative": 2.0, "ablative": 2.0, "instrumental": 0.5,
    "relative": 2.0, "terminative": 2.0, "limitative": 2.0, "copula": 1.5, "copula.3pl": 1.5, "possessive.3sg": -1.0,
    "possessive.1pl": 0.0, "genitive.relative": 0.5,
}  # fmt: skip
_SHORTEST = 3
_CLOSING = ("”", "»", "“", '"')
_TITLED = frozenset({"LAW", "WORK"})
_POSTPOSITIONS = frozenset({"haqqında", "barədə", "dair", "üzrə"})  # where a title ends that has no head
_MEN = ("ov", "yev", "ski")
_WOMEN = ("ova", "yeva", "skaya")
_BY_SEX = _MEN + _WOMEN
_WITH = frozenset({"lı", "li", "lu", "lü"})
_LONG = 4

# Log weights of the evidence for a form, beside the log count of its other forms and the weight of its ending.
_LISTED = 8.0  # in the gazetteer, under the label
_NOUN = 4.0  # the word as written is a noun of the lexicon
_OF_A_NAME = 2.0  # Cahangirli
_SAME_MENTION = 5.0  # the document has the form itself
_KINDRED_MENTION, _KINDRED_MENTIONS = 2.0, 3  # another inflection of it, and how many of them count
_PLURAL_PEOPLE = 2.0
_OWNED_PERSON = -3.0  # a possessive was taken off a person's name
_SURNAME_OF_SEX = 16.0  # as the given name has it
_IZAFET, _BROKEN_IZAFET = 4.0, -12.0  # the head has its possessive, or has lost it
_OWNER_OUTSIDE = 6.0  # and the possessive was taken off
_LONE_POSSESSIVE = -3.0  # kept, though nothing owns the name
_JOINED = regex.compile(r"(?:[”»“\"][-'’]?|[-'’])(?=\p{Ll}{1,8}+$)")
_ENDING = regex.compile(r"[ıiuü]?n?[ıiuü]n|[yn]?[aə]|n?[ıiuü]|n?d[aə]n?|(?:y)?l[aə]|n?d[aə]k[ıi]|d[ıiuü]r|s[ıiuü]n?")


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """The mentions of one name in a document, in order."""

    name: str
    label: str
    mentions: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """A possible citation form of a word: what it is, what stays of the chain and what was taken off."""

    word: str
    kept: tuple[str, ...]
    dropped: tuple[str, ...]


def citation_form(text: str, label: str, *, mentions: Sequence[str] = (), before: str = "") -> str:
    """Return the name as a dictionary would list it; ``text`` itself where no ending is sure.

    ``mentions`` are the other mentions of the document, as written; ``before`` is the text in front of the span, which
    tells whether the possessor stands outside it.

    >>> [citation_form(*pair) for pair in (("Bakıdan", "LOC"), ("Cavad xanın", "PER"), ("AZAL-ın", "ORG"))]
    ['Bakı', 'Cavad xan', 'AZAL']
    >>> citation_form("Azərbaycan Xalq Cümhuriyyətinin", "LOC")
    'Azərbaycan Xalq Cümhuriyyəti'
    >>> citation_form("Ali Şurası", "ORG", before="müttəfiqlərin ")
    'Ali Şura'
    """
    glued = _without_glued_ending(text)
    if glued:
        return glued
    opening, head = _parted(text)
    forms = _forms(head)
    if len(forms) == 1 or to_lower(text) in _adjectives() or (label in _TITLED and head in _POSTPOSITIONS):
        return text
    makes_izafet = label != "PER" and " " in opening and not _only_adjectives(opening)
    owned_outside = not makes_izafet and _is_genitive(before)
    best = max(
        forms,
        key=lambda form: (
            _evidence(form, head, label)
            + _agreement(form, opening, label)
            + _grammar(form, makes_izafet=makes_izafet, owned_outside=owned_outside)
            + _support(opening + form.word, text, mentions)
        ),
    )
    return opening + best.word


def group_entities(entities: Iterable[Entity]) -> tuple[EntityGroup, ...]:
    """Join the mentions of one name and label, in the order of their first mention; takes a document's entities.

    >>> mentions = (Entity(0, 4, "Bakı", "LOC", "Bakı"), Entity(9, 16, "Bakıdan", "LOC", "Bakı"))
    >>> [(group.name, len(group.mentions)) for group in group_entities(mentions)]
    [('Bakı', 2)]
    """
    entities = getattr(entities, "entities", entities)
    groups: dict[tuple[str, str], list[Entity]] = {}
    for entity in entities:
        groups.setdefault((fold(entity.name), entity.label), []).append(entity)
    return tuple(EntityGroup(mentions[0].name, label, tuple(mentions)) for (_, label), mentions in groups.items())


def _without_glued_ending(text: str) -> str:
    """The name where a quote, a hyphen or an apostrophe sets its ending off, whatever its vowels; empty otherwise."""
    joint = _JOINED.search(text, max(len(text) - 12, 1))
    if not joint or not _ENDING.fullmatch(text, joint.end()):
        return ""
    name = text[: joint.end()].rstrip("-'’")
    head = name.rpartition(" ")[2]
    return name if name.endswith(_CLOSING) or is_capitalised(head) or "." in head else ""


def _parted(text: str) -> tuple[str, str]:
    """The last word of a name, which takes its endings, and all before it, initials too: V.İ. and Kərimbəylinin."""
    opening, space, head = text.rpartition(" ")
    initials, period, surname = head.rpartition(".")
    return (opening + space + initials + period, surname) if period and is_capitalised(surname) else (opening + space, head)


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[_Form, ...]:
    """The ways in which a word can be an inflection of a form; the word itself comes first."""
    place = word.rfind("-") + 1
    prefix, name = (word[:place], word[place:]) if is_capitalised(word[place:]) else ("", word)
    readings = (analysis for analysis in split(name) if analysis.part != "verb")
    cut = (_Form(prefix + form.word, form.kept, form.dropped) for analysis in readings for form in _cuts(name, analysis))
    return tuple(dict.fromkeys((_Form(word, (), ()), *cut)))


def _cuts(word: str, analysis: Analysis) -> Iterator[_Form]:
    names = analysis.suffixes
    for kept in range(len(names)):
        if any(name not in _MAKES_A_NAME for name in names[:kept]) or any(name not in _DROPPED for name in names[kept:]):
            continue
        ending = sum(len(surface) for surface in analysis.surface[kept:])
        form = word[: len(word) - ending].rstrip("-'’")
        if not kept and fold(form) != analysis.stem:
            form = _like(word, analysis.stem)
        if len(form) >= _SHORTEST or is_listed(form) or is_upper(form):
            yield _Form(form, names[:kept], names[kept:])


def _like(word: str, stem: str) -> str:
    """Give a stem the case of the word that it was split from."""
    if len(word) > 1 and is_upper(word):
        return to_upper(stem)
    return to_upper(stem[:1]) + stem[1:] if is_capitalised(word) else stem


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(to_lower(word) for word in read_lines("name_adjectives.txt")) | {"və"}


@cache
def _women() -> frozenset[str]:
    return frozenset(name for name, sex in read_table("gazetteer/given_names.tsv") if sex == "female")


@cache
def _endings() -> tuple[tuple[str, float], ...]:
    rows = sorted(read_table("name_endings.tsv"), key=lambda row: -len(row[0]))
    return tuple((ending, float(weight)) for ending, weight in rows)


def _only_adjectives(opening: str) -> bool:
    return all(to_lower(word) in _adjectives() or word.endswith("-ci") for word in opening.split())


def _is_genitive(before: str) -> bool:
    words = before.split()
    return bool(words) and before[-1:].isspace() and any(
        analysis.suffixes[-1:] == ("genitive",) for analysis in split(words[-1], lexicon().__contains__)
    )


@lru_cache(maxsize=1 << 14)
def _attested(form: str, seen: str) -> float:
    """How often the other forms of a word are seen, as a log count."""
    words, folded = lexicon(), fold(form)
    inflected = {folded}
    for case in _PARADIGM:
        try:
            inflected.add(attach(folded, case))
        except InputError:
            continue
    if folded[-1:] in _POSSESSIVE_VOWELS:  # the head of an izafet: Rusiyası, Rusiyasında
        vowel = "a" if folded[-1] in BACK_VOWELS else "ə"
        inflected |= {f"{folded}n{vowel}", f"{folded}nd{vowel}", f"{folded}nd{vowel}n"}
    return math.log1p(sum(words.count(other) for other in inflected if other != seen))


def _evidence(form: _Form, head: str, label: str) -> float:
    listed = _LISTED if is_listed(form.word, label) else 0.0
    typical = next((weight for ending, weight in _endings() if fold(form.word).endswith(ending)), 0.0)
    taken = sum(_DROPPED[name] for name in form.dropped)
    derived = _OF_A_NAME if _is_of_a_name(fold(form.word)) else 0.0
    noun = _NOUN if not form.dropped and lexicon().roles(fold(head)) & Role.NOUN else 0.0  # Quru dərə: no dative of dər-
    return listed + _attested(form.word, fold(head)) + typical + derived + taken + noun


def _is_of_a_name(form: str) -> bool:
    """Whether a form is a known word of some length and -lı: Cahangirli, Ağalarlı."""
    base, ending = form[:-2], form[-2:]
    known = len(base) >= _LONG and (is_listed(base) or base in lexicon())
    return known and ending in _WITH and surface_harmonises(base, ending)


def _agreement(form: _Form, opening: str, label: str) -> float:
    """What the label and the given name say: peoples are plural, persons have no owner, women's surnames end in -a."""
    if label == "NORP":
        return _PLURAL_PEOPLE * ("plural" in form.kept)
    if label != "PER":
        return 0.0
    owner = _OWNED_PERSON * any(name in _POSSESSIVE for name in form.dropped)
    given = opening.rstrip().rpartition(" ")[2]
    if not form.word.endswith(_BY_SEX) or not given:
        return owner
    woman = given[-1:] == "." or given in _women() or (given[-1:] in "aə" and not is_listed(given, "PER"))  # G. Əkbərova
    return owner + (_SURNAME_OF_SEX if woman == form.word.endswith(_WOMEN) else 0.0)


def _grammar(form: _Form, *, makes_izafet: bool, owned_outside: bool) -> float:
    """What the phrase says of the head's possessive: an izafet needs one, a lone name or an adjective's noun has none."""
    has = any(name in _POSSESSIVE for name in form.kept) or (not form.dropped and form.word[-1:] in _POSSESSIVE_VOWELS)
    loses = any(name in _POSSESSIVE for name in form.dropped) or (
        form.dropped == ("accusative",) and _POSSESSIVE.isdisjoint(form.kept)
    )
    if makes_izafet:
        return _IZAFET * has + _BROKEN_IZAFET * loses
    if owned_outside and fold(form.word) in lexicon():
        return _OWNER_OUTSIDE * loses
    return _LONE_POSSESSIVE * any(name in _POSSESSIVE for name in form.kept)


def _support(name: str, text: str, mentions: Sequence[str]) -> float:
    """What the document's other mentions say for a form of the whole name."""
    kindred = 0
    for mention in set(mentions):
        if mention == text:
            continue
        if mention == name:
            return _SAME_MENTION
        opening, head = _parted(mention)
        kindred += mention.startswith(name[:-1]) and any(opening + form.word == name for form in _forms(head))
    return _KINDRED_MENTION * min(kindred, _KINDRED_MENTIONS)
