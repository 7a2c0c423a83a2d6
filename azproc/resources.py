"""Find, verify, open and cache what the library reads from disk: lexicons, tables and models.

A name such as ``months.tsv`` or ``ner/model.onnx`` is looked for along an explicit path, then in the folder that the
environment variable ``AZPROC_DATA`` names, then in the package. An artefact that a ``MANIFEST.json`` beside it lists is
opened only if its SHA-256 matches. Small tables are plain text that people edit and have no hash.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azproc.errors import DataError

if TYPE_CHECKING:
    import marisa_trie

    from azproc.lexicon import Lexicon

__all__ = [
    "AZPROC_DATA",
    "artefacts",
    "data_file",
    "lexicon",
    "manifest",
    "model_file",
    "read_lines",
    "read_table",
    "read_toml",
    "record_trie",
    "verified",
]

AZPROC_DATA = "AZPROC_DATA"
MANIFEST = "MANIFEST.json"

_PACKAGE = Path(__file__).parent
_DATA_FOLDERS = (_PACKAGE / "data",)
_MODEL_FOLDERS = (_PACKAGE / "models", _PACKAGE.parent / "models")  # in a wheel, in a source tree


def data_file(name: str, path: str | os.PathLike[str] | None = None) -> Path:
    """Return the verified path of a file of ``azproc/data``, or of ``path`` (a file, or a folder that holds ``name``).

    Raises ``DataError`` when the file is missing or differs from its manifest.

    >>> data_file("suffixes.toml").name
    'suffixes.toml'
    """
    return verified(_find(name, path, _DATA_FOLDERS))


def model_file(name: str, path: str | os.PathLike[str] | None = None) -> Path:
    """Return the verified path of a file of a model, named as ``folder/file``; otherwise like ``data_file``.

    >>> model_file("ner/tags.json").name
    'tags.json'
    """
    return verified(_find(name, path, _MODEL_FOLDERS))


def manifest(file: Path) -> dict[str, Any]:
    """Return what ``MANIFEST.json`` beside a file says about it: version, sha256, licence, sources; empty if nothing.

    >>> sorted(manifest(data_file("words.marisa")))
    ['built_by', 'format', 'licence', 'metrics', 'name', 'sha256', 'sources', 'version']
    """
    beside = file.parent / MANIFEST
    if not beside.is_file():
        return {}
    try:
        entry = json.loads(beside.read_text(encoding="utf-8"))["artefacts"].get(file.name, {})
    except (ValueError, KeyError, AttributeError) as error:
        raise DataError(f"{beside} is damaged ({error}): reinstall azproc, or restore the file from its source") from error
    return dict(entry)


@functools.cache
def read_toml(name: str) -> dict[str, Any]:
    """Return a TOML table of ``azproc/data``; treat it as read-only, it is shared.

    >>> sorted(read_toml("suffixes.toml"))[:2]
    ['archiphonemes', 'groups']
    """
    file = data_file(name)
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file} is not valid TOML ({error}): correct that line, or reinstall azproc") from error


@functools.cache
def read_lines(name: str) -> tuple[str, ...]:
    """Return the lines of a text table of ``azproc/data`` without comments (``# ...``) and empty lines.

    >>> "professor" in read_lines("posts.txt")
    True
    """
    rows = (line.strip() for line in _text(data_file(name)).splitlines())
    return tuple(row for row in rows if row and not row.startswith("#"))


@functools.cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a tab-separated table of ``azproc/data``; comment lines and empty lines are left out.

    >>> ("Sumqayıt", "city") in read_table("gazetteer/places.tsv")
    True
    """
    rows = (line.rstrip() for line in _text(data_file(name)).splitlines())
    return tuple(tuple(cell.strip() for cell in row.split("\t")) for row in rows if row and not row.lstrip().startswith("#"))


def record_trie(fmt: str, file: Path) -> marisa_trie.RecordTrie:
    """Open a trie of fixed records by memory map; ``fmt`` is a ``struct`` format such as ``<BBB``.

    Raises ``DataError`` where the file is no such trie.

    >>> len(record_trie("<BBB", data_file("words.marisa"))["kitab"][0])
    3
    """
    import marisa_trie

    try:
        return marisa_trie.RecordTrie(fmt).mmap(str(file))
    except RuntimeError as error:
        raise DataError(f"{file} cannot be opened as a trie ({error}): reinstall azproc, or build it again") from error


@functools.cache
def lexicon(path: str | None = None) -> Lexicon:
    """Return the lexicon, opened once for each process; ``path`` names another ``words.marisa``.

    >>> lexicon().knows("kitablarımızdan")
    True
    """
    from azproc.lexicon import Lexicon

    file = data_file("words.marisa", path)
    return Lexicon(record_trie(Lexicon.FORMAT, file))


def artefacts() -> Iterator[Path]:
    """Yield the files that the manifests of the library and of ``AZPROC_DATA`` list, whether they are there and sound or not.

    >>> "words.marisa" in {file.name for file in artefacts()}
    True
    """
    for folder in dict.fromkeys((*_own_folder(), *_DATA_FOLDERS, *_MODEL_FOLDERS)):
        for listing in sorted(folder.rglob(MANIFEST)):
            entries = json.loads(listing.read_text(encoding="utf-8"))["artefacts"]
            yield from (listing.parent / name for name in sorted(entries))


def _own_folder() -> tuple[Path, ...]:
    """The folder that the user puts in front of ours, if any."""
    own = os.environ.get(AZPROC_DATA)
    return (Path(own),) if own else ()


def _find(name: str, path: str | os.PathLike[str] | None, folders: tuple[Path, ...]) -> Path:
    if path is not None:
        given = Path(path)
        folders, name = ((given,), name) if given.is_dir() else ((given.parent,), given.name)
    else:
        folders = (*_own_folder(), *folders)
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    searched = ", ".join(str(folder) for folder in folders)
    raise DataError(
        f"{name} was not found in {searched}: reinstall azproc, or set {AZPROC_DATA} to the folder that holds it"
    )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{file} is not UTF-8 ({error}): save it as UTF-8, or reinstall azproc") from error


def verified(file: Path) -> Path:
    """Return a file that matches its manifest; raise ``DataError`` where it does not, or cannot be read.

    >>> verified(Path(__file__)).name  # a file without a manifest is taken as it is
    'resources.py'
    """
    try:
        status = file.stat()
        _check(file, status.st_mtime_ns, status.st_size)
    except OSError as error:
        raise DataError(f"{file} cannot be read ({error.strerror}): check its permissions, or reinstall azproc") from error
    return file


@functools.lru_cache(maxsize=256)
def _check(file: Path, _mtime_ns: int, _size: int) -> None:
    """Compare a file with its manifest; cached as long as its time and size stay what they were."""
    entry = manifest(file)
    if not entry:
        return
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != entry.get("sha256"):
        raise DataError(
            f"{file} does not match {MANIFEST} (its sha256 is {found[:12]}..., expected {str(entry.get('sha256'))[:12]}...): "
            "the file is damaged or of another version; reinstall azproc, or build it again and renew the manifest"
        )
