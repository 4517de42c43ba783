"""The dates of newspapers, feeds and official sites as ISO 8601, or nothing where a date could be read two
ways.

A grammar of our own and not a library: python-dateutil fills what is missing from today's date and reads
06/05/2025 as June without a word; dateparser does the same and takes a third of a second to import.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from sources.article import Flag

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier januar jänner enero janeiro gennaio januari января",
            "february feb février fevrier februar febrero fevereiro febbraio februari февраля",
            "march mar mars märz maerz marzo março maart марта",
            "april apr avril abril aprile апреля",
            "may mai mayo maio maggio mei мая",
            "june jun juin juni junio junho giugno июня",
            "july jul juillet juli julio julho luglio июля",
            "august aug août aout agosto augustus августа",
            "september sept sep septembre septiembre setembro settembre сентября",
            "october oct octobre oktober octubre outubro ottobre октября",
            "november nov novembre noviembre novembro ноября",
            "december dec décembre decembre dezember diciembre dezembro dicembre декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_DAYS = {name: n for n, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
# Hours east of Greenwich; None for a name that several zones share (IST, CST, ET in summer and winter).
_ZONES = {
    "utc": 0.0, "gmt": 0.0, "z": 0.0, "wet": 0.0, "bst": 1.0, "west": 1.0, "cet": 1.0, "cest": 2.0,
    "sast": 2.0, "eet": 2.0, "eest": 3.0, "msk": 3.0, "trt": 3.0, "pkt": 5.0, "wib": 7.0, "ict": 7.0,
    "hkt": 8.0, "sgt": 8.0, "pht": 8.0, "awst": 8.0, "jst": 9.0, "kst": 9.0, "aest": 10.0, "aedt": 11.0,
    "nzst": 12.0, "nzdt": 13.0, "est": -5.0, "edt": -4.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0,
    "pst": -8.0, "pdt": -7.0, "brt": -3.0, "art": -3.0, "et": None, "ct": None, "pt": None, "ist": None,
    "cst": None, "local time": None,
}  # fmt: skip
_LEADING = re.compile(
    r"\s*[\[(|·•\-–—]*\s*(?:(?:first |last |originally )?"
    r"(?:published|updated|posted|modified|released?|created|issued"
    r"|date|publication date|dated|aktualisiert|stand)(?:\s+(?:on|at|date))?\s*:?\s+)?(?:at\s+|on\s+)?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b\.?[,\s]*", re.IGNORECASE)
_JOINT = re.compile(r"(?:[\s,|·•@\-–—]|T(?=\d))*(?:at\s+)?", re.IGNORECASE)
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h](\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?)?\s*([ap])?\.?(?:(?<=[apAP])m|(?<=[apAP]\.)m)?\.?"
    r"(?:\s*(?:hrs|uhr|h)\b)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"[\s,(\[]*(?:(?:UTC|GMT)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?(?!\d)|([A-Za-z]{1,4}\b|local time))?"
    r"(?:\s*\([A-Za-z /_]{1,24}\))?[\s)\].]*",
    re.IGNORECASE,
)

_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]?",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?=T?\d{6}\b|T?\d{4}\b|\b)",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        r"(?P<a>\d{1,2})[/\-](?P<b>\d{1,2})[/\-](?P<y>\d{4})(?!\d)",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s\-/]*(?:de |of "
        r")?(?P<name>[^\W\d_]{3,10})\.?,?[\s\-/]*(?:de )?(?P<y>\d{4})\b",
        r"(?P<name>[^\W\d_]{3,10})\.?[\s\-]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s,\-]+(?P<y>\d{4})\b",
        r"(?P<d>\d{1,2})[\s\-](?P<name>[^\W\d_]{3})[\s\-](?P<yy>\d{2})\b",
    )
)
_IN_WORDS = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?,? \d{4}\b|\b[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd"
    r"|th)?, ?\d{4}\b"
    r"|\d{4}年\d{1,2}月\d{1,2}日"
)
_COMPACT_TIME = re.compile(r"T?(\d\d)(\d\d)(\d\d)?\b")
_UNIX_HOUR = re.compile(
    r"(?P<name>[A-Z][a-z]{2})\s+(?P<d>\d{1,2})\s+(?P<time>\d\d:\d\d:\d\d)\s+(?P<zone>\S+\s+)?(?P<y>\d{4})$"
)
_AMPM_CJK = re.compile(r"\s*(?:上午|午前|오전|下午|午後|오후)?\s*(\d{1,2})\s*[時时시:]\s*(\d{1,2})?\s*分?")


class _Time(NamedTuple):
    hour: int
    minute: int
    second: int | None
    zone: timezone | None


def parse_date(text: str) -> str | None:
    """The date or time a text states, as ISO 8601: ``2025-06-05``, ``2025-06-05T14:02``,
    ``2025-06-05T14:02:00+09:00``.

    The whole text must be a date, with or without a weekday, a time, a zone, and a word such as "Updated:"
    before it. Of two numbers that could each be the month, the weekday decides; without one the answer is
    None, as it is for anything that is no date; with dots the day comes first, as it does wherever dots are
    written. A zone that several lands share (IST, CST) leaves the time without its offset.
    """
    if len(text) > 120:
        return None
    text = " ".join(text.split())
    exact = _iso(text)
    if exact:
        return exact
    text = text[_end(_LEADING, text) :]
    unix = _UNIX_HOUR.match(_without_weekday(text)[0])
    if unix:
        text = f"{unix['d']} {unix['name']} {unix['y']} {unix['time']} {unix['zone'] or ''}"
    leading_time, rest = _leading_time(text)
    rest, weekday = _without_weekday(rest)
    for shape in _SHAPES:
        match = shape.match(rest)
        day = match and _day(match, weekday)
        if match and day:
            return _finish(day, rest[match.end() :], leading_time, weekday)
    return None


def find_date(text: str) -> str | None:
    """The date a short line holds among other words: each stretch between bars, middle dots and brackets
    is tried."""
    whole = parse_date(text)
    if whole or len(text) > 200:
        return whole
    for piece in re.split(r"[|·•()\[\]]| [-–—] ", text):
        found = parse_date(piece)
        if found:
            return found
    return None


def date_within(text: str) -> str | None:
    """The first full date with its month in words (or 年月日) that running text states; its day alone."""
    for match in _IN_WORDS.finditer(text):
        found = parse_date(match[0])
        if found:
            return found
    return None


def flag_of(published: str, today: date | None) -> Flag | None:
    """What is wrong with an ISO date as a date of publication.

    Before 1900 it is absurd; more than a day after ``today`` it lies in the future (a day is what zones can
    make).
    """
    day = date.fromisoformat(published[:10])
    if day.year < 1900:
        return "absurd-date"
    if today and day > today + timedelta(days=1):
        return "future-date"
    return None


def _iso(text: str) -> str | None:
    """What ``datetime`` itself reads, written back in the same precision."""
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return _written(moment, seconds=text.count(":", 10, 19) > 1)


def _written(moment: datetime, *, seconds: bool) -> str:
    return moment.replace(microsecond=0).isoformat(timespec="seconds" if seconds else "minutes")


def _end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _without_weekday(text: str) -> tuple[str, int | None]:
    match = _WEEKDAY.match(text)
    if not match or match[0].strip().lower().rstrip(".,") in _MONTHS:
        return text, None
    return text[match.end() :], _DAYS[match[1].lower()]


def _leading_time(text: str) -> tuple[_Time | None, str]:
    """A time that stands before its date: "14:02, 5 June 2025", "6:04 P.M. EST, June 5, 2025"."""
    match = re.match(r"\d{1,2}[:.]\d\d(?!\.\d{4}|\.\d\d\b)", text)
    if not match:
        return None, text
    time, rest = _time(text)
    return time, rest[_end(_JOINT, rest) :] if time else text


def _day(match: re.Match[str], weekday: int | None) -> date | None:
    """The day a shape names; for two numbers, the one reading that is a day (of that weekday)."""
    found = match.groupdict()
    if found.get("a"):
        a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
        days = {day for day in (_date(year, a, b), _date(year, b, a)) if day}
        if weekday is not None:
            days = {day for day in days if day.weekday() == weekday}
        return days.pop() if len(days) == 1 else None
    year = int(found["y"]) if found.get("y") else 2000 + int(found["yy"])
    month = _MONTHS.get(found["name"].lower()) if found.get("name") else int(found["m"])
    return _date(year, month, int(found["d"])) if month else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _finish(day: date, rest: str, before: _Time | None, weekday: int | None) -> str | None:
    """The day with the time that follows it (or stood before it); None where anything else is left over."""
    if weekday is not None and day.weekday() != weekday:
        return None
    rest = rest.strip(" \t,;)].")
    if not rest:
        return _with(day, before)
    trailing_day = _WEEKDAY.fullmatch(rest.strip(" (["))
    if trailing_day:
        return _with(day, before) if _DAYS[trailing_day[1].lower()] == day.weekday() else None
    if before:
        return None
    compact = _COMPACT_TIME.fullmatch(rest)
    if compact:
        rest = ":".join(number for number in compact.groups() if number)
    cjk = _AMPM_CJK.fullmatch(rest)
    if cjk:
        afternoon = 12 if re.match(r"\s*(下午|午後|오후)", rest) and int(cjk[1]) < 12 else 0
        rest = f"{int(cjk[1]) + afternoon}:{int(cjk[2] or 0):02d}"
    time, left = _time(rest[_end(_JOINT, rest) :])
    return _with(day, time) if time and not left else None


def _with(day: date, time: _Time | None) -> str | None:
    if time is None:
        return day.isoformat()
    moment = datetime(
        day.year, day.month, day.day, time.hour, time.minute, time.second or 0, tzinfo=time.zone
    )
    return _written(moment, seconds=time.second is not None)


def _time(text: str) -> tuple[_Time | None, str]:
    """A time of day and its zone from the start of a text, and what is left; (None, text) where there is
    none."""
    match = _TIME.match(text)
    if not match or not (match[2] or match[4]):
        return None, text
    hour, minute = int(match[1]), int(match[2] or 0)
    second = int(match[3]) if match[3] else None
    if match[4] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None, text
    rest = text[match.end() :]
    zone = _ZONE.match(rest)
    if not zone or not zone[0]:
        return _Time(hour, minute, second, None), rest.strip()
    if zone[1]:
        hours, minutes = int(zone[2]), int(zone[3] or 0)
        if hours > 14 or minutes > 59:
            return None, text
        offset = timedelta(hours=hours, minutes=minutes) * (1 if zone[1] == "+" else -1)
        return _Time(hour, minute, second, _zone(offset)), rest[zone.end() :].strip()
    name = (zone[4] or "").lower()
    if name and name not in _ZONES:
        return _Time(hour, minute, second, None), rest.strip()
    east = _ZONES.get(name)
    return (
        _Time(hour, minute, second, None if east is None else _zone(timedelta(hours=east))),
        rest[zone.end() :].strip(),
    )


def _zone(offset: timedelta) -> timezone:
    return timezone(offset) if offset else UTC
