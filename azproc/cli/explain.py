"""``azproc explain``: every edit in its line, with rule, reason and confidence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from azproc.batch.formats import ErrorPolicy, read_chunks
from azproc.cli.failures import Failures
from azproc.cli.inputs import expand
from azproc.cli.options import encoding_options, inputs_argument, profile_option
from azproc.cli.outputs import console, say
from azproc.document import Document
from azproc.pipeline import load
from azproc.rewrite import Edit
from azproc.show import document_html, edit_line, reason

__all__ = ["command"]

_SCORED = ("ocr", "diacritic", "spelling", "harmony")  # rules of edits that were chosen among candidates
_MOST_CANDIDATES = 4


@click.command("explain")
@inputs_argument
@profile_option("ocr")
@click.option("--html", is_flag=True, help="Write one self-contained page instead.")
@encoding_options
def command(inputs: tuple[str, ...], profile: str, html: bool, encoding: str, errors: ErrorPolicy) -> int:
    """Show what a profile would change, and why; what goes is struck out, what comes is underlined."""
    pipeline = load(profile)
    sources = expand(inputs, ".txt")
    failed = Failures(Path("failures.jsonl"))
    if html:
        say('<!doctype html><html lang="en"><meta charset="utf-8"><title>azproc explain</title>')
    for source in sources:
        with failed.guard(source.name), source.open() as stream:
            line = 1
            for chunk in read_chunks(stream, name=source.name, encoding=encoding, errors=errors):
                doc = pipeline(chunk.text)
                if html:
                    say(document_html(doc))
                else:
                    _print(doc, source.name, line)
                line += chunk.text.count("\n")
    return int(failed.close(len(sources)))


def _print(doc: Document, name: str, first_line: int) -> None:
    from rich.text import Text

    terminal = console(soft_wrap=True)
    candidates = _candidates(doc)
    for line, edit in _numbered(doc, first_line):
        terminal.print(Text.assemble((f"{name}:{line}  ", "dim"), edit_line(doc.changes, edit)))
        why = f"{edit.rule}  {edit.confidence:.2f}  {reason(edit.rule)}".rstrip()
        terminal.print(f"    {edit.before!r} → {edit.after!r}  {why}", style="dim", markup=False)
        if edit.start in candidates:
            terminal.print(f"    {candidates[edit.start]}", style="dim", markup=False)


def _candidates(doc: Document) -> dict[int, str]:
    """Return, by its place, the candidates of each word that the OCR step changed, with their scores; best first."""
    changed = {edit.start for edit in doc.changes.edits if edit.rule.startswith(_SCORED)}
    if not changed:
        return {}
    from azproc.clean.ocr import explain_words

    return {
        word.start: "candidates: "
        + ", ".join(f"{one.word} {one.score:.1f}" for one in (*word.candidates[:_MOST_CANDIDATES], word.read))
        for word in explain_words(doc.original)
        if word.start in changed
    }


def _numbered(doc: Document, line: int) -> Iterator[tuple[int, Edit]]:
    position = 0
    for edit in doc.changes.edits:
        line += doc.original.count("\n", position, edit.start)
        position = edit.start
        yield line, edit
