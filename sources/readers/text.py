"""Plain text and Markdown: one article a file, its text untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources.article import Article, Unreadable
from sources.encoding import decode
from sources.readers.reader import Facts, Input, Reader

_FRONT = re.compile(r"\ufeff?---\r?\n((?s:.{0,6000}?))\n---[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"^(\w+):[ \t]*(.*(?:\n[ \t]+.*)*)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|_|\r?\n[ \t]*|.)")


def read(source: Input) -> Iterator[Article | Unreadable]:
    """The one article, with the facts of its front matter where it has one."""
    text = decode(source.whole())
    yield from source.document(text, front_matter(text))


def front_matter(text: str) -> Facts:
    """The facts a Markdown file states between its first two ``---`` lines (the scalars of YAML, no more)."""
    front = _FRONT.match(text)
    if not front:
        return Facts()
    stated = {name.lower(): _scalar(value) for name, value in _FIELD.findall(front[1].replace("\r\n", "\n"))}

    def first(*names: str) -> str | None:
        return next((stated[name] for name in names if stated.get(name)), None)

    return Facts(
        id=first("id"),
        title=first("title", "headline"),
        published=first("published_time", "published", "datetime", "date"),
        outlet=first("outlet", "publisher", "source"),
        url=first("source_url", "url", "canonical", "link"),
        language=first("language", "lang"),
    )


def _scalar(value: str) -> str:
    """One YAML scalar: plain, 'single' or "double" quoted, folded over lines."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == "'":
        value = value[1:-1].replace("''", "'")
    elif len(value) > 1 and value[0] == value[-1] == '"':
        value = _ESCAPE.sub(_unescaped, value[1:-1])
    return " ".join(value.split())


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "ux" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code == "_":
        return "\u00a0"
    return {"n": " ", "t": " "}.get(code, "" if "\n" in code else code)


READER = Reader(
    name="text",
    reads="plain text and Markdown, one article a file",
    suffixes=(".txt", ".text", ".md"),
    recognises=lambda head, name: True,
    read=read,
)
