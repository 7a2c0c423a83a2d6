"""Marked lines as tokens with IOB2 tags, and the noisy copies of them that the tagger learns from."""

import hashlib
import random
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import regex

from azproc.language.casing import is_upper
from azproc.segment.tokens import tokenize

LABELS = ("PER", "LOC", "ORG", "EVENT", "LAW", "WORK", "NORP")
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
TURKISH_LABELS = {
    "PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG",
    "NORP": "NORP", "EVENT": "EVENT", "LAW": "LAW", "WORK_OF_ART": "WORK",
}

MARK = regex.compile(r"\[(PER|LOC|ORG|EVENT|LAW|WORK|NORP) ([^\[\]]++)\]")
SENTENCE_END = regex.compile(r"(?<=\p{Ll}{2}[.!?…][\"”»)]?)\s+(?=[\p{Lu}\"“«])")
INNER_CAPITAL = regex.compile(r"(?<=[\p{L},] )[\"“«]?\p{Lu}")


def sentences(text: str) -> list[str]:
    """Rough sentences, good enough to choose unlabelled lines."""
    return [sentence for sentence in SENTENCE_END.split(" ".join(text.split())) if sentence]


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens with their tags; ``spaced[i]`` says that white space stands before token i."""

    id: str
    tokens: tuple[str, ...]
    spaced: tuple[bool, ...]
    tags: tuple[str, ...]


def token_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the tokens of a text."""
    return [(token.start, token.end) for token in tokenize(text)]


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and the marked spans as (start, end, label)."""
    text, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at:mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], spans


def line_of(identifier: str, text: str, spans: Iterable[tuple[int, int, str]], tokens: Sequence[tuple[int, int]]) -> Line:
    """Tag the tokens that overlap a span; a mark that begins inside a glued token takes the whole token."""
    tags = ["O"] * len(tokens)
    for start, end, label in spans:
        inside = [i for i, (s, e) in enumerate(tokens) if s < end and e > start and tags[i] == "O"]
        for i in inside:
            tags[i] = f"{'B' if i == inside[0] else 'I'}-{label}"
    return Line(
        identifier,
        tuple(text[s:e] for s, e in tokens),
        tuple(i == 0 or tokens[i - 1][1] < s for i, (s, _) in enumerate(tokens)),
        tuple(tags),
    )


def read_marked(path: Path) -> Iterator[tuple[str, str, list[tuple[int, int, str]]]]:
    """Yield id, plain text and spans of every line of az_train.tsv or az_dev.tsv."""
    for row in path.read_text(encoding="utf-8").splitlines():
        identifier, _, marked = row.split("\t")
        yield identifier, *unmark(marked)


def in_final_half(identifier: str) -> bool:
    """Whether a line of az_dev belongs to the half that is kept for the final figure."""
    return hashlib.sha256(identifier.encode()).digest()[0] % 2 == 1


def read_turkish(path: Path) -> Iterator[Line]:
    """Yield the sentences of a Turkish Wiki NER file under our labels."""
    for number, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n")):
        rows = [row.split("\t") for row in block.splitlines() if "\t" in row]
        tags, previous = [], "O"
        for _, tag in rows:
            place, _, kind = tag.partition("-")
            label = TURKISH_LABELS.get(kind)
            current = "O" if label is None else f"{'I' if place == 'I' and previous[2:] == label else 'B'}-{label}"
            tags.append(current)
            previous = current
        tokens = tuple(token for token, _ in rows)
        opening = '([{"“«'
        spaced = tuple(
            i == 0 or not (regex.fullmatch(r"[.,;:!?)\]}%]", token) or tokens[i - 1] in opening)
            for i, token in enumerate(tokens)
        )
        yield Line(f"{path.stem}-{number}", tokens, spaced, tuple(tags))


def without_apostrophes(line: Line) -> Line:
    """The Turkish line written the Azerbaijani way, its suffixes joined to the names."""
    return replace(line, tokens=tuple(regex.sub(r"(?<=\p{L})['’](?=\p{L})", "", token) for token in line.tokens))


OCR_CONFUSIONS = (
    ("ə", "o"), ("ə", "e"), ("ə", "a"), ("ı", "i"), ("ı", "l"), ("ş", "s"), ("ç", "c"), ("ğ", "g"), ("ö", "o"),
    ("ü", "u"), ("Ə", "O"), ("b", "h"), ("İ", "I"), ("rn", "m"), ("l", "1"), ("ii", "ü"),
)
QUOTES = (("“", "”"), ("«", "»"), ('"', '"'), ("„", "“"), ("‘", "’"))


def recased(line: Line, case: Callable[[str], str]) -> Line:
    return replace(line, tokens=tuple(map(case, line.tokens)))


def normal(token: str) -> str:
    """A token as :class:`azproc.ner.subwords.Pieces` compares it."""
    return unicodedata.normalize("NFKC", token).replace(" ", "▁")


def with_ocr_noise(line: Line, rate: float, chance: random.Random) -> Line:
    """Letters confused the way scanners confuse them."""
    def damaged(token: str) -> str:
        for wrong in OCR_CONFUSIONS:
            if wrong[0] in token and chance.random() < rate:
                token = token.replace(*wrong, 1)
        return token
    return replace(line, tokens=tuple(map(damaged, line.tokens)))


def without_diacritics(line: Line) -> Line:
    table = str.maketrans("əışçğöüƏİŞÇĞÖÜ", "eiscgouEISCGOU")
    return replace(line, tokens=tuple(token.translate(table) for token in line.tokens))


def with_quotes(line: Line, chance: random.Random) -> Line:
    """Every quotation mark in one other style."""
    opening, closing = chance.choice(QUOTES)
    signs, open_now = [], False
    for token in line.tokens:
        if token in '"“”«»„':
            open_now = not open_now if token == '"' else token in "“«„"
            signs.append(opening if open_now else closing)
        else:
            signs.append(token)
    return replace(line, tokens=tuple(signs))


def with_citations(line: Line, chance: random.Random) -> Line:
    """Citation marks glued behind some tokens outside and at the ends of entities."""
    tokens, spaced, tags = [], [], []
    for i, token in enumerate(line.tokens):
        tokens.append(token)
        spaced.append(line.spaced[i])
        tags.append(line.tags[i])
        ends = i + 1 == len(line.tokens) or not line.tags[i + 1].startswith("I-")
        if ends and chance.random() < 0.06:
            tokens.append(f"[{chance.randint(1, 99)}]")
            spaced.append(False)
            tags.append("O")
    return Line(line.id, tuple(tokens), tuple(spaced), tuple(tags))


def entity_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Token spans of IOB2 tags as (first, end, label)."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((i, i + 1, tag[2:]))
        elif tag.startswith("I-"):
            first, _, label = spans[-1]
            spans[-1] = (first, i + 1, label)
    return spans


class MentionSwap:
    """Puts another mention of the same label and the same ending in the place of a mention.

    The ending is the part of the last token that a case suffix can fill: two mentions change places only if their
    last two letters agree, so the sentence keeps its grammar.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._mentions: dict[tuple[str, str], list[tuple[tuple[str, ...], tuple[bool, ...]]]] = {}
        for line in lines:
            for first, end, label in entity_spans(line.tags):
                mention = (line.tokens[first:end], line.spaced[first:end])
                self._mentions.setdefault(self._key(mention[0], label), []).append(mention)

    @staticmethod
    def _key(tokens: Sequence[str], label: str) -> tuple[str, str]:
        capitals = "A" if len(tokens[-1]) > 1 and is_upper(tokens[-1]) else "a"
        return label, capitals + tokens[-1][-2:]

    def __call__(self, line: Line, rate: float, chance: random.Random) -> Line:
        tokens, spaced, tags, at = [], [], [], 0
        for first, end, label in entity_spans(line.tags):
            tokens += line.tokens[at:first]
            spaced += line.spaced[at:first]
            tags += line.tags[at:first]
            new, gaps = line.tokens[first:end], line.spaced[first:end]
            if chance.random() < rate:
                new, gaps = chance.choice(self._mentions[self._key(new, label)]) if self._key(new, label) in self._mentions else (new, gaps)
            tokens += new
            spaced += (line.spaced[first], *gaps[1:])
            tags += [f"B-{label}"] + [f"I-{label}"] * (len(new) - 1)
            at = end
        return Line(
            line.id, (*tokens, *line.tokens[at:]), (*spaced, *line.spaced[at:]), (*tags, *line.tags[at:]),
        )
