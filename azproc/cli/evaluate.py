"""``azproc evaluate``: the library against gold, or against pairs of clean and damaged text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from azproc.cli.options import profile_option
from azproc.cli.outputs import say
from azproc.errors import InputError
from azproc.evaluate.report import Report, evaluate
from azproc.evaluate.text import Pair, TextReport, evaluate_pairs
from azproc.pipeline import load

__all__ = ["command"]


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path), required=False)
@click.option("--ocr", "pairs", type=click.Path(path_type=Path), metavar="PAIRS.jsonl", help="Score repairs of lines with clean and noisy.")
@profile_option("ocr")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--mistakes", is_flag=True, help="List what was missed and what was done wrongly.")
def command(gold: Path | None, pairs: Path | None, profile: str, as_json: bool, mistakes: bool) -> int:
    """Score every layer of a gold corpus: GOLD is a JSONL file, or a directory of them."""
    if (gold is None) == (pairs is None):
        raise click.UsageError("name the gold, or --ocr and a file of pairs")
    report = evaluate(gold, profile=profile) if gold else evaluate_pairs(_repaired(pairs, profile)) if pairs else None
    if as_json:
        data = report.as_json() if isinstance(report, Report) else msgspec.to_builtins(report)
        say(msgspec.json.format(msgspec.json.encode(data), indent=2).decode())
    elif isinstance(report, Report):
        _print_layers(report, mistakes)
    elif report:
        _print_repairs(report, mistakes)
    return 0


def _repaired(pairs: Path, profile: str) -> Iterator[Pair]:
    pipeline = load(profile)
    try:
        lines = pairs.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"cannot read {pairs}: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        try:
            record = msgspec.json.decode(line, type=dict[str, str])
            clean, noisy = record["clean"], record["noisy"]
        except (msgspec.MsgspecError, KeyError) as error:
            raise InputError(f"{pairs}, line {number}: {error}; each line needs clean and noisy") from error
        yield Pair(clean, noisy, pipeline(noisy).text)


def _print_repairs(report: TextReport, mistakes: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    say(f"{report.pairs:,} pairs, {report.words:,} words, {report.characters:,} characters")
    say(f"character error rate {report.cer_before:.4f} → {report.cer_after:.4f}")
    say(f"word error rate {report.wer_before:.4f} → {report.wer_after:.4f}, cut by {report.cut:.1%}")
    say(f"damaged words mended {report.mended:.1%}, correct words harmed {report.harmed:.3%}")
    console = Console(highlight=False)
    for title, tallies in (("word class", report.classes), ("read → printed", report.confusions)):
        table = Table(title, *("damaged", "mended", "sound", "harmed"))
        for tally in tallies:
            table.add_row(tally.name, *map(str, (tally.damaged, tally.mended, tally.sound, tally.harmed)))
        console.print(table)
    for wrong, pair in report.worst if mistakes else ():
        say(f"{wrong} words wrong\n  clean     {pair.clean}\n  noisy     {pair.noisy}\n  repaired  {pair.repaired}")


def _print_layers(report: Report, mistakes: bool) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(report.table())
    exact = report.facts.get("stripped_text_exact")
    if exact:
        say(f"citations stripped with exact text: {exact['exact']} of {exact['paragraphs']} paragraphs")
    repaired = report.facts.get("corrections")
    if repaired:
        missed, harmed = len(repaired["missed"]), len(repaired["harmed"])
        say(f"corrections, profile {repaired['profile']}: {repaired['mended']} mended, {missed} missed, {harmed} correct words harmed")
    for layer, why in report.missing.items():
        say(f"not here yet: {layer} ({why})")
    if mistakes:
        for row in report.rows:
            say("\n".join((f"{row.layer}, {row.measure}", *(f"  {line}" for line in row.mistakes))))
