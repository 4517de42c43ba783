"""``tracker score``: how a text sounds, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import options

if TYPE_CHECKING:
    from sources.article import Unreadable
    from tracker.cli.output import Format, Record, Shown


@click.command(
    epilog="""\b
Examples:
  tracker score "We firmly oppose this."
  tracker score --format json "France condemned the strike."
  tracker score - --format jsonl < texts.jsonl"""
)
@click.argument("text", required=False, metavar="[TEXT|-]")
@options.output_format
@options.lexicon
@click.option(
    "--scorer", metavar="NAME", default="calibrated", show_default=True, help="What scores the tone."
)
def score(text: str | None, how: Format, lexicon: Path | None, scorer: str) -> int:
    """Print how a text sounds: tone, stock VADER, stance, act, target, rung, and the words that made the
    tone.

    TEXT is scored as a statement that may hold its own reporting clause; on a terminal it is explained word
    by word. - reads {"id", "text"} a line from standard input.
    """
    from tracker.cli.output import emit
    from tracker.cli.problems import Problems
    from tracker.contract import columns, score_record
    from tracker.tone import score as score_text
    from tracker.tone import scorer_named

    scorer_named(scorer, lexicon)
    if text is None and (sys.stdin is None or sys.stdin.isatty()):
        ctx = click.get_current_context()
        click.echo(ctx.get_help(), err=True)
        raise click.UsageError("There is nothing to score. Give a text, or pipe lines of JSON in.", ctx)
    if text is not None and text != "-":
        found = score_text(text, scorer=scorer, lexicon=lexicon)
        if how == "table":
            from tracker.cli.explanation import show

            show(text, found, lexicon)
        else:
            emit([score_record("1", found)], how, "scores", columns("score"), ())
        return 0
    with Problems() as problems:
        records = (
            score_record(id_, score_text(words, scorer=scorer, lexicon=lexicon))
            for id_, words in _texts(problems)
        )
        emit(records, how, "scores", columns("score"), _shown())
    return problems.status


command = score


def _texts(problems: Any) -> Iterator[tuple[str, str]]:
    """Each line's id and text; a line that has none is told, counted and skipped."""
    for number, raw in enumerate(sys.stdin.buffer, 1):
        if not raw.strip():
            continue
        found = _text(raw, number)
        if isinstance(found, tuple):
            yield found
        else:
            problems.tell(found)


def _text(raw: bytes, number: int) -> tuple[str, str] | Unreadable:
    from sources.article import Unreadable

    where = f"standard input, line {number}"
    remedy = 'Write each line as {"id": "1", "text": "..."} in UTF-8.'
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        return Unreadable(where, f"not UTF-8 at byte {problem.start}.", remedy)
    except (ValueError, RecursionError):
        return Unreadable(where, "not JSON.", remedy)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return Unreadable(where, 'no "text".', remedy)
    identity = record.get("id", number)
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        return Unreadable(where, "the id is neither a string nor a whole number.", remedy)
    return str(identity), record["text"]


def _shown() -> tuple[Shown, ...]:
    from tracker.cli.output import Shown, coloured, signed

    def stance(record: Record) -> str:
        return (
            "" if record["stance"] is None else f"{record['stance']:+d}".replace("-", "−").replace("+0", "0")
        )

    return (
        Shown("id", lambda record: record["id"]),
        Shown("tone", lambda record: coloured(signed(record["tone"]), record["tone"]), right=True),
        Shown("vader", lambda record: signed(record["vader"]), right=True),
        Shown("stance", stance, right=True),
        Shown("act", lambda record: record["act"] or ""),
        Shown("target", lambda record: record["target"] or "", ratio=1),
        Shown("rung", lambda record: "" if record["rung"] is None else str(record["rung"]), right=True),
        Shown("words", lambda record: ", ".join(e["text"] for e in record["evidence"]), ratio=2),
    )
