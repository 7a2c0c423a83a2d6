"""One shard: read its documents, run the pipeline over each, write the output whole or not at all, and say what was done.

This is all that a worker does, in whatever process or on whatever machine an executor puts it. Workers get names, not
objects, and open what they need themselves.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import platform
import resource
import signal
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from azproc.batch.formats import AtomicFile, holds_escaped_bytes, json_line
from azproc.batch.items import Item, read_items, written
from azproc.batch.plan import Settings, Shard, fingerprint
from azproc.document import Document
from azproc.errors import AzprocError, DataError, InputError
from azproc.pipeline import load

__all__ = ["DONE", "RUNNING", "At", "Failure", "Report", "process", "read_report", "report_path"]

DONE = ".done"
"""Folder of the output for a report of each finished shard."""

RUNNING = ".running"
"""Folder of the output for what is at work: files that are not whole yet, and where each worker is."""

_AT = struct.Struct("<qqdq")


class Failure(msgspec.Struct, frozen=True):
    """A document, or a whole shard, that could not be done, and why."""

    item: str
    reason: str


class Report(msgspec.Struct, frozen=True):
    """What became of a shard; kept beside the output, so that a later run can tell whether it is still right."""

    shard: Shard
    settings: Settings
    sha256: str
    documents: int
    characters: int
    bytes: int
    seconds: float
    edits: Mapping[str, int]
    failures: tuple[Failure, ...]


def report_path(output: Path, name: str) -> Path:
    """Return where the report of a finished shard of that name is kept."""
    return output / DONE / f"{name}.json"


def read_report(output: Path, name: str) -> Report | None:
    """Return the report of a finished shard, None where there is none that can be read."""
    try:
        return msgspec.convert(json.loads(report_path(output, name).read_bytes()), Report)
    except (OSError, ValueError):
        return None


class At(msgspec.Struct, frozen=True):
    """Where a worker is: its process, the number of the document at hand, since when (monotonic seconds), and on what machine.

    Process and time mean something on that machine alone, see ``here``.
    """

    process: int
    item: int
    since: float
    machine: int

    @property
    def here(self) -> bool:
        """Say whether the worker is on this machine, among the processes that can be seen from here."""
        return self.machine == _machine()

    def packed(self) -> bytes:
        """Return the bytes that `read` reads."""
        return _AT.pack(self.process, self.item, self.since, self.machine)

    @staticmethod
    def path(output: Path, shard: Shard) -> Path:
        """Return where the worker of a shard leaves word."""
        return output / RUNNING / f"{hashlib.sha256(os.fsencode(shard.name)).hexdigest()[:32]}.at"

    @classmethod
    def read(cls, output: Path, shard: Shard) -> At | None:
        """Return where the worker of a shard is, None if it has not begun or has ended."""
        try:
            data = cls.path(output, shard).read_bytes()
        except OSError:
            return None
        return cls(*_AT.unpack(data)) if len(data) == _AT.size else None


@cache
def _machine() -> int:
    """A number that is the same for all processes that see each other's, and for no others."""
    parts = [platform.node()]
    with suppress(OSError):
        parts += [Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii"), str(Path("/proc/self/ns/pid").readlink())]
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:8], "little", signed=True)


class _Marker:
    """Leaves word, before each document, of what is at hand: a few nanoseconds, through shared memory."""

    def __init__(self, output: Path, shard: Shard) -> None:
        self._path = At.path(output, shard)
        self.folder = self._path.parent
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path.write_bytes(At(os.getpid(), -1, time.monotonic(), _machine()).packed())
            with self._path.open("r+b") as file:
                self._memory = mmap.mmap(file.fileno(), _AT.size)
        except OSError as error:
            raise AzprocError(f"cannot write to {output}: {error.strerror}; make room or choose another place") from error

    def at(self, item: int) -> None:
        _AT.pack_into(self._memory, 0, os.getpid(), item, time.monotonic(), _machine())

    def close(self) -> None:
        self._memory.close()
        with suppress(OSError):
            self._path.unlink()


