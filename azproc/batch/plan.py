"""What a big run will do, decided before it begins: which part of which file becomes which output file.

A plan depends on the inputs and the settings alone, never on the number of workers, so the output does not either.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

import msgspec

from azproc import __version__
from azproc.batch.formats import ErrorPolicy
from azproc.batch.packages import package_for
from azproc.errors import InputError
from azproc.pipeline import load

__all__ = ["INPUT_FORMATS", "OUTPUT_FORMATS", "SUFFIXES", "Plan", "Settings", "Shard", "format_of", "plan_run"]

SHARD = 8 << 20
"""Bytes of a splittable file that make a shard, about; other files are a shard each."""

_WINDOW = 1 << 16
_HYPHENS = tuple(mark.encode() for mark in ("-", "\N{SOFT HYPHEN}", "\N{HYPHEN}", "\N{NOT SIGN}"))
_SUFFIXES = {
    ".txt": "txt", ".text": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonl.gz": "jsonl.gz", ".jsonl.zst": "jsonl.zst",
    ".txt.gz": "txt.gz", ".txt.zst": "txt.zst", ".parquet": "parquet", ".csv": "csv", ".html": "html", ".htm": "html",
}  # fmt: skip
SUFFIXES = tuple(_SUFFIXES)
INPUT_FORMATS = tuple(dict.fromkeys(_SUFFIXES.values()))
OUTPUT_FORMATS = ("txt", "jsonl", "parquet")
_NATURAL_OUTPUT = {"txt": "txt", "txt.gz": "txt", "txt.zst": "txt", "parquet": "parquet"}


class Settings(msgspec.Struct, frozen=True):
    """What is the same for every shard of a run; two runs with equal settings may share their finished shards."""

    profile: str
    profile_version: str
    azproc: str
    text_key: str = "text"
    encoding: str = "utf-8"
    time_limit: float = 0.0
    errors: ErrorPolicy = "fail"


class Shard(msgspec.Struct, frozen=True):
    """A part of one input and the output file that it becomes.

    ``start`` and ``end`` are bytes, or row groups of a Parquet file. ``name`` is the output's path below the output folder.
    """

    name: str
    source: str
    format: str
    to: str
    start: int
    end: int
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of a run, in the order of the input, and where their output goes."""

    output: Path
    settings: Settings
    shards: tuple[Shard, ...]


