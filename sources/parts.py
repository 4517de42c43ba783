"""What of an article's text is not body: headline, byline, date line, captions, boilerplate.

Few rules, each for a line that says what it is: a line of body taken for a headline costs a reaction, a
headline taken for body costs next to nothing. A first line that ends like a sentence is a lead, not a
headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.article import Part, PartKind
from sources.dates import find_date, parse_date

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_HEADER_LINES = 8
_NAME = r"(?:(?:[A-Z][\w.'’\-]*|[A-Z]\.|de|da|di|van|von|bin|al|el|la)\s*)"
_BYLINE = re.compile(
    rf"(?:(?:story|reporting|written|reported|text|analysis|report)\s+)?by:?\s+(?:{_NAME}{{1,6}})(?:$|[|,;/·•(\-–—]|\band\b|\bin\b|\bfor\b).*"
    rf"|by:?\s+(?:our|staff|agencies|associated press|reuters|afp)\b.*",
    re.IGNORECASE,
)
_NAMELESS = re.compile(r"by:?\s+(?:our|staff|agencies|associated press|reuters|afp)\b", re.IGNORECASE)
_BYLINE_START = re.compile(r"(?:[Bb][Yy]|BY)\b")
_SENTENCE_END = re.compile(r"[.。!?！？…]['\"”’»)\]]*$")
_FULL_STOP = re.compile(r"[.。…:;,]['\"”’»)\]]*$")
_AGENCY = (
    r"(?:\((?:Reuters|AP|AFP|Xinhua|TASS|Bloomberg|Kyodo(?: News)?|UPI|dpa|DPA|ANSA|IRNA|SANA|Yonhap|CNN"
    r"|PTI|ANI|IANS|WAM|CNA|"
    r"AA|Anadolu|EFE|Interfax|RIA Novosti|Sputnik|VOA|RFE/RL|Bernama|ANTARA|APP|NNA|KUNA|SPA|MENA"
    r"|Jiji(?: Press)?|PNA|BBC|"
    r"NHK|Al Jazeera|Nikkei|UN News|Xinhuanet|CGTN|WAFA|Ukrinform)\))"
)
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_PLACE = rf"[{_CAPITAL}][{_CAPITAL}.'’\-]{{2,}}(?:[ /][{_CAPITAL}][{_CAPITAL}.'’\-]+){{0,3}}"
_DASH = r"(?:\s+(?:-{1,2}|–)\s+|\s*—\s*|-{2}\s*)"
_DATELINE = re.compile(
    rf"(?:{_PLACE}(?:, [A-Z][\w.'’ ]{{1,24}})?"
    rf"(?:, (?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}}|\d{{1,2}} [A-Z][a-z]{{2,8}}\.?)(?:,? \d{{4}})?)?(?: "
    rf"{_AGENCY})?{_DASH}"
    rf"|{_PLACE}(?:, [A-Z][a-z]{{2,8}}\.? \d{{1,2}})?\. /[A-Z][\w\-]{{1,20}}/\.\s+"
    rf"|[A-Z][\w.'’\- /,]{{1,60}}? {_AGENCY}(?:{_DASH}|:\s+))(?=\S)"
)
_DATELINE_PARAGRAPHS = 2
_TITLED = rf"[{_CAPITAL}][\w’'\-]+(?: [{_CAPITAL}][\w’'\-]+){{0,2}}"
# Forms that say less plainly what they are count on the first paragraph only.
_FIRST_DATELINE = re.compile(
    rf"(?:{_PLACE}:\s+(?=[“‘\"']?[{_CAPITAL}])"
    rf"|{_TITLED}, {_TITLED} [–—] (?=[“‘\"']?[{_CAPITAL}]))"
)
_LABELLED = re.compile(rf"^[{_CAPITAL}][\w.'’\-]*(?: [{_CAPITAL}][\w.'’\-]*){{0,4}}:\s", re.MULTILINE)
_PLACE_ALONE = re.compile(rf"[{_CAPITAL}]{{3,}}(?:[ /\-][{_CAPITAL}]{{2,}}){{0,2}}")
_NO_PLACES = (
    "ADVERTISEMENT ALSO ANALYSIS ANSWER BREAKING COMMENT CORRECTION EDITORIAL EXCLUSIVE EXPLAINED EXPLAINER "
    "FILE HOST INTERVIEW INTERVIEWER LATEST LIVE MODERATOR MORE NEWS NOTE OPERATOR OPINION PHOTO PHOTOS "
    "POLITICS QUESTION READ SHARE SPORT STAFF THE UPDATE UPDATED VIDEO WATCH WORLD"
)
_NO_PLACE = frozenset(_NO_PLACES.split())
_AGENCIES = (
    r"(?:AFP|AP|APP|PTI|ANI|IANS|UPI|EFE|DPA|dpa|ANSA|Reuters|Xinhua|TASS|Bloomberg|Kyodo|Kyodo News|Yonhap"
    r"|Jiji|Anadolu|Interfax|Bernama|Antara|Agencies|Associated Press|Agence France-Presse)"
)
_CREDIT = re.compile(
    rf"{_AGENCIES}(?:\s*(?:[|/,&]|and)\s*{_AGENCIES}){{0,2}}"
    r"|(?:[A-Z][\w’'.\-]*,? ){0,5}(?:[Ee]ditor|[Cc]orrespondents?|[Rr]eporters?|[Ss]taff [Ww]riters?"
    r"|[Cc]olumnist|Bureau|Agency [Rr]eport|Agencies)(?: in [A-Z][\w’\-]+(?: [A-Z][\w’\-]+)?)?"
)
_CAPTION = re.compile(
    r"(?:\[?(?:file )?photo(?:graph)?s?\s*(?:by|credit|courtesy|:|/|—|-)"
    r"|image\s*(?:credit|source|caption|:)|caption\s*:|"
    r"picture\s*(?::|by)|\(?photo by\b|\[photo/|getty images\b).{0,300}|.{0,300}(?:\[Photo/[^\]]+\]"
    r"|\(Photo by [^)]+\)|"
    r"(?:/|via )(?:AFP|Reuters|AP|Getty Images|EPA)(?: Photo| File Photo)?[)\]]?)",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"(?:advertisement|advert|more-in|read more(?:\b.{0,150})?|also read\b.{0,150}|read also\b.{0,150}"
    r"|see also:.{0,150}|"
    r"related(?: articles| stories| topics| content)?:?|share(?: this(?: article| story)?)?|share on \w+"
    r"|print|email|comments?|"
    r"photo|image|video|tags?:.{0,150}|sign up (?:for|to)\b.{0,200}|subscribe(?: (?:to|now"
    r"|for)\b.{0,150})?|follow us\b.{0,150}|"
    r"click here\b.{0,150}|(?:copyright|©|\(c\))\s*.{0,150}|all rights reserved\b.{0,100}|our standards: "
    r".{0,100}|"
    r"\(?(?:(?:additional |writing and |with )?(?:reporting|writing|editing|compiled|translated) by "
    r"[^.]{3,150}\.?;?\s*){1,4}\)?|"
    r"this (?:article|story) (?:was|has been) (?:originally )?(?:published|updated|corrected)\b.{0,200}|"
    r"-{3,}|\*{3,}|_{3,}|={3,}|#{3,}|-?\s*ends?\s*-|\(end\))",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(r"\ufeff?---\r?\n(?s:.{0,6000}?)\n---[ \t]*(?:\r?\n|$)")


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a text that are not body, in order, and the title and date they state."""

    parts: tuple[Part, ...] = ()
    title: str | None = None
    published: str | None = None


