"""``azproc extract``: dates and numbers with their values."""

from __future__ import annotations

import datetime

import click

from azproc.batch.formats import ErrorPolicy
from azproc.cli.findings import write_findings
from azproc.cli.options import encoding_options, form_options, inputs_argument, profile_option

__all__ = ["command"]

COLUMNS = ("type", "value", "resolved", "unit", "mod", "rule")


@click.command("extract")
@inputs_argument
@click.option("--dates", is_flag=True, help="Dates, clock times, durations.  [default: both]")
@click.option("--numbers", is_flag=True, help="Quantities.  [default: both]")
@click.option("--relative-to", type=click.DateTime(["%Y-%m-%d"]), help="The day that words such as dünən (yesterday) count from.")
@form_options
@profile_option(None)
@encoding_options
def command(
    inputs: tuple[str, ...],
    dates: bool,
    numbers: bool,
    relative_to: datetime.datetime | None,
    form: str,
    profile: str | None,
    encoding: str,
    errors: ErrorPolicy,
) -> int:
    """Find dates and numbers: one a line, with offsets in code points of the original file, even after --profile."""
    asked = tuple(layer for layer, wanted in (("dates", dates), ("numbers", numbers)) if wanted) or ("dates", "numbers")
    options = {"dates": {"relative_to": relative_to.date()}} if relative_to and "dates" in asked else None
    return write_findings(inputs, asked, COLUMNS, form, profile, encoding, errors, options)
