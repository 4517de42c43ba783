import re

import pytest
from invented import BASIS, THIS, articles, names, reaction

from reports import findings, titles
from reports.counting import rows, tally
from reports.recipe import Basis, Coverage
from reports.weekly import weekly

WEEKS = THIS.run(12)
LAST = THIS.back(1)
MID = [0.1, 0.15, 0.2, 0.05, 0.0, 0.1, 0.12, 0.18]


def shifted(by, tones=MID):
    return [t + by for t in tones]


def table(reactions, basis=BASIS):
    return rows(tally(reactions, WEEKS, "official"), names, basis)


def both_weeks(code, before, after):
    return articles(code, before, week=LAST) + articles(code, after)


def test_the_title_puts_the_largest_arrow_first():
    found = both_weeks("CHN", MID, shifted(-0.6)) + both_weeks("CAN", MID, shifted(0.3))
    found += both_weeks("JPN", MID, MID)
    assert findings.title(table(found), None, THIS) == "China’s tone falls to −0.49 as Canada’s rises"
    assert (
        findings.title(table(found), "the pact", THIS)
        == "China’s tone on the pact falls to −0.49 as Canada’s rises"
    )


def test_the_title_tells_a_low_of_the_weeks_counted():
    found = both_weeks("CHN", MID, shifted(-0.6))
    for back in range(2, 12):
        found += articles("CHN", MID, week=THIS.back(back))
    assert (
        findings.title(table(found), "Golden Dome", THIS)
        == "China’s tone on Golden Dome falls to a 12‑week low"
    )


def test_two_of_one_direction_are_told_together():
    found = both_weeks("CHN", MID, shifted(-0.6)) + both_weeks("RUS", MID, shifted(-0.4))
    assert findings.title(table(found), None, THIS) == "China’s tone falls to −0.49 and Russia’s falls too"


def test_without_an_arrow_the_title_says_so():
    found = both_weeks("CHN", MID, MID) + both_weeks("EU", MID, MID)
    assert (
        findings.title(table(found), "Golden Dome", THIS) == "No source’s tone on Golden Dome clearly moved"
    )
    found = both_weeks("CHN", MID, MID)
    assert findings.title(table(found), None, THIS) == "No country’s tone clearly moved"


def test_titles_where_there_is_too_little():
    assert findings.title((), None, THIS) == "No reactions were found in 2025‑W23"
    assert (
        findings.title(table(articles("CHN", MID)), None, THIS)
        == "Too few reactions to compare with last week"
    )


@pytest.mark.parametrize("topic", [None, "x", "a very long topic indeed " * 8, "word" * 40])
def test_titles_never_run_over(topic):
    found = []
    for code, by in (("USA", -0.8), ("PRK", 0.5), ("CHN", 0.4), ("RUS", 0.3), ("GBR", -0.5)):
        found += both_weeks(code, MID, shifted(by))
    assert len(findings.title(table(found), topic, THIS)) <= 70


def test_a_takeaway_has_its_number_interval_n_and_quote():
    found = both_weeks("CHN", MID, shifted(-0.6))
    takeaway = findings.takeaways(table(found), THIS, BASIS)[0]
    assert takeaway.number == "−0.60"
    assert takeaway.unit == "change on W22"
    assert takeaway.sentence == "China turned from positive to negative, at −0.49."
    assert re.fullmatch(
        r"Change −0.60, 95% interval −0.\d\d to −0.\d\d · 8\u00a0articles this week, 8 last",
        takeaway.evidence,
    )
    assert (takeaway.link, takeaway.target) == ("quote", "quotes-CHN")


