"""The command line: one file per command, loaded when it is asked for."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click

from azproc import __version__
from azproc.errors import AzprocError, DataError, InputError, PipelineError

__all__ = ["main"]

COMMANDS = ("clean", "segment", "extract", "ner", "evaluate", "explain", "report", "run", "data")

DONE, SOME_FAILED, USAGE, UNREADABLE, DATA_MISSING, INTERRUPTED = 0, 1, 2, 3, 4, 130
EXIT_CODES = {InputError: UNREADABLE, DataError: DATA_MISSING, PipelineError: USAGE}


class LazyGroup(click.Group):
    """A group whose commands are imported by name, so that ``--help`` of one does not load the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of use."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command out of its own file."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"azproc.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a reader that has gone away, as in ``| head``, is no failure."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(DONE)
        return result


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="azproc")
def azproc() -> None:
    """Azerbaijani text: cleaned, segmented and read, with every change explained and undoable.

    Exit codes: 0 done; 1 some items failed (listed in failures.jsonl), or --check found changes; 2 wrong usage; 3 input
    unreadable; 4 model or lexicon missing; 130 interrupted, finished files kept.
    """


def main() -> None:
    """Run the command line and leave with its exit code. Results are UTF-8 whatever the locale says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    try:
        code = azproc.main(standalone_mode=False, prog_name="azproc")
    except click.Abort:
        click.echo("interrupted: what was finished is kept, nothing else was touched", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except AzprocError as error:
        click.echo(f"azproc: {error}", err=True)
        code = next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), SOME_FAILED)
    except OSError as error:
        click.echo(f"azproc: {error.filename or 'input or output'}: {error.strerror}", err=True)
        code = SOME_FAILED
    sys.exit(code if isinstance(code, int) else DONE)
