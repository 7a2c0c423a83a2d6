"""``azproc run``: big work in shards that finish or do not exist, with as many workers as wanted, resumed where it stopped."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from azproc.batch.formats import ErrorPolicy
from azproc.batch.plan import OUTPUT_FORMATS, SHARD, SUFFIXES, Plan, plan_run
from azproc.batch.run import MakeExecutor, Statistics, local_executor, run
from azproc.batch.shards import Report
from azproc.cli.failures import tell
from azproc.cli.inputs import expand
from azproc.cli.options import encoding_options, profile_option

__all__ = ["command"]

LEAST_MEMORY = 256
"""MB that a worker needs to begin with any profile of ours."""


@click.command("run")
@click.argument("inputs", nargs=-1, required=True, metavar="IN... OUT")
@profile_option("web")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option("--to", type=click.Choice(OUTPUT_FORMATS), help="Output format.  [default: txt for txt, parquet for parquet, else jsonl]")
@click.option("--text-key", default="text", show_default=True, help="Field or column that holds the text.")
@click.option("--time-limit", default=0.0, type=click.FloatRange(0), metavar="SECONDS", help="Give a document up after so long.")
@click.option("--limit-memory", type=click.IntRange(LEAST_MEMORY), metavar="MB", help="Address space of a worker.")
@click.option("--shard-size", default=SHARD, show_default=True, type=click.IntRange(1), metavar="BYTES", help="Part of a file that is done at once.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--address", help="Ray cluster to join.")
@click.option("--stats", is_flag=True, help="Count edits by rule.")
@encoding_options
def command(
    inputs: tuple[str, ...],
    profile: str,
    workers: int,
    to: str | None,
    text_key: str,
    time_limit: float,
    limit_memory: int | None,
    shard_size: int,
    engine: str,
    address: str | None,
    stats: bool,
    encoding: str,
    errors: ErrorPolicy,
) -> int:
    """Clean files, globs and directories IN by a profile into the directory OUT.

    Reads .txt, .jsonl (both also .gz and .zst), .parquet, .csv and .html. A large file becomes several numbered ones. What is
    finished is not done again: run the same command after an interruption. OUT/failures.jsonl lists what failed. JSON lines
    and Parquet are UTF-8 always.
    """
    *given, out = inputs
    if not given:
        raise click.UsageError("name what to read and, last, the directory to write to")
    sources = expand(tuple(given), *SUFFIXES, apart_from=Path(out))
    plan = plan_run(
        [(_path(source.name), source.place) for source in sources], Path(out), profile=profile, to=to, text_key=text_key,
        encoding=encoding, errors=errors, time_limit=time_limit, shard_size=shard_size,
    )  # fmt: skip
    begun = time.monotonic()
    with _progress(plan) as advance:
        statistics = run(plan, workers=workers, executor=_executor(engine, address, limit_memory), advance=advance)
    _say(statistics, time.monotonic() - begun, stats=stats)
    if statistics.failures:
        tell([(failure.item, failure.reason) for failure in statistics.failures], Path(out) / "failures.jsonl")
    return int(bool(statistics.failures))


def _path(name: str) -> Path:
    if name == "-":
        raise click.UsageError("standard input cannot be split into shards: use azproc clean")
    return Path(name)


def _executor(engine: str, address: str | None, limit_memory: int | None) -> MakeExecutor:
    if engine == "local":
        if address:
            raise click.UsageError("--address goes with --engine ray")
        return local_executor(memory_limit=(limit_memory or 0) << 20)
    if limit_memory:
        raise click.UsageError("--limit-memory goes with --engine local: on a cluster, Ray's own limits hold")
    from azproc.batch.ray import ray_executor

    return ray_executor(address=address)


@contextmanager
def _progress(plan: Plan) -> Iterator[Callable[[Report, bool], object]]:
    total = sum(shard.end - shard.start if shard.format in {"txt", "jsonl"} else shard.size for shard in plan.shards)
    if not sys.stderr.isatty():
        done = 0

        def line(report: Report, skipped: bool) -> None:
            nonlocal done
            done += 1
            if not skipped:
                failed = f", {len(report.failures):,} failed" if report.failures else ""
                click.echo(f"{done}/{len(plan.shards)} {report.shard.name}: {report.documents:,} documents{failed}, {report.seconds:.1f} s", err=True)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    counts = {"files": 0, "edits": 0, "failed": 0}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=total)

        def bar(report: Report, skipped: bool) -> None:
            del skipped
            counts["files"] += 1
            counts["edits"] += sum(report.edits.values())
            counts["failed"] += len(report.failures)
            shard = report.shard
            size = shard.end - shard.start if shard.format in {"txt", "jsonl"} else shard.size
            bars.update(task, advance=size, description=", ".join(f"{count:,} {name}" for name, count in counts.items()))

        yield bar


def _say(statistics: Statistics, seconds: float, *, stats: bool) -> None:
    click.echo(
        f"{statistics.shards:,} shards ({statistics.skipped:,} done before), {statistics.documents:,} documents, "
        f"{statistics.characters:,} characters, {statistics.edits.total():,} edits, {len(statistics.failures):,} failures, {seconds:.1f} s",
        err=True,
    )
    if stats:
        for rule, count in statistics.edits.most_common():
            click.echo(f"{count:>9,}  {rule}")
