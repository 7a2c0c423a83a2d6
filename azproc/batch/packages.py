"""The packages that some formats need, and what to install where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from azproc.errors import DataError

__all__ = ["package_for"]

_PACKAGES = {
    "parquet": "pyarrow.parquet",
    "html": "selectolax.lexbor",
    "txt.zst": "zstandard",
    "jsonl.zst": "zstandard",
}


def package_for(form: str) -> Any:
    """Return the module that reads or writes a format, None for a format that needs none.

    Raises `DataError` where it is not installed.

    >>> package_for("txt.gz") is None
    True
    """
    name = _PACKAGES.get(form)
    if name is None:
        return None
    try:
        return import_module(name)
    except ImportError as error:
        raise DataError(f"{form} files need {name.partition('.')[0]}: pip install 'azproc[batch]'") from error
