"""Made-up sentences and names, from patterns.toml and the gazetteer, that teach the borders of spans by rule."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import regex
from marked import Line, entity_spans

from azproc.errors import InputError
from azproc.language.casing import to_upper
from azproc.language.suffixes import attach
from azproc.ner.names import citation_form
from azproc.resources import read_table

PATTERNS = Path(__file__).parent / "patterns.toml"
SLOT = regex.compile(r"\{(\w+)(?:\.(\w+))?\}")
CLOSING = frozenset(".,”")
CASES = ("genitive", "dative", "accusative", "locative", "ablative")
KINDS = {
    "PER": (), "LOC": ("state", "land", "land", "site"), "ORG": ("unit", "body"), "EVENT": ("event",),
    "LAW": ("law",), "WORK": (), "NORP": ("house",),
}


@dataclass(frozen=True, slots=True)
class Patterns:
    lists: dict[str, Sequence[str]]
    names: dict[str, dict]
    sentences: Sequence[str]

    @classmethod
    def read(cls) -> "Patterns":
        """The patterns, with lists of places and persons out of the gazetteer."""
        table = tomllib.loads(PATTERNS.read_text(encoding="utf-8"))
        rows = [*read_table("gazetteer/places.tsv"), *read_table("gazetteer/known.tsv")]
        one_word = [(row[0], row[1]) for row in rows if " " not in row[0] and row[0].isalpha()]
        lists = {
            **table["lists"],
            "place": [name for name, kind in one_word if kind != "country"],
            "country": [name for name, kind in one_word if kind == "country"],
            "given": [row[0] for row in read_table("gazetteer/given_names.tsv")],
            "surname": [row[0] for row in read_table("gazetteer/surnames.tsv")],
            "initial": [f"{letter}." for letter in "ABCÇDEƏFGHXİKQLMNOPRSŞTUVYZ"],
        }
        return cls(lists, table["names"], table["sentences"]["rows"])

    def sentence(self, chance: random.Random) -> Line:
        """One made-up sentence."""
        tokens: list[str] = []
        tags: list[str] = []
        for word in chance.choice(self.sentences).split(" "):
            slot = SLOT.fullmatch(word)
            if slot and slot[1] in self.names:
                name, label = self.name(slot[1], slot[2], chance)
                tokens += name
                tags += [f"B-{label}"] + [f"I-{label}"] * (len(name) - 1)
            elif slot and slot[1] in {"place", "country"}:
                tokens.append(self._inflected(f"{{{slot[1]}}}", (slot[2],) if slot[2] else (), chance))
                tags.append("B-LOC")
            else:
                tokens += self._filled(word, chance).split(" ")
                tags += ["O"] * (len(tokens) - len(tags))
        tokens[0] = to_upper(tokens[0][0]) + tokens[0][1:]
        return Line("invented", tuple(tokens), _spaces(tokens), tuple(tags))

    def renamed(self, line: Line, rate: float, chance: random.Random) -> Line:
        """A real sentence with made-up names in the place of some, in the same case."""
        tokens: list[str] = []
        spaced: list[bool] = []
        tags: list[str] = []
        at = 0
        for first, end, label in entity_spans(line.tags):
            case = case_of(" ".join(line.tokens[first:end]), label)
            if case is None or not KINDS[label] or chance.random() >= rate:
                continue
            name, _ = self.name(chance.choice(KINDS[label]), case or None, chance)
            tokens += (*line.tokens[at:first], *name)
            spaced += (*line.spaced[at:first], line.spaced[first], *_spaces(name)[1:])
            tags += (*line.tags[at:first], f"B-{label}", *[f"I-{label}"] * (len(name) - 1))
            at = end
        return Line(
            line.id, (*tokens, *line.tokens[at:]), (*spaced, *line.spaced[at:]), (*tags, *line.tags[at:]),
        )

    def name(self, kind: str, case: str | None, chance: random.Random) -> tuple[list[str], str]:
        """Tokens of a made-up name of a kind, in a case, and its label."""
        words = chance.choice(self.names[kind]["forms"]).split(" ")
        ends = max(i for i, word in enumerate(words) if word not in CLOSING)
        inflected = (self._inflected(word, (case,) if case and i == ends else (), chance) for i, word in enumerate(words))
        return " ".join(inflected).split(" "), self.names[kind]["label"]

    def _inflected(self, word: str, case: tuple[str, ...], chance: random.Random) -> str:
        stem, *suffixes = word.split("+")
        stem = self._filled(stem, chance)
        try:
            return attach(stem, *suffixes, *case)
        except InputError:
            return stem

    def _filled(self, word: str, chance: random.Random) -> str:
        special = {"year": str(chance.randint(1500, 2020)), "century": chance.choice(self.lists["roman"])}
        return SLOT.sub(lambda slot: special.get(slot[1]) or chance.choice(self.lists[slot[1]]), word)


@lru_cache(maxsize=100_000)
def case_of(text: str, label: str) -> str | None:
    """The case in which a name stands, the empty string for none; ``None`` where it cannot be told or is plural."""
    stem, word = citation_form(text, label).rpartition(" ")[2], text.rpartition(" ")[2]
    if stem == word:
        return ""
    try:
        return next((case for case in CASES if attach(stem, case) == word), None)
    except InputError:
        return None


def _spaces(tokens: Sequence[str]) -> tuple[bool, ...]:
    """Whether white space stands before each token; a closing quote is told from an opening one by its order."""
    spaced, inside = [], False
    for i, token in enumerate(tokens):
        closes = token in CLOSING or (token == '"' and inside)
        after_opening = i > 0 and (tokens[i - 1] == "“" or (tokens[i - 1] == '"' and inside))
        spaced.append(i == 0 or not (closes or after_opening))
        if token == '"':
            inside = not inside
    return tuple(spaced)
