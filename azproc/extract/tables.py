"""The small tables of azproc/data as rows with named cells."""

from __future__ import annotations

from collections.abc import Iterator

from azproc.resources import read_table

__all__ = ["rows"]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in azproc/data, named by its header line; a short row is filled up with empty strings.

    >>> next(rows("numerals.tsv"))["word"]
    'sıfır'
    """
    header, *table = read_table(name)
    for cells in table:
        yield dict(zip(header, cells + ("",) * (len(header) - len(cells)), strict=True))
