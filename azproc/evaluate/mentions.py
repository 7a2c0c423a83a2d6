"""Texts with marked mentions: read, written and brought to the same text.

What a file holds is told by its suffix:

- ``.jsonl``: one record a line, with ``text`` and ``entities`` (each with ``start``, ``end``, ``label``), maybe ``id`` and
  ``genre``; also documents as `Document.to_json` writes them. A directory gives all its ``.jsonl`` files.
- ``.json``: spaCy's training pairs, ``[[text, {"entities": [[start, end, label], ...]}], ...]``.
- ``.conll``, ``.iob2``, ``.iob``, ``.bio``: a token and, last in its line, its IOB2 tag; sentences apart by an empty line. What
  we write carries ``# newdoc id = ...`` and ``# text = ...``, as CoNLL-U does, so that spaces survive.
- ``.txt``, ``.tsv``: inline marks, ``[LOC Bakıdan] gəldi``, one text a line; in columns, its id, its genre and the text.

Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import regex

from azproc.batch.formats import AtomicFile
from azproc.errors import InputError
from azproc.evaluate.layers import Record, read_gold
from azproc.ner.fast import spans_of_tags
from azproc.segment.sentences import split_sentences
from azproc.segment.tokens import tokenize
from azproc.spans import Span

__all__ = ["Marked", "Mention", "aligned", "from_marks", "read_mentions", "tags_of_mentions", "write_mentions"]

Mention = tuple[int, int, str]
"""Start and end in code points, and label."""

_MARK = regex.compile(r"\[([A-Z][A-Z_]*+) ([^\[\]]++)\]")
_TAG = regex.compile(r"O|[BIESLU]-\S+")
_IOB2 = str.maketrans("ELSU", "IIBB")  # the last and the only token of a span, where BIOES or BILOU tell them apart
_BLANK_LINES = regex.compile(r"\n[ \t]*+(?:\n[ \t]*+)++")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the mentions in it, in order."""

    text: str
    mentions: tuple[Mention, ...] = ()
    id: str = ""
    genre: str = ""


def from_marks(line: str) -> Marked:
    """Return the text of a line with inline marks, and the mentions that were marked; other brackets stay.

    >>> from_marks("[PER F.Xoyski] [LOC Bakıdan] çıxdı [7].")
    Marked(text='F.Xoyski Bakıdan çıxdı [7].', mentions=((0, 8, 'PER'), (9, 16, 'LOC')), id='', genre='')
    """
    text, mentions, position = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[position : mark.start()]
        mentions.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        position = mark.end()
    return Marked(text + line[position:], tuple(mentions))


def tags_of_mentions(text: str, tokens: Sequence[Span], mentions: Iterable[Mention]) -> list[str]:
    """Return one IOB2 tag for each token; a mention that begins or ends inside a token takes the whole of it.

    Raises `InputError` where a mention lies outside its text, overlaps another, or holds no token.

    >>> tags_of_mentions("Milli Şura dağıldı", tokenize("Milli Şura dağıldı"), [(0, 10, "ORG")])
    ['B-ORG', 'I-ORG', 'O']
    """
    ordered = sorted((start, end, label) for start, end, label in mentions)
    for mention in ordered:
        _check(text, mention)
    for one, two in pairwise(ordered):
        if two[0] < one[1]:
            raise InputError(f"mentions {one} and {two} overlap: keep the longer")
    tags = ["O"] * len(tokens)
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    for start, end, label in ordered:
        inside = range(bisect_right(ends, start), bisect_left(starts, end))
        if not inside:
            raise InputError(f"mention {(start, end, label)} holds no token: it is white space")
        for place in inside:
            tags[place] = f"{'B' if place == inside[0] else 'I'}-{label}"
    return tags


def read_mentions(path: Path) -> tuple[Marked, ...]:
    """Return the marked texts of a file; raises `InputError` where it cannot be read or holds something else.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_mentions([from_marks("[LOC Bakı] gözəldir.")], Path(folder) / "gold.conll")
    ...     read_mentions(Path(folder) / "gold.conll")[0].mentions
    ((0, 4, 'LOC'),)
    """
    if path.is_dir() or path.suffix == ".jsonl":
        return tuple(
            Marked(doc.text, _mentions(doc.text, doc.layers.get("entities", ()), path), doc.id, doc.genre) for doc in read_gold(path)
        )
    reader = _chosen(_READERS, path)
    try:
        return tuple(reader(path.read_text(encoding="utf-8"), str(path)))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 ({error.reason}): save it as UTF-8") from error


