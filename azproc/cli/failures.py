"""Items that failed: recorded one by one while the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from azproc.batch.formats import json_line
from azproc.errors import AzprocError, DataError, InputError

__all__ = ["Failures", "tell"]

_NAMED = 5


def tell(failures: Sequence[tuple[str, str]], listing: Path) -> None:
    """Name the first failed items on standard error, and where all are listed."""
    _name(failures)
    click.echo(f"azproc: {len(failures):,} failed, listed in {listing}", err=True)


def _name(failures: Sequence[tuple[str, str]]) -> None:
    for item, reason in failures[:_NAMED]:
        click.echo(f"azproc: {item}: {reason}", err=True)


class Failures:
    """A list of failed items that becomes ``failures.jsonl`` when there is one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records: list[dict[str, str]] = []
        self._unreadable: InputError | None = None

    def record(self, item: str, reason: object) -> None:
        """Add an item that failed and why."""
        self._records.append({"item": item, "reason": str(reason)})

    @contextmanager
    def guard(self, item: str) -> Iterator[None]:
        """Record the item if the body fails, and go on; a missing model, or no way to write, still ends the run."""
        try:
            yield
        except (DataError, BrokenPipeError, click.ClickException):
            raise
        except InputError as error:
            self._unreadable = error
            self.record(item, error)
        except AzprocError as error:
            self.record(item, error)
        except Exception as error:  # noqa: BLE001  (one item must not take the others down)
            self.record(item, f"{type(error).__name__}: {error}")

    def close(self, items: int) -> bool:
        """Write the list, if any, and say whether there is one; a sole input that cannot be read raises its error."""
        if not self._records:
            return False
        if items == 1 and self._unreadable:
            raise self._unreadable
        failures = [(record["item"], record["reason"]) for record in self._records]
        try:
            with self._path.open("wb") as file:
                file.writelines(json_line(record) for record in self._records)
        except OSError:  # the list is lost, the reasons must not be
            _name(failures)
            raise
        tell(failures, self._path)
        return True