def find_parts(text: str, title: str | None = None) -> Layout:
    """Tell the lines that are not body from those that are; ``title`` is the title where it is known
    already."""
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    parts = [Part("boilerplate", 0, start)] if front else []
    found_title, published = None, None
    header, body = True, 0
    lines = _lines(text, start)
    for number, (begin, end) in enumerate(lines):
        line = text[begin:end]
        kind: PartKind | None = None
        if header and number < _HEADER_LINES:
            kind = _header_kind(line, number, lines, text, title)
            if kind == "headline":
                found_title = line.rstrip(".") if title and _same(line, title) else line
            elif kind == "dateline":
                published = published or find_date(_undressed(line))
            header = kind is not None or _furniture(line) is not None
        kind = kind or _furniture(line)
        if kind:
            parts.append(Part(kind, begin, end))
            continue
        body += 1
        dateline = _dateline(line, body, text)
        if dateline and len(line) > dateline.end() + 20:
            parts.append(Part("dateline", begin, begin + len(dateline[0].rstrip())))
    if published is None:
        published = next((d for d in _dates_of_bylines(text, parts)), None)
    return Layout(tuple(parts), found_title, published)


def _dateline(line: str, body: int, text: str) -> re.Match[str] | None:
    """The date line that a paragraph begins with; ``body`` is its number."""
    plain = _DATELINE.match(line) if body <= _DATELINE_PARAGRAPHS else None
    if plain or body > 1:
        return plain
    found = _FIRST_DATELINE.match(line)
    if found is None or not _names_place(found[0]):
        return None
    # A second line that begins so makes it a conversation.
    return found if ":" not in found[0] or len(_LABELLED.findall(text)) < 2 else None


