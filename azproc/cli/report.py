"""``azproc report``: one page about a file, to look at, filter, undo and download from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from azproc.batch.formats import AtomicFile
from azproc.cli.options import profile_option
from azproc.errors import InputError
from azproc.pipeline import Pipeline, load
from azproc.report import report_html

__all__ = ["command"]

LARGEST = 5_000_000


@click.command("report")
@click.argument("file", type=click.Path(path_type=Path))
@profile_option("ocr")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="HTML", help="The page to write.")
@click.option("--entities/--no-entities", default=True, show_default=True, help="Mark the named entities.")
@click.option("--dates/--no-dates", default=True, show_default=True, help="Mark the dates, and draw them on a time line.")
@click.option("--encoding", default="utf-8", show_default=True)
def command(file: Path, profile: str, output: Path, entities: bool, dates: bool, encoding: str) -> int:
    """Write one self-contained HTML page about FILE: before and after, with a switch on each edit.

    The page works without a network, on a phone, in the dark and from the keyboard.
    """
    try:
        text = file.read_bytes().decode(encoding)
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: byte {error.start:,} is not {encoding}: name its --encoding") from error
    if len(text) > LARGEST:
        raise InputError(f"{file} has {len(text):,} characters; a page holds {LARGEST:,}: split it, or use azproc clean --edits")
    layers = (["sentences", "tokens", "entities"] if entities else []) + (["dates"] if dates else [])
    doc = load(profile)(text)
    found = Pipeline(*layers)(doc) if layers else doc
    page = report_html(replace(found, profile=doc.profile), title=f"{file.name}, profile {profile}", name=file.stem)
    with AtomicFile(output) as stream:
        stream.write(page.encode())
    click.echo(f"{len(doc.changes.edits):,} edits -> {output}", err=True)
    return 0


