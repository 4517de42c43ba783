"""Figures are tested by what they draw: the data of their artists and the boxes of their labels."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from invented import BASIS, THIS, articles, names, reaction, world
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.text import Text

from reports import figures
from reports.comparison import comparison
from reports.edition import Standings
from reports.figures.canvas import SMALL, Canvas, hatching
from reports.figures.pair import limit_of
from reports.figures.style import DARK, LIGHT, drawing, fitted, on_two_lines, text_width
from reports.figures.tilemap import places
from reports.figures.trends import runs
from reports.periods import Days, Month, first
from reports.renderers.svg import inline, picture, raw, wrapped
from reports.trend import as_text, trend
from reports.weekly import weekly
from sources.registry import Registry
from tracker.weeks import Week

LONG = "Saint Vincent and the Grenadines, Federation of Very Long Names"
CJK = "中华人民共和国外交部发言人办公室"
ARABIC = "المملكة العربية السعودية"


def all_figures(*editions):
    return [(f, wide) for e in editions for f in e.figures for wide in (True, False)]


def drawn_in(figure, panel, kind):
    return [mark for mark in figure.panel(panel).marks if mark.kind == kind]


def texts(figure):
    return [t.get_text() for t in figure.artists if isinstance(t, Text)]


def test_every_figure_of_every_edition_becomes_valid_xml_in_our_colours_only(edition, two, several):
    for figure, wide in all_figures(edition, two, several):
        svg = inline(figures.draw(figure.name, figure.drawing, wide=wide), name="x", alt=figure.alt)
        root = ET.fromstring(svg)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == figure.alt
        assert not re.search(r"#[0-9a-fA-F]{6}", svg)
        assert set(re.findall(r"var\(--(\w+)\)", svg)) <= {*LIGHT, "sans"}
        assert not re.search(r"<(style|script|metadata|image|foreignObject)", svg)


def test_a_colour_that_is_no_token_is_refused(edition):
    figure = edition.figures[0]
    drawn = figures.draw(figure.name, figure.drawing)
    drawn.put(Line2D([0, 9], [0, 9], color="#123456"))
    with pytest.raises(ValueError, match="#123456"):
        inline(drawn, name="x", alt="")


def test_tokens_have_both_modes_and_each_its_own_colour():
    assert LIGHT.keys() == DARK.keys()
    assert len(set(LIGHT.values())) == len(LIGHT)


def contrast(a, b):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", [LIGHT, DARK])
def test_text_has_four_and_a_half_to_one(mode):
    on_paper = [(t, "paper") for t in ("ink", "muted", "negtext", "postext", "second")]
    on_fills = [("ink", t) for t in ("n2", "n1", "z", "p1", "p2", "faint")]
    on_fills += [
        ("onstrong", "n3"),
        ("onstrong", "p3"),
        ("negtext", "n1"),
        ("postext", "p1"),
        ("muted", "faint"),
    ]
    for text, ground in on_paper + on_fills:
        assert contrast(mode[text], mode[ground]) >= 4.5, (text, ground)
    for mark in ("n2", "p2", "n3", "p3", "context", "hatch"):
        assert contrast(mode[mark], mode["paper"]) >= 3, mark


def test_the_dumbbell_draws_last_week_to_this_week_in_the_order_of_change(edition):
    figure = edition.figures[0]
    lines = drawn_in(figures.draw("change", figure.drawing), "moved", "line")
    able = sorted((r for r in figure.drawing.rows if r.change), key=lambda r: -r.change.value)
    assert [line.xs for line in lines] == [(r.before.mean, r.now.mean) for r in able]
    assert [line.token != "context" for line in lines] == [r.arrow for r in able]


def test_bars_are_shrunken_dots_are_raw_and_lines_are_intervals(edition):
    figure = next(f for f in edition.figures if f.name == "ranking")
    drawn = figures.draw("ranking", figure.drawing)
    ranked = [r for r in figure.drawing.rows if r.rank]
    assert [m.xs for m in drawn_in(drawn, "ranked", "bars")] == [(r.shrunk,) for r in ranked]
    assert [m.xs for m in drawn_in(drawn, "ranked", "dots")] == [(r.now.mean,) for r in ranked]
    spans = [(r.now.interval.low, r.now.interval.high) for r in ranked]
    assert [m.xs for m in drawn_in(drawn, "ranked", "line")] == spans
    assert drawn.panel("ranked").xlim == figures.draw("change", figure.drawing).panel("moved").xlim


def test_a_scale_holds_every_interval(edition):
    figure = next(f for f in edition.figures if f.name == "ranking")
    low, high = figures.draw("ranking", figure.drawing).panel("ranked").xlim
    for row in figure.drawing.rows:
        if row.now.interval:
            assert low <= row.now.interval.low
            assert row.now.interval.high <= high


def test_a_panel_puts_values_where_its_scale_says():
    panel = Canvas(100, 100).panel(10, 20, 50, 40, (-1, 1), (0, 4))
    assert (panel.x(-1), panel.x(0), panel.x(1)) == (10, 35, 60)
    assert (panel.y(0), panel.y(4)) == (60, 20)


def test_labels_at_one_height_share_a_baseline_about_it():
    with drawing():
        canvas = Canvas(400, 40)
        for at, label in enumerate(("ace", "Égypte", "← negative", "(Åland)", CJK)):
            canvas.text(80 * at, 20, label, size=12)
    baselines = set(re.findall(r'<text [^>]* y="([^"]*)"', raw(canvas.figure)))
    assert len(baselines) == 1
    assert float(baselines.pop()) == pytest.approx(20 + 12 * 0.76 / 2, abs=0.01)


@pytest.mark.parametrize(
    ("rows", "columns"), [(1, 2), (2, 2), (3, 3), (4, 4), (5, 3), (6, 3), (7, 4), (9, 3), (13, 4)]
)
def test_small_multiples_fill_their_last_line(edition, rows, columns):
    content = next(f for f in edition.figures if f.name == "trends").drawing
    several = replace(content, rows=(content.rows[0],) * rows)
    panels = [p for p in figures.draw("trends", several).panels if p.name != "volume"]
    assert len({p.box[0] for p in panels}) == min(rows, columns)
    assert panels[0].box[2] == pytest.approx((736 - 22 - 24 * (columns - 1)) / columns)


def test_sheets_of_one_figure_have_panels_of_one_width(edition):
    content = next(f for f in edition.figures if f.name == "trends").drawing
    many = replace(content, rows=(content.rows[0],) * 17)
    drawn = [figures.draw("trends", part) for part in figures.sheets("trends", many)]
    assert len(drawn) == 2
    assert len({p.box[2] for d in drawn for p in d.panels}) == 1


def test_labels_on_the_lines_of_a_scale_have_paper_behind_them(two):
    figure = next(f for f in two.figures if f.name == "contrasts")
    drawn = figures.draw("contrasts", figure.drawing, wide=False)
    labels = {t.get_text(): t for t in drawn.artists if isinstance(t, Text)}
    assert figure.drawing
    for contrast in figure.drawing:
        assert labels[contrast.label].get_bbox_patch().get_facecolor() == to_rgba(LIGHT["paper"])


def test_gaps_stay_gaps_in_small_multiples():
    found = [
        r for back in (11, 10, 8, 0) for r in articles("CHN", [0.1, 0.2, 0.0, 0.3, 0.1], week=THIS.back(back))
    ]
    figure = next(f for f in weekly(found, THIS, names=names, basis=BASIS).figures if f.name == "trends")
    drawn = figures.draw("trends", figure.drawing)
    assert [m.xs for m in drawn_in(drawn, "CHN", "line")] == [(0, 1)]
    assert drawn.panel("CHN").ylim == (-1, 1)
    assert runs([True, False, True, True, False]) == [[0], [2, 3]]
    assert runs([]) == []


def test_volume_is_articles_on_a_scale_of_its_own(edition):
    figure = next(f for f in edition.figures if f.name == "trends")
    drawn = figures.draw("trends", figure.drawing)
    volumes = [p for p in drawn.panels if p.name == "volume"]
    for panel, row in zip(volumes, figure.drawing.rows, strict=True):
        heights = [y for mark in panel.marks for y in mark.ys]
        assert heights == [p.articles for p in row.points if p.articles]
        assert panel.ylim[1] == max(p.articles for p in row.points)


def test_cells_have_numbers_where_wide_and_signs_on_a_phone(edition):
    figure = next(f for f in edition.figures if f.name == "heatmap")
    counted = [p for r in figure.drawing.rows for p in r.points if p.interval]
    wide = [t for t in texts(figures.draw("heatmap", figure.drawing)) if re.fullmatch(r"[+−]?\d\.\d\d", t)]
    assert len(wide) == len(counted) + 6  # the key's cuts
    phone = texts(figures.draw("heatmap", figure.drawing, wide=False))
    assert phone.count("−") == sum(round(p.mean, 2) <= -0.1 for p in counted)


def test_every_country_has_a_place_of_its_own_on_the_map():
    grid = places()
    assert len(grid) == 205
    assert len(set(grid.values())) == 205
    assert {"EU", "NATO", "UN", "CHN", "USA"} <= grid.keys()


def test_every_code_fits_its_tile(edition):
    content = next(f for f in edition.figures if f.name == "tilemap").drawing
    row = content.rows[0]
    many = Standings(tuple(replace(row, code=code) for code in places()), content.weeks)
    codes = {t.get_text(): box for t, box in boxes(figures.draw("tilemap", many)) if len(t.get_text()) == 3}
    assert len(codes) > 190
    assert max(box.width for box in codes.values()) <= 736 / 34 - 2.2


def test_organisations_without_a_place_stand_beside(edition):
    found = [r for code in ("AU", "ASEAN", "OSCE") for r in articles(code, [0.3] * 6)]
    figure = next(f for f in weekly(found, THIS, names=names, basis=BASIS).figures if f.name == "tilemap")
    for wide in (True, False):
        assert {"AU", "ASEAN", "OSCE"} <= set(texts(figures.draw("tilemap", figure.drawing, wide=wide)))


def test_the_pair_draws_both_lines_and_their_difference(two):
    figure = next(f for f in two.figures if f.name == "pair")
    pair = figure.drawing
    drawn = figures.draw("pair", pair)
    lines = [m.ys for m in drawn_in(drawn, "tone", "line")]
    assert lines == [tuple(p.mean for p in row.points) for row in (pair.first, pair.second)]
    dots = drawn_in(drawn, "difference", "dots")
    assert [m.ys for m in dots] == [(d[0],) for d in pair.differences]
    assert [m.fill == "ink" for m in dots] == [d[1].excludes_zero for d in pair.differences]
    assert drawn.panel("tone").ylim[1] == limit_of([*pair.first.points, *pair.second.points])


def test_distributions_keep_exact_zeros_apart(two):
    figure = next(f for f in two.figures if f.name == "distribution")
    for histogram, row in zip(figure.drawing, two.rows, strict=True):
        assert histogram.statements == row.now.statements
        assert histogram.zeros == round(row.now.zero * row.now.statements)
        assert sum(histogram.bins[:10]) == round(row.now.negative * row.now.statements)


def boxes(figure):
    canvas = FigureCanvasAgg(figure)
    with drawing():
        canvas.draw()
        renderer = canvas.get_renderer()
        return [(t, t.get_window_extent(renderer)) for t in figure.artists if isinstance(t, Text)]


def assert_labels_fit(figure):
    width, height = figure.bbox.width, figure.bbox.height
    placed = boxes(figure)
    for text, box in placed:
        assert box.x0 >= -1.5, text.get_text()
        assert box.x1 <= width + 1.5, text.get_text()
        assert box.y0 >= -3, text.get_text()
        assert box.y1 <= height + 3, text.get_text()
    for (a, one), (b, other) in combinations(placed, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        along = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert across <= 3 or along <= 5, (a.get_text(), b.get_text())


@pytest.mark.slow
@pytest.mark.parametrize("name", [None, LONG, CJK, ARABIC, "X"])
def test_no_label_is_cut_or_lies_on_another(reactions, name):
    named = (lambda code: f"{name} {code}") if name else names
    edition = weekly(reactions, THIS, names=named, basis=BASIS)
    for figure, wide in all_figures(edition):
        assert_labels_fit(figures.draw(figure.name, figure.drawing, wide=wide))


@pytest.mark.parametrize("countries", [1, 2, pytest.param(60, marks=pytest.mark.slow)])
@pytest.mark.parametrize("weeks", [2, 12, 53])
def test_labels_fit_for_any_number_of_countries_and_weeks(countries, weeks):
    codes = list(places())[:countries]
    found = [
        r
        for n, code in enumerate(codes)
        for back in range(weeks)
        for r in articles(
            code, [((n * 7 + back * 3 + k) % 19) / 10 - 0.9 for k in range(8)], week=THIS.back(back)
        )
    ]
    edition = weekly(found, THIS, names=lambda c: f"Land of {c}", basis=BASIS, weeks=weeks)
    for figure, wide in all_figures(edition):
        if figure.name != "tilemap" or countries < 60:
            assert_labels_fit(figures.draw(figure.name, figure.drawing, wide=wide))


@pytest.mark.slow
@pytest.mark.parametrize("countries", [1, 60])
@pytest.mark.parametrize(
    ("period", "count"),
    [
        (Month(2025, 6), 12),
        (Month(2025, 6), 53),
        (Days(date(2025, 5, 28), date(2025, 6, 3)), 6),
        (Days(date(2024, 12, 20), date(2025, 6, 8)), 53),
        (Days(date(2025, 6, 3), date(2025, 6, 3)), 53),
    ],
    ids=str,
)
def test_labels_fit_for_months_and_any_days(period, count, countries):
    codes = list(places())[:countries]
    found = [
        r
        for n, code in enumerate(codes)
        for back in range(0, count, 3)
        for r in articles(
            code,
            [((n * 7 + back * 3 + k) % 19) / 10 - 0.9 for k in range(8)],
            week=Week.of(first(period.back(back))),
            published=f"{first(period.back(back))}T09:00:00Z",
        )
    ]
    edition = weekly(found, period, names=lambda c: f"Land of {c}", basis=BASIS, weeks=count)
    for figure, wide in all_figures(edition):
        if figure.name != "tilemap" or countries < 60:
            assert_labels_fit(figures.draw(figure.name, figure.drawing, wide=wide))


def test_no_band_lies_over_a_line(two):
    pair = next(f for f in two.figures if f.name == "pair")
    standings = Standings((pair.drawing.first, pair.drawing.second), pair.drawing.weeks)
    for drawn in (figures.draw("pair", pair.drawing), figures.draw("trend", standings)):
        kinds = [mark.kind for mark in drawn.panel("tone").marks]
        assert kinds.index("line") > max(i for i, kind in enumerate(kinds) if kind == "band")


@pytest.mark.parametrize("name", ["pair", "trend", "trends"])
def test_weeks_of_two_years_say_which(name):
    found = [
        r
        for code in ("CHN", "JPN")
        for back in range(53)
        for r in articles(code, [0.1, 0.2, 0.3, 0.4, 0.5], week=Week(2025, 23).back(back))
    ]
    compared = comparison(found, ["CHN", "JPN"], THIS, names=names, basis=BASIS, weeks=53)
    drawing_of = next(f for f in compared.figures if f.name == "pair").drawing
    content = (
        drawing_of
        if name == "pair"
        else Standings((drawing_of.first, drawing_of.second), drawing_of.weeks, date(2025, 3, 3))
    )
    for wide in (True, False):
        drawn = figures.draw(name, content, wide=wide)
        assert_labels_fit(drawn)
        told = " ".join(t.get_text() for t, _ in boxes(drawn))
        assert "2024" in told
        assert "2025" in told


def test_a_trend_in_the_terminal_tells_years_and_the_event():
    found = [r for back in range(53) for r in articles("CHN", [0.1] * 5, week=THIS.back(back))]
    made = trend(found, ["CHN"], THIS, names=names, basis=BASIS, weeks=53, event=date(2025, 3, 3))
    lines = as_text(made).split("\n")
    assert lines[2].startswith("China ")
    assert lines[2].index("0") == lines[4].index("│")
    assert lines[3].startswith("2024-W23")
    assert [line[:8] for line in lines if "◂ 3\u00a0March\u00a02025" in line] == ["2025-W10"]
    assert "Upright line: 3\u00a0March\u00a02025." in made.subtitle


def test_a_trend_of_three_names_the_ends():
    found = [r for n, c in enumerate(("CHN", "JPN", "RUS")) for r in articles(c, [0.1 * n] * 5)]
    made = trend(found, ["CHN", "JPN", "RUS"], THIS, names=names, basis=BASIS)
    assert made.title == "Russia stands highest, at +0.20, and China lowest, at 0.00"


def test_a_dumbbell_of_any_days_tells_them_apart_without_dates():
    period = Days(date(2024, 5, 27), date(2025, 6, 8))
    found = articles("CHN", [0.1] * 6) + articles("CHN", [0.3] * 6, week=Week(2023, 40))
    edition = weekly(found, period, names=names, basis=BASIS, weeks=2)
    told = [t.get_text() for t, _ in boxes(figures.draw("change", edition.figures[0].drawing))]
    assert told[:2] == ["before", "period"]


def test_labels_of_comparisons_fit(two, several):
    for figure, wide in all_figures(two, several):
        assert_labels_fit(figures.draw(figure.name, figure.drawing, wide=wide))


@pytest.mark.parametrize(
    "label", ["a<b>&\"'", "$5bn and $2bn", "nul\x00bell\x07", "\ud800half", "]]>", "--><!--", CJK[:6]]
)
def test_any_label_gives_valid_xml_with_its_text(label):
    found = articles("CHN", [0.1, 0.2, 0.3, 0.4, 0.5] * 2) + articles(
        "CHN", [0.1, 0.2, 0.3] * 3, week=THIS.back(1)
    )
    figure = weekly(found, THIS, names=lambda c: label, basis=BASIS).figures[0]
    root = ET.fromstring(inline(figures.draw("change", figure.drawing), name="x", alt=figure.alt))
    shown = "".join(root.itertext())
    expected = label.replace("\x00", " ").replace("\x07", "").replace("\ud800", "\ufffd").strip()
    assert expected in shown


def test_a_label_is_fitted_to_its_room():
    assert fitted("China", 200, 12) == "China"
    cut = fitted(LONG, 100, 12)
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 100
    assert wrapped("one two three", 40, 12) == ["one", "two", "three"]


def test_a_long_name_stands_on_two_lines_of_like_width():
    assert on_two_lines("China", 116, 11) == ("China",)
    assert on_two_lines("United Arab Emirates", 116, 11) == ("United Arab", "Emirates")
    assert on_two_lines("Saint Vincent and the Grenadines", 116, 11)[1] == "the Grenadines"
    for name in (
        LONG,
        "Association of Southeast Asian Nations",
        "Llanfairpwllgwyngyllgogerych",
        "a " * 60,
        CJK,
    ):
        lines = on_two_lines(name, 116, 11)
        assert 1 <= len(lines) <= 2
        assert all(text_width(line, 11) <= 116 for line in lines)
    first, second = on_two_lines("Association of Southeast Asian Nations", 116, 11)
    assert (first, second[:15], second[-1]) == ("Association of", "Southeast Asian", "…")


def test_no_name_of_the_registry_is_cut_in_a_half_column():
    known = Registry.load()
    cut = [c.name for c in known.countries() if "…" in "".join(on_two_lines(c.name, 114, SMALL))]
    assert cut == []


def test_hatching_stays_within_its_cell():
    for x0, y0, x1, y1 in hatching(10, 20, 50, 15):
        assert 10 <= min(x0, x1) <= max(x0, x1) <= 60
        assert 20 <= min(y0, y1) <= max(y0, y1) <= 35


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_picture_that_stands_alone_is_the_same_every_time(reactions, form):
    figure = trend(reactions, ["CHN", "JPN"], THIS, names=names, basis=BASIS)
    first = picture(figure, form)
    assert first == picture(figure, form)
    assert first.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[form])
    if form == "svg":
        told = "".join(ET.fromstring(first).itertext())
        assert "Japan stands at" in told
        assert "Source:" in told
        assert BASIS.label in told


def test_drawing_leaves_the_readers_settings_alone(edition):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    raw(figures.draw("change", edition.figures[0].drawing))
    assert dict(mpl.rcParams) == before


def test_one_reaction_is_enough_for_every_figure():
    for figure, wide in all_figures(weekly([reaction("CHN", 0.4)], THIS, names=names, basis=BASIS)):
        inline(figures.draw(figure.name, figure.drawing, wide=wide), name="x", alt="")


def test_two_worlds_do_not_look_alike():
    one, other = (weekly(world(seed), THIS, names=names, basis=BASIS).figures[0] for seed in (1, 2))
    assert raw(figures.draw("change", one.drawing)) != raw(figures.draw("change", other.drawing))
