"""``tracker read``: articles as they are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import options
from tracker.cli.options import Inputs

if TYPE_CHECKING:
    from sources.article import Article
    from sources.registry import Registry
    from tracker.cli.output import Format


@click.command(
    epilog="""\b
Examples:
  tracker read page.html
  tracker read articles/ --format jsonl"""
)
@options.inputs
@options.output_format
@options.registry
@options.problems
def read(
    given: Inputs, how: Format, own: tuple[Path, ...], strict: bool, errors: str | None, quiet: bool
) -> int:
    """Print articles as they are read: the text that every offset counts in, and what is known of it.

    PATH is a file or a folder; - reads standard input. Each record is printed as soon as its article is read.
    """
    from tracker.cli.output import emit
    from tracker.cli.problems import Problems
    from tracker.cli.showing import ARTICLE_COLUMNS
    from tracker.contract import columns

    known = options.loaded(own)
    with Problems(strict=strict, errors=errors, quiet=quiet) as problems:
        records = (_record(article, known) for article in problems.aside(given.read()))
        emit(records, how, "articles", columns("article"), ARTICLE_COLUMNS)
    return problems.status


def _record(article: Article, known: Registry) -> dict[str, Any]:
    from tracker.contract import article_record

    outlet = known.outlet(article.outlet, article.url)
    return article_record(article, outlet.id if outlet else None, outlet.country if outlet else None)
