"""Numbers, names and dates as words. Every number is rounded here and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from reports.periods import Days, Month, Period, first, last
from reports.statistics import Interval

MINUS, NO_BREAK, NO_BREAK_HYPHEN, JOINER = "\u2212", "\u00a0", "\u2011", "\u2060"
CUTS = (0.10, 0.25, 0.45)
"""Tone in words and colours: under 0.10 near zero, then slightly, plainly and, from 0.45, strongly."""
SCALE = {
    -3: "strongly negative",
    -2: "negative",
    -1: "slightly negative",
    0: "near zero",
    1: "slightly positive",
    2: "positive",
    3: "strongly positive",
}
_SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
# Soft controls that reorder or hide text: embeddings, overrides and isolates, zero-width space, word joiner,
# BOM, soft hyphen, interlinear and tag characters. Joiners (U+200C, U+200D) stay: several scripts need them.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_THE = frozenset(
    [
        "EU",
        "UN",
        "AU",
        "IAEA",
        "WHO",
        "IMF",
        "WTO",
        "ICC",
        "ICJ",
        "OAS",
        "OSCE",
        "GCC",
        "G7",
        "G20",
        "CIS",
        "SCO",
        "UK",
        "US",
        "UAE",
        "Vatican",
        "Netherlands",
        "Philippines",
        "Maldives",
        "Bahamas",
        "Gambia",
        "Seychelles",
        "Comoros",
        "Kremlin",
    ]
)
_THE_START = (
    "United ",
    "European ",
    "African ",
    "Arab League",
    "World ",
    "International ",
    "Organization ",
    "Commonwealth",
)
_THE_END = (
    " Islands",
    " Republic",
    " Emirates",
    " Territories",
    " Union",
    " Nations",
    " States",
    " Council",
    " League",
)


def clean(text: str) -> str:
    """One line to be shown: controls, lone surrogates and hidden formatting characters gone, blanks
    folded.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in _HIDDEN.sub("", text))
    shown = "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF or ord(c) & 0xFFFE == 0xFFFE else c for c in kept)
    return re.sub(r"[ \t\r\n\f\v]+", " ", shown).strip()


def rounded(value: float) -> float:
    """To two decimals; never minus zero."""
    return round(value, 2) + 0.0


def signed(value: float | None) -> str:
    """``+0.31``, ``−0.43``, ``0.00``; an en dash for None."""
    if value is None:
        return "–"
    near = rounded(value)
    return "0.00" if near == 0 else f"{near:+.2f}".replace("-", MINUS)


def sign_of(value: float | None) -> int:
    """-1, 0 or 1 of the rounded value."""
    near = rounded(value) if value is not None else 0.0
    return (near > 0) - (near < 0)


def shade(value: float) -> int:
    """The class of a tone, -3 to 3, of its rounded value: strongly negative to strongly positive."""
    near = rounded(value)
    strength = sum(abs(near) >= cut for cut in CUTS)
    return strength if near > 0 else -strength


def interval(of: Interval | None) -> str:
    """``−0.37 to −0.13``; an en dash for None."""
    return "–" if of is None else f"{signed(of.low)} to {signed(of.high)}"


def share(part: float, digits: int = 0) -> str:
    """A share as per cent: ``38%``; never 0% or 100% where it is not wholly so."""
    percent = round(100 * part, digits)
    unit = 10**-digits
    if part > 0 and percent <= 0:
        return f"under {unit:.{digits}f}%"
    if part < 1 and percent >= 100:
        return f"over {100 - unit:.{digits}f}%"
    return f"{percent:.{digits}f}%"


def at_least(part: float) -> str:
    """A share as per cent, rounded down, so that it reaches no bound that it does not reach: ``89%``."""
    return f"{int(100 * part + 1e-9)}%"


def p_value(p: float) -> str:
    """``p below 0.001`` or ``p = 0.023``."""
    return "p below 0.001" if p < 0.001 else f"p = {p:.3f}"


def number(count: int) -> str:
    """A count in running text: below ten in words, above with thousands set off."""
    return _SMALL[count] if 0 <= count < 10 else f"{count:,}"