def _names_place(words: str) -> bool:
    """Whether words in capitals could be a place: none heads a line for another reason."""
    return not any(word in _NO_PLACE for word in re.findall(r"\w+", words))


def _lines(text: str, start: int) -> list[tuple[int, int]]:
    """The stretch of every line that is not blank, without the white space around it."""
    found = []
    for match in _LINE.finditer(text, start):
        line = match.group()
        left = len(line) - len(line.lstrip(" \t\ufeff\u00a0\u3000"))
        length = len(line.strip(" \t\ufeff\u00a0\u3000"))
        if length:
            found.append((match.start() + left, match.start() + left + length))
    return found


def _header_kind(
    line: str, number: int, lines: list[tuple[int, int]], text: str, title: str | None
) -> PartKind | None:
    """What a line at the head of the text is, or None where the body begins."""
    if title and number < 2 and _same(line, title):
        return "headline"
    if is_byline(line) or ((number or title) and len(line) <= 60 and _CREDIT.fullmatch(line)):
        return "byline"
    if (number or title) and _PLACE_ALONE.fullmatch(line) and _names_place(line):
        return "dateline" if number + 1 < len(lines) else None
    found = parse_date if number == 0 else find_date
    if len(line) <= 120 and found(_undressed(line)):
        return "dateline"
    if number == 0 and _headlike(line) and _followed_by_body(number, lines, text):
        return "headline"
    return None


def is_byline(line: str) -> bool:
    """Whether a whole line says who wrote: "By Ada Example | Staff writer", and no sentence that begins
    with By."""
    if len(line) > 150 or (
        not _BYLINE_START.match(line) and not re.match(r"(?i:story|report|written|text|analysis)", line)
    ):
        return False
    match = _BYLINE.fullmatch(line)
    if not match or _SENTENCE_END.search(line):
        return False
    if _NAMELESS.match(line):
        return True
    words = re.findall(r"[^\W\d_][\w'’.\-]*", line)
    return len(words) <= 16 and sum(word[0].isupper() for word in words) * 2 > len(words)


def _headlike(line: str) -> bool:
    wordy = " " in line or not line.isascii()
    return 8 <= len(line) <= 180 and wordy and not _FULL_STOP.search(line) and not _DATELINE.match(line)


def _followed_by_body(number: int, lines: list[tuple[int, int]], text: str) -> bool:
    """A headline stands above a byline, a date line, a longer line that ends a sentence, or a gap and a
    sentence."""
    later = [text[begin:end] for begin, end in lines[number + 1 : number + 9]]
    if not later:
        return False
    if is_byline(later[0]) or (len(later[0]) <= 120 and find_date(_undressed(later[0]))):
        return True
    (begin, end), (below, _) = lines[number], lines[number + 1]
    sentences = [line for line in later if _SENTENCE_END.search(line)]
    gap = re.search(r"\n[ \t]*\r?\n", text[end:below]) is not None and end - begin <= 120
    return any(gap or len(line) > end - begin for line in sentences[:4])


def _furniture(line: str) -> PartKind | None:
    if len(line) > 400:
        return None
    if _BOILERPLATE.fullmatch(line):
        return "boilerplate"
    if _CAPTION.fullmatch(line) and '"' not in line and "“" not in line:
        return "caption"
    return None


def _undressed(line: str) -> str:
    return line.strip("[]()*_ ")


def _same(line: str, title: str) -> bool:
    return _plain(line) == _plain(title)


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words.casefold()).split())


def _dates_of_bylines(text: str, parts: list[Part]) -> Iterator[str]:
    for part in parts:
        if part.kind == "byline":
            found = find_date(text[part.start : part.end])
            if found:
                yield found
