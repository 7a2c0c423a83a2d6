"""``azproc segment``: sentences and tokens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from azproc.batch.formats import ErrorPolicy, json_line, read_chunks
from azproc.cli.failures import Failures
from azproc.cli.inputs import expand
from azproc.cli.options import encoding_options, inputs_argument
from azproc.cli.outputs import say
from azproc.document import Document
from azproc.pipeline import Pipeline
from azproc.spans import Span

__all__ = ["command"]


@click.command("segment")
@inputs_argument
@click.option("--tokens", is_flag=True, help="Put a space between the tokens of each sentence.")
@click.option("--jsonl", is_flag=True, help="Write sentences and tokens with offsets, in code points of the file.")
@encoding_options
def command(inputs: tuple[str, ...], tokens: bool, jsonl: bool, encoding: str, errors: ErrorPolicy) -> int:
    """Split text into sentences, one a line, and into tokens; line breaks inside a sentence become spaces."""
    pipeline = Pipeline("sentences", "tokens") if tokens or jsonl else Pipeline("sentences")
    sources = expand(inputs, ".txt")
    failed = Failures(Path("failures.jsonl"))
    for source in sources:
        with failed.guard(source.name), source.open() as stream:
            for chunk in read_chunks(stream, name=source.name, encoding=encoding, errors=errors):
                for sentence, words in _sentences(pipeline(chunk.text)):
                    if jsonl:
                        say(_record(source.name, sentence, words, chunk.start))
                    else:
                        say(" ".join(word.text for word in words) if tokens else " ".join(sentence.text.split()))
    return int(failed.close(len(sources)))


def _sentences(doc: Document) -> Iterator[tuple[Span, list[Span]]]:
    """Yield each sentence with its tokens."""
    words = doc.layers.get("tokens", ())
    first = 0
    for sentence in doc.layers["sentences"]:
        last = first
        while last < len(words) and words[last].end <= sentence.end:
            last += 1
        yield sentence, list(words[first:last])
        first = last


def _record(name: str, sentence: Span, words: list[Span], shift: int) -> str:
    return json_line(
        {
            "file": name,
            "start": sentence.start + shift,
            "end": sentence.end + shift,
            "text": sentence.text,
            "tokens": [[word.start + shift, word.end + shift, word.text] for word in words],
        }
    ).decode().rstrip("\n")