def count(n: int, one: str, many: str | None = None) -> str:
    """``1 article``, ``46 articles``, ``1,178 appearances``."""
    return f"{n:,}{NO_BREAK}{one if n == 1 else many or one + 's'}"


def listing(items: Sequence[str], join: str = "and") -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {join} {items[-1]}"


def the(name: str) -> str:
    """The name as it stands in a sentence: ``the United States``, ``the UN``, ``China``."""
    needs = name in _THE or name.startswith(_THE_START) or name.endswith(_THE_END)
    return f"the {name}" if needs else name


def capital(sentence: str) -> str:
    """With its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def out_of(some: int, whole: int, one: str) -> str:
    """``two of four weeks``, ``both weeks``, ``all four weeks``, ``no week``."""
    if whole == 1:
        return f"the only {one}" if some else f"no {one}"
    if some == whole:
        return f"both {one}s" if whole == 2 else f"all {number(whole)} {one}s"
    return f"{number(some) if some else 'none'} of {number(whole)} {one}s"


def possessive(name: str) -> str:
    """``China’s``, ``the United States’``."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def day(of: date, *, weekday: bool = False, year: bool = False) -> str:
    """``9 June``, ``Tue 3 Jun``, ``9 June 2025``."""
    month = _MONTHS[of.month - 1]
    text = f"{of.day}{NO_BREAK}{month[:3] if weekday else month}"
    text = f"{_DAYS[of.weekday()]}{NO_BREAK}{text}" if weekday else text
    return f"{text}{NO_BREAK}{of.year}" if year else text


def days(first: date, last: date, *, year: bool = True) -> str:
    """``2–8 June 2025``, ``26 May–1 June 2025``, ``29 December 2025–4 January 2026``; days of two years have
    both years in any case.
    """
    dash = f"{JOINER}–{JOINER}"
    year = year or first.year != last.year
    end = day(last, year=year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{dash}{end}"
    return f"{day(first, year=year and first.year != last.year)}{dash}{end}"


def until(moment: str) -> str:
    """An ISO 8601 day or time in words: ``8 June``, ``9 June 06:00``; as it stands where it is neither."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return clean(moment)
    return day(at.date()) + (f"{NO_BREAK}{at:%H:%M}" if len(moment) > 10 else "")


def named(of: Period) -> str:
    """``2025‑W23``, which does not break across lines; ``June 2025``; ``2–15 June 2025``."""
    if isinstance(of, Month):
        return f"{_MONTHS[of.number - 1]}{NO_BREAK}{of.year}"
    if isinstance(of, Days):
        return days(of.start, of.end)
    return str(of).replace("-", NO_BREAK_HYPHEN)


def named_short(of: Period) -> str:
    """``W23``, ``June``, ``2–15 June``."""
    if isinstance(of, Month):
        return _MONTHS[of.number - 1]
    return days(of.start, of.end, year=False) if isinstance(of, Days) else axis_name(of)


def axis_name(of: Period) -> str:
    """What stands at an axis: ``W23``, ``Jun``; of a run of days its first."""
    if isinstance(of, Month):
        return _MONTHS[of.number - 1][:3]
    if isinstance(of, Days):
        return f"{of.start.day}{NO_BREAK}{_MONTHS[of.start.month - 1][:3]}"
    return f"W{of.number:02d}"


def years(of: Sequence[Period]) -> list[int]:
    """The year that each period begins in; of an ISO week, its ISO year."""
    return [p.start.year if isinstance(p, Days) else p.year for p in of]


def spoken(of: Period) -> str:
    """``week 2025‑W23 (2–8 June 2025, UTC)``, ``June 2025 (UTC)``."""
    if isinstance(of, Month | Days):
        return f"{named(of)} (UTC)"
    return f"week {named(of)} ({days(first(of), last(of))}, UTC)"


def slug(text: str) -> str:
    """A file name's part: a-z, 0-9 and hyphens, at most 60 of them; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-")


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words, ending in an ellipsis where cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head).rstrip(" ,;:") + "…"
