"""``azproc data``: the lexicons, tables and models that the library opens."""

from __future__ import annotations

import click

from azproc.cli.outputs import say
from azproc.errors import DataError
from azproc.resources import artefacts, manifest, verified

__all__ = ["command"]

DAMAGED = 4


@click.command("data")
def command() -> int:
    """List lexicons and models with version, size and licence, each checked against its manifest; 4 if one is damaged."""
    damaged = False
    for file in artefacts():
        entry = manifest(file)
        try:
            size = f"{verified(file).stat().st_size:,}"
        except DataError as error:
            damaged = True
            click.echo(f"azproc: {error}", err=True)
            size = "damaged"
        say("\t".join((file.name, str(entry.get("version", "")), size, str(entry.get("licence", "")))))
    return DAMAGED if damaged else 0
