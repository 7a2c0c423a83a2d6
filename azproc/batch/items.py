"""The documents of a shard, whatever the format that they come in, and the bytes that they become."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from azproc.batch.formats import Chunk, escaped_bytes, read_chunks, read_json_lines, spelled, without_escaped_bytes
from azproc.batch.packages import package_for
from azproc.batch.plan import Settings, Shard
from azproc.document import Document
from azproc.errors import InputError

__all__ = ["Item", "read_items", "written"]

Report = Callable[[str, str], object]

ROW_GROUP = 8 << 20
"""Characters that make a row group of Parquet output, about."""

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "select",
    "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_DELIMITERS = (",", ";", "\t")  # spreadsheets write a semicolon where numbers have a decimal comma, as in Azerbaijan
_NO_TEXT = ("script", "style", "noscript", "template", "svg")


@dataclass(frozen=True, slots=True)
class Item:
    """A document as it came: its number in the shard, its id, its text and whatever else its source said of it."""

    number: int
    id: str
    text: str
    meta: Mapping[str, Any] = field(default_factory=dict)

    def document(self) -> Document:
        """Return it as a document."""
        return Document(self.text, id=self.id, meta=self.meta)


class _Range(io.RawIOBase):
    """Bytes ``[start, end)`` of a file as a stream."""

    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self._stream, self._left = stream, end - start
        stream.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(min(len(buffer), self._left))
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)


def read_items(shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    """Yield the documents of a shard; ``report`` gets the id of what is no document, and why.

    Raises `InputError` where the file cannot be read or decoded.
    """
    try:
        with Path(shard.source).open("rb") as stream:
            yield from _READERS[shard.format](stream, shard, settings, report)
    except (OSError, EOFError) as error:
        raise InputError(f"cannot read {shard.source}: {error}") from error


def _text(stream: io.BufferedIOBase, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    for number, chunk in enumerate(_chunks(stream, shard, settings, report)):
        yield Item(number, f"{spelled(shard.source)}:{shard.start}+{chunk.start}", chunk.text)


def _chunks(stream: io.BufferedIOBase, shard: Shard, settings: Settings, report: Report) -> Iterator[Chunk]:
    left_out = partial(report, shard.source)
    return read_chunks(stream, name=shard.source, encoding=settings.encoding, errors=settings.errors, report=left_out)


def _json_lines(stream: io.BufferedIOBase, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    def refused(number: int, _raw: bytes, reason: str) -> None:
        report(f"{spelled(shard.source)}:{shard.start}#{number}", reason)

    for line in read_json_lines(stream, name=shard.source, text_key=settings.text_key, report=refused):
        meta = {name: json.loads(bytes(value)) for name, value in line.fields.items() if name != settings.text_key}
        identity = meta.pop("id", None)
        yield Item(line.number, str(identity if identity is not None else f"{spelled(shard.source)}:{shard.start}#{line.number}"), line.text, meta)


def _ranged(reader: Callable[..., Iterator[Item]]) -> Callable[..., Iterator[Item]]:
    def read(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
        part = io.BufferedReader(_Range(stream, shard.start, shard.end))
        return reader(part, shard, settings, report)

    return read


def _gzipped(reader: Callable[..., Iterator[Item]]) -> Callable[..., Iterator[Item]]:
    def read(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
        return reader(gzip.GzipFile(fileobj=stream), shard, settings, report)

    return read


class _Frames(io.RawIOBase):
    """The plain bytes of a file of Zstandard frames; one that ends within a frame raises `EOFError`."""

    def __init__(self, stream: BinaryIO, new_frame: Callable[[], Any]) -> None:
        self._stream, self._new_frame = stream, new_frame
        self._frame: Any = None
        self._packed = self._plain = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._plain:
            self._packed = self._packed or self._stream.read(io.DEFAULT_BUFFER_SIZE)
            if not self._packed:
                if self._frame:
                    raise EOFError("it ends in the middle of a frame")
                return 0
            self._frame = self._frame or self._new_frame()
            self._plain, self._packed = self._frame.decompress(self._packed), b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        data, self._plain = self._plain[: len(buffer)], self._plain[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def _zstandard(reader: Callable[..., Iterator[Item]]) -> Callable[..., Iterator[Item]]:
    def read(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
        zstandard = package_for(shard.format)
        plain = io.BufferedReader(_Frames(stream, zstandard.ZstdDecompressor().decompressobj))
        try:
            yield from reader(plain, shard, settings, report)
        except zstandard.ZstdError as error:
            raise InputError(f"{shard.source} is no intact .zst file: {error}") from error

    return read


def _csv(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    csv.field_size_limit(1 << 30)
    encoding = "utf-8-sig" if codecs.lookup(settings.encoding).name == "utf-8" else settings.encoding  # spreadsheets write a mark
    lines = io.TextIOWrapper(stream, encoding=encoding, errors="surrogateescape", newline="")
    try:
        header = lines.readline()
        columns = {delimiter: next(csv.reader([header], delimiter=delimiter), []) for delimiter in _DELIMITERS}
        delimiter = next((delimiter for delimiter, names in columns.items() if settings.text_key in names), None)
        if delimiter is None:
            raise InputError(f"{shard.source} has no column {settings.text_key!r} among {columns[',']}: name it with --text-key")
        rows = csv.DictReader(lines, columns[delimiter], restkey="more", delimiter=delimiter)
        for number, row in enumerate(rows, 1):
            text = row.pop(settings.text_key)
            identity = row.pop("id", None) or f"{spelled(shard.source)}#{number}"
            if text is None:
                report(identity, "the row has too few cells")
                continue
            meta = {str(name): value for name, value in row.items()}
            if settings.errors != "keep" and any(map(escaped_bytes, map(str, (text, identity, *meta.values())))):
                reason = f"row {number} has bytes that are not {settings.encoding}"
                if settings.errors == "fail":
                    raise InputError(f"{shard.source}, {reason}: name its --encoding, or take --errors skip (they are left out)")
                report(identity, f"{reason}: left out")
                text, identity = without_escaped_bytes(text), without_escaped_bytes(identity)
                meta = {name: without_escaped_bytes(str(value)) for name, value in meta.items()}
            yield Item(number, identity, text, meta)
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{shard.source} is no intact CSV in {settings.encoding}: {error}") from error


def _html(stream: io.BufferedIOBase, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    parser = package_for("html").LexborHTMLParser
    page = parser("".join(chunk.text for chunk in _chunks(stream, shard, settings, report)))
    page.strip_tags(list(_NO_TEXT))
    title = page.css_first("title")
    text = "\n\n".join(_blocks(page.body)) if page.body is not None else ""
    yield Item(0, spelled(shard.source), text, {"title": title.text().strip() if title else ""})


def _blocks(body: Any) -> Iterator[str]:
    """Yield the text of a page block by block, as a browser sets it: each bit of text belongs to the block that it stands in."""
    of: dict[int, Any] = {}  # the block of each element, by its identity
    current, parts = None, [""]
    for node in body.traverse(include_text=True):
        block = of.get(node.parent.mem_id, body)
        if node.tag == "-text":
            if block is not current:
                yield from _lines(parts)
                current, parts = block, []
            text = node.text_content or ""
            parts.append(text if block.tag == "pre" else text.replace("\n", " "))
        elif node.tag == "br":
            parts.append("\n")
        else:
            of[node.mem_id] = node if node.tag in _BLOCKS else block
            if node.tag in _BLOCKS:
                yield from _lines(parts)
                current, parts = None, []
    yield from _lines(parts)


def _lines(parts: list[str]) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    text = "\n".join(filter(None, lines))
    if text:
        yield text


def _parquet(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    parquet = package_for("parquet")
    import pyarrow

    try:
        yield from _parquet_rows(parquet.ParquetFile(stream), shard, settings, report)
    except pyarrow.ArrowException as error:
        raise InputError(f"{shard.source} is no intact Parquet file: {error}") from error


def _parquet_rows(file: Any, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    if settings.text_key not in file.schema_arrow.names:
        raise InputError(f"{shard.source} has no column {settings.text_key!r} among {file.schema_arrow.names}: name it with --text-key")
    number = 0
    for batch in file.iter_batches(batch_size=1024, row_groups=range(shard.start, shard.end)):
        for row in batch.to_pylist():
            text, identity = row.pop(settings.text_key), row.pop("id", None)
            identity = str(identity) if identity is not None else f"{spelled(shard.source)}:{shard.start}#{number}"
            if isinstance(text, str):
                yield Item(number, identity, text, row)
            else:
                report(identity, "the row has no text")
            number += 1


_READERS: Mapping[str, Callable[..., Iterator[Item]]] = {
    "txt": _ranged(_text),
    "jsonl": _ranged(_json_lines),
    "txt.gz": _gzipped(_text),
    "jsonl.gz": _gzipped(_json_lines),
    "txt.zst": _zstandard(_text),
    "jsonl.zst": _zstandard(_json_lines),
    "csv": _csv,
    "html": _html,
    "parquet": _parquet,
}


def written(documents: Iterable[Document], to: str, *, lines: bool) -> Iterator[bytes]:
    """Yield documents as bytes of an output format.

    ``txt`` gives the bare texts, each on lines of its own if ``lines`` (they were records, not a running text); ``jsonl``
    the documents with their edits and layers; ``parquet`` the columns id, text, edits, layers and meta, the last three JSON.
    """
    if to == "txt":
        for document in documents:
            ending = "\n" if lines and not document.text.endswith("\n") else ""
            yield (document.text + ending).encode("utf-8", "surrogateescape")
    elif to == "jsonl":
        for document in documents:
            yield document.to_json().encode() + b"\n"
    else:
        yield from _parquet_bytes(documents)


class _Passing(io.RawIOBase):
    """A file that keeps what is written to it only until it is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._place = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self._place += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        return self._place

    def taken(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def _parquet_bytes(documents: Iterable[Document]) -> Iterator[bytes]:
    parquet = package_for("parquet")
    import pyarrow

    schema = pyarrow.schema([(name, pyarrow.string()) for name in ("id", "text", "edits", "layers", "meta")])
    file = _Passing()
    with parquet.ParquetWriter(file, schema) as writer:
        for rows in _groups(documents):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema))
            yield file.taken()
    yield file.taken()


def _groups(documents: Iterable[Document]) -> Iterator[list[dict[str, str]]]:
    """Yield rows of a Parquet table in groups that fit into memory."""
    rows: list[dict[str, str]] = []
    size = 0
    for document in documents:
        record = json.loads(document.to_json())
        rows.append({name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in record.items()})
        size += sum(map(len, rows[-1].values()))
        if size > ROW_GROUP:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows
