"""Progress, on standard error and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from azproc.cli.inputs import Source

__all__ = ["progress"]


@contextmanager
def progress(sources: list[Source], *, wanted: bool = True) -> Iterator[Callable[[int], object]]:
    """Show how many bytes of the sources are done; yields the function that adds some."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    sizes = [source.path.stat().st_size if source.path and source.path.exists() else None for source in sources]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        total = None if None in sizes else sum(size or 0 for size in sizes)
        task = bars.add_task("", total=total)
        yield lambda size: bars.advance(task, size)
