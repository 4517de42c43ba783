"""The pages in a real browser: nothing fetched, executed or cut off, in every mode and width."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest
from invented import BASIS, THIS, articles, names
from payloads import PAYLOADS
from test_renderers import hostile_editions

from reports.renderers import render
from reports.weekly import weekly

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("CHROMIUM") or next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
# Labels of drawings that are shown and stand outside their drawing, or texts cut off by their box.
CUT = """() => {
  const found = [];
  for (const svg of document.querySelectorAll('figure svg')) {
    const room = svg.getBoundingClientRect();
    if (!room.width) continue;
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBoundingClientRect();
      const across = box.left < room.left - 2 || box.right > room.right + 2;
      if (across || box.top < room.top - 3 || box.bottom > room.bottom + 4) found.push(text.textContent);
    }
  }
  return found;
}"""
# Figures of which no drawing is shown.
SHOWN = """() => [...document.querySelectorAll('figure')].filter(figure =>
  ![...figure.querySelectorAll('svg')].some(svg => {
    const box = svg.getBoundingClientRect(); return box.width > 200 && box.height > 40;
  })).map(figure => figure.id)"""


# Sections of which nothing shows but the heading, its note and what is folded.
BARE = """() => [...document.querySelectorAll('section')].filter(section =>
  ![...section.children].some(part => !part.matches('h2, details, .note + .note') && part.offsetHeight > 12)
).map(section => section.id)"""


# The whole rule set, best practices included; and what it says of each fault.
AXE_VERSION = "4.14.1"
RUN_AXE = """async () => (await axe.run(document)).violations.map(
  fault =>
    `${fault.id}: ${fault.help} (${fault.nodes.slice(0, 3).map(node => node.target.join(' ')).join('; ')})`
)"""


@pytest.fixture(scope="module")
def axe(request):
    """The source of axe-core, fetched by npm once and kept in pytest's cache."""
    kept = Path(request.config.cache.mkdir(f"axe-core-{AXE_VERSION}"), "axe.min.js")
    if not kept.exists():
        npm = shutil.which("npm")
        if npm is None:
            _missing("there is no npm here to fetch axe-core with")
        with tempfile.TemporaryDirectory() as scratch:
            command = [npm, "pack", "--silent", "--pack-destination", scratch, f"axe-core@{AXE_VERSION}"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=scratch)
            if done.returncode:
                _missing(f"npm could not fetch axe-core: {done.stderr.strip()[:200]}")
            with tarfile.open(next(Path(scratch).glob("axe-core-*.tgz"))) as archive:
                member = archive.extractfile("package/axe.min.js")
                assert member is not None
                kept.write_bytes(member.read())
    return kept.read_text("utf-8")


def _missing(why):
    """Skipped on a desk, a failure where everything must be there."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        _missing("there is no Chromium here")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield running
        running.close()


class Visit:
    """One page in one mode, with what it asked for and said."""

    def __init__(self, browser, path, *, width=1000, scheme="light", script=True):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        self.page = self.context.new_page()
        self.requests, self.said = [], []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.said.append(m.text))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on("dialog", lambda d: (self.said.append(d.message), d.dismiss()))
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory, edition, two, several):
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name, one in (("weekly", edition), ("two", two), ("several", several)):
        made[name] = folder / f"{name}.html"
        made[name].write_bytes(render(one, "html"))
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["weekly", "two", "several"])
def test_the_page_is_whole_and_asks_for_nothing(browser, pages, name, scheme):
    with Visit(browser, pages[name], scheme=scheme) as visit:
        assert visit.requests == [pages[name].as_uri()]
        assert visit.said == []
        assert visit.page.evaluate(SHOWN) == []
        assert visit.page.evaluate(CUT) == []


@pytest.mark.parametrize("width", [320, 390, 688, 1000])
@pytest.mark.parametrize("name", ["weekly", "two", "several"])
def test_nothing_is_wider_than_the_window(browser, pages, name, width):
    with Visit(browser, pages[name], width=width) as visit:
        wide, room = visit.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= room
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide, room = visit.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= room
        assert visit.page.evaluate(SHOWN) == []
        assert visit.page.evaluate(CUT) == []


def test_what_marks_mean_is_said_on_one_line(browser, pages):
    with Visit(browser, pages["weekly"], width=900) as visit:
        note = visit.page.locator("p.note", has=visit.page.locator("mark.turn")).first
        height, line = note.evaluate("n => [n.clientHeight, parseFloat(getComputedStyle(n).lineHeight)]")
        assert height < 2 * line


def test_dark_mode_changes_every_colour_of_the_drawings(browser, pages):
    colours = []
    for scheme in ("light", "dark"):
        with Visit(browser, pages["weekly"], scheme=scheme) as visit:
            colours.append(
                visit.page.evaluate(
                    "[...document.querySelectorAll('figure svg text')].map(t => getComputedStyle(t).fill)"
                )
            )
    light, dark = colours
    assert len(light) == len(dark) > 200
    assert not set(light) & set(dark)


def test_links_within_the_page_lead_somewhere(browser, pages):
    with Visit(browser, pages["weekly"]) as visit:
        visit.page.click(".takeaways a >> nth=0")
        assert "#quotes-" in visit.page.url
        assert visit.page.evaluate("!!document.querySelector(location.hash)")


def test_the_page_is_complete_without_scripts_and_has_none(browser, pages):
    with Visit(browser, pages["weekly"]) as visit:
        assert visit.page.evaluate("document.scripts.length") == 0


def test_print_fits_a_first_page_that_stands_alone(browser, pages):
    with Visit(browser, pages["weekly"], width=688) as visit:
        visit.page.emulate_media(media="print")
        wide, room = visit.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= room
        assert visit.page.evaluate(
            "[...document.querySelectorAll('details')].every(d => !d.getClientRects().length)"
        )
        assert visit.page.evaluate(SHOWN) == []
        # A4 less its margins, at 96 pixels an inch.
        end = visit.page.evaluate("document.querySelector('#drivers').getBoundingClientRect().bottom")
        assert end <= (297 - 13 - 16) / 25.4 * 96
        assert visit.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 6


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A page of sixty countries, and its edition."""
    found = [
        r
        for n in range(60)
        for back in range(4)
        for r in articles(f"C{n:02d}", [0.1 * (n % 7 - 3)] * (3 + n % 6), week=THIS.back(back))
    ]
    edition = weekly(found, THIS, names=lambda code: f"Country number {code}", basis=BASIS)
    path = tmp_path_factory.mktemp("many") / "page.html"
    path.write_bytes(render(edition, "html"))
    return path


