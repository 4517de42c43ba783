"""Where the work on an archive's partitions is done: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sources.errors import UsageError
from tracker.workers import Lost, in_order

T = TypeVar("T")
R = TypeVar("R")

_SECONDS = 5


def local(work: Callable[[T], R], tasks: Sequence[T], jobs: int) -> Iterator[tuple[T, R | Lost]]:
    """Each task with what ``work`` makes of it, in as many processes as ``jobs`` says."""
    for task, result in in_order(work, tasks, min(jobs, len(tasks)), few=0, at_once=1):
        assert result is not None
        yield task, result


def dask(work: Callable[[T], R], tasks: Sequence[T], scheduler: str) -> Iterator[tuple[T, R | Lost]]:
    """As ``local``, by the workers of the cluster at an address (``tcp://host:8786``), as they come.

    The workers need this product installed, in the same version. Raises UsageError where dask is not
    installed, or no scheduler answers.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError:
        raise UsageError(
            "Dask is not installed. Install it with: pip install 'reaction-tracker[dask]'"
        ) from None
    try:
        client = Client(scheduler, timeout=_SECONDS)
    except (OSError, ValueError, TimeoutError) as problem:
        raise UsageError(
            f"--scheduler: no Dask scheduler answers at {scheduler} ({str(problem) or 'no answer'}). "
            "Start one with 'dask scheduler', or check the address."
        ) from None
    with client:
        # What a task gave is made again where the worker that holds it dies; what is scattered would be lost.
        shared = client.submit(_same, work, pure=False)
        sent = {client.submit(_call, shared, task, pure=False): task for task in tasks}
        for future in as_completed(sent):
            task = sent.pop(future)
            try:
                yield task, future.result()
            except KilledWorker:
                yield task, Lost()


def _same(work: Callable[[T], R]) -> Callable[[T], R]:
    return work


def _call(work: Callable[[T], R], task: T) -> R:
    return work(task)
