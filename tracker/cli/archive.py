"""``tracker archive``: files of articles into a lake of reactions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sources.errors import UsageError
from tracker.cli import options
from tracker.cli.options import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.archiving import Engine
    from tracker.partitions import Made


@click.command(
    epilog="""\b
Examples:
  tracker archive articles/ --out lake
  tracker archive s3://news/2025/ --out s3://news/lake --engine dask --scheduler tcp://head:8786
  tracker report weekly --week 2025-W23 --db lake"""
)
@options.inputs
@click.option("--out", required=True, metavar="DIR", help="The folder of the lake, or an address of one.")
@options.registry
@options.jobs
@click.option(
    "--engine",
    type=click.Choice(("local", "dask")),
    default="local",
    show_default=True,
    help="Processes of this machine, or the workers of a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Of the cluster: tcp://host:8786.")
@click.option("--force", is_flag=True, help="Make partitions again that are finished.")
@click.option("--dry-run", is_flag=True, help="Print the inputs that would be extracted; write nothing.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors: no progress, no summary.")
def archive(
    given: Inputs, out: str, own: tuple[Path, ...], jobs: int, engine: str, scheduler: str | None,
    force: bool, dry_run: bool, quiet: bool,
) -> int:  # fmt: skip
    """Turn an archive into a lake: each file of articles into Parquet files of reactions.

    PATH is a file, a folder, a pattern, or an address that fsspec reads (s3://, gs://, hdfs://). Each file is
    a partition, made whole or not at all; those finished are skipped when the command is run again. Reports,
    comparisons and lists read the lake where --db names it.
    """
    from sources.article import Unreadable
    from tracker import archiving
    from tracker.cli.output import say
    from tracker.cli.problems import Problems
    from tracker.cli.progress import Progress
    from tracker.partitions import Asked
    from tracker.versions import current

    known = options.loaded(own)
    asked = Asked(out, current(known), given.how())
    work = _engine(engine, scheduler, jobs)
    planned = archiving.plan(given.paths, asked, force=force)
    if dry_run:
        for partition in planned.wanted:
            click.echo(partition.place)
        return 0
    made = list(planned.finished)
    with (
        Progress("files", total=len(planned.wanted), quiet=quiet) as progress,
        Problems(strict=False, errors=None, quiet=quiet, progress=progress) as problems,
    ):
        try:
            for each in archiving.carry_out(planned, known, work):
                if isinstance(each, Unreadable):
                    problems.tell(each)
                else:
                    made.append(each)
                progress.advance()
        except KeyboardInterrupt:
            click.echo(f"What is finished stays in {out}; the same command goes on from there.", err=True)
            raise
    if not quiet:
        say(_summary(made, len(planned.finished), out))
    return 1 if any(each.problems for each in made) else problems.status


def _summary(made: Sequence[Made], before: int, out: str) -> str:
    articles, reactions, problems = (
        sum(getattr(each, kind) for each in made) for kind in ("articles", "reactions", "problems")
    )
    counts = f"{articles:,} articles, {reactions:,} reactions"
    if problems:
        counts += f"; {problems:,} inputs in them could not be read: {out}/problems says why"
    return f"{len(made):,} files ({before:,} of them finished before): {counts}. Lake: {out}"


def _engine(name: str, scheduler: str | None, jobs: int) -> Engine:
    from tracker import engines

    if name == "local":
        if scheduler:
            raise UsageError("--scheduler is for --engine dask: name both, or neither.")
        return lambda work, tasks: engines.local(work, tasks, jobs)
    if not scheduler:
        raise UsageError("--engine dask: name the cluster with --scheduler tcp://host:8786.")
    return lambda work, tasks: engines.dask(work, tasks, scheduler)
