"""``azproc evaluate``: the library against gold, entities against gold, or repairs against pairs of clean and damaged text."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import msgspec

from azproc.cli.options import profile_option
from azproc.cli.outputs import console, say
from azproc.errors import InputError
from azproc.evaluate.mentions import Mention, aligned, read_mentions
from azproc.evaluate.ner import Case, NerReport, evaluate_mentions, find_mentions, names_of
from azproc.evaluate.report import Report, evaluate
from azproc.evaluate.text import Pair, TextReport, evaluate_pairs
from azproc.pipeline import load

__all__ = ["command"]


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path), required=False)
@click.option("--ocr", "pairs", type=click.Path(path_type=Path), metavar="PAIRS.jsonl", help="Score repairs of lines with clean and noisy.")
@click.option("--ner", "ner", type=click.Path(path_type=Path), metavar="GOLD", help="Score entities: .jsonl, .conll, .json (spaCy), .tsv (inline).")
@click.option("--predictions", type=click.Path(path_type=Path), metavar="FILE", help="With --ner: another tagger's entities in the same texts.")
@click.option("--seen", type=click.Path(path_type=Path), metavar="FILE", help="With --ner: training texts, to tell seen names from unseen.")
@click.option("--fast", is_flag=True, help="With --ner: score the fast tagger.")
@profile_option("ocr")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--mistakes", is_flag=True, help="List what was missed and what was done wrongly.")
def command(
    gold: Path | None, pairs: Path | None, ner: Path | None, predictions: Path | None, seen: Path | None,
    fast: bool, profile: str, as_json: bool, mistakes: bool,
) -> int:  # fmt: skip
    """Score every layer of a gold corpus: GOLD is a JSONL file, or a directory of them."""
    if sum(each is not None for each in (gold, pairs, ner)) != 1:
        raise click.UsageError("name the gold, or --ner and gold entities, or --ocr and a file of pairs")
    if ner is None and (predictions or seen or fast):
        raise click.UsageError("--predictions, --seen and --fast go with --ner")
    if predictions and fast:
        raise click.UsageError("either --predictions or --fast: the predictions of a file are no tagger's")
    report: Report | NerReport | TextReport
    if ner:
        report = _entities(ner, predictions, seen, fast=fast)
    elif gold:
        report = evaluate(gold, profile=profile)
    elif pairs:
        report = evaluate_pairs(_repaired(pairs, profile))
    if as_json:
        data = msgspec.to_builtins(report) if isinstance(report, TextReport) else report.as_json()
        say(msgspec.json.format(msgspec.json.encode(data), indent=2).decode())
    elif isinstance(report, Report):
        _print_layers(report, mistakes)
    elif isinstance(report, NerReport):
        _print_entities(report, mistakes)
    else:
        _print_repairs(report, mistakes)
    return 0


def _entities(gold_file: Path, predictions: Path | None, seen: Path | None, *, fast: bool) -> NerReport:
    gold = read_mentions(gold_file)
    if predictions:
        found: list[Any] = [marked.mentions for marked in aligned(read_mentions(predictions), gold)]
    else:
        tagger = "azproc.ner.fast:find_entities_fast" if fast else "azproc.ner.tagger:find_entities"
        module, name = tagger.split(":")
        found = find_mentions(gold, getattr(import_module(module), name))
    return evaluate_mentions(gold, found, seen=names_of(read_mentions(seen)) if seen else ())


def _print_entities(report: NerReport, mistakes: bool) -> None:
    from rich.table import Table

    terminal = console()
    tables = {"exact": report.exact, "partial": report.partial, **{f"exact, by {name}": rows for name, rows in report.by.items()}}
    for title, rows in tables.items():
        table = Table(title=title)
        table.add_column("", overflow="fold")
        for name in ("gold", "found", "right", "P", "R", "F1", "95 % of F1"):
            table.add_column(name, justify="right")
        for row in rows:
            counts = (str(row.gold), str(row.found), f"{row.right:g}")
            rates = (f"{rate.value:.3f}" for rate in (row.precision, row.recall, row.f1))
            table.add_row(row.group, *counts, *rates, f"{row.f1.low:.3f}–{row.f1.high:.3f}")
        terminal.print(table)
    for heading, tallies in (("errors", report.fates), ("gold below, found beside", report.confusion)):
        columns = list(next(iter(tallies.values()), {}))
        table = Table("", *(column or "none" for column in columns), title=heading)
        for label, tally in tallies.items():
            table.add_row(label or "none", *(str(tally[column]) if tally[column] else "·" for column in columns))
        terminal.print(table)
    for case in report.errors if mistakes else ():
        say(f"{case.fate:18}  {case.marked.id}  {_mention(case, case.gold)} → {_mention(case, case.found)}")


def _mention(case: Case, mention: Mention | None) -> str:
    return f"[{mention[2]} {case.marked.text[mention[0] : mention[1]]}] {mention[0]}-{mention[1]}" if mention else "nothing"


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
    from rich.table import Table

    say(f"{report.pairs:,} pairs, {report.words:,} words, {report.characters:,} characters")
    say(f"character error rate {report.cer_before:.4f} → {report.cer_after:.4f}")
    say(f"word error rate {report.wer_before:.4f} → {report.wer_after:.4f}, cut by {report.cut:.1%}")
    say(f"damaged words mended {report.mended:.1%}, correct words harmed {report.harmed:.3%}")
    terminal = console()
    for title, tallies in (("word class", report.classes), ("read → printed", report.confusions)):
        table = Table(title, *("damaged", "mended", "sound", "harmed"))
        for tally in tallies:
            table.add_row(tally.name, *map(str, (tally.damaged, tally.mended, tally.sound, tally.harmed)))
        terminal.print(table)
    for wrong, pair in report.worst if mistakes else ():
        say(f"{wrong} words wrong\n  clean     {pair.clean}\n  noisy     {pair.noisy}\n  repaired  {pair.repaired}")


def _print_layers(report: Report, mistakes: bool) -> None:
    terminal = console()
    terminal.print(report.table())
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
