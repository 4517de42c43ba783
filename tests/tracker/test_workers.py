"""Work shared over processes gives what one process gives, in its order, whatever befalls the processes."""

import os
import signal
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.errors import UsageError
from tracker.workers import FEW, TRIES, Lost, in_order


def doubled(number: int) -> int:
    return 2 * number


def process(_: int) -> int:
    time.sleep(0.001)
    return os.getpid()


def killed_once(flag: Path, number: int) -> int:
    if number == 40 and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def killed_at_40(marks: Path, number: int) -> int:
    if number == 40:
        (marks / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def refused(number: int) -> int:
    if number == FEW + 20:
        raise UsageError("So many are too many.")
    return number


@settings(max_examples=15)
@given(st.integers(0, 150), st.integers(1, 3), st.sets(st.integers(0, 150)))
def test_results_come_in_the_order_of_the_tasks_and_none_for_those_not_wanted(
    count: int, jobs: int, left_out: set[int]
) -> None:
    found = in_order(doubled, range(count), jobs, wanted=lambda number: number not in left_out)
    assert list(found) == [(n, None if n in left_out else 2 * n) for n in range(count)]


def test_a_few_tasks_start_no_process() -> None:
    assert {made for _, made in in_order(process, range(FEW), 2)} == {os.getpid()}


def test_many_tasks_are_shared() -> None:
    made = {made for _, made in in_order(process, range(500), 2)}
    assert len(made - {os.getpid()}) == 2


def test_one_job_starts_no_process() -> None:
    assert {made for _, made in in_order(process, range(100), 1)} == {os.getpid()}


def test_the_tasks_of_a_killed_process_are_done_by_another(tmp_path: Path) -> None:
    work = partial(killed_once, tmp_path / "flag")
    assert list(in_order(work, range(200), 2)) == [(n, 2 * n) for n in range(200)]
    assert (tmp_path / "flag").exists()


def test_a_task_that_kills_every_process_is_lost_and_no_other(tmp_path: Path) -> None:
    found = list(in_order(partial(killed_at_40, tmp_path), range(100), 2))
    assert found == [(n, Lost() if n == 40 else 2 * n) for n in range(100)]
    assert len(list(tmp_path.iterdir())) == TRIES


def test_what_the_work_raises_is_raised_after_the_results_before_it() -> None:
    shared = in_order(refused, range(100), 2)
    assert [next(shared) for _ in range(FEW + 20)] == [(n, n) for n in range(FEW + 20)]
    with pytest.raises(UsageError, match="too many"):
        next(shared)


def test_what_the_tasks_raise_is_raised_after_the_results_before_it() -> None:
    def tasks() -> Iterator[int]:
        yield from range(FEW + 30)
        raise UsageError("No more.")

    shared = in_order(doubled, tasks(), 2)
    assert [next(shared) for _ in range(FEW + 30)] == [(n, 2 * n) for n in range(FEW + 30)]
    with pytest.raises(UsageError, match="No more"):
        next(shared)


def test_what_asking_for_a_task_raises_is_raised_after_the_results_before_it() -> None:
    def wanted(number: int) -> bool:
        if number == FEW + 30:
            raise UsageError("Nobody knows.")
        return True

    shared = in_order(doubled, range(FEW + 40), 2, wanted=wanted)
    assert [next(shared) for _ in range(FEW + 30)] == [(n, 2 * n) for n in range(FEW + 30)]
    with pytest.raises(UsageError, match="Nobody knows"):
        next(shared)


def test_tasks_are_read_ahead_so_far_and_no_farther() -> None:
    read = []

    def tasks() -> Iterator[int]:
        for number in range(10_000):
            read.append(number)
            yield number

    shared = in_order(doubled, tasks(), 2)
    for _ in range(FEW + 10):
        next(shared)
    time.sleep(0.3)
    assert len(read) < 300
    shared.close()


def test_processes_end_when_no_more_results_are_asked_for() -> None:
    shared = in_order(process, range(1_000), 2)
    pids = {next(shared)[1] for _ in range(100)} - {os.getpid()}
    shared.close()
    assert pids
    for pid in pids:
        assert isinstance(pid, int)
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
