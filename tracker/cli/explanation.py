"""A text's score in words, for the terminal: its words, stock VADER beside the calibrated one, and what
follows.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.output import coloured, rendered, signed, write
from tracker.cli.plain import plain
from tracker.tone.explaining import explain
from tracker.tone.ladder import RUNGS

if TYPE_CHECKING:
    from tracker.model import Score

_STANCES = {-1: "against", 0: "neither for nor against", 1: "for"}


def show(text: str, score: Score, lexicon: Path | None = None) -> None:
    """Print the text's words with what they add, then its tone, stance and rung."""
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    words = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), expand=True)
    words.add_column("word", overflow="fold", ratio=2)
    words.add_column("stock", justify="right", no_wrap=True)
    words.add_column("calibrated", justify="right", no_wrap=True)
    words.add_column("why", overflow="fold", ratio=5)
    for reason in explain(text, lexicon=lexicon):
        words.add_row(
            Text(plain(reason.text)),
            signed(reason.stock),
            coloured(signed(reason.calibrated), reason.calibrated),
            Text(plain(reason.why)),
        )
    tone = Text("tone ").append_text(coloured(signed(score.tone), score.tone))
    tone.append(f"   stock VADER {signed(score.vader)}")
    if not score.evidence:
        tone.append("   unscored: no word of it carries tone, which is not the same as neutral")
    told = [tone]
    if score.stance is None:
        told.append(Text("stance: no sign of it"))
    else:
        about = f" ({plain(score.target)})" if score.target else ""
        act = f": {score.act}" if score.act else ""
        told.append(Text(f"stance: {_STANCES[score.stance]}{about}{act}"))
    if score.rung is not None:
        told.append(Text(f"rung {score.rung} of 7: {RUNGS[score.rung]}"))
    if words.rows:
        told.insert(0, Text())
        write(rendered(Group(words, *told)))
    else:
        write(rendered(Group(*told)))
