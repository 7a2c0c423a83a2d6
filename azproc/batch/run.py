"""Run a plan: shards to workers, a few ahead; finished ones are kept, dead or hung workers are found out, the rest goes on."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import msgspec

from azproc.batch.formats import AtomicFile, json_line
from azproc.batch.plan import Plan, Shard
from azproc.batch.shards import DONE, RUNNING, At, Failure, Report, fingerprint_of, process, read_report, report_path
from azproc.errors import AzprocError, InputError

__all__ = ["Statistics", "local_executor", "run"]

AHEAD = 2
"""Shards handed out for each worker: enough to keep it busy, few enough to hold in memory."""

_POLL = 0.25
_GRACE = 5.0  # seconds beyond the time limit before a worker that does not answer is killed

MakeExecutor = Callable[[int], Executor]


@dataclass(slots=True)
class Statistics:
    """What a run did, added up over its shards; ``skipped`` ones were finished by an earlier run."""

    shards: int = 0
    skipped: int = 0
    documents: int = 0
    characters: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, report: Report, *, skipped: bool = False) -> None:
        """Add a shard."""
        self.shards += 1
        self.skipped += skipped
        self.documents += report.documents
        self.characters += report.characters
        self.edits.update(report.edits)
        self.failures += report.failures


def local_executor(*, memory_limit: int = 0) -> MakeExecutor:
    """Return a maker of process pools on this machine; ``memory_limit`` is in bytes of address space a worker, 0 for none."""

    def make(workers: int) -> Executor:
        return ProcessPoolExecutor(workers, mp_context=get_context("forkserver"), initializer=_start, initargs=(memory_limit,))

    return make


def _start(memory_limit: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for library in ("OPENBLAS", "OMP"):  # a worker is one core; more threads would take the others', and memory each
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    if memory_limit:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))


class _Borrowed(Executor):
    """An executor of the caller's, which is left open."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._out: set[Future[Any]] = set()

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = self._executor.submit(function, *args, **kwargs)
        self._out.add(future)
        future.add_done_callback(self._out.discard)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            for future in tuple(self._out):
                future.cancel()
        if wait:
            wait_for(tuple(self._out))


def _lent(executor: Executor) -> MakeExecutor:
    """Return a maker that gives the caller's executor once, and says so where a second one would be needed."""
    left = [_Borrowed(executor)]

    def make(_workers: int) -> Executor:
        if not left:
            raise AzprocError(
                "a worker died, perhaps for want of memory, and an executor of the caller's cannot be started again: what is "
                "finished is kept, run again without one to have the document found"
            )
        return left.pop()

    return make


