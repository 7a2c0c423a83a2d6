"""The same shards on a Ray cluster: an executor whose workers are Ray tasks. Needs ray: ``pip install 'azproc[ray]'``.

The output folder must be one that every node can reach, as must the inputs.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, TypeVar

from azproc.errors import AzprocError, DataError

__all__ = ["RayExecutor", "ray_executor"]

Result = TypeVar("Result")

_RETRIES = 3
"""How often Ray starts a task again whose worker or node died."""

_PATIENCE = 30.0
"""Seconds for cancelled tasks to end."""


class RayExecutor(Executor):
    """Hands calls to Ray; a call whose worker dies is made again elsewhere."""

    def __init__(self, *, address: str | None = None) -> None:
        try:
            import ray
        except ImportError as error:
            raise DataError("the Ray engine needs ray: pip install 'azproc[ray]'") from error
        self._ray = ray
        self._began = not ray.is_initialized()
        if self._began:
            _require_somebody(address)
            try:
                ray.init(address=address, log_to_driver=False)
            except Exception as error:
                raise AzprocError(f"cannot join Ray at {address or 'this machine'}: {error}") from error
        self._out: set[Any] = set()

    def submit(self, function: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Return the future of a call made by a Ray task of one core."""
        task: Any = self._ray.remote(_plain).options(num_cpus=1, max_retries=_RETRIES)
        reference = task.remote(function, args, kwargs)
        self._out.add(reference)
        future: Future[Any] = Future()

        def settle(done: Future[Any]) -> None:
            self._out.discard(reference)
            _settle(done, future)

        reference.future().add_done_callback(settle)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Let go of the cluster if this executor joined it; calls that are out are cancelled, and given a while to end."""
        left = list(self._out)
        if cancel_futures and left:
            for reference in left:
                self._ray.cancel(reference)
            self._ray.wait(left, num_returns=len(left), timeout=_PATIENCE)
        if self._began:
            self._ray.shutdown()


def _require_somebody(address: str | None) -> None:
    """Raise `AzprocError` where nobody answers at ``host:port``: Ray itself would go on asking for minutes."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        return
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
    except OSError as error:
        raise AzprocError(f"no Ray cluster answers at {address}: {error.strerror or error}") from error


def _plain(function: Callable[..., Result], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[bool, Result | BaseException]:
    """Call a function and return what it raised as a value, so that its type survives the way back."""
    try:
        return True, function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001
        return False, error


def _settle(done: Future[Any], future: Future[Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    error = done.exception()
    if error is not None:  # a call's own errors come as values, so this is Ray's: the worker died again and again
        future.set_exception(BrokenExecutor(str(error)))
        return
    right, value = done.result()
    if right:
        future.set_result(value)
    else:
        future.set_exception(value)


def ray_executor(*, address: str | None = None) -> Callable[[int], Executor]:
    """Return a maker of executors on the cluster at an address, or on a new one on this machine.

    The number of workers bounds how many shards are out at once; the cluster decides where they run.
    """
    return lambda workers: RayExecutor(address=address)  # noqa: ARG005
