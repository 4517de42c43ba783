"""Inputs that could not be read: named on standard error, counted, and kept where the user wants."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import click

from sources.article import Article, Unreadable
from sources.errors import UsageError
from tracker.cli.plain import plain
from tracker.cli.progress import Progress
from tracker.contract import columns, problem_record
from tracker.languages import not_scored


def not_scored_said(languages: Mapping[str, int]) -> str:
    """ "Not scored: language ja (2 articles), zh (1 article)."; nothing where there are none."""
    ranked = sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))
    told = (f"{plain(name)} ({n:,} article{'' if n == 1 else 's'})" for name, n in ranked)
    return f"Not scored: language {', '.join(told)}." if languages else ""


class Problems:
    """Passes articles on and tells of the rest, to the end or, where ``strict``, to the first problem; at the
    end, of articles in languages that are not scored.

    Use it as a context manager; ``status`` is then the exit status. A problem takes the line of
    ``progress`` away.
    """

    def __init__(
        self,
        *,
        strict: bool = False,
        errors: str | None = None,
        quiet: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self._progress = progress
        self.count = 0
        self.strict = strict
        self._quiet = quiet
        self._errors = errors
        self._file: IO[str] | None = None
        self._open = ExitStack()
        self._languages: Counter[str] = Counter()

    def __enter__(self) -> Self:
        if self._errors:
            _must_be_ours(Path(self._errors))
            try:
                opened = open(self._errors, "w", encoding="utf-8", errors="backslashreplace")  # noqa: PTH123
            except OSError as problem:
                raise UsageError(
                    f"--errors: {self._errors} cannot be written ({problem.strerror}). Name another file."
                ) from None
            self._file = self._open.enter_context(opened)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        if kind is not None or self._quiet:
            return
        if self._languages:
            click.echo(not_scored_said(self._languages), err=True)
        if self.strict and self.count:
            click.echo("Stopped at the first problem, as --strict asks.", err=True)
        elif self.count > 1:
            click.echo(f"{self.count} problems in the inputs, named above.", err=True)

    @property
    def status(self) -> int:
        """1 where any input could not be read, else 0."""
        return 1 if self.count else 0

    def aside(self, found: Iterable[Article | Unreadable]) -> Iterator[Article]:
        """The articles; each problem is told as it comes."""
        for each in found:
            if not isinstance(each, Unreadable):
                self.heed(each)
                yield each
                continue
            self.tell(each)
            if self.strict:
                return

    def heed(self, article: Article) -> None:
        """Count an article in a language that is not scored, which is said at the end."""
        language = not_scored(article)
        if language:
            self._languages[language] += 1

    def tell(self, problem: Unreadable) -> None:
        """Name one problem, count it, and keep it where the user wants."""
        self.count += 1
        if self._progress:
            self._progress.clear()
        click.echo(f"Problem: {plain(str(problem))}", err=True)
        if self._file:
            self._file.write(json.dumps(problem_record(problem), ensure_ascii=False) + "\n")
            self._file.flush()


def _must_be_ours(file: Path) -> None:
    """Raises UsageError where a file is there that holds something else than problems."""
    if not file.is_file():
        return
    try:
        with file.open("rb") as opened:
            first = opened.readline(1_000_000)
        ours = not first or set(json.loads(first)) == set(columns("problem"))
    except (OSError, TypeError, ValueError, RecursionError):
        ours = False
    if not ours:
        raise UsageError(f"--errors: {file} holds something else than problems. Name another file.")
