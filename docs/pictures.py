"""Photograph the sample report and comparison for the docs: ``python docs/pictures.py [FOLDER]``.

Needs Chromium and the `test` extra. Writes into docs/images unless told otherwise.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TRACKER = Path(sys.executable).with_name("tracker")
SAMPLES = Path(__file__).parents[1] / "sources" / "samples" / "articles"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --font-render-hinting=none"
).split()


def editions(folder: Path) -> dict[str, Path]:
    """The pages to photograph, by the name of their picture: made by the command, from the sample articles."""
    database = folder / "reactions.db"

    def tracker(*words: str) -> None:
        subprocess.run([TRACKER, *words], check=True, capture_output=True)

    tracker("ingest", "--quiet", "--db", str(database), str(SAMPLES))
    tracker("report", "weekly", "--db", str(database), "--week", "2025-W23", "--out", str(folder / "weekly"))
    tracker("compare", "CHN", "JPN", "--db", str(database), "--week", "2025-W23", "--out", str(folder / "compare"))
    return {name: next((folder / name).glob("*.html")) for name in ("weekly", "compare")}


def photograph(page: Page, source: Path, target: Path, *, top: int | None = None) -> None:
    """A PNG of the page's first ``top`` CSS pixels, or of all of it."""
    page.goto(source.as_uri())
    width = (page.viewport_size or {"width": 0})["width"]
    height = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(
        path=target, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(top or height, height)}
    )


def main(folder: Path) -> None:
    """Write every picture into ``folder``."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium found. Install one (Debian: apt-get install chromium) and run this again.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        pages = editions(Path(scratch))
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS)
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 900, "height": 900}, color_scheme=scheme)
            for name, source in pages.items():
                photograph(page, source, folder / f"{name}-{scheme}.png", top=1150)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "images")
