"""What a command reads: files, globs, directories and standard input."""

from __future__ import annotations

import glob
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

from azproc.errors import InputError

__all__ = ["Source", "expand", "spare"]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its ``name`` as messages and records give it, and ``place``, its path below an output directory."""

    name: str
    place: Path

    @property
    def path(self) -> Path | None:
        """The file, None for standard input."""
        return None if self.name == STDIN else Path(self.name)

    @contextmanager
    def open(self) -> Iterator[io.BufferedIOBase]:
        """Open the bytes. Raises `InputError` where that or reading them fails."""
        if self.path is None:
            yield cast(io.BufferedIOBase, sys.stdin.buffer)
            return
        try:
            with open(self.name, "rb") as stream:  # noqa: PTH123  (its errors carry the name as it was given)
                yield stream
        except BrokenPipeError:
            raise
        except OSError as error:
            if error.filename not in (None, self.name):
                raise
            raise InputError(f"cannot read {self.name}: {error.strerror}") from error


def expand(inputs: tuple[str, ...], *suffixes: str, apart_from: Path | None = None) -> list[Source]:
    """Return the sources that the arguments name; a directory gives its files that end in a suffix, at any depth.

    What is in ``apart_from``, where the output goes, is left out of a directory that holds it. A name that does not exist
    stays a source, and fails when it is opened. Raises `InputError` where a pattern or a directory holds nothing.
    """
    sources: dict[str, Source] = {}
    for given in inputs or (STDIN,):
        for source in _expanded(given, suffixes, apart_from):
            sources.setdefault(source.name, source)
    return list(sources.values())


def spare(sources: list[Source], *outputs: Path | None) -> None:
    """Raise a `click.UsageError` where an output would take the place of an input."""
    inputs = {source.path.resolve() for source in sources if source.path}
    for output in filter(None, outputs):
        if output.resolve() in inputs:
            raise click.UsageError(f"{output} is itself an input: choose another place for what is written")


def _expanded(given: str, suffixes: tuple[str, ...], apart_from: Path | None) -> Iterator[Source]:
    if given == STDIN:
        yield Source(STDIN, Path(f"stdin{suffixes[0]}"))
        return
    path = Path(given)
    if path.is_dir():
        own = path / apart_from.resolve().relative_to(path.resolve()) if apart_from and _holds(path, apart_from) else None
        files = (file for file in path.rglob("*") if file.name.endswith(suffixes) and own not in file.parents)
        found = sorted(file for file in files if file.is_file())
        if not found:
            raise InputError(f"{given} is a directory without {', '.join(suffixes)} files: name the files, or another directory")
        yield from (Source(str(file), file.relative_to(path)) for file in found)
    elif glob.has_magic(given) and not path.exists():
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  (absolute patterns too)
        if not matches:
            raise InputError(f"nothing matches {given}")
        for match in matches:
            yield from _expanded(match, suffixes, apart_from)
    else:
        yield Source(given, Path(path.name))


def _holds(folder: Path, other: Path) -> bool:
    return folder.resolve() in other.resolve().parents
