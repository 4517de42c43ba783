"""What comparisons and events say where articles are few, and what they leave unsaid."""

from dataclasses import replace
from datetime import date

import pytest
from invented import BASIS, THIS, articles, names

from reports.alerting import as_markdown
from reports.comparison import comparison
from reports.edition import Quotes, Table
from reports.periods import Days
from reports.renderers import render
from reports.single import ranking, tilemap
from reports.trend import trend
from reports.weekly import weekly

LAST = THIS.back(1)
THIN = articles("CHN", [-0.5, 0.0]) + articles("JPN", [0.2]) + articles("CHN", [0.4], week=LAST)
EVENT = Days(date(2025, 6, 3), date(2025, 6, 8))


def section(edition, id_):
    return next((s for s in edition.sections if s.id == id_), None)


def event(found, only=()):
    return weekly(found, EVENT, names=names, basis=BASIS, weeks=2, only=only, event=EVENT.start)


def both(country, before, after, **fields):
    """Articles of the week before the event and of the days after it."""
    return articles(country, before, week=LAST, published="2025-05-30T09:00:00Z", **fields) + articles(
        country, after, published="2025-06-04T09:00:00Z", **fields
    )


def test_a_change_of_too_few_articles_has_no_drivers():
    assert section(comparison(THIN, ["CHN", "JPN"], THIS, names=names, basis=BASIS), "drivers") is None
    enough = THIN + articles("JPN", [0.1] * 6, week=LAST) + articles("JPN", [0.5] * 6, speaker="Ono")
    drivers = section(comparison(enough, ["CHN", "JPN"], THIS, names=names, basis=BASIS), "drivers")
    assert [row.cells[0].text for row in drivers.blocks[0].rows] == ["Japan"]


def test_every_change_that_is_split_has_its_interval_and_articles(several, edition):
    table = section(several, "drivers").blocks[0]
    assert all(row.cells[0].text in table.note for row in table.rows)
    assert table.note.count(" to ") == table.note.count("articles") == len(table.rows)
    table = section(edition, "drivers").blocks[0]
    told = " ".join(t.sentence + t.evidence for t in edition.takeaways if "95% interval" in t.evidence)
    assert all(row.cells[0].text in told + table.note for row in table.rows)


def test_shares_of_too_few_articles_are_counts():
    figure = section(comparison(THIN, ["CHN", "JPN"], THIS, names=names, basis=BASIS), "under").blocks[0]
    assert figure.title == "One of China’s two statements sound negative, none of Japan’s one"
    assert all(h.thin for h in figure.drawing)


def test_one_statement_is_told_as_one():
    found = articles("CHN", [-0.5]) + articles("JPN", [0.2, 0.3])
    figure = section(comparison(found, ["CHN", "JPN"], THIS, names=names, basis=BASIS), "under").blocks[0]
    assert figure.title == "China’s one statement sounds negative, none of Japan’s two"


def test_too_few_says_that_each_side_needs_five():
    edition = comparison(THIN, ["CHN", "JPN"], THIS, names=names, basis=BASIS)
    assert "each side needs five articles" in edition.takeaways[0].sentence
    assert section(edition, "weeks").blocks[0].title == "This week has too few articles for a difference"
    assert "none of them unscored" not in edition.facts


def test_pairs_and_ends_have_their_articles(several):
    table = section(several, "pairs").blocks[0]
    assert table.columns[-1].head == "Articles"
    assert all(" and " in row.cells[-1].text for row in table.rows)
    ends = several.takeaways[-1].evidence
    assert ends.count("interval") == 1
    assert "articles" in ends


def test_outlets_are_not_said_to_be_quoted():
    found = articles("CHN", [-0.5] * 6, outlets=2)
    edition = comparison(found, ["outlet-0", "outlet-1"], THIS, names=lambda k: k, basis=BASIS, by="outlet")
    quotes = section(edition, "quotes")
    assert quotes.note == ""
    assert isinstance(quotes.blocks[0], Quotes)


def test_long_names_stand_whole_in_the_title():
    long = {"CHN": "Chinese foreign ministry", "JPN": "Japanese defence ministry"}
    edition = comparison(THIN, ["CHN", "JPN"], THIS, names=long.get, basis=BASIS, topic="Missile shield")
    assert edition.title == (
        "Too few articles to compare Chinese foreign ministry and Japanese defence ministry"
    )


def test_weeks_with_a_difference_are_said_to_be_counted():
    found = articles("CHN", [-0.5] * 6) + articles("JPN", [0.2] * 6)
    found += articles("CHN", [-0.4] * 6, week=LAST) + articles("JPN", [0.4] * 6, week=LAST)
    edition = comparison(found, ["CHN", "JPN"], THIS, names=names, basis=BASIS)
    assert section(edition, "weeks").blocks[0].title.endswith("in both weeks counted")


def test_one_country_has_no_rank_and_no_map_of_its_own():
    found = both("CHN", [0.4] * 6, [-0.4] * 9) + both("JPN", [0.4] * 6, [-0.4] * 9)
    assert [f.name for f in event(found, ["CHN"]).figures] == ["change", "trends"]
    assert [f.name for f in event(found, ["CHN", "JPN"]).figures] == ["change", "ranking", "trends"]
    assert "tilemap" in [f.name for f in event(found).figures]
    assert "1\u00a0country." in event(found, ["CHN"]).facts


def test_an_events_weeks_count_only_those_asked_about():
    found = both("CHN", [0.4] * 6, [-0.4] * 9, outlets=2) + both("JPN", [0.4] * 6, [-0.4] * 9, outlets=9)
    assert section(event(found, ["CHN"]), "weeks").blocks[0].source.startswith("Source: 2\u00a0outlets")


