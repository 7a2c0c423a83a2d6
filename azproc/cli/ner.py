"""``azproc ner``: named entities with their citation forms."""

from __future__ import annotations

import click

from azproc.batch.formats import ErrorPolicy
from azproc.cli.findings import write_findings
from azproc.cli.options import encoding_options, form_options, inputs_argument, profile_option

__all__ = ["command"]

COLUMNS = ("label", "name", "score", "rule")


@click.command("ner")
@inputs_argument
@form_options
@profile_option(None)
@encoding_options
def command(
    inputs: tuple[str, ...], form: str, profile: str | None, encoding: str, errors: ErrorPolicy
) -> int:
    """Find named entities: one a line, with offsets in code points of the original file, even after --profile."""
    return write_findings(inputs, ("entities",), COLUMNS, form, profile, encoding, errors, before=("sentences", "tokens"))
