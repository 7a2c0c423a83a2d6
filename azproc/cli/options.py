"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from azproc.pipeline import profile_names

__all__ = ["encoding_option", "encoding_options", "form_options", "inputs_argument", "profile_option"]

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


inputs_argument: Decorator = click.argument("inputs", nargs=-1, metavar="[FILE|GLOB|DIRECTORY|-]...")


def profile_option(default: str | None) -> Decorator:
    """Return the option ``--profile`` with a default."""
    return click.option(
        "--profile",
        default=default,
        show_default=default is not None,
        metavar="NAME|PATH",
        callback=_known_profile,
        help="web, ocr, wiki, minimal, typed, or the path of a TOML file.",
    )


def encoding_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--encoding``."""
    about = "Encoding of the input; the output is UTF-8."
    return click.option("--encoding", default="utf-8", show_default=True, callback=_known_encoding, help=about)(command)


def encoding_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--encoding`` and ``--errors``."""
    policy = click.option(
        "--errors",
        type=click.Choice(["fail", "skip", "keep"]),
        default="fail",
        show_default=True,
        help="Bytes that are no text in the encoding: the file fails, they are left out, or they stay as they are.",
    )
    return encoding_option(policy(command))


def form_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--jsonl`` and ``--csv``, which set ``form``; without either, it is ``tsv``."""
    jsonl = click.option("--jsonl", "form", flag_value="jsonl", help="Write JSON lines.")
    table = click.option("--csv", "form", flag_value="csv", help="Write CSV with a header.")
    plain = click.option("--tsv", "form", flag_value="tsv", default=True, help="Write tab-separated lines.  [default]")
    return jsonl(table(plain(command)))


def _known_profile(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and value not in profile_names() and not value.endswith(".toml"):
        raise click.BadParameter(f"{value!r} is none of {', '.join(profile_names())}, nor the path of a .toml file")
    return value


def _known_encoding(_context: click.Context, _option: click.Parameter, value: str) -> str:
    try:
        "".encode(value)
    except LookupError as error:
        raise click.BadParameter(f"{value!r} is no encoding that Python knows") from error
    return value