def write_mentions(texts: Iterable[Marked], path: Path) -> None:
    """Write marked texts in the format that the suffix names; the file is whole or not there.

    IOB2 has whole tokens only, spaCy's pairs have neither ids nor genres. Raises `InputError` for a suffix that is not known.
    """
    lines = _chosen(_WRITERS, path)(texts)
    with AtomicFile(path) as file:
        for line in lines:
            file.write(line.encode() + b"\n")


def aligned(found: Iterable[Marked], gold: Sequence[Marked]) -> tuple[Marked, ...]:
    """Return the gold's texts with what was found in them, however the found texts were divided and spaced.

    Raises `InputError` where the two differ in more than white space.

    >>> aligned([from_marks("[LOC Bakı] ,"), from_marks("Şəki .")], [Marked("Bakı, Şəki.", id="a")])
    (Marked(text='Bakı, Şəki.', mentions=((0, 4, 'LOC'),), id='a', genre=''),)
    """
    places = [(number, offset) for number, marked in enumerate(gold) for offset in _solid(marked.text)]
    mentions: list[list[Mention]] = [[] for _ in gold]
    reached = 0
    for marked in found:
        offsets = _solid(marked.text)
        here = places[reached : reached + len(offsets)]
        for place, offset in enumerate(offsets):
            if place >= len(here) or gold[here[place][0]].text[here[place][1]] != marked.text[offset]:
                near = marked.text[max(0, offset - 20) : offset + 20]
                raise InputError(f"the predictions are of another text than the gold, from {near!r} on: give both the same texts")
        for start, end, label in marked.mentions:
            first, last = bisect_left(offsets, start), bisect_left(offsets, end)
            number, begin = here[first]
            final = max(offset for each, offset in here[first:last] if each == number)
            mentions[number].append((begin, final + 1, label))
        reached += len(offsets)
    if reached < len(places):
        raise InputError(f"the predictions end early, before gold text {places[reached][0] + 1}: give both the same texts")
    return tuple(replace(marked, mentions=tuple(each)) for marked, each in zip(gold, mentions, strict=True))


def _solid(text: str) -> list[int]:
    return [offset for offset, letter in enumerate(text) if not letter.isspace()]


def _chosen(table: dict[str, Callable[..., Any]], path: Path) -> Callable[..., Any]:
    if path.suffix not in table:
        raise InputError(f"{path}: the suffix tells the format, and {path.suffix!r} is none of {' '.join(table)}")
    return table[path.suffix]


def _check(text: str, mention: Mention) -> Mention:
    start, end, _ = mention
    if not 0 <= start < end <= len(text):
        raise InputError(f"mention {mention} lies outside its text of {len(text)} characters")
    if not text[start:end].strip():
        raise InputError(f"mention {mention} holds no token: it is white space")
    return mention


def _mentions(text: str, records: Iterable[Record], path: Path) -> tuple[Mention, ...]:
    try:
        return tuple(_check(text, (record["start"], record["end"], record["label"])) for record in records)
    except (KeyError, TypeError) as error:
        raise InputError(f"{path}: an entity needs start, end and label ({error})") from error


def _read_marks(content: str, _name: str) -> Iterator[Marked]:
    for number, line in enumerate(content.splitlines(), 1):
        *about, marked = line.split("\t")
        identifier, genre, *_ = (*about, "", "")
        if marked.strip():
            yield replace(from_marks(marked), id=identifier or str(number), genre=genre)


def _read_pairs(content: str, name: str) -> Iterator[Marked]:
    try:
        pairs = msgspec.json.decode(content, type=list[tuple[str, dict[str, Any]]])
        for number, (text, about) in enumerate(pairs, 1):
            mentions = sorted((start, end, label) for start, end, label in about.get("entities", ()))
            yield Marked(text, tuple(_check(text, mention) for mention in mentions), str(number))
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise InputError(f'{name}: not [[text, {{"entities": [[start, end, label], ...]}}], ...] ({error})') from error


