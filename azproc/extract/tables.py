"""Read the small tables of azproc/data: tab-separated, with a header line, comments after #."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

__all__ = ["rows"]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in azproc/data as dictionaries; a short row is filled up with empty strings.

    >>> next(rows("numerals.tsv"))["word"]
    'sıfır'
    """
    lines = resources.files("azproc.data").joinpath(name).read_text(encoding="utf-8").splitlines()
    kept = (line.split("\t") for line in lines if line.strip() and not line.startswith("#"))
    header = next(kept)
    for cells in kept:
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
