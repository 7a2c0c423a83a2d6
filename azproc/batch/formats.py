"""Readers that stream and writers that finish or leave nothing.

Plain text comes in chunks cut where no step looks across: at blank lines, else at line ends, else, in a line of millions
of characters, after a stop, a space, or between two letters. A line of JSON is an item of its own.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, Self

import msgspec
import regex

from azproc.errors import AzprocError, InputError
from azproc.rewrite import Edit

__all__ = ["AtomicFile", "Chunk", "ErrorPolicy", "JsonLine", "escaped_bytes", "holds_escaped_bytes", "json_line", "read_chunks", "read_json_lines", "spelled", "without_escaped_bytes"]

ErrorPolicy = Literal["fail", "skip", "keep"]

CHUNK = 1 << 19
LONGEST_LINE = 8 * CHUNK
_BLANK_LINE = ("\n\n", "\n\r\n")
_ESCAPED = regex.compile(r"[\uDC80-\uDCFF]+")  # what surrogateescape makes of undecodable bytes
_NO_BREAK_AFTER = "-\N{SOFT HYPHEN}\N{HYPHEN}\N{NOT SIGN}"
_GLUED = regex.compile(r"[\p{M}\p{Cf}\n]")
_SIGNATURES = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\x00": "", b"\x89PNG": "", b"%PDF": "", b"PK\x03": "", b"\x1f\x8b": ""}


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a file: ``text`` stands at code point ``start`` of the decoded whole."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class JsonLine:
    """One line of a JSONL file: its number, from 1, its bytes, its text, and its fields as they were written."""

    number: int
    raw: bytes
    text: str
    fields: Mapping[str, msgspec.Raw]
    text_key: str

    def with_text(self, text: str) -> bytes:
        """Return the line with another text; the other fields keep their bytes."""
        return msgspec.json.encode({**self.fields, self.text_key: text}) + b"\n"


def escaped_bytes(text: str) -> bool:
    r"""Say whether a text holds bytes that could not be decoded and must survive as they are.

    >>> escaped_bytes(b"Bak\xfd".decode("utf-8", "surrogateescape")), escaped_bytes("Bakı")
    (True, False)
    """
    return _ESCAPED.search(text) is not None


def json_line(record: object) -> bytes:
    r"""Return a record as a line of JSON; bytes that are no text, as in the name of an old file, become escapes of JSON.

    >>> json_line({"file": b"Bak\xfd".decode("utf-8", "surrogateescape")})
    b'{"file": "Bak\\udcfd"}\n'
    """
    try:
        return msgspec.json.encode(record) + b"\n"
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(record), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def spelled(name: str) -> str:
    r"""Return the name of a file as a text that every format can hold: bytes that are no UTF-8 are spelled out.

    >>> spelled(b"Bak\xfd".decode("utf-8", "surrogateescape"))
    'Bak\\xfd'
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def holds_escaped_bytes(edit: Edit) -> bool:
    """Say whether an edit would touch bytes that must survive as they are: the veto of ``keep``."""
    return escaped_bytes(edit.before)


def without_escaped_bytes(text: str) -> str:
    r"""Return a text without the bytes that could not be decoded.

    >>> without_escaped_bytes(b"Bak\xfd".decode("utf-8", "surrogateescape"))
    'Bak'
    """
    plain: str = _ESCAPED.sub("", text)
    return plain


def read_chunks(
    stream: io.BufferedIOBase,
    *,
    name: str = "-",
    encoding: str = "utf-8",
    errors: ErrorPolicy = "fail",
    report: Callable[[str], object] = lambda _: None,
    size: int = CHUNK,
) -> Iterator[Chunk]:
    r"""Yield the text of a byte stream in chunks of about ``size`` characters, line ends as they are.

    Bytes that are no text in the encoding raise `InputError` (``fail``), are left out and reported (``skip``), or come
    as lone surrogates that ``surrogateescape`` writes back unchanged (``keep``).

    >>> import io
    >>> list(read_chunks(io.BytesIO("Bakı\r\n".encode())))
    [Chunk(text='Bakı\r\n', start=0)]
    """
    rest, start = "", 0
    for text in _decoded(stream, name, encoding, errors, report, size):
        rest += text
        while len(rest) >= size:
            cut = _cut(rest, size)
            if not cut:
                break
            yield Chunk(rest[:cut], start)
            rest, start = rest[cut:], start + cut
    if rest:
        yield Chunk(rest, start)


def _decoded(
    stream: io.BufferedIOBase, name: str, encoding: str, errors: ErrorPolicy, report: Callable[[str], object], size: int
) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    position, head = 0, b""
    while True:
        data = _filled(stream, size)
        head = head or data[:4]
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise InputError(f"{name} is not {encoding} ({error.reason}): name another with --encoding") from error
        if (found := _ESCAPED.search(text)) and errors != "keep":
            if errors == "fail":
                byte = position + len(text[: found.start()].encode(encoding, "surrogateescape"))
                raise InputError(f"{name}: byte {byte:,} is not {encoding}: {_remedy(head)}")
            for match in _ESCAPED.finditer(text):
                byte = position + len(text[: match.start()].encode(encoding, "surrogateescape"))
                report(f"byte {byte:,}: left out {match[0].encode(encoding, 'surrogateescape').hex(' ')}, not {encoding}")
            position += len(text.encode(encoding, "surrogateescape"))
            text = without_escaped_bytes(text)
        else:
            position += len(text.encode(encoding, "surrogateescape"))
        if text:
            yield text
        if not data:
            return


