"""``tracker extract``: the reactions that articles report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from tracker.cli import options
from tracker.cli.options import Inputs

if TYPE_CHECKING:
    from sources.article import Article, Unreadable
    from sources.registry import Registry
    from tracker.cli.output import Format
    from tracker.cli.problems import Problems
    from tracker.cli.progress import Progress
    from tracker.contract import Record

    Work = Callable[[Article | Unreadable], Sequence["T"] | Unreadable]

T = TypeVar("T")


@click.command(
    epilog="""\b
Examples:
  tracker extract article.txt
  tracker extract page.html --format jsonl --outlet Nikkei --published 2025-06-05
  tracker extract - --input-format jsonl --format jsonl < articles.jsonl"""
)
@options.inputs
@options.output_format
@options.registry
@options.problems
@options.jobs
@click.option(
    "--explain", is_flag=True, help="Say of each how its source was found, and who else was considered."
)
def extract(
    given: Inputs,
    how: Format,
    own: tuple[Path, ...],
    strict: bool,
    errors: str | None,
    quiet: bool,
    jobs: int,
    explain: bool,
) -> int:
    """Print every quoted reaction in articles: whose words, for which country, and how they sound.

    PATH is a file or a folder; - reads standard input. Each record is printed as soon as its article is read.
    """
    from tracker.cli.output import OF_LINES, emit, emit_lines, printing_to_terminal
    from tracker.cli.problems import Problems
    from tracker.cli.progress import Progress
    from tracker.cli.showing import EXPLAINED, REACTION_COLUMNS
    from tracker.contract import columns

    known = options.loaded(own)
    names = columns("reaction") + ["explain"] * explain
    shown = (*REACTION_COLUMNS, EXPLAINED) if explain else REACTION_COLUMNS
    with (
        Progress("articles", quiet=quiet or printing_to_terminal(how)) as progress,
        Problems(strict=strict, errors=errors, quiet=quiet, progress=progress) as problems,
    ):
        found = partial(_found, known, explain)
        if how in OF_LINES:
            # Where the work is shared the lines are written by those who share it: they are less to send.
            lines = _each(given, partial(_lines, found), problems, progress, jobs)
            emit_lines(lines, how, "reactions")
        else:
            emit(_each(given, found, problems, progress, jobs), how, "reactions", names, shown)
    return problems.status


def _each(given: Inputs, work: Work[T], problems: Problems, progress: Progress, jobs: int) -> Iterator[T]:
    """What ``work`` makes of each article, in the order of the inputs; each problem is told in its place."""
    from sources.article import Article, Unreadable
    from tracker.cli.progress import InputShare
    from tracker.reading import articles, lost
    from tracker.workers import Lost, in_order

    share = InputShare(given.paths)
    read = articles(given.gather(), jobs)
    for item, done in in_order(work, read, jobs, wanted=lambda item: isinstance(item, Article)):
        found = lost(item) if isinstance(done, Lost) else item if done is None else done
        if isinstance(item, Article):
            problems.heed(item)
        if isinstance(found, Unreadable):
            problems.tell(found)
            if problems.strict:
                return
            continue
        assert isinstance(item, Article)
        assert not isinstance(found, Article)
        yield from found
        progress.advance(share.of(item))


def _found(known: Registry, explain: bool, article: Article | Unreadable) -> list[Record] | Unreadable:
    """The records of an article, in whatever process it is extracted."""
    from sources.article import Unreadable
    from tracker.contract import explanation, reaction_record
    from tracker.pipeline import attempt

    assert not isinstance(article, Unreadable)
    found = attempt(article, known)
    if isinstance(found, Unreadable):
        return found
    records = []
    for each in found:
        record = reaction_record(each.reaction)
        if explain:
            record["explain"] = explanation(article.text, each.attribution, each.resolution)
        records.append(record)
    return records


def _lines(work: Work[Record], article: Article | Unreadable) -> list[bytes] | Unreadable:
    """What ``work`` finds as one piece of lines, or none."""
    from sources.article import Unreadable
    from tracker.contract import line

    found = work(article)
    if isinstance(found, Unreadable):
        return found
    return [b"".join(map(line, found))] if found else []
