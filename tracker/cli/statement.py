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
    from tracker.statements import Statement
    from tracker.store import Store


@click.command(
    epilog="""\b
Examples:
  tracker reactions --statements --country CHN
  tracker statement 77a0c9cbd23e4f15
  tracker statement 77a0c9cbd23e4f15 --format json"""
)
@click.argument("id_", metavar="ID")
@options.output_format
@options.database
def statement(id_: str, how: Format, db: str, wait: float) -> int:
    """Show how outlets worded a statement: what each left out and put in, and how the tone moved.

    ID is the id of any of its reactions.
    """
    from tracker.cli.output import emit
    from tracker.contract import STATEMENT, statement_record
    from tracker.store import Store

    with Store.open(db, create=False, wait=wait) as store:
        record = statement_record(statement_of(store, id_))
    if how != "table":
        emit([record], how, "statements", [field.name for field in STATEMENT], ())
        return 0
    _tell(record)
    return 0


def statement_of(store: Store, id_: str) -> Statement:
    """The statement that a reaction is of, among all that is kept from the days about it.

    Raises UsageError where no reaction has the id.
    """
    from tracker.statements import DAYS, group
    from tracker.store import Query
    from tracker.weeks import utc_day

    found = store.reactions(Query(ids=(id_,)))
    if not found:
        raise UsageError(f"No reaction '{id_}' is kept. 'tracker reactions --format jsonl' tells their ids.")
    day = utc_day(found[0].published)
    about = Query(countries=found[0].countries)
    if day:
        # Twice the days: what a neighbour belongs to may depend on its own neighbours.
        about = Query(
            countries=found[0].countries, since=day - timedelta(2 * DAYS), until=day + timedelta(2 * DAYS)
        )
    near = [each for each in store.reactions(about) if bool(utc_day(each.published)) == bool(day)]
    return next(each for each in group(near) if any(reaction.id == id_ for reaction in each.reactions))


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