def test_every_drawing_of_sixty_countries_fits_on_a_page_of_paper(browser, many):
    with Visit(browser, many, width=658) as visit:
        visit.page.emulate_media(media="print")
        tall = visit.page.evaluate(
            "[...document.querySelectorAll('figure svg')].map(s => s.getBoundingClientRect().height)"
        )
        # A4 less its margins, at 96 pixels an inch, less a section's heading and a figure's words.
        assert max(tall) <= (297 - 13 - 16) / 25.4 * 96 - 150
        assert sum(height > 0 for height in tall) > 6
        assert visit.page.evaluate(CUT) == []


def test_sixty_countries_fit_the_window(browser, many):
    for width in (390, 1000):
        with Visit(browser, many, width=width) as visit:
            assert visit.page.evaluate(SHOWN) == []
            assert visit.page.evaluate(CUT) == []


def test_no_section_is_a_heading_alone(browser, pages):
    for name, path in pages.items():
        for media in ("screen", "print"):
            with Visit(browser, path, width=688) as visit:
                visit.page.emulate_media(media=media)
                bare = visit.page.evaluate(BARE)
                assert bare == [], (name, media)


@pytest.mark.parametrize(
    "names_of",
    [
        lambda c: f"République très longue de {c}",
        lambda c: f"中华人民共和国 {c}",
        lambda c: f"المملكة العربية {c}",
    ],
)
def test_long_and_foreign_names_fit(browser, tmp_path, reactions, names_of):
    path = tmp_path / "page.html"
    path.write_bytes(render(weekly(reactions, THIS, names=names_of, basis=BASIS), "html"))
    for width in (390, 1000):
        with Visit(browser, path, width=width) as visit:
            wide, room = visit.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            assert wide <= room
            assert visit.page.evaluate(CUT) == []


def test_an_empty_edition_is_a_page_too(browser, tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(render(weekly([], THIS, names=names, basis=BASIS), "html"))
    with Visit(browser, path, width=390) as visit:
        assert visit.said == []
        assert "No reactions were found" in visit.page.inner_text("h1")


def test_what_executes_or_asks_is_seen(browser, tmp_path):
    """The payloads as they are, in the text and in an attribute of a page that takes no care."""
    path, seen = tmp_path / "careless.html", 0
    for payload in PAYLOADS:
        told = payload.encode("utf-8", "replace").decode()
        path.write_text(f'<!DOCTYPE html><meta charset=utf-8><body><p title="{told}">{told}</p>', "utf-8")
        with Visit(browser, path) as visit:
            visit.page.wait_for_timeout(20)
            seen += visit.requests != [path.as_uri()] or visit.said != []
    assert seen >= 40


@pytest.mark.parametrize(
    "turn", [0, 5, *(pytest.param(n, marks=pytest.mark.slow) for n in range(100) if n not in (0, 5))]
)
def test_no_payload_executes(browser, tmp_path, turn):
    """Over the hundred turns each field of an edition meets each of a hundred payloads."""
    assert len(set(PAYLOADS)) == 100
    for n, edition in enumerate(hostile_editions(turn, PAYLOADS)):
        path = tmp_path / f"{n}.html"
        path.write_bytes(render(edition, "html"))
        with Visit(browser, path) as visit:
            assert visit.requests == [path.as_uri()]
            assert visit.said == []
            assert visit.page.evaluate("document.scripts.length") == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "width", "media"),
    [
        ("light", 390, "screen"),
        ("light", 1280, "screen"),
        ("dark", 390, "screen"),
        ("dark", 1280, "screen"),
        ("light", 1280, "print"),
    ],
)
@pytest.mark.parametrize("name", ["weekly", "two", "several"])
def test_axe_finds_nothing(browser, axe, pages, name, scheme, width, media):
    with Visit(browser, pages[name], width=width, scheme=scheme) as visit:
        visit.page.emulate_media(media=media, color_scheme=scheme)
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        visit.page.evaluate(axe)
        assert visit.page.evaluate(RUN_AXE) == []


@pytest.mark.slow
def test_axe_finds_a_fault_where_there_is_one(browser, axe, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<!DOCTYPE html><html><title>x</title><img src='data:,'><p style='color:#ccc'>pale</p>")
    with Visit(browser, path) as visit:
        visit.page.evaluate(axe)
        found = " ".join(visit.page.evaluate(RUN_AXE))
    assert "image-alt" in found
    assert "html-has-lang" in found
    assert "color-contrast" in found


def test_the_page_can_be_walked_by_keyboard(browser, pages):
    with Visit(browser, pages["weekly"]) as visit:
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**#main")
        visit.page.focus("summary >> nth=0")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_function("document.querySelector('summary').parentElement.open")
