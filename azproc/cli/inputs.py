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

from azproc.errors import InputError

__all__ = ["Source", "expand"]

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


def expand(inputs: tuple[str, ...], suffix: str) -> list[Source]:
    """Return the sources that the arguments name; a directory gives its files that end in ``suffix``, at any depth.

    A name that does not exist stays a source, and fails when it is opened. Raises `InputError` where a pattern or a
    directory holds nothing.
    """
    sources: dict[str, Source] = {}
    for given in inputs or (STDIN,):
        for source in _expanded(given, suffix):
            sources.setdefault(source.name, source)
    return list(sources.values())


def _expanded(given: str, suffix: str) -> Iterator[Source]:
    if given == STDIN:
        yield Source(STDIN, Path(f"stdin{suffix}"))
        return
    path = Path(given)
    if path.is_dir():
        found = sorted(file for file in path.rglob(f"*{suffix}") if file.is_file())
        if not found:
            raise InputError(f"{given} is a directory without {suffix} files: name the files, or another directory")
        yield from (Source(str(file), file.relative_to(path)) for file in found)
    elif glob.has_magic(given) and not path.exists():
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  (absolute patterns too)
        if not matches:
            raise InputError(f"nothing matches {given}")
        for match in matches:
            yield from _expanded(match, suffix)
    else:
        yield Source(given, Path(path.name))
