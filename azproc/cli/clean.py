"""``azproc clean``: text in, cleaned text and its audit trail out."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import click

from azproc import __version__
from azproc.batch.formats import AtomicFile, ErrorPolicy, holds_escaped_bytes, read_chunks, read_json_lines
from azproc.cli.failures import Failures
from azproc.cli.inputs import Source, expand, spare
from azproc.cli.options import encoding_options, inputs_argument, profile_option
from azproc.cli.outputs import Nowhere, Sink, StandardOutput, Trail, say
from azproc.cli.progress import progress
from azproc.document import Document
from azproc.pipeline import load
from azproc.rewrite import Edit

__all__ = ["command"]

Clean = Callable[[str], Document]


@dataclass(frozen=True, slots=True)
class Piece:
    """A cleaned part of a file: the bytes to write, its edits, the profile that made them, and where the part stands."""

    output: bytes
    edits: tuple[Edit, ...] = ()
    profile: str = ""
    profile_version: str = ""
    start: int = 0
    line: int | None = None
    characters: int = 0

    def records(self, name: str) -> Iterator[Mapping[str, Any]]:
        """Yield the audit trail: offsets are code points of the file, or of the text of the line of a JSONL file."""
        where = {"file": name} if self.line is None else {"file": name, "line": self.line}
        made_by = {"azproc": __version__, "profile": self.profile, "profile_version": self.profile_version}
        for edit in self.edits:
            yield where | {
                "start": edit.start + self.start,
                "end": edit.end + self.start,
                "before": edit.before,
                "after": edit.after,
                "rule": edit.rule,
                "confidence": edit.confidence,
            } | made_by


@dataclass(slots=True)
class Statistics:
    """What a run did, for ``--stats``."""

    files: int = 0
    changed: list[str] = field(default_factory=list)
    characters: int = 0
    rules: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """Yield the table, most frequent rules first."""
        yield f"{self.files:,} files, {len(self.changed):,} changed; {self.characters:,} characters, {self.rules.total():,} edits"
        for rule, count in self.rules.most_common():
            yield f"{count:>9,}  {rule}"


@dataclass(frozen=True, slots=True)
class Target:
    """Where cleaned text goes: to a directory, in the place of its file, nowhere, or else to standard output."""

    output: Path | None
    in_place: bool
    backup: str
    nowhere: bool

    @property
    def is_stdout(self) -> bool:
        """Say whether it goes to standard output."""
        return not (self.output or self.in_place or self.nowhere)

    def require_fit(self, sources: list[Source]) -> None:
        """Make the directory. Raises `click.UsageError` where one place is asked for and another too, or sources cannot go there."""
        if sum((self.output is not None, self.in_place, self.nowhere)) > 1:
            raise click.UsageError("take one of --output, --in-place, and --dry-run or --check")
        if self.in_place and any(source.path is None for source in sources):
            raise click.UsageError("standard input cannot be cleaned in place")
        if self.output:
            places: dict[Path, str] = {}
            for source in sources:
                other = places.setdefault(source.place, source.name)
                if other != source.name:
                    raise click.UsageError(f"{other} and {source.name} would both become {source.place}: give their common directory")
            self.output.mkdir(parents=True, exist_ok=True)

    def sink(self, source: Source) -> Sink:
        """Return what takes the text of a source."""
        if self.is_stdout:
            return StandardOutput()
        if self.output:
            path = self.output / source.place
            path.parent.mkdir(parents=True, exist_ok=True)
            return AtomicFile(path)
        return AtomicFile(Path(source.name), backup=self.backup) if self.in_place else Nowhere()


@click.command("clean")
@inputs_argument
@profile_option("web")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write the files there, under their names.")
@click.option("--in-place", is_flag=True, help="Replace each file that changes.")
@click.option("--backup", default=".orig", show_default=True, metavar="SUFFIX", help="With --in-place, keep the original so; '' for none.")
@click.option("--jsonl", is_flag=True, help="The input is JSON lines.")
@click.option("--text-key", default="text", show_default=True, help="Field of a JSON line that holds the text.")
@click.option("--edits", type=click.Path(path_type=Path), metavar="FILE", help="Write the audit trail there, one edit a line.")
@click.option("--dry-run", is_flag=True, help="Write no text.")
@click.option("--stats", is_flag=True, help="Count edits by rule.")
@click.option("--check", is_flag=True, help="Write no text; name files that would change, and leave with 1 if there are any.")
@click.option("--failures", type=click.Path(path_type=Path), help="List of failed items.  [default: failures.jsonl, in DIR]")
@encoding_options
def command(
    inputs: tuple[str, ...],
    profile: str,
    output: Path | None,
    in_place: bool,
    backup: str,
    jsonl: bool,
    text_key: str,
    edits: Path | None,
    dry_run: bool,
    stats: bool,
    check: bool,
    failures: Path | None,
    encoding: str,
    errors: ErrorPolicy,
) -> int:
    """Clean text by a profile and write it to standard output, to a directory, or in place.

    A directory gives its .txt files (.jsonl with --jsonl). Offsets of the audit trail are code points of the original
    file, line ends included.
    """
    target = Target(output, in_place, backup, nowhere=dry_run or check)
    clean = partial(load(profile), veto=holds_escaped_bytes if errors == "keep" else None)
    sources = expand(inputs, ".jsonl" if jsonl else ".txt", apart_from=output)
    target.require_fit(sources)
    spare(sources, edits, failures, *(output / source.place for source in sources if output))
    read = partial(_json_pieces, text_key=text_key) if jsonl else partial(_text_pieces, encoding=encoding)
    failed = Failures(failures or (output or Path()) / "failures.jsonl")
    statistics = Statistics()
    with Trail(edits) as trail, progress(sources, wanted=not (target.is_stdout and sys.stdout.isatty())) as advance:
        for source in sources:
            with failed.guard(source.name), source.open() as stream, trail.item():
                pieces = read(stream, source.name, errors=errors, report=partial(failed.record, source.name), clean=clean)
                _write(pieces, source.name, target.sink(source), trail, statistics, advance, only_changes=in_place)
    if check:
        for name in statistics.changed:
            say(f"would change: {name}")
    if stats:
        for line in statistics.lines():
            click.echo(line, err=not (dry_run or check))
    return int(failed.close(len(sources)) or (check and bool(statistics.changed)))


def _write(
    pieces: Iterator[Piece],
    name: str,
    sink: Sink,
    trail: Trail,
    statistics: Statistics,
    advance: Callable[[int], object],
    *,
    only_changes: bool,
) -> None:
    changed = False
    with sink:
        for piece in pieces:
            sink.write(piece.output)
            trail.add(piece.records(name))
            statistics.characters += piece.characters
            statistics.rules.update(edit.rule for edit in piece.edits)
            changed = changed or bool(piece.edits)
            advance(len(piece.output))
        if only_changes and not changed:
            sink.discard()
    statistics.files += 1
    if changed:
        statistics.changed.append(name)


def _text_pieces(
    stream: io.BufferedIOBase, name: str, *, encoding: str, errors: ErrorPolicy, report: Callable[[str], object], clean: Clean
) -> Iterator[Piece]:
    for chunk in read_chunks(stream, name=name, encoding=encoding, errors=errors, report=report):
        doc = clean(chunk.text)
        text = doc.text.encode("utf-8", "surrogateescape")
        yield Piece(text, doc.changes.edits, doc.profile, doc.profile_version, chunk.start, None, len(chunk.text))


def _json_pieces(
    stream: io.BufferedIOBase, name: str, *, text_key: str, errors: ErrorPolicy, report: Callable[[str], object], clean: Clean
) -> Iterator[Piece]:
    """Yield one piece a line; a line that cannot be read or cleaned is reported and, unless skipped, stays as it is."""
    unread: list[bytes] = []

    def take(_number: int, raw: bytes, reason: str) -> None:
        report(reason)
        if errors != "skip":
            unread.append(raw)

    for line in read_json_lines(stream, name=name, text_key=text_key, report=take):
        yield from map(Piece, unread)
        unread.clear()
        doc = clean(line.text)
        output = line.with_text(doc.text) if doc.changes.edits else line.raw
        yield Piece(output, doc.changes.edits, doc.profile, doc.profile_version, 0, line.number, len(line.text))
    yield from map(Piece, unread)