def _read_iob2(content: str, name: str) -> Iterator[Marked]:
    """Sentences of one document come as one text, with a space between them."""
    current: Marked | None = None
    for number, block in enumerate(_BLANK_LINES.split(content.strip("\n")), 1):
        lines = [line for line in block.split("\n") if line.strip()]
        notes = {key.strip(): value.strip() for key, mark, value in (line[1:].partition(" = ") for line in lines if _is_note(line)) if mark}
        rows = [line.split("\t") if "\t" in line else line.split() for line in lines if not _is_note(line)]
        if current is None or "newdoc id" in notes or any(row[0] == "-DOCSTART-" for row in rows):
            if current is not None:
                yield current
            current = Marked("", (), notes.get("newdoc id", str(number)))
        rows = [row for row in rows if row[0] != "-DOCSTART-"]
        if not rows:
            continue
        current = _longer(current, [row[0] for row in rows], [row[-1] for row in rows], notes.get("text"), name)
    if current is not None and current.text:
        yield current


def _is_note(line: str) -> bool:
    return line.startswith("# ") and "\t" not in line and (" = " in line or not _TAG.fullmatch(line.rsplit(maxsplit=1)[-1]))


def _longer(marked: Marked, tokens: Sequence[str], tags: Sequence[str], text: str | None, name: str) -> Marked:
    """A text with one more sentence, given as tokens and tags."""
    for token, tag in zip(tokens, tags, strict=True):
        if not _TAG.fullmatch(tag):
            raise InputError(f"{name}: {tag!r} at {token!r} is no IOB2 tag: expected O, B-LABEL or I-LABEL last in the line")
    sentence = " ".join(tokens) if text is None else text
    shift = len(marked.text) + 1 if marked.text else 0
    places, position = [], 0
    for token in tokens:
        position = sentence.find(token, position)
        if position < 0:
            raise InputError(f"{name}: token {token!r} is not where '# text = {sentence[:40]}' has it: correct or drop the comment")
        places.append((shift + position, shift + position + len(token)))
        position += len(token)
    spans = spans_of_tags([tag[0].translate(_IOB2) + tag[1:] for tag in tags])
    mentions = tuple((places[first][0], places[end - 1][1], label) for first, end, label in spans)
    return replace(marked, text=f"{marked.text} {sentence}" if shift else sentence, mentions=marked.mentions + mentions)


def _write_records(texts: Iterable[Marked]) -> Iterator[str]:
    for marked in texts:
        entities = [{"start": start, "end": end, "label": label} for start, end, label in marked.mentions]
        record = {"id": marked.id, "genre": marked.genre, "text": marked.text, "entities": entities}
        yield msgspec.json.encode({key: value for key, value in record.items() if value or key in ("text", "entities")}).decode()


def _write_pairs(texts: Iterable[Marked]) -> Iterator[str]:
    pairs = [(marked.text, {"entities": marked.mentions}) for marked in texts]
    yield msgspec.json.format(msgspec.json.encode(pairs), indent=1).decode()


def _write_iob2(texts: Iterable[Marked]) -> Iterator[str]:
    """A sentence that begins inside a mention is not divided from the one before."""
    for number, marked in enumerate(texts, 1):
        tokens = tokenize(marked.text)
        tags = tags_of_mentions(marked.text, tokens, marked.mentions)
        starts = [token.start for token in tokens]
        firsts = (bisect_left(starts, sentence.start) for sentence in split_sentences(marked.text))
        borders = sorted({0, len(tokens)} | {first for first in firsts if first < len(tags) and not tags[first].startswith("I-")})
        yield f"# newdoc id = {marked.id or number}"
        for low, high in pairwise(borders):
            sentence = marked.text[tokens[low].start : tokens[high - 1].end]
            yield "# text = " + "".join(" " if letter.isspace() else letter for letter in sentence)
            yield from (f"{token.text}\t{tag}" for token, tag in zip(tokens[low:high], tags[low:high], strict=True))
            yield ""


_READERS: dict[str, Callable[[str, str], Iterable[Marked]]] = {
    ".json": _read_pairs,
    **dict.fromkeys((".conll", ".iob2", ".iob", ".bio"), _read_iob2),
    **dict.fromkeys((".txt", ".tsv"), _read_marks),
}
_WRITERS: dict[str, Callable[[Iterable[Marked]], Iterator[str]]] = {
    ".jsonl": _write_records,
    ".json": _write_pairs,
    **dict.fromkeys((".conll", ".iob2", ".iob", ".bio"), _write_iob2),
}
