"""``tracker extract``: the reactions that articles report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import options
from tracker.cli.options import Inputs

if TYPE_CHECKING:
    from sources.article import Article
    from sources.registry import Registry
    from tracker.cli.output import Format
    from tracker.cli.problems import Problems
    from tracker.cli.progress import Progress
    from tracker.pipeline import Extraction


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
    explain: bool,
) -> int:
    """Print every quoted reaction in articles: whose words, for which country, and how they sound.

    PATH is a file or a folder; - reads standard input. Each record is printed as soon as its article is read.
    """
    from tracker.cli.output import emit, printing_to_terminal
    from tracker.cli.problems import Problems
    from tracker.cli.progress import Progress
    from tracker.cli.showing import EXPLAINED, REACTION_COLUMNS
    from tracker.contract import REACTION

    known = options.loaded(own)
    columns = [field.name for field in REACTION] + ["explain"] * explain
    shown = (*REACTION_COLUMNS, EXPLAINED) if explain else REACTION_COLUMNS
    with (
        Progress("articles", quiet=quiet or printing_to_terminal(how)) as progress,
        Problems(strict=strict, errors=errors, quiet=quiet, progress=progress) as problems,
    ):
        read = _told(given, progress, problems)
        emit(_records(read, known, problems, explain), how, "reactions", columns, shown)
    return problems.status


def _told(given: Inputs, progress: Progress, problems: Problems) -> Iterator[Article]:
    from tracker.cli.progress import InputShare

    share = InputShare(given.paths)
    for article in problems.aside(given.read()):
        yield article
        progress.advance(share.of(article))


def _records(
    articles: Iterable[Article], known: Registry, problems: Problems, explain: bool
) -> Iterator[dict[str, Any]]:
    from tracker.pipeline import attempt

    for article in articles:
        found = attempt(article, known)
        if not isinstance(found, tuple):
            problems.tell(found)
            if problems.strict:
                return
            continue
        for each in found:
            yield _record(article, each, explain)


def _record(article: Article, found: Extraction, explain: bool) -> dict[str, Any]:
    from tracker.contract import explanation, reaction_record

    record = reaction_record(found.reaction)
    if explain:
        record["explain"] = explanation(article.text, found.attribution, found.resolution)
    return record
