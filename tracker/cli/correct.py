"""``tracker correct``: set right what was extracted of a reaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from sources.errors import UsageError
from tracker.cli import options
from tracker.model import Voice

if TYPE_CHECKING:
    from sources.registry import Registry
    from tracker.store.ledger import Anchor

_NONE = "none"


@click.command(
    epilog="""\b
Examples:
  tracker correct 4a1f60c2b7d98e35 --country Taiwan --note "the island's ministry, not Beijing's"
  tracker correct 4a1f60c2b7d98e35 --source "Chinese foreign ministry" --speaker none --by mk
  tracker correct 4a1f60c2b7d98e35 --drop --note "a headline, nobody's words"
  tracker correct 4a1f60c2b7d98e35 --undo"""
)
@click.argument("reaction", metavar="REACTION")
@click.option("--country", metavar="CODE", help="Whose country's words they are: CHN, CN, China; or none.")
@click.option("--speaker", metavar="NAME", help="Who said them; or none.")
@click.option("--role", metavar="TEXT", help="In what office; or none.")
@click.option("--source", metavar="NAME", help="The institution or outlet: a name or a registry id; or none.")
@click.option("--voice", type=click.Choice((*get_args(Voice), _NONE)), help="What kind of voice it is.")
@click.option("--via", metavar="NAME", help="The outlet that carried the words to this one; or none.")
@click.option("--drop/--restore", "drop", default=None, help="Take the reaction out; put it back in.")
@click.option("--undo", is_flag=True, help="Take back every earlier correction of this reaction.")
@click.option("--note", default="", metavar="TEXT", help="Why, for whoever reads the ledger.")
@options.author
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@options.database
@options.registry
def correct(
    reaction: str, country: str | None, speaker: str | None, role: str | None, source: str | None,
    voice: str | None, via: str | None, drop: bool | None, undo: bool, note: str, by: str, dry_run: bool,
    db: str, wait: float, own: tuple[Path, ...],
) -> int:  # fmt: skip
    """Correct a REACTION, by the id that 'tracker reactions' prints.

    The correction is kept with the article's text and the place in it, with who made it and when: it holds
    for the same text in every outlet, and after the text is extracted again.
    """
    from tracker.cli.output import say
    from tracker.store import Store, ledger
    from tracker.store.corrections import Correction, corrected

    known = options.loaded(own)
    changes: dict[str, Any] = {"undo": True} if undo else {}
    if source is not None:
        changes |= _source(source, known)
    if country is not None:
        changes["country"] = None if country == _NONE else _country(country, known)
    for name, value in (("speaker", speaker), ("role", role), ("voice", voice), ("via", via)):
        if value is not None:
            changes[name] = None if value == _NONE else value
    if drop is not None:
        changes["drop"] = drop
    if not changes:
        raise UsageError("What should it say? Give --country, --speaker, --source, --drop or another option.")
    with Store.open(db, create=False, wait=wait) as store:
        found = _found(store, reaction)
        about = found[0].reaction
        line = Correction(
            found[0].text_hash, about.quote_spans, about.quote, changes, note, by, options.now()
        )
        if dry_run:
            after = corrected([each.reaction for each in found], [line])
            changed = sum(a.reaction != b.reaction or a.dropped != b.dropped
                          for a, b in zip(found, after, strict=True))  # fmt: skip
        else:
            _, changed = ledger.add(store, [line])
    said = ", ".join(f"{name} {_said(value)}" for name, value in changes.items())
    verb = "Would correct" if dry_run else "Corrected"
    articles = "article" if len(found) == 1 else "articles"
    say(f"{verb} {about.id} ({said}) in {len(found):,} {articles}; {changed:,} changed. Database: {db}")
    return 0


command = correct


def _found(store: Any, id_: str) -> list[Anchor]:
    from tracker.store import ledger

    found: list[Anchor] = ledger.anchors(store, id_)
    if not found:
        near = ledger.ids_like(store, id_) if len(id_) >= 4 else []
        hint = f" Did you mean {' or '.join(near)}?" if near else " 'tracker reactions' prints the ids."
        raise UsageError(f"There is no reaction '{id_}'.{hint}")
    return found


def _country(text: str, known: Registry) -> str:
    return "/".join(options.countries(text.split("/"), known, grouped=False))


def _source(name: str, known: Registry) -> dict[str, Any]:
    """What the registry knows of a source; of one it does not know, the name alone."""
    if name == _NONE:
        return dict.fromkeys(("source", "source_id", "source_kind"))
    rows = {each.id: each for each in known.institutions()}
    institution = rows.get(name) or known.institution(name)
    if institution:
        return {"source": institution.name, "source_id": institution.id, "source_kind": institution.kind,
                "country": institution.country}  # fmt: skip
    body = known.organisation(name)
    if body:
        return {"source": body.name, "source_id": body.code, "source_kind": body.kind,
                "country": body.country}  # fmt: skip
    outlet = known.outlet(name)
    if outlet and outlet.basis != "address":
        return {"source": outlet.name, "source_id": outlet.id, "source_kind": outlet.kind,
                "country": outlet.country}  # fmt: skip
    return {"source": name, "source_id": None, "source_kind": None}


def _said(value: Any) -> str:
    return "unknown" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
