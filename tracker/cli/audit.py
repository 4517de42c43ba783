"""``tracker audit``: a random sample with its context, marked right or wrong by a person."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sources.errors import UsageError
from tracker.cli import aim_options, options, topic_options
from tracker.cli.values import Whole

if TYPE_CHECKING:
    from tracker.aims import About
    from tracker.cli.output import Format, Shown
    from tracker.store import Query, Store
    from tracker.store.auditing import Drawn
    from tracker.topics import Topic

_CONTEXT = 400
"""So many characters of the text are shown on either side."""
_ASKED = "Right? [r]ight, [w]rong, [s]kip, [q]uit: "
_RIGHT, _WRONG, _SKIP = ("r", "right", "y", "yes"), ("w", "wrong", "n", "no"), ("s", "skip")
_QUIT = ("q", "quit", "")


@click.command(
    epilog="""\b
Examples:
  tracker audit --n 50
  tracker audit --n 20 --since 2025-06-02 --until 2025-06-08 --by mk
  tracker audit --results
  tracker audit --marks --format csv"""
)
@click.option(
    "--n", "size", type=Whole(min=1), default=50, show_default=True, metavar="N",
    help="How many reactions to draw.",
)  # fmt: skip
@click.option("--country", "named", multiple=True, metavar="CODE", help="Only of these countries.")
@topic_options.topic
@aim_options.about
@click.option("--since", metavar="DATE", help="The first day (UTC), as 2025-06-01.")
@click.option("--until", metavar="DATE", help="The last day (UTC).")
@click.option("--seed", metavar="TEXT", help="Draw as this seed does; else another sample each time.")
@click.option("--results", is_flag=True, help="Draw nothing; say how many were right by the marks there are.")
@click.option("--marks", is_flag=True, help="Draw nothing; list the marks.")
@options.author
@options.output_format
@options.database
@options.registry
def audit(
    size: int, named: tuple[str, ...], topic: Topic | None, about: About | None, since: str | None,
    until: str | None, seed: str | None, results: bool, marks: bool, by: str, how: Format, db: str,
    wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Mark a random sample of what was extracted right or wrong, and learn how much of it is right.

    Each reaction is shown in its place. It is right if its words are somebody's, and the speaker, the source,
    the country and the outlet that relayed them are; what is not known counts as right where the text does
    not tell. Every mark is kept at once, with who made it and when; reports print the precision with its
    interval. What you have marked already is not drawn again.
    """
    from tracker.cli.output import emit
    from tracker.contract import columns, mark_record
    from tracker.store import Query, Store, auditing

    first, last = options.days(since, until)
    query = Query(
        countries=options.countries(named, options.loaded(own)) if named else (),
        topic=topic,
        about=about,
        since=first,
        until=last,
    )
    with Store.open(db, create=False, wait=wait) as store:
        if marks:
            records = list(map(mark_record, auditing.lines(store)))
            if not emit(records, how, "marks", columns("mark"), _shown()):
                click.echo("Nothing is marked.", err=True)
            return 0
        if not results:
            store.must_be_writable()
            drawn = auditing.draw(store, query, size, seed=seed or secrets.token_hex(4), by=by)
            if not drawn:
                raise UsageError(
                    f"There is nothing to mark: no reaction answers that, or {by} marked them all."
                )
            _ask(store, drawn, auditing.frame(query), by)
        _tell(store, query)
    return 0


command = audit


def _ask(store: Store, drawn: list[Drawn], sample: str, by: str) -> None:
    from tracker.cli.output import say
    from tracker.store import auditing

    for number, each in enumerate(drawn, 1):
        _show(each, f"{number} of {len(drawn)}")
        answer = _answer(_ASKED)
        while answer not in (*_RIGHT, *_WRONG, *_SKIP, *_QUIT):
            say(f"'{answer}' is no answer.")
            answer = _answer(_ASKED)
        if answer in _QUIT:
            return
        if answer not in _SKIP:
            right = answer in _RIGHT
            note = "" if right else _answer("What is wrong? ", lower=False)
            spans, judged = each.reaction.quote_spans, auditing.judged(each.reaction)
            mark = auditing.Mark(each.text_hash, spans, judged, right, sample, note, by, options.now())
            auditing.add(store, mark)


def _answer(question: str, *, lower: bool = True) -> str:
    """A line of standard input; empty at its end."""
    if sys.stdin is None:
        return ""
    click.echo(question, nl=False, err=True)
    while line := sys.stdin.readline():
        given = line.strip()
        if given or not lower:
            return given.lower() if lower else given
        click.echo(question, nl=False, err=True)
    return ""


def _show(drawn: Drawn, number: str) -> None:
    from rich.text import Text

    from tracker.cli.output import rendered, say, write
    from tracker.cli.plain import plain

    reaction, text = drawn.reaction, drawn.text
    where = (reaction.outlet or "outlet unknown", (reaction.published or "undated")[:10], reaction.title)
    say("")
    say(f"{number} · {' · '.join(part for part in where if part)}")
    say("")
    first, last = max(0, reaction.quote_start - _CONTEXT), reaction.quote_end + _CONTEXT
    shown, at = Text("… " if first else ""), first
    for start, end in reaction.quote_spans:
        shown.append(plain(text[at:start]))
        shown.append(f"【{plain(text[start:end])}】", style="bold reverse")
        at = end
    shown.append(plain(text[at:last]) + (" …" if last < len(text) else ""))
    write(rendered(shown))
    say("")
    for name, value in (
        ("speaker", reaction.speaker), ("source", reaction.source), ("country", reaction.country),
        ("via", reaction.via), ("kind", reaction.kind),
    ):  # fmt: skip
        if value or name not in ("via",):
            say(f"{name:<8} {value or 'unknown'}")


def _tell(store: Store, query: Query) -> None:
    from reports.statistics import wilson
    from reports.wording import share
    from tracker.cli.output import say
    from tracker.store import auditing

    found = auditing.precision(store, query)
    if not found.marked:
        say("No mark counts here yet.")
        return
    low, high = wilson(found.right, found.marked)
    say(
        f"{found.right:,} of {found.marked:,} right: {share(found.right / found.marked)}, "
        f"95% interval {share(low)} to {share(high)} (Wilson). Marked by {', '.join(found.by)}."
    )


def _shown() -> list[Shown]:
    from tracker.cli.output import Shown

    return [
        Shown("When", lambda record: str(record["at"])[:16]),
        Shown("By", lambda record: str(record["by"])),
        Shown("Mark", lambda record: "right" if record["right"] else "wrong"),
        Shown("Note", lambda record: str(record["note"]), 2),
        Shown(
            "Who", lambda record: record["judged"]["speaker"] or record["judged"]["source"] or "unknown", 2
        ),
        Shown("Quote", lambda record: str(record["judged"]["quote"]), 4),
        Shown("Holds", lambda record: "yes" if record["holds"] else "extracted otherwise since"),
    ]