def test_an_events_weeks_end_with_the_last_article():
    found, month = both("CHN", [0.4] * 6, [-0.4] * 9), Days(date(2025, 6, 3), date(2025, 6, 30))
    basis = replace(BASIS, cutoff="2025-06-08")
    edition = weekly(found, month, names=names, basis=basis, weeks=2, event=month.start)
    figure = section(edition, "weeks").blocks[0]
    assert figure.drawing.weeks[-1] == THIS
    assert figure.source.startswith("Source: 4\u00a0outlets this week")
    early = replace(BASIS, cutoff="2025-05-25")
    edition = weekly(found, month, names=names, basis=early, weeks=2, event=month.start)
    assert section(edition, "weeks").blocks[0].drawing.weeks[-1] == THIS, "the event's own week is there"


def test_an_event_says_what_stands_beside_it():
    edition = event(both("CHN", [0.4] * 6, [-0.4] * 9))
    assert "beside 28\u00a0May\u2060–\u20602\u00a0June" in edition.facts
    assert edition.takeaways[0].unit == "change on the period before"
    assert section(edition, "weeks").blocks[0].title == "China fell"


def test_any_days_are_spoken_of_as_a_period():
    edition = weekly(both("CHN", [0.4] * 6, [-0.4] * 9), EVENT, names=names, basis=BASIS, weeks=3)
    figure = section(edition, "weeks").blocks[0]
    assert figure.subtitle.startswith("Mean tone by period, −1 to 1")
    assert "charts of mean tone by period for 1 country" in figure.alt


@pytest.mark.parametrize(("articles_before", "told"), [(1, False), (4, False), (5, True)])
def test_silence_after_one_period_needs_five_articles_before(articles_before, told):
    found = both("CHN", [0.4] * 6, [-0.4] * 9) + both("TUR", [0.1] * articles_before, [])
    edition = event(found)
    silent = [t.sentence for t in edition.takeaways if "silent" in t.sentence]
    block = section(edition, "silence").blocks[0]
    if told:
        assert silent == ["TUR was silent; it reacted in 5\u00a0articles of the period before."]
        assert isinstance(block, Table)
        assert "Usual: statements in the period before." in block.note
    else:
        assert not silent
        assert block.text == "Nobody heard in five articles or more before was silent this period."


def test_a_row_with_enough_articles_now_is_too_few_only_before():
    edition = weekly(articles("CHN", [0.1] * 9), THIS, names=names, basis=BASIS)
    row = edition.rows[0]
    assert (row.signal, row.reading) == ("too few", "few before")
    assert "few before" in render(edition, "html").decode()
    thin = weekly(articles("CHN", [0.1] * 3), THIS, names=names, basis=BASIS).rows[0]
    assert thin.reading == "too few"


@pytest.mark.parametrize(("voices", "told"), [("media", "voices of media"), ("all", "all voices")])
def test_other_voices_are_named_wherever_they_are_counted(voices, told):
    found = articles("CHN", [0.1] * 6, voice="media") + articles("JPN", [0.3] * 6, voice="media")
    given = {"names": names, "basis": BASIS, "voices": voices}
    edition, pair = weekly(found, THIS, **given), comparison(found, ["CHN", "JPN"], THIS, **given)
    assert f", {told}." in edition.facts
    assert f", {told}. In" in pair.facts
    assert edition.stem == f"weekly-{voices}-2025-W23"
    assert pair.stem == f"compare-CHN-JPN-{voices}-2025-W23"
    figures = (
        trend(found, ["CHN"], THIS, **given),
        ranking(found, THIS, **given),
        tilemap(found, THIS, **given),
    )
    assert all(told in figure.subtitle.lower() for figure in figures)
    assert as_markdown([], THIS, None, voices) == f"No alert in 2025\u2011W23 ({told}).\n"


def test_the_method_box_tells_settings_and_accuracy_where_they_are_told():
    told = replace(
        BASIS,
        settings=(("voices", "all"), ("topic", "any of “orbit”")),
        accuracy=(("country right", "0.95"),),
    )
    facts = {
        term: text
        for term, text, _ in section(weekly(articles("CHN", [0.1]), THIS, names=names, basis=told), "method")
        .blocks[0]
        .entries
    }
    assert facts["Settings"] == "Voices: all; topic: any of “orbit”."
    assert facts["Measured accuracy"] == "Country right 0.95."
    assert "voices" not in facts["Version"]


def test_official_voices_go_without_saying(edition):
    assert "voices" not in edition.facts
    assert edition.stem == "weekly-golden-dome-2025-W23"
    assert as_markdown([], THIS, None) == "No alert in 2025\u2011W23.\n"


def test_the_key_of_the_scale_stands_only_where_a_scale_is_drawn(edition, several):
    for one in (edition, several):
        assert "Light ring" in render(one, "html").decode()
        assert "Light ring" not in render(one, "md").decode()


def test_no_takeaway_leads_to_folded_quotes(edition, reactions):
    level = weekly(
        [r for r in reactions if r.country not in ("CHN", "CAN", "RUS")], THIS, names=names, basis=BASIS
    )
    for one in (edition, level):
        groups = {f"quotes-{g.code}": g.open for g in section(one, "quotes").blocks[0].groups}
        targets = [t.target for t in one.takeaways if t.target.startswith("quotes-")]
        assert targets
        assert all(groups[target] for target in targets)


def test_a_phone_has_who_came_and_left_too(edition):
    page = render(edition, "html").decode()
    assert page.count('<tr class="under">') == len(section(edition, "drivers").blocks[0].rows)
