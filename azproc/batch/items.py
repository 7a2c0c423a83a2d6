"""The documents of a shard, whatever the format that they come in, and the bytes that they become."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from azproc.batch.formats import read_chunks, read_json_lines
from azproc.batch.plan import Settings, Shard
from azproc.document import Document
from azproc.errors import DataError, InputError

__all__ = ["Item", "read_items", "written"]

Report = Callable[[str, str], object]

_BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, blockquote, pre, figcaption, dt, dd"
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


def _text(stream: io.BufferedIOBase, shard: Shard, settings: Settings, _report: Report) -> Iterator[Item]:
    for number, chunk in enumerate(read_chunks(stream, name=shard.source, encoding=settings.encoding)):
        yield Item(number, f"{shard.source}:{shard.start}+{chunk.start}", chunk.text)


def _json_lines(stream: io.BufferedIOBase, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    def refused(number: int, _raw: bytes, reason: str) -> None:
        report(f"{shard.source}:{shard.start}#{number}", reason)

    for line in read_json_lines(stream, name=shard.source, text_key=settings.text_key, report=refused):
        meta = {name: json.loads(bytes(value)) for name, value in line.fields.items() if name != settings.text_key}
        identity = meta.pop("id", None)
        yield Item(line.number, str(identity if identity is not None else f"{shard.source}:{shard.start}#{line.number}"), line.text, meta)


def _ranged(reader: Callable[..., Iterator[Item]]) -> Callable[..., Iterator[Item]]:
    def read(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
        part = io.BufferedReader(_Range(stream, shard.start, shard.end))
        return reader(part, shard, settings, report)

    return read


def _gzipped(reader: Callable[..., Iterator[Item]]) -> Callable[..., Iterator[Item]]:
    def read(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
        return reader(gzip.GzipFile(fileobj=stream), shard, settings, report)

    return read


def _zstandard(reader: Callable[..., Iterator[Item]]) -> Callable[..., Iterator[Item]]:
    def read(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
        try:
            import zstandard
        except ImportError as error:
            raise DataError("reading .zst needs zstandard: pip install 'azproc[batch]'") from error
        plain = io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True))
        try:
            yield from reader(plain, shard, settings, report)
        except zstandard.ZstdError as error:
            raise InputError(f"{shard.source} is no intact .zst file: {error}") from error

    return read


def _csv(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    csv.field_size_limit(1 << 30)
    rows = csv.DictReader(io.TextIOWrapper(stream, encoding=settings.encoding, newline=""))
    try:
        if settings.text_key not in (rows.fieldnames or ()):
            raise InputError(f"{shard.source} has no column {settings.text_key!r} among {rows.fieldnames}: name it with --text-key")
        for number, row in enumerate(rows, 1):
            text = row.pop(settings.text_key)
            identity = row.pop("id", None) or f"{shard.source}#{number}"
            if text is None:
                report(identity, "the row has too few cells")
            else:
                yield Item(number, identity, text, {str(name): value for name, value in row.items()})
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{shard.source}, row {rows.line_num}: {error}") from error


def _html(stream: BinaryIO, shard: Shard, settings: Settings, _report: Report) -> Iterator[Item]:
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError as error:
        raise DataError("reading HTML needs selectolax: pip install 'azproc[batch]'") from error
    try:
        page = LexborHTMLParser(stream.read().decode(settings.encoding))
    except UnicodeDecodeError as error:
        raise InputError(f"{shard.source} is not {settings.encoding} ({error.reason}): name another with --encoding") from error
    page.strip_tags(list(_NO_TEXT))
    blocks = [block for block in page.css(_BLOCKS) if not any(inner is not block and inner.html != block.html for inner in block.css(_BLOCKS))]
    texts = [" ".join(block.text(separator="").split()) for block in blocks]
    if not any(texts) and page.body is not None:
        texts = [" ".join(page.body.text(separator=" ").split())]
    title = page.css_first("title")
    yield Item(0, shard.source, "\n\n".join(filter(None, texts)), {"title": title.text().strip() if title else ""})


def _parquet(stream: BinaryIO, shard: Shard, settings: Settings, report: Report) -> Iterator[Item]:
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(stream)
    if settings.text_key not in file.schema_arrow.names:
        raise InputError(f"{shard.source} has no column {settings.text_key!r} among {file.schema_arrow.names}: name it with --text-key")
    number = 0
    for batch in file.iter_batches(batch_size=1024, row_groups=range(shard.start, shard.end)):
        for row in batch.to_pylist():
            text, identity = row.pop(settings.text_key), row.pop("id", None)
            identity = str(identity) if identity is not None else f"{shard.source}:{shard.start}#{number}"
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
        yield _parquet_bytes(documents)


def _parquet_bytes(documents: Iterable[Document]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    columns: dict[str, list[str]] = {name: [] for name in ("id", "text", "edits", "layers", "meta")}
    for document in documents:
        record = json.loads(document.to_json())
        for name, column in columns.items():
            value = record[name]
            column.append(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    table = pyarrow.table({name: pyarrow.array(column, pyarrow.string()) for name, column in columns.items()})
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data