def process(output: Path, shard: Shard, settings: Settings, refused: Mapping[int, str]) -> Report:
    """Do one shard and return its report.

    Documents in ``refused`` (number → reason) are not tried again; they, and documents whose pipeline raises or takes
    longer than the time limit, keep their text and are reported. Raises `InputError` where the input cannot be read or
    changed since it was planned, `AzprocError` where the output cannot be written; then nothing is left behind.
    """
    begun = time.monotonic()
    before = fingerprint_of(shard)
    clean = partial(load(settings.profile), veto=holds_escaped_bytes if settings.errors == "keep" else None)
    marker = _Marker(output, shard)
    tally = _Tally()
    try:
        with _file(output / shard.name, marker) as file:
            documents = _documents(shard, settings, clean, refused, marker, tally)
            for data in written(documents, shard.to, lines=not shard.format.startswith(("txt", "html"))):
                file.write(data)
                tally.bytes += len(data)
            if fingerprint_of(shard) != before:
                raise InputError(f"{shard.source} changed while it was read: run again when it is complete")
        report = tally.report(shard, settings, before, time.monotonic() - begun)
        with _file(report_path(output, shard.name), marker) as file:
            file.write(json_line(report))
    except DataError as error:
        if short := _short_of_memory():
            raise short from error
        raise
    finally:
        marker.close()
    return report


@dataclass(slots=True)
class _Tally:
    """What was done so far."""

    documents: int = 0
    characters: int = 0
    bytes: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def failed(self, item: str, reason: str) -> None:
        self.failures.append(Failure(item, reason))

    def report(self, shard: Shard, settings: Settings, sha256: str, seconds: float) -> Report:
        edits = dict(sorted(self.edits.items()))
        return Report(shard, settings, sha256, self.documents, self.characters, self.bytes, round(seconds, 3), edits, tuple(self.failures))


def _file(path: Path, marker: _Marker) -> AtomicFile:
    path.parent.mkdir(parents=True, exist_ok=True)
    return AtomicFile(path, scratch=marker.folder)


def _documents(
    shard: Shard, settings: Settings, clean: Callable[[Document], Document], refused: Mapping[int, str], marker: _Marker, tally: _Tally
) -> Iterator[Document]:
    """Yield the documents of a shard, each when it is done; those that fail as they came."""
    for item in read_items(shard, settings, tally.failed):
        marker.at(item.number)
        doc = _done(item, clean, settings.time_limit, refused, tally)
        tally.documents += 1
        tally.characters += len(item.text)
        tally.edits.update(edit.rule for edit in doc.changes.edits)
        yield doc


def _short_of_memory() -> AzprocError | None:
    """Where the address space is limited, what cannot be opened is probably too large for it."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return None
    return AzprocError(f"a worker cannot open its lexicons within {limit >> 20} MB: allow more with --limit-memory")


def fingerprint_of(shard: Shard) -> str:
    """Return the hash of what a shard reads. Raises `InputError` where the file is gone or of another size than planned."""
    try:
        status = Path(shard.source).stat()
        if status.st_size != shard.size:
            raise InputError(f"{shard.source} has {status.st_size:,} bytes, {shard.size:,} were planned: run again when it is complete")
        return fingerprint(shard)
    except OSError as error:
        raise InputError(f"cannot read {shard.source}: {error.strerror}") from error


def _done(
    item: Item, clean: Callable[[Document], Document], time_limit: float, refused: Mapping[int, str], tally: _Tally
) -> Document:
    if item.number in refused:
        tally.failed(item.id, refused[item.number])
        return item.document()
    try:
        with _limited(time_limit):
            return clean(item.document())
    except DataError:
        raise
    except MemoryError:
        tally.failed(item.id, "took more memory than the limit")
    except Exception as error:  # noqa: BLE001  (one document must not take the others down)
        reason = str(error) if isinstance(error, (AzprocError, TimeoutError)) else f"{type(error).__name__}: {error}"
        tally.failed(item.id, reason)
    return item.document()


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in the body after some seconds; in a thread other than the main one, or for 0, never."""
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return

    def too_long(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:g} seconds")

    previous: Any = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