def _filled(stream: io.BufferedIOBase, size: int) -> bytes:
    """Read until there is enough; in steps, since one long ``read`` of a pipe can miss a Ctrl-C."""
    parts: list[bytes] = []
    while size > 0 and (part := stream.read1(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _remedy(head: bytes) -> str:
    for signature, encoding in _SIGNATURES.items():
        if head.startswith(signature):
            return f"try --encoding {encoding}" if encoding else "this looks like a binary file, give its text"
    return "name its --encoding, or take --errors keep (bytes stay as they are) or skip (they are left out)"


def _cut(text: str, size: int) -> int:
    """Return where the text can be cut, 0 where it must grow first."""
    blank = max(text.rfind(mark) + len(mark) for mark in _BLANK_LINE)
    if blank > size // 2:
        return blank
    line = len(text)
    while (line := text.rfind("\n", 0, line)) > 0:
        last = text[max(0, line - 2) : line].rstrip("\r ")[-1:]
        if not last or last not in _NO_BREAK_AFTER:
            return line + 1
    if len(text) < LONGEST_LINE * size // CHUNK:
        return 0
    cut = text.rfind(". ", size) + 2
    if not size < cut < len(text):
        cut = text.rfind(" ", size, -1) + 1 or len(text) - 1
    while cut > 1 and _GLUED.match(text[cut]):
        cut -= 1
    return cut


def read_json_lines(
    stream: io.BufferedIOBase, *, name: str = "-", text_key: str = "text", report: Callable[[int, bytes, str], object]
) -> Iterator[JsonLine]:
    """Yield the lines of a JSONL stream; what is no object with a string at ``text_key`` goes to ``report`` instead.

    ``report`` gets the line's number, bytes and what is wrong. Other fields keep their bytes; blank lines are left out.
    """
    for number, raw in enumerate(stream, 1):
        if raw.isspace():
            continue
        try:
            line = _json_line(number, raw, text_key)
        except (msgspec.MsgspecError, UnicodeDecodeError, InputError) as error:
            report(number, raw, f"{name}, line {number}: {error}")
        else:
            yield line


def _json_line(number: int, raw: bytes, text_key: str) -> JsonLine:
    fields = msgspec.json.decode(raw.removeprefix(codecs.BOM_UTF8), type=dict[str, msgspec.Raw])
    if text_key not in fields:
        raise InputError(f"no {text_key!r} among {list(fields)}: name the right one with --text-key")
    return JsonLine(number, raw, msgspec.json.decode(fields[text_key], type=str), fields, text_key)


class AtomicFile:
    """A file that appears under its name when it is complete, and not at all otherwise.

    Written beside its place, or in ``scratch``, a folder of the same file system, synced, then renamed; mode bits of a file
    that it replaces are kept, and that file stays as ``path + backup`` if ``backup`` is given. A device or a pipe is
    written directly. Use it in ``with``: an exception discards what was written.
    """

    def __init__(self, path: Path, *, backup: str = "", scratch: Path | None = None) -> None:
        self.path = Path(os.path.realpath(path))
        self._backup = backup
        self._part: Path | None = None
        try:
            if self.path.exists() and not self.path.is_file():
                self._file: BinaryIO = self.path.open("wb")
                return
            handle, part = tempfile.mkstemp(prefix=f".{self.path.name}.", suffix=".part", dir=scratch or self.path.parent)
        except OSError as error:
            raise self._refusal(error) from error
        self._part = Path(part)
        self._file = os.fdopen(handle, "wb")
        if self.path.exists():
            shutil.copymode(self.path, self._part)
        else:
            mask = os.umask(0)
            os.umask(mask)
            self._part.chmod(0o666 & ~mask)

    def write(self, data: bytes) -> None:
        """Write bytes; raises `AzprocError` where the disk is full."""
        try:
            self._file.write(data)
        except OSError as error:
            raise self._refusal(error) from error

    def place(self) -> int:
        """Return how much has been written, for `back_to`."""
        return self._file.tell() if self._part else 0

    def back_to(self, place: int) -> None:
        """Forget what was written after a place; what went to a device or pipe is gone."""
        if self._part:
            self._file.flush()
            self._file.seek(place)
            self._file.truncate()

    def commit(self) -> None:
        """Sync the file and give it its name."""
        try:
            self._file.flush()
            if self._part:
                os.fsync(self._file.fileno())
            self._file.close()
            if self._part:
                self._keep_backup()
                self._part.replace(self.path)
                self._part = None
        except OSError as error:
            self.discard()
            raise self._refusal(error) from error

    def discard(self) -> None:
        """Throw away what was written; the file of that name, if any, stays as it was."""
        with contextlib.suppress(OSError):  # a full disk refuses the last flush too
            self._file.close()
        if self._part:
            self._part.unlink(missing_ok=True)
            self._part = None

    def _keep_backup(self) -> None:
        if not self._backup or not self.path.exists():
            return
        backup = self.path.with_name(self.path.name + self._backup)
        if backup.exists():
            self.discard()
            raise AzprocError(f"{backup} exists, and may be the only original: move it away or choose another --backup")
        try:
            os.link(self.path, backup)
        except OSError:  # a file system without hard links
            shutil.copy2(self.path, backup)

    def _refusal(self, error: OSError) -> AzprocError:
        return AzprocError(f"cannot write {self.path}: {error.strerror}; the input is untouched, make room or choose another place")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self.discard()
        elif self._part or not self._file.closed:
            self.commit()