def format_of(path: Path) -> str:
    """Return the input format that a file name tells. Raises `InputError` for a name that tells none.

    >>> format_of(Path("corpus.jsonl.zst")), format_of(Path("page.htm"))
    ('jsonl.zst', 'html')
    """
    name = path.name
    for suffix in sorted(_SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            return _SUFFIXES[suffix]
    raise InputError(f"{path}: cannot tell the format from the name; known are {', '.join(_SUFFIXES)}")


def plan_run(
    inputs: Iterable[tuple[Path, Path]],
    output: Path,
    *,
    profile: str,
    to: str | None = None,
    text_key: str = "text",
    encoding: str = "utf-8",
    errors: ErrorPolicy = "fail",
    time_limit: float = 0.0,
    shard_size: int = SHARD,
) -> Plan:
    """Return the plan of a run over files, given as their path and their place below the output folder.

    ``time_limit`` is in seconds a document, 0 for none. ``errors`` says what becomes of bytes that are no text: the file
    fails, they are left out and reported, or they are kept, which only plain text can. Raises `InputError` where a file
    cannot be read, where a format is unknown, and where two outputs would have one name; `DataError` where a format needs a package that is missing.
    """
    settings = Settings(profile, load(profile).version, __version__, text_key, encoding, time_limit, errors)
    splits = "\n".encode(encoding) == b"\n"
    shards = tuple(shard for path, place in inputs for shard in _shards(path, place, to, shard_size if splits else 0))
    for form in {form for shard in shards for form in (shard.format, shard.to)}:
        package_for(form)
    if errors == "keep" and (lost := next((shard for shard in shards if shard.to != "txt" or shard.format == "html"), None)):
        raise InputError(f"{lost.source}: bytes that are no text cannot be kept in {lost.to} out of {lost.format}: leave them out with skip")
    taken: dict[str, str] = {}
    originals = {os.path.realpath(source) for source in {shard.source for shard in shards}}
    for shard in shards:
        if os.path.realpath(output / shard.name) in originals:
            raise InputError(f"{output / shard.name} is itself an input: choose another place for the output")
        other = taken.setdefault(shard.name, shard.source)
        if other != shard.source:
            raise InputError(f"{other} and {shard.source} would both become {shard.name}: give their common directory")
    return Plan(output, settings, shards)


def _shards(path: Path, place: Path, to: str | None, shard_size: int) -> Iterator[Shard]:
    form = format_of(path)
    target = to or _NATURAL_OUTPUT.get(form, "jsonl")
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise InputError(f"{path} is no file that can be read twice: use azproc clean for pipes and devices")
        ranges = list(_ranges(path, form, status.st_size, shard_size))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    stem = str(place)[: -len(next(suffix for suffix in sorted(_SUFFIXES, key=len, reverse=True) if place.name.endswith(suffix)))]
    for number, (start, end) in enumerate(ranges):
        part = f"-{number:05d}" if len(ranges) > 1 else ""
        yield Shard(f"{stem}{part}.{target}", str(path), form, target, start, end, status.st_size, status.st_mtime_ns)


def _ranges(path: Path, form: str, size: int, shard_size: int) -> Iterator[tuple[int, int]]:
    if form == "parquet":
        groups = _row_groups(path)
        yield from ((group, group + 1) for group in range(groups)) if groups else ((0, 0),)
    elif shard_size and form in {"txt", "jsonl"}:
        with path.open("rb") as stream:
            start = 0
            while size - start > shard_size:
                end = _line_end(stream, start + shard_size, size, paragraphs=form == "txt")
                yield start, end
                start = end
            if start < size or not size:
                yield start, size
    else:
        yield 0, size


def _row_groups(path: Path) -> int:
    """Return the row groups of a Parquet file; 1 of a damaged one, so that it fails when it is read, alone."""
    parquet = package_for("parquet")
    import pyarrow

    try:
        groups: int = parquet.ParquetFile(path).num_row_groups
    except pyarrow.ArrowException:
        return 1
    return groups


def _line_end(stream: BinaryIO, target: int, size: int, *, paragraphs: bool) -> int:
    """Return where the first paragraph, else the first line, ends behind a place; the end of the file if none does.

    In a running text a line that ends in a hyphen goes on in the next, so its end is taken only where there is no other.
    """
    stream.seek(target)
    window = stream.read(_WINDOW)
    for mark in (b"\n\n", b"\n\r\n") if paragraphs else ():
        if (place := window.find(mark)) >= 0:
            return target + place + len(mark)
    first = place = window.find(b"\n")
    while place >= 0:
        if not paragraphs or not window[max(place - 16, 0) : place].rstrip().endswith(_HYPHENS):
            return target + place + 1
        place = window.find(b"\n", place + 1)
    if first >= 0:
        return target + first + 1
    position = target + len(window)
    while window := stream.read(_WINDOW):
        if (place := window.find(b"\n")) >= 0:
            return position + place + 1
        position += len(window)
    return size


def fingerprint(shard: Shard) -> str:
    """Return the SHA-256 of the bytes that a shard reads; of a Parquet file, of the whole."""
    digest = hashlib.sha256()
    start, end = (0, shard.size) if shard.format == "parquet" else (shard.start, shard.end)
    with Path(shard.source).open("rb") as stream:
        stream.seek(start)
        while start < end and (data := stream.read(min(1 << 20, end - start))):
            digest.update(data)
            start += len(data)
    return digest.hexdigest()
