"""``azproc report``: one page about a file, to look at, filter, undo and download from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from azproc.batch.formats import AtomicFile, read_chunks
from azproc.cli.inputs import Source, spare
from azproc.cli.options import encoding_option, profile_option
from azproc.errors import InputError
from azproc.pipeline import Pipeline, load
from azproc.report import report_html

__all__ = ["command"]

LARGEST = 5_000_000


@click.command("report")
@click.argument("file", metavar="FILE|-")
@profile_option("ocr")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="HTML", help="The page to write.")
@click.option("--entities/--no-entities", default=True, show_default=True, help="Mark the named entities.")
@click.option("--dates/--no-dates", default=True, show_default=True, help="Mark the dates, and draw them on a time line.")
@encoding_option
def command(file: str, profile: str, output: Path, entities: bool, dates: bool, encoding: str) -> int:
    """Write one self-contained HTML page about FILE: before and after, with a switch on each edit.

    The page works without a network, on a phone, in the dark and from the keyboard.
    """
    source = Source(file, Path(file))
    spare([source], output)
    text = _read(source, encoding)
    layers = (["sentences", "tokens", "entities"] if entities else []) + (["dates"] if dates else [])
    doc = load(profile)(text)
    found = Pipeline(*layers)(doc) if layers else doc
    page = report_html(replace(found, profile=doc.profile), title=f"{source.place.name}, profile {profile}", name=source.place.stem)
    with AtomicFile(output) as stream:
        stream.write(page.encode())
    click.echo(f"{len(doc.changes.edits):,} edits -> {output}", err=True)
    return 0


def _read(source: Source, encoding: str) -> str:
    text = ""
    with source.open() as stream:
        for chunk in read_chunks(stream, name=source.name, encoding=encoding):
            text += chunk.text
            if len(text) > LARGEST:
                raise InputError(f"{source.name} has more than the {LARGEST:,} characters of a page: split it, or use azproc clean --edits")
    return text
