"""A fragment of HTML as text: paragraphs as lines, entities resolved, scripts left out."""

from __future__ import annotations

import re

_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
        "section", "table", "td", "tr", "ul",
    ]
)  # fmt: skip
_DROPPED = frozenset(["script", "style", "noscript", "template", "iframe", "svg", "head", "title"])


def text_of(fragment: str) -> str:
    """The words of a fragment, one paragraph a line; what is no markup comes back with its spaces tidied
    only."""
    if "<" not in fragment and "&" not in fragment:
        return _tidy(fragment)
    from lxml import etree, html

    try:
        tree = html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _tidy(re.sub(r"<[^<>]{0,2000}>", " ", fragment))
    pieces: list[str] = []
    dropped = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces.append("" if dropped else element.tail or "")
            continue
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            dropped += name in _DROPPED
            pieces.append("\n" if name in _BLOCKS else "")
            pieces.append("" if dropped else element.text or "")
        else:
            dropped -= name in _DROPPED
            pieces.append("\n" if name in _BLOCKS else "")
            pieces.append("" if dropped or element is tree else element.tail or "")
    return _tidy("".join(_flat(piece) if piece != "\n" else piece for piece in pieces))


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