def run(
    plan: Plan,
    executor: Executor | MakeExecutor | None = None,
    *,
    workers: int = 1,
    advance: Callable[[Report, bool], object] = lambda _report, _skipped: None,
) -> Statistics:
    """Do what of a plan is not done yet, on any executor, and return what was done in all.

    ``executor`` is one of the caller's, which stays open; or a function that makes one for a number of workers, by default of
    processes on this machine: then a worker that dies is replaced, where with the caller's it ends the run.
    ``advance`` is called for each shard that is finished, with True for one that an earlier run finished. Failed documents
    and shards are listed in ``failures.jsonl`` of the output folder, in the order of the input; a failed shard has no
    output and is tried again by the next run. Raises `AzprocError` where the output cannot be written or another run is
    writing there, `DataError` where a model is missing. Interrupted, it keeps the shards that are finished.
    """
    with _locked(plan.output):
        make = executor or local_executor()
        if isinstance(make, Executor):
            make = _lent(make)
        work = _Run(plan, workers, make, advance)
        work.do()
        return work.close()


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = os.open(output / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise AzprocError(f"cannot write to {output}: {error.strerror}; choose another place") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(lock, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise AzprocError(f"another run (process {holder}) is writing to {output}: wait for it, or choose another place") from error
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        shutil.rmtree(output / RUNNING, ignore_errors=True)  # what a killed run left
        yield
        shutil.rmtree(output / RUNNING, ignore_errors=True)
        fcntl.flock(lock, fcntl.LOCK_UN)  # for workers that were forked and hold it too
    finally:
        os.close(lock)


class _Run:
    """The state of one run: what waits, what is out at workers, what came back."""

    def __init__(
        self, plan: Plan, workers: int, make_executor: MakeExecutor, advance: Callable[[Report, bool], object]
    ) -> None:
        if workers < 1:
            raise InputError(f"workers={workers}: at least one is needed")
        self.plan, self.workers, self.make_executor, self.advance = plan, workers, make_executor, advance
        self.reports: dict[str, Report] = {}
        self.skipped: set[str] = set()
        self.failed: dict[str, Failure] = {}
        self.refused: dict[str, dict[int, str]] = {}
        self.waiting = deque(shard for shard in plan.shards if not self._finished(shard))
        self.out: dict[Future[Report], Shard] = {}

    def _finished(self, shard: Shard) -> bool:
        report = read_report(self.plan.output, shard.name)
        if report is None or report.settings != self.plan.settings or not self._output_is(shard, report.bytes):
            return False
        if report.shard != shard and (
            msgspec.structs.replace(report.shard, modified_ns=shard.modified_ns) != shard or fingerprint_of(shard) != report.sha256
        ):
            return False
        self._done(shard, report, skipped=True)
        return True

    def _output_is(self, shard: Shard, size: int) -> bool:
        try:
            return (self.plan.output / shard.name).stat().st_size == size
        except OSError:
            return False

    def _done(self, shard: Shard, report: Report, *, skipped: bool = False) -> None:
        self.reports[shard.name] = report
        if skipped:
            self.skipped.add(shard.name)
        self.advance(report, skipped)

    def _failed(self, shard: Shard, reason: str) -> None:
        failure = Failure(shard.source, reason)
        self.failed[shard.name] = failure
        self.advance(Report(shard, self.plan.settings, "", 0, 0, 0, 0.0, {}, (failure,)), False)

    def do(self) -> None:
        while self.waiting:
            lost = self._round(self.workers, self.waiting)
            for shard in lost:  # a worker died: which of the documents at hand was it? one by one, each alone
                while self._round(1, deque([shard]), alone=True):
                    pass

    def _round(self, workers: int, waiting: deque[Shard], *, alone: bool = False) -> list[Shard]:
        """Work off the queue with one pool; where the pool breaks, return the shards that were out, in order."""
        if not waiting:
            return []
        pool = self.make_executor(workers)
        try:
            while waiting or self.out:
                while waiting and len(self.out) < workers * AHEAD:
                    self._submit(pool, waiting.popleft())
                finished, _ = wait_for(self.out, timeout=_POLL, return_when=FIRST_COMPLETED)
                for future in finished:
                    self._take(future)
                self._kill_hung()
        except _PoolBroken:
            lost = list(self.out.values())
            self.out.clear()
            if alone:
                self._refuse_at_hand(lost[0], "its worker died, perhaps for want of memory")
            return lost
        except BaseException:
            for future in self.out:
                future.cancel()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return []

    def _submit(self, pool: Executor, shard: Shard) -> None:
        try:
            future = pool.submit(process, self.plan.output, shard, self.plan.settings, self.refused.get(shard.name, {}))
        except BrokenExecutor as error:
            self.out[Future()] = shard
            raise _PoolBroken from error
        self.out[future] = shard

    def _take(self, future: Future[Report]) -> None:
        shard = self.out[future]
        try:
            report = future.result()
        except InputError as error:
            self._failed(shard, str(error))
        except MemoryError:
            self._failed(shard, "took more memory than the limit: allow more, or fewer workers")
        except BrokenExecutor as error:
            raise _PoolBroken from error
        except AzprocError:
            raise
        except Exception as error:  # noqa: BLE001  (one shard must not take the others down)
            self._failed(shard, f"{type(error).__name__}: {error}")
        else:
            self._done(shard, report)
        del self.out[future]

    def _kill_hung(self) -> None:
        limit = self.plan.settings.time_limit
        if not limit:
            return
        for shard in self.out.values():
            at = At.read(self.plan.output, shard)
            if at and at.here and at.item >= 0 and time.monotonic() - at.since > limit + _GRACE:
                self._refuse_at_hand(shard, f"took longer than {limit:g} seconds and had to be killed")
                with suppress(ProcessLookupError):
                    os.kill(at.process, signal.SIGKILL)

    def _refuse_at_hand(self, shard: Shard, reason: str) -> None:
        at = At.read(self.plan.output, shard)
        if at is None or at.item < 0:
            raise AzprocError(f"a worker died before it could begin with {shard.source}: is there enough memory for it to start?")
        self.refused.setdefault(shard.name, {})[at.item] = reason

    def close(self) -> Statistics:
        """Add everything up in the order of the input, list the failures, drop outputs that another plan made of these inputs."""
        statistics = Statistics()
        self._drop_stale()
        for shard in self.plan.shards:
            if shard.name in self.failed:
                statistics.failures.append(self.failed[shard.name])
                report_path(self.plan.output, shard.name).unlink(missing_ok=True)
            else:
                statistics.add(self.reports[shard.name], skipped=shard.name in self.skipped)
        listing = self.plan.output / "failures.jsonl"
        if statistics.failures:
            with AtomicFile(listing) as file:
                for failure in statistics.failures:
                    file.write(json_line(failure))
        else:
            listing.unlink(missing_ok=True)
        return statistics


    def _drop_stale(self) -> None:
        """Remove what an earlier run with other shards made of the same inputs; it would stand there twice."""
        planned = {shard.name for shard in self.plan.shards}
        made = {(shard.source, shard.to) for shard in self.plan.shards}
        for path in (self.plan.output / DONE).rglob("*.json"):
            name = path.relative_to(self.plan.output / DONE).as_posix().removesuffix(".json")
            report = None if name in planned else read_report(self.plan.output, name)
            if report and (report.shard.source, report.shard.to) in made:
                (self.plan.output / name).unlink(missing_ok=True)
                path.unlink()


class _PoolBroken(Exception):  # noqa: N818  (a signal between two methods, never seen outside)
    """The pool lost a worker, and with it everything that was out."""