def test_where_hardly_any_is_ranked_the_ones_with_an_interval_are_told():
    found = articles("JPN", [0.5] * 9) + articles("CHN", [-0.3, -0.2] * 3) + articles("IND", [0.1] * 2)
    told = findings.takeaways(table(found), THIS, BASIS)
    assert [t.sentence for t in told[:2]] == ["Japan sounds strongly positive.", "China sounds negative."]
    assert all("95% interval" in t.evidence and "statements" in t.evidence for t in told[:2])
    assert len(told) == 3


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (shifted(-0.5), shifted(-0.8), "China turned more negative, to −0.69."),
        (shifted(-0.8), shifted(-0.4), "China became less negative, at −0.29; it was −0.69 a week before."),
        (shifted(0.2), shifted(0.6), "China turned more positive, to +0.71."),
        (shifted(0.6), shifted(0.2), "China became less positive, at +0.31; it was +0.71 a week before."),
        (shifted(-0.5), shifted(0.2), "China turned from negative to positive, at +0.31."),
    ],
)
def test_moves_in_words(before, after, words):
    assert findings.takeaways(table(both_weeks("CHN", before, after)), THIS, BASIS)[0].sentence == words


def test_level_silent_and_too_thin_to_rank_are_told():
    found = both_weeks("JPN", MID, MID) + both_weeks("PRK", MID[:6], MID[:6])
    for back in range(1, 12):
        found += articles("UN", [0.1], week=THIS.back(back))
    told = {t.unit: t for t in findings.takeaways(table(found), THIS, BASIS)}
    assert told["level"].number == "2 of 2"
    assert told["level"].sentence == (
        "All sources with enough articles held level. "
        "North Korea (+0.10, 6\u00a0articles) is too thin to rank."
    )
    assert told["statements"].sentence == "The UN was silent; it reacted in all 11 weeks before."
    assert "an outage is not ruled out" in told["statements"].evidence


def test_silence_beside_feeds_that_were_up():
    found = [r for back in range(1, 12) for r in articles("UN", [0.1], week=THIS.back(back))]
    basis = Basis(coverage=(Coverage("UN", 7, 7, 168, 168),))
    (silent,) = (t for t in findings.takeaways(table(found, basis), THIS, basis) if t.number == "0")
    assert silent.sentence.endswith("weeks before and its feeds were up.")
    assert silent.evidence == "7 of 7 feeds read, 168 of 168 hours"


def test_an_outage_is_not_told_as_silence():
    found = [r for back in range(1, 12) for r in articles("UN", [0.1], week=THIS.back(back))]
    basis = Basis(coverage=(Coverage("UN", 1, 7, 20, 168),))
    assert not [t for t in findings.takeaways(table(found, basis), THIS, basis) if t.number == "0"]


def test_there_are_at_most_five_takeaways(edition):
    assert 3 <= len(edition.takeaways) <= 5


def test_figure_titles_count_by_the_rule_that_colours():
    found = []
    for code, tone in (("CHN", -0.5), ("RUS", -0.096), ("JPN", 0.3), ("EU", 0.094), ("USA", 0.0)):
        found += both_weeks(code, [tone] * 8, [tone] * 8)
    assert titles.map_title(table(found)) == "One source is positive, two negative and two near zero"
    assert titles.change_title(table(found)) == "No source clearly moved"
    assert titles.ranking_title(table(found)) == "Japan sounds warmest and China coldest"


def test_figure_titles_where_there_is_too_little():
    found = table([reaction("CHN", 0.5)])
    assert titles.map_title(found) == "No country has enough articles for a colour"
    assert titles.ranking_title(found) == "No country has the articles and outlets that a rank needs"
    assert titles.change_title(found) == "No country has enough articles in both weeks"
    assert titles.trends_title(found)
    assert titles.heatmap_title(found)


def test_words_that_say_more_than_tone_are_never_used(edition, two, several):
    said = " ".join(
        [e.title for e in (edition, two, several)]
        + [t.sentence for e in (edition, two, several) for t in e.takeaways]
        + [f.title for e in (edition, two, several) for f in e.figures]
    )
    assert not re.search(r"support|oppose|angry|stable|unchanged", said)


def test_nothing_at_all_still_makes_an_edition():
    edition = weekly([], THIS, names=names, basis=BASIS)
    assert edition.title == "No reactions were found in 2025‑W23"
    assert edition.takeaways == ()
