"""Changes beyond a threshold, for a cron job or a chat."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reports import findings
from reports.counting import rows, tally
from reports.edition import Row
from reports.periods import Period, run
from reports.recipe import COUNTED, Basis, Voices
from reports.renderers.markdown import escape
from reports.wording import capital, count, interval, named, named_short, signed, the
from tracker.contract.fields import COUNT, TEXT, TEXT_OR_NULL, TONE, Field, listed, object_schema, one_of
from tracker.model import Reaction

SCHEMA = 1
_CHANGE = {"type": "number", "minimum": -2, "maximum": 2}
ALERT = (
    Field("country", TEXT, "ISO 3166-1 alpha-3, or an organisation's code"),
    Field("name", TEXT, "what a reader calls it"),
    Field("period", TEXT, "the week, as `2025-W23`"),
    Field("tone", TONE, "mean of the article means in it"),
    Field("tone_before", TONE, "the same of the week before"),
    Field("change", _CHANGE, "`tone` minus `tone_before`"),
    Field("low", _CHANGE, "lower end of the 95% interval of the change"),
    Field("high", _CHANGE, "upper end"),
    Field("articles", COUNT, "articles in the week"),
    Field("articles_before", COUNT, "articles in the week before"),
    Field("sentence", TEXT, "the same in words"),
)
ALERTS = (
    Field("schema", {"const": SCHEMA}, "the version of this document"),
    Field("period", TEXT, "the week asked about"),
    Field(
        "topic",
        TEXT_OR_NULL,
        "what alone counts: a topic, or words about a country; or null",
    ),
    Field("voices", one_of(Voices), "whose voices count"),
    Field("threshold", {"type": "number", "minimum": 0, "maximum": 2}, "the least change that is an alert"),
    Field("alerts", listed(object_schema("alert", ALERT)), "each change, the largest first"),
)


@dataclass(frozen=True, slots=True)
class Alert:
    """A row whose change is clear of chance and at least as large as asked."""

    row: Row
    period: Period

    @property
    def sentence(self) -> str:
        """``China’s tone fell by 0.60 to −0.49 in W23 ...`` with the interval and the articles behind it."""
        row = self.row
        assert row.change
        verb = "rose" if row.change.value > 0 else "fell"
        return capital(
            f"{the(row.name)} {verb} from {signed(row.before.mean)} to {signed(row.now.mean)} in "
            f"{named_short(self.period)}: change {signed(row.change.value)}, 95% interval "
            f"{interval(row.change.interval)}, {row.before.articles:,} and "
            f"{count(row.now.articles, 'article')}."
        )

    def record(self) -> dict[str, str | int | float | None]:
        """The alert as JSON values, in the order of ``ALERT``; tones with six decimals."""
        row = self.row
        assert row.change
        return {
            "country": row.code,
            "name": row.name,
            "period": str(self.period),
            "tone": _six(row.now.mean),
            "tone_before": _six(row.before.mean),
            "change": _six(row.change.value),
            "low": _six(row.change.interval.low),
            "high": _six(row.change.interval.high),
            "articles": row.now.articles,
            "articles_before": row.before.articles,
            "sentence": self.sentence,
        }


def _six(value: float | None) -> float | None:
    return None if value is None else round(value, 6) + 0.0


def alerts(
    reactions: Iterable[Reaction],
    period: Period,
    threshold: float,
    *,
    names: Callable[[str], str],
    topic: str | None = None,
    voices: Voices = "official",
    basis: Basis,
    only: Sequence[str] = (),
) -> list[Alert]:
    """The rows with an arrow whose change is at least ``threshold``, largest first.

    An arrow is tested beside those of all rows, also where ``only`` some are asked about.
    """
    del topic
    counted = tally(reactions, run(period, 2), voices)
    found = findings.arrows(rows(counted, names, basis))
    return [
        Alert(row, period)
        for row in found
        if abs(findings.change_of(row)) >= threshold and (not only or row.code in only)
    ]


def as_markdown(
    found: Sequence[Alert], period: Period, topic: str | None, voices: Voices = "official"
) -> str:
    """A heading and a line an alert, for a chat; one sentence where there is none. Ends with a newline."""
    about = f" on {escape(topic)}" if topic else ""
    whose = f" ({COUNTED[voices]})" if COUNTED[voices] else ""
    if not found:
        return f"No alert{about} in {named(period)}{whose}.\n"
    lines = [f"**{count(len(found), 'alert')}{about} in {named(period)}{whose}**", ""]
    for alert in found:
        mark = "▲" if findings.change_of(alert.row) > 0 else "▼"
        lines.append(f"- {mark} {escape(alert.sentence)}")
    return "\n".join(lines) + "\n"


def as_json(
    found: Sequence[Alert], period: Period, topic: str | None, voices: Voices, threshold: float
) -> bytes:
    """The alerts and what was asked, as the document of ``ALERTS``. Ends with a newline."""
    told = {
        "schema": SCHEMA,
        "period": str(period),
        "topic": topic,
        "voices": voices,
        "threshold": threshold,
        "alerts": [alert.record() for alert in found],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
