"""Where a command writes: standard output, files that finish or leave nothing, and the audit trail."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

import click

from azproc.batch.formats import AtomicFile, json_line

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Nowhere", "Sink", "StandardOutput", "Trail", "console", "say"]


class Sink(Protocol):
    """Something that takes bytes, and keeps them once the body of its ``with`` has ended well."""

    def write(self, data: bytes) -> None:
        """Take some bytes."""

    def discard(self) -> None:
        """Forget what was taken, as far as that can be."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keep or discard."""


class Nowhere:
    """A sink for dry runs."""

    def write(self, data: bytes) -> None:
        """Drop the bytes."""

    def discard(self) -> None:
        """Have nothing to forget."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass


class StandardOutput(Nowhere):
    """Standard output; a disk that is full there ends the command with a message."""

    def write(self, data: bytes) -> None:
        """Write bytes."""
        _to_stdout(data)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            _to_stdout(b"")


def _to_stdout(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        if not data:
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again when it leaves
        raise click.ClickException(f"cannot write to standard output: {error.strerror}") from error


def say(line: str) -> None:
    """Write one line of a result to standard output."""
    _to_stdout(line.encode("utf-8", "surrogateescape") + b"\n")


def console(*, soft_wrap: bool = False) -> Console:
    """Return rich's console for tables and colours on standard output; a reader that goes away is none of its business."""
    from rich.console import Console

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Terminal(highlight=False, soft_wrap=soft_wrap)


class Trail:
    """Records as JSON lines, kept for finished items only: also when the run fails or is interrupted."""

    def __init__(self, path: Path | None) -> None:
        self._file = AtomicFile(path) if path else None
        self._finished = 0

    def add(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Write records of the item at work."""
        if self._file:
            for record in records:
                self._file.write(json_line(record))

    @contextmanager
    def item(self) -> Iterator[None]:
        """Keep the records that are added in the body, once it has ended well."""
        try:
            yield
        except BaseException:
            self._forget()
            raise
        if self._file:
            self._finished = self._file.place()

    def _forget(self) -> None:
        """Forget what was written of an item that is not done."""
        if self._file:
            self._file.back_to(self._finished)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file:
            self._forget()
            self._file.commit()
