"""One pipeline in several processes, its results in order."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from azproc.document import Document
from azproc.errors import AzprocError
from azproc.rewrite import Edit

__all__ = ["mapped"]

BATCH = 32
AHEAD = 3

Run = Callable[[str | Document], Document]
_run: Run | None = None


def mapped(
    pipeline: Callable[..., Document], texts: Iterable[str | Document], workers: int, veto: Callable[[Edit], bool] | None
) -> Iterator[Document]:
    """Yield the documents that a pipeline makes of the texts, in their order, computed in ``workers`` processes.

    Takes at most ``AHEAD`` batches for each worker in advance. Processes are forked where the system can, so that
    pipelines with local functions work too; models are opened by each worker for itself.
    """
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    batches = _batches(texts)
    executor = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context(method), initializer=_start, initargs=(pipeline, veto)
    )
    try:
        waiting: deque[Future[list[Document]]] = deque(
            executor.submit(_work, batch) for batch in islice(batches, workers * AHEAD)
        )
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(executor.submit(_work, batch) for batch in islice(batches, 1))
            yield from done
    except BrokenProcessPool as error:
        raise AzprocError("a worker process died, perhaps for want of memory: use fewer workers or shorter texts") from error
    finally:
        executor.shutdown(cancel_futures=True)


def _batches(texts: Iterable[str | Document]) -> Iterator[list[str | Document]]:
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _start(pipeline: Callable[..., Document], veto: Callable[[Edit], bool] | None) -> None:
    global _run  # noqa: PLW0603  (a worker process is its pipeline)
    _run = lambda text: pipeline(text, veto=veto)  # noqa: E731


def _work(batch: list[str | Document]) -> list[Document]:
    assert _run is not None
    return [_run(text) for text in batch]
