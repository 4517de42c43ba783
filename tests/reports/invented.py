"""Invented reactions for tests: one by hand, or a seeded world of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from reports.recipe import Basis
from tracker.model import Evidence, Reaction, Span
from tracker.weeks import Week

THIS = Week(2025, 23)
BASIS = Basis(
    tool="reaction-tracker 0.0.0",
    vader="3.3.2",
    lexicon="0a1b2c3d",
    registry="4e5f6071",
    articles=1234,
    unreadable=3,
    not_scored_language=17,
    label="Specimen: invented data and quotes",
    check="tracker verify weekly-2025-W23.html",
)
NAMES = {
    "CAN": "Canada", "JPN": "Japan", "NATO": "NATO", "KOR": "South Korea",
    "USA": "United States", "GBR": "Britain",
    "AUS": "Australia", "EU": "EU", "DEU": "Germany", "FRA": "France", "RUS": "Russia", "CHN": "China",
    "IND": "India", "IRN": "Iran", "PRK": "North Korea", "UN": "UN",
}  # fmt: skip
# Usual tone, this week's tone, articles a week, this week's articles.
WORLD = {
    "CAN": (0.05, 0.34, 12, 20), "JPN": (0.18, 0.22, 18, 34), "NATO": (0.15, 0.2, 7, 9),
    "KOR": (0.1, 0.12, 9, 20),
    "USA": (0.1, 0.12, 40, 90), "GBR": (0.06, 0.08, 12, 25), "AUS": (0.04, 0.0, 9, 18),
    "EU": (0.02, -0.02, 8, 11),
    "DEU": (0.0, -0.06, 8, 11), "FRA": (-0.06, -0.1, 9, 26), "RUS": (-0.3, -0.12, 22, 36),
    "CHN": (-0.1, -0.45, 26, 46), "IND": (0.02, 0.05, 6, 4), "IRN": (-0.3, -0.25, 3, 3),
    "PRK": (-0.45, -0.5, 4, 6),
    "UN": (0.0, 0.0, 4, 0),
}  # fmt: skip
_OUTLETS = [
    ("Nikkei", "JPN"), ("Xinhua", "CHN"), ("Reuters", "GBR"), ("AP", "USA"), ("AFP", "FRA"), ("TASS", "RUS"),
    ("CBC News", "CAN"), ("Yonhap", "KOR"), ("The Guardian", "GBR"), ("The New York Times", "USA"),
    ("DW", "DEU"),
    ("Kyodo", "JPN"), ("The Globe and Mail", "CAN"), ("Global Times", "CHN"), ("The Hindu", "IND"),
]  # fmt: skip
_GOOD = {
    "welcome": 2.0,
    "support": 1.7,
    "strong": 2.3,
    "agreement": 2.2,
    "peace": 2.5,
    "confident": 2.2,
    "trust": 2.3,
}
_BAD = {"threatens": -1.6, "reckless": -1.7, "undermines": -1.4, "war": -2.9, "risks": -1.1, "destroy": -2.5}
_PLAIN = [
    "the",
    "plan",
    "for",
    "new",
    "interceptors",
    "would",
    "change",
    "talks",
    "between",
    "capitals",
    "over",
    "coming",
    "months",
    "and",
    "years",
]


def reaction(
    country: str | None = "CHN",
    tone: float = 0.0,
    *,
    week: Week = THIS,
    article: str = "a1",
    quote: str = "Both sides will meet again",
    evidence: Sequence[tuple[str, float]] | None = None,
    **fields: Any,
) -> Reaction:
    """One reaction; ``evidence`` names words of the quote, and by default the first word carries any tone."""
    marks = evidence if evidence is not None else ([(quote.split()[0], tone * 4)] if tone else [])
    start = 100
    found = tuple(
        Evidence(word, start + quote.index(word), start + quote.index(word) + len(word), value)
        for word, value in marks
    )
    values: dict[str, Any] = {
        "id": f"{article}:{country}:{quote}", "article": article, "outlet": "Nikkei",
        "published": f"{week.monday}T09:00:00Z",
        "url": f"https://news.example/{article}", "quote": quote, "quote_start": start,
        "quote_end": start + len(quote),
        "quote_spans": (Span(start, start + len(quote)),), "kind": "direct",
        "manner": "speech", "cue": "said",
        "cue_start": 90, "cue_end": 94, "mention": "the ministry", "mention_start": 70, "mention_end": 82,
        "speaker": None, "role": None, "source": f"{country} foreign ministry" if country else None,
        "source_id": f"{country}-mfa" if country else None, "source_kind": "ministry", "voice": "official",
        "country": country, "via": None, "tone": tone, "vader": tone, "stance": None, "evidence": found,
        "outlet_country": "JPN", "before": "The talks ended on Monday.", "after": "No date was set.",
    }  # fmt: skip
    values.update(fields)
    return Reaction(**values)


def articles(
    country: str, tones: Sequence[float], *, week: Week = THIS, outlets: int = 4, **fields: Any
) -> list[Reaction]:
    """One reaction an article, each of these tones, its words its own."""
    return [
        reaction(
            country,
            tone,
            week=week,
            article=f"{country}-{week}-{i}",
            quote=f"Words number {i} of {country} in {week}",
            outlet=f"Outlet {i % outlets}",
            **fields,
        )
        for i, tone in enumerate(tones)
    ]


def names(code: str) -> str:
    """A display name."""
    return NAMES.get(code, code)


def world(seed: int = 7, weeks: int = 12, scale: float = 1.0) -> list[Reaction]:
    """Twelve weeks of invented reactions in which China falls, Canada and Russia rise and the UN falls
    silent.
    """
    rng = random.Random(seed)
    found: list[Reaction] = []
    for back in range(weeks - 1, -1, -1):
        week = THIS.back(back)
        for country, (usual, now, often, busy) in WORLD.items():
            base = now if back == 0 else usual
            size = busy if back == 0 else int(often * (2.2 if back == 2 else 1) * rng.uniform(0.6, 1.4))
            for n in range(round(size * scale)):
                found += _article(rng, country, base, week, f"{country}-{week}-{n}")
    return found


def _article(rng: random.Random, country: str, base: float, week: Week, article: str) -> list[Reaction]:
    outlet, land = rng.choice(_OUTLETS)
    at = datetime.combine(week.monday, datetime.min.time()) + timedelta(
        hours=rng.randrange(168), minutes=rng.randrange(60)
    )
    speaker, role, source = rng.choice(
        [
            ("Ana Lindqvist", "spokesperson", "foreign ministry"),
            ("Oren Takeda", "minister", "defence ministry"),
            (None, "official", "trade ministry"),
            ("Ivo Marchetti", "deputy minister", "foreign ministry"),
            (None, None, "parliament"),
        ]
    )
    found = []
    centre = base + rng.gauss(0, 0.06)
    for k in range(rng.choice((1, 1, 2, 3))):
        tone = max(-0.98, min(0.98, centre * 1.35 + rng.gauss(0, 0.24)))
        unscored = rng.random() < 0.26
        pool = list((_GOOD if tone > 0 else _BAD).items())
        chosen = [] if unscored else rng.sample(pool, 1 + int(abs(tone) > 0.3))
        words = rng.sample(_PLAIN, 9)
        for word, _ in chosen:
            words.insert(rng.randrange(1, len(words)), word)
        quote = " ".join(words).capitalize() + f", on point {rng.randrange(10**6)}"
        marks = [(w, v) for w, v in chosen if w in quote]
        fields: dict[str, Any] = {
            "speaker": speaker, "role": role, "source": f"{NAMES[country]} {source}",
            "source_id": f"{country}-{source.split()[0]}", "outlet": outlet, "outlet_country": land,
            "published": at.isoformat() + "Z", "kind": rng.choice(("direct", "mixed", "indirect")),
            "voice": "official" if rng.random() < 0.88 else rng.choice(("media", "expert", "opposition")),
            "via": rng.choice((None, None, None, "Xinhua")), "id": f"{article}-{k}",
        }  # fmt: skip
        one = reaction(
            country,
            0.0 if unscored else round(tone, 4),
            week=week,
            article=article,
            quote=quote,
            evidence=marks,
            **fields,
        )
        found.append(one)
        for copy in range(rng.choice((0, 0, 0, 1))):
            found.append(
                reaction(
                    country,
                    one.tone,
                    week=week,
                    article=f"{article}-copy{copy}",
                    quote=quote,
                    evidence=marks,
                    **{
                        **fields,
                        "id": f"{article}-{k}-copy{copy}",
                        "outlet": "Reuters",
                        "outlet_country": "GBR",
                    },
                )
            )
    return found
