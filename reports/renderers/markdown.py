"""An edition as Markdown for a repository or a chat. Nothing in its data can become a link, an image or
markup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from reports.edition import Block, Cell, Edition, Facts, Figure, Quote, QuoteGroup, Quotes, Section, Table
from reports.renderers.escaping import safe_url, without_controls
from reports.wording import MINUS, clean, signed

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#$^]")
_LEADING = re.compile(r"^([-+=])(?=[-+=\s]|$)")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STAYS = re.compile(r"[^A-Za-z0-9._~:/?#\[\]@!$&'*+,;=%-]")


def render(edition: Edition) -> bytes:
    """The document, UTF-8, ending in one newline."""
    return ("\n\n".join(p for p in _parts(edition) if p).rstrip() + "\n").encode("utf-8")


def escape(text: str) -> str:
    """Text that shows as it is: no markup, link, mention or autolink comes of it; one line."""
    plain = _SPECIAL.sub(r"\\\g<0>", clean(without_controls(text)).replace("&", "&amp;"))
    plain = plain.replace("://", ":\\/\\/").replace("@", "@\u2060")
    plain = re.sub(r"(?i)\bwww\.", lambda m: m[0][:-1] + "\\.", plain)
    plain = re.sub(r"(?i)\bGH-(?=\d)", lambda m: m[0][:-1] + "\\-", plain)
    plain = _NUMBERED.sub(r"\1\\\2", _LEADING.sub(r"\\\1", plain))
    return f"\u2068{plain}\u2069" if _RIGHT_TO_LEFT.search(plain) else plain


def _parts(edition: Edition) -> Iterator[str]:
    label = f" · {escape(edition.label)}" if edition.label else ""
    yield f"**{escape(edition.kicker)}**{label}"
    yield f"# {escape(edition.title)}"
    topic = f"**{escape(edition.topic)}**, " if edition.topic else ""
    facts = escape(edition.facts)
    yield topic + (facts if topic else facts[:1].upper() + facts[1:])
    anchors = _anchors(edition)
    yield "\n".join(
        f"- **{escape(t.number)}** {escape(t.unit)}: {escape(t.sentence)} {escape(t.evidence)}."
        + (f" [{escape(t.link)}](<#{anchors[t.target]}>)" if t.target in anchors else "")
        for t in edition.takeaways
    )
    for section in edition.sections:
        yield from _section(section, edition.stem)


def _anchors(edition: Edition) -> dict[str, str]:
    """By what a takeaway may lead to, the anchor that sites give to the heading of it: its words in lower
    case, hyphens between, numbered from the second of the same words on.
    """
    found, seen = dict[str, str](), Counter[str]()
    for target, heading in _headings(edition):
        plain = re.sub(r"[^\w\- ]", "", clean(without_controls(heading)).lower()).replace(" ", "-")
        found.setdefault(target, f"{plain}-{seen[plain]}" if seen[plain] else plain)
        seen[plain] += 1
    return found


def _headings(edition: Edition) -> Iterator[tuple[str, str]]:
    """Every heading below the title in the order of the document, with what it is the heading of."""
    for section in edition.sections:
        yield section.id, section.heading
        for block in section.blocks:
            if isinstance(block, Figure):
                yield f"figure-{block.name}", block.title
            elif isinstance(block, Quotes):
                yield from ((f"quotes-{group.code}", group.name) for group in block.groups)


def _section(section: Section, stem: str) -> Iterator[str]:
    yield f"## {escape(section.heading)}"
    yield escape(section.note)
    if section.marks:
        yield "Words that made the score stand in bold, with their weight in this sentence."
    for block in section.blocks:
        yield from _block(block, stem)


def _block(block: Block, stem: str) -> Iterator[str]:
    if isinstance(block, Table):
        yield _table(block)
        yield escape(block.note)
    elif isinstance(block, Figure):
        yield f"### {escape(block.title)}"
        yield escape(block.subtitle)
        yield f"![{escape(block.alt)}]({stem}/{block.name}.svg)"
        data = f"{stem}/{block.name}"
        yield f"{escape(block.source)}. Data: [CSV]({data}.csv), [JSON]({data}.json)"
    elif isinstance(block, Quotes):
        for group in block.groups:
            yield from _group(group)
    elif isinstance(block, Facts):
        yield "\n".join(
            f"- **{escape(term)}**: {f'`{_code(text)}`' if command else escape(text)}"
            for term, text, command in block.entries
        )
    else:
        yield escape(block.text)


def _code(text: str) -> str:
    return clean(text).replace("`", "'")


def _table(table: Table) -> str:
    shown = [i for i, c in enumerate(table.columns) if c.kind == "text"]
    lines = [
        "| " + " | ".join(escape(table.columns[i].head) for i in shown) + " |",
        "|" + "|".join(" ---: " if table.columns[i].align == "right" else " --- " for i in shown) + "|",
    ]
    for row in table.rows:
        if len(row.cells) == 1:
            lines.append(f"| *{escape(row.cells[0].text)}* |" + " |" * (len(shown) - 1))
        else:
            lines.append("| " + " | ".join(_cell(row.cells[i], row.strong) for i in shown) + " |")
    return "\n".join(lines)


def _cell(cell: Cell, strong: bool) -> str:
    mark = {"up": "▲ ", "down": "▼ ", "": ""}[cell.mark]
    text = mark + escape(cell.text)
    return f"**{text}**" if strong and cell.text else text


def _group(group: QuoteGroup) -> Iterator[str]:
    yield f"### {escape(group.name)}"
    yield {"up": f"▲ up {signed(group.change)}", "down": f"▼ down {signed(group.change)}"}.get(
        group.signal, ""
    )
    for quote in group.quotes:
        yield _quote(quote)


def _quote(quote: Quote) -> str:
    tone = f"tone {signed(quote.tone)}" if quote.scored else "unscored"
    pieces = []
    for piece in quote.pieces:
        lead = " " if piece.text[:1] == " " else ""
        tail = " " if piece.text[-1:] == " " and piece.text.strip() else ""
        text = escape(piece.text)
        if not text:
            pieces.append(lead)
        elif piece.kind == "word" and piece.weight is not None:
            pieces.append(f"{lead}**{text}** ({piece.weight:+.1f}){tail}".replace("(-", f"({MINUS}"))
        else:
            pieces.append(f"{lead}{text}{tail}")
    words = "".join(pieces)
    words = f"{'“' if quote.verbatim else ''}{words}{escape(quote.close) if quote.close else ''}"
    around = [
        f"*{escape(quote.before)}*" if quote.before else "",
        words,
        f"*{escape(quote.after)}*" if quote.after else "",
    ]
    url = safe_url(quote.url)
    link = f" · [article](<{_address(url)}>)" if url else ""
    more = f" · in {quote.appearances} articles" if quote.appearances > 1 else ""
    return (
        f"> {escape(quote.label)} · {tone}\n>\n> {' '.join(a for a in around if a)}\n>\n"
        f"> {escape(quote.who)} · {escape(quote.where)} · {escape(quote.day)}{more}{link}"
    )


def _address(url: str) -> str:
    return _STAYS.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode("utf-8")), url)
