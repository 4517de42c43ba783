"""What mkdocs is told beyond mkdocs.yml: the pages that stand beside docs/ are pages of the site, too."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, normpath, relpath
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
BESIDE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "reporting.md",
    "sources/data/README.md": "registry-data.md",
    "sources/samples/README.md": "samples.md",
}
"""Path from the root -> page of the site."""
_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages beside docs/."""
    for path, page in BESIDE.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=_linked(text, dirname(path), page)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Links of docs/ that lead out of it, to pages of the site."""
    path = page.file.src_uri
    return markdown if path in BESIDE.values() else _linked(markdown, dirname(f"docs/{path}"), path)


def _linked(text: str, folder: str, page: str) -> str:
    """The text with its links as they are from ``page``; what the site has not is named without a link."""

    def link(match: re.Match[str]) -> str:
        image, said, target, anchor = match[1], match[2], match[3], match[4] or ""
        path = normpath(f"{folder}/{target}" if folder else target)
        there = path.removeprefix("docs/") if path.startswith("docs/") else BESIDE.get(path)
        if not there:
            assert (ROOT / path).exists(), f"{page}: {target} is not there"
            return f"{said} (`{path}`)"
        return f"{image}[{said}]({relpath(there, dirname(page) or '.')}{anchor})"

    return _LINK.sub(link, text)
