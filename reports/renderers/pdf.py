"""An edition as PDF, A4, from the same words and drawings as the page; set by Typst (the ``pdf`` extra).

Texts reach Typst as data and never as markup, so that nothing in them can become a command. Letters are
DejaVu's, which come with matplotlib, so that the bytes are the same on every machine; a system's fonts are
used only for letters that DejaVu lacks.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from reports import figures
from reports.edition import Block, Cell, Edition, Facts, Figure, Quote, QuoteGroup, Quotes, Section, Table
from reports.figures.style import LIGHT
from reports.renderers.escaping import safe_url, without_controls
from reports.wording import MINUS, sign_of, signed
from sources.errors import UsageError


def render(edition: Edition) -> bytes:
    """The document; the same edition gives the same bytes. Raises UsageError where Typst is not installed."""
    try:
        import typst
    except ImportError:
        raise UsageError(
            "PDF needs the package typst. Install it with: pip install 'reaction-tracker[pdf]'."
        ) from None
    import matplotlib

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        template = files("reports").joinpath("templates", "page.typ").read_bytes()
        (folder / "page.typ").write_bytes(template)
        content = json.dumps(_told(edition), ensure_ascii=True)
        (folder / "edition.json").write_text(content, encoding="utf-8")
        for figure in edition.figures:
            for file, drawn in _drawings(figure):
                (folder / file).write_bytes(drawn)
        fonts = folder / "fonts"
        fonts.mkdir()
        for font in sorted(Path(matplotlib.get_data_path(), "fonts", "ttf").glob("DejaVuS*.ttf")):
            shutil.copy(font, fonts)
        made = typst.compile(str(folder / "page.typ"), root=scratch, font_paths=[str(fonts)], format="pdf")
    assert isinstance(made, bytes)
    return made


def _drawings(figure: Figure) -> Iterable[tuple[str, bytes]]:
    from reports.renderers.svg import raw

    parts = figures.sheets(figure.name, figure.drawing)
    for file, part in zip(_files(figure), parts, strict=True):
        yield file, raw(figures.draw(figure.name, part)).encode("utf-8")


def _files(figure: Figure) -> list[str]:
    many = len(figures.sheets(figure.name, figure.drawing))
    return [f"{figure.name}-{n}.svg" for n in range(1, many + 1)]


def _told(edition: Edition) -> dict[str, Any]:
    sections = [_section(section) for section in edition.sections]
    anchors = {each["anchor"] for section in sections for each in (section, *_parts(section))}
    return {
        "colours": dict(LIGHT),
        "kicker": _text(edition.kicker),
        "label": _text(edition.label or ""),
        "title": _text(edition.title),
        "topic": _text(edition.topic or ""),
        "facts": _text(edition.facts if edition.topic else edition.facts[:1].upper() + edition.facts[1:]),
        "footer": _text(edition.footer),
        "takeaways": [
            {
                "number": _text(t.number),
                "unit": _text(t.unit),
                "sentence": _text(t.sentence),
                "evidence": _text(t.evidence),
                "sign": t.sign or 0,
                "link": _text(t.link),
                "target": t.target if t.target in anchors else "",
            }
            for t in edition.takeaways
        ],
        "sections": sections,
    }


def _parts(section: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The figures and groups of quotes of a section as told, which takeaways may lead to."""
    for block in section["blocks"]:
        yield from [block] if block["kind"] == "figure" else block.get("groups", ())


def _text(words: str) -> str:
    return without_controls(words)


def _section(section: Section) -> dict[str, Any]:
    return {
        "anchor": section.id,
        "heading": _text(section.heading),
        "note": _text(" ".join(part for part in (section.note, section.key) if part)),
        "half": section.half,
        "marks": section.marks,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return {
            "kind": "figure",
            "anchor": f"figure-{block.name}",
            "files": list(_files(block)),
            "title": _text(block.title),
            "subtitle": _text(block.subtitle),
            "source": _text(block.source),
            "alt": _text(block.alt),
            "half": block.half,
        }
    if isinstance(block, Quotes):
        return {"kind": "quotes", "groups": [_group(group) for group in block.groups if group.open]}
    if isinstance(block, Facts):
        return {
            "kind": "facts",
            "entries": [[_text(term), _text(text), command] for term, text, command in block.entries],
        }
    return {"kind": "words", "text": _text(block.text)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "columns": [
            {"head": _text(c.head), "right": c.align == "right", "kind": c.kind} for c in table.columns
        ],
        "widest": max([0.01, *(abs(c.bar) for r in table.rows for c in r.cells if c.bar is not None)]),
        "rows": [
            {"cells": [_cell(cell) for cell in row.cells], "strong": row.strong, "muted": row.muted}
            for row in table.rows
        ],
        "note": _text(table.note),
    }


def _cell(cell: Cell) -> dict[str, Any]:
    mark = {"up": "▲ ", "down": "▼ ", "": ""}[cell.mark]
    told: dict[str, Any] = {"text": mark + _text(cell.text), "sign": cell.sign or 0, "strong": cell.strong}
    if cell.dot:
        reach = cell.dot.interval
        told["dot"] = {
            "mean": cell.dot.mean,
            "low": reach.low if reach else None,
            "high": reach.high if reach else None,
            "beside": cell.dot.beside,
            "sign": sign_of(cell.dot.mean) if abs(cell.dot.mean or 0.0) >= 0.095 else 0,
        }
    if cell.bar is not None:
        told["bar"] = cell.bar
    return told


def _group(group: QuoteGroup) -> dict[str, Any]:
    moved = {"up": f"▲ up {signed(group.change)}", "down": f"▼ down {signed(group.change)}"}
    return {
        "anchor": f"quotes-{group.code}",
        "name": _text(group.name),
        "moved": moved.get(group.signal, ""),
        "sign": sign_of(group.change) if group.signal in moved else 0,
        "quotes": [_quote(quote) for quote in group.quotes],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    more = [f"in {quote.appearances} articles"] if quote.appearances > 1 else []
    return {
        "lead": f"{quote.label} · {f'tone {signed(quote.tone)}' if quote.scored else 'unscored'}",
        "before": _text(quote.before),
        "after": _text(quote.after),
        "pieces": list(_pieces(quote)),
        "from": _text(" · ".join([quote.who, quote.where, quote.day, *more])),
        "url": safe_url(quote.url) or "",
    }


def _pieces(quote: Quote) -> Iterable[list[str]]:
    if quote.verbatim:
        yield ["words", "“", ""]
    for piece in quote.pieces:
        weight = ""
        kind: str = piece.kind
        if piece.kind == "word" and piece.weight is not None:
            weight = f"{piece.weight:+.1f}".replace("-", MINUS)
            kind = "positive" if piece.weight > 0 else "negative"
        yield [kind, _text(piece.text), weight]
    if quote.close:
        yield ["words", _text(quote.close), ""]
