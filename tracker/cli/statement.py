"""``tracker statement``: one statement, the wordings of its appearances side by side."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from sources.errors import UsageError
from tracker.cli import options

if TYPE_CHECKING:
    from rich.text import Text

    from tracker.cli.output import Format, Record
    from tracker.model import Reaction
    from tracker.statements import Statement
    from tracker.store import Store


@click.command(
    epilog="""\b
Examples:
  tracker reactions --statements --country CHN
  tracker statement 77a0c9cbd23e4f15
  tracker statement "stand behind it" --format json"""
)
@click.argument("id_", metavar="ID|WORDS")
@options.output_format
@options.database
def statement(id_: str, how: Format, db: str, wait: float) -> int:
    """Show how outlets worded a statement: what each left out and put in, and how the tone moved.

    ID is the id of any of its reactions; WORDS stand in the words of one statement and of no other.
    """
    from tracker.cli.output import emit, say
    from tracker.contract import columns, statement_record
    from tracker.store import Store, noting

    with Store.open(db, create=False, wait=wait) as store:
        said = statement_of(store, id_)
        noted = noting.listed(store, "statement", {reaction.id for reaction in said.reactions})
    record = statement_record(said)
    if how != "table":
        emit([record], how, "statements", columns("statement"), ())
        return 0
    _tell(record)
    for note in noted:
        say("")
        say(f"Note of {note.by}, {note.at[:10]}: {note.text}")
    return 0


def statement_of(store: Store, id_: str) -> Statement:
    """The statement that a reaction is of, among all that is kept from the days about it.

    Raises UsageError where no reaction has the id, and it is not words of a single statement either.
    """
    from tracker.statements import DAYS, group
    from tracker.store import Query
    from tracker.weeks import utc_day

    found = store.reactions(Query(ids=(id_,))) or [_by_words(store, id_)]
    id_, countries, day = found[0].id, found[0].countries, utc_day(found[0].published)
    # Twice the days: what a neighbour belongs to may depend on its own neighbours.
    since, until = (day - timedelta(2 * DAYS), day + timedelta(2 * DAYS)) if day else (None, None)
    near = store.reactions(Query(countries=countries, since=since, until=until))
    alike = [each for each in near if bool(utc_day(each.published)) == bool(day)]
    return next(each for each in group(alike) if any(reaction.id == id_ for reaction in each.reactions))


def _by_words(store: Store, words: str) -> Reaction:
    """A reaction of the only statement whose words hold these."""
    from tracker.statements import group
    from tracker.store import Query
    from tracker.topics import of_words

    topic = of_words(f'"{words}"')
    holding = [each for each in store.reactions(Query(topic=topic)) if topic.in_texts(each.quote)]
    said = group(holding)
    if len(said) == 1:
        return said[0].first
    if not said:
        raise UsageError(
            f"'{words}' is neither the id of a reaction that is kept nor in the words of one. "
            "'tracker reactions --statements' prints the ids."
        )
    ids = ", ".join(each.id for each in said[:_NAMED])
    more = ", ..." if len(said) > _NAMED else ""
    raise UsageError(f"'{words}' is in the words of {len(said):,} statements. Name one: {ids}{more}.")


_NAMED = 3


def _tell(record: Record) -> None:
    from tracker.cli.output import Shown, coloured, emit, say, signed

    tone = record["tone"]

    def moved(wording: Record) -> str | Text:
        if wording["tone"] is None:
            return "unscored"
        change = "" if tone is None or wording["tone"] == tone else f" ({signed(wording['tone'] - tone)})"
        return coloured(signed(wording["tone"]) + change, wording["tone"])

    say(f"“{record['quote']}”")
    say(_facts(record))
    say("")
    shown = (
        Shown("Published", lambda wording: (wording["published"] or "undated")[:10]),
        Shown("Outlet", _carrier, 2),
        Shown("Kind", lambda wording: wording["kind"]),
        Shown("Tone", moved, right=True),
        Shown("Wording", lambda wording: wording["quote"], 6),
        Shown("Leaves out", lambda wording: " … ".join(wording["left_out"]), 4),
        Shown("Puts in", lambda wording: " … ".join(wording["put_in"]), 3),
    )
    emit(record["wordings"], "table", "wordings", (), shown)


def _facts(record: Record) -> str:
    from tracker.cli.output import signed

    who = ", ".join(name for name in (record["speaker"], record["source"]) if name) or "unknown"
    first, last = ((record[name] or "undated")[:10] for name in ("first_seen", "last_seen"))
    tone = "unscored" if record["tone"] is None else f"tone {signed(record['tone'])}"
    days = first if first == last else f"{first} to {last}"
    articles = "1 article" if record["reach"] == 1 else f"{record['reach']:,} articles"
    return f"{who} ({record['country'] or 'country unknown'}) · {tone} · in {articles} · {days}"


def _carrier(wording: Record) -> str:
    outlet = wording["outlet"] or "unknown"
    return f"{outlet}, via {wording['via']}" if wording["via"] else outlet
