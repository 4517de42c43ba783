"""Work shared over processes: results come in the order of the tasks, as from one process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import Any, Final, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from sources.errors import TrackerError

T = TypeVar("T")
R = TypeVar("R")

FEW: Final = 32
"""So many tasks are done before other processes are started: they take as long as the start."""
TRIES: Final = 3
"""So many processes may be killed at a task before it is given up."""
_AT_ONCE: Final = 16  # tasks sent together, at most
_SECONDS: Final = 0.05  # how long tasks that come slowly are collected before they are sent
_QUEUED: Final = 3  # batches for each process, so that none waits while results are kept


@dataclass(frozen=True, slots=True)
class Lost:
    """What a task gives on which process after process was killed, as by a system that ran out of memory."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Callable[[T], R],
    tasks: Iterable[T],
    jobs: int,
    *,
    wanted: Callable[[T], bool] = lambda task: True,
    few: int = FEW,
    at_once: int = _AT_ONCE,
) -> Iterator[tuple[T, R | Lost | None]]:
    """Each task with what ``work`` makes of it, in the order of the tasks; None where it is not ``wanted``.

    With one job, and for the first ``few`` wanted tasks, the work is done here, each task when it is asked
    for.
    Where a process is killed its tasks are done by another. What ``work`` or the tasks raise is raised here,
    after the results before it. Tasks are read ahead, so many and no more; where they come slowly, the result
    of one may come with the next. ``work`` must be picklable, and what it takes and returns too.
    """
    left = iter(tasks)
    here = few if jobs > 1 else inf
    for task in left:
        if not wanted(task):
            yield task, None
        elif here:
            if here == few - few // 4:
                _make_ready()
            here -= 1
            yield task, work(task)
        else:
            with _uninterrupted():
                pool = _started(work, jobs)
            try:
                yield from _shared(pool, _batches(task, left, wanted, at_once), jobs * _QUEUED)
            finally:
                pool.stop()  # type: ignore[no-untyped-call]
                pool.join()


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some tasks in their order, which of them are wanted, and what ended the reading of tasks after them."""

    tasks: list[Any]
    wanted: list[bool]
    problem: Exception | None = None


def _batches(first: T, left: Iterator[T], wanted: Callable[[T], bool], at_once: int) -> Iterator[_Batch]:
    """The tasks, many together where they come fast, and few where they come slowly; the first is wanted."""
    batch = _Batch([first], [True])
    until = time.monotonic() + _SECONDS
    try:
        for task in left:
            if len(batch.tasks) == at_once or time.monotonic() > until:
                yield batch
                batch = _Batch([], [])
                until = time.monotonic() + _SECONDS
            # Asked first: where asking fails, the task is not in the batch.
            batch.wanted.append(wanted(task))
            batch.tasks.append(task)
    except Exception as problem:
        yield _Batch(batch.tasks, batch.wanted, problem)
    else:
        yield batch


def _shared(pool: ProcessPool, batches: Iterator[_Batch], most: int) -> Iterator[tuple[Any, Any]]:
    sent: deque[tuple[_Batch, ProcessFuture[list[Any]]]] = deque()
    for batch in batches:
        sent.append((batch, _send(pool, batch)))
        while sent and (len(sent) > most or sent[0][1].done()):
            yield from _answered(pool, *sent.popleft())
    while sent:
        yield from _answered(pool, *sent.popleft())


def _send(pool: ProcessPool, batch: _Batch) -> ProcessFuture[list[Any]]:
    tasks = [task for task, wanted in zip(batch.tasks, batch.wanted, strict=True) if wanted]
    return pool.schedule(_done, args=(tasks,))


def _answered(
    pool: ProcessPool, batch: _Batch, future: ProcessFuture[list[Any]]
) -> Iterator[tuple[Any, Any]]:
    try:
        results = iter(future.result())
    except ProcessExpired:
        # Each goes alone, so that the one that was the reason costs no other.
        results = (_alone(pool, task) for task, yes in zip(batch.tasks, batch.wanted, strict=True) if yes)
    for task, wanted in zip(batch.tasks, batch.wanted, strict=True):
        result = next(results) if wanted else None
        if isinstance(result, Exception):
            raise result
        yield task, result
    if batch.problem:
        raise batch.problem


def _alone(pool: ProcessPool, task: Any) -> Any:
    for _ in range(1, TRIES):
        try:
            return pool.schedule(_done, args=([task],)).result()[0]
        except ProcessExpired:
            continue
    return Lost()


def _make_ready() -> None:
    """Begin to start what other processes will come from, and go on without waiting for it."""
    # A copy of this process could be born with a lock that a thread here holds: processes come from a server
    # of their own, which has no threads and has loaded what they need.
    if sys.platform != "win32":
        from multiprocessing import forkserver, resource_tracker  # Windows has none

        resource_tracker.ensure_running()  # lets interruptions in again, so it is not left to the next call
        # What starts while they are shut out never sees one, nor do the processes that come from it.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.set_forkserver_preload(["tracker.preloaded"])
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _started(work: Callable[[Any], Any], jobs: int) -> ProcessPool:
    _make_ready()
    context: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    pool = ProcessPool(jobs, initializer=_begin, initargs=(work,), context=context)
    if not pool.active:  # asking starts the processes
        raise TrackerError("No process can be started to share the work. Run it in one, with --jobs 1.")
    return pool


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put an interruption off until the block is done: it must not find a process half born."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        for number in held:
            signal.raise_signal(number)


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    """Make this process ready to do the work; interruptions are heeded by the one that started it."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = work


def _done(tasks: list[Any]) -> list[Any]:
    return [_result(task) for task in tasks]


def _result(task: Any) -> Any:
    try:
        return _work(task)
    except Exception as problem:
        return problem
