from datetime import timedelta

import pytest
from invented import BASIS, THIS, articles, names, reaction

from reports.counting import moment, rows, statements, tally
from reports.recipe import Basis, Coverage
from reports.weekly import weekly
from tracker.weeks import Week

WEEKS = THIS.run(12)
LAST = THIS.back(1)


def row(reactions, code="CHN", basis=BASIS, voices="official"):
    return next(r for r in rows(tally(reactions, WEEKS, voices), names, basis) if r.code == code)


def test_the_same_words_of_one_source_count_once_in_the_article_that_had_them_first():
    found = [
        reaction(
            article="late", quote="It is a grave mistake", published=f"{THIS.monday}T12:00:00Z", outlet="AFP"
        ),
        reaction(article="first", quote="It is a GRAVE mistake.", published=f"{THIS.monday}T10:00:00+02:00"),
        reaction(
            article="later",
            quote="it is a grave mistake",
            published=f"{THIS.monday + timedelta(4)}",
            outlet="TASS",
        ),
    ]
    counted = tally(found, WEEKS, "official")
    (one,) = counted.cell("CHN", THIS)
    assert one.reaction.article == "first"
    assert one.appearances == counted.appearances == 3
    assert one.outlets == ("Nikkei", "AFP", "TASS")
    assert counted.articles == {"first"}


def test_a_statement_has_the_tone_of_its_fullest_wording_and_the_week_of_its_first_appearance():
    words = "The plan is a grave mistake and it will cost us the trust of our neighbours"
    sunday, monday = f"{LAST.sunday}T20:00:00Z", f"{THIS.monday}T01:00:00Z"
    twin = words.replace("will cost", "will not cost")
    found = [
        reaction(tone=-0.1, article="late", quote=words[:47], published=sunday),
        reaction(tone=-0.6, article="full", quote=words, published=monday),
        reaction(tone=0.4, article="twin", quote=twin, published=monday),
    ]
    counted = tally(found, WEEKS, "official")
    (one,), (other,) = counted.cell("CHN", LAST), counted.cell("CHN", THIS)
    assert (one.article, one.reaction.tone, one.appearances) == ("late", -0.6, 2)
    assert other.reaction.tone == 0.4


def test_each_outlet_has_its_own_carrying_where_outlets_are_the_rows():
    found = [reaction(article=name, outlet=name, quote="It is a grave mistake") for name in ("AFP", "Dawn")]
    assert [s.appearances for s in statements(found)] == [2]
    assert [s.appearances for s in statements(found, by="outlet")] == [1, 1]


def test_the_same_words_count_again_of_another_source_or_in_another_week():
    found = [
        reaction(article="a", quote="We are concerned"),
        reaction(
            article="b", quote="We are concerned", source="Chinese commerce ministry", source_id="CHN-com"
        ),
        reaction("JPN", article="c", quote="We are concerned"),
        reaction(article="d", quote="We are concerned", week=LAST),
    ]
    assert len(statements(found)) == 4


def test_a_row_is_the_mean_of_its_articles_means():
    found = [
        reaction(tone=0.8, article="a", quote="One good thing"),
        reaction(tone=0.4, article="a", quote="Two good things"),
        reaction(tone=-0.6, article="b", quote="Three bad things"),
    ]
    now = row(found).now
    assert now.mean == pytest.approx(0)
    assert (now.articles, now.statements) == (2, 3)


def test_unscored_statements_count_as_zero_and_are_told():
    found = [
        reaction(tone=0.6, article="a", quote="A welcome step"),
        reaction(tone=0.0, article="b", quote="The talks took place"),
    ]
    now = row(found).now
    assert now.mean == 0.3
    assert now.scored_mean == 0.6
    assert (now.unscored, now.statements) == (1, 2)
    assert (now.negative, now.zero, now.positive) == (0, 0.5, 0.5)


def test_a_joint_statement_counts_for_each_of_its_countries_and_once_in_all():
    counted = tally([reaction("GBR/FRA/DEU", 0.5)], WEEKS, "official")
    assert [len(counted.cell(c, THIS)) for c in ("GBR", "FRA", "DEU")] == [1, 1, 1]
    assert len(counted.statements) == 1


def test_rows_count_speech_of_official_voices_with_a_country_and_a_date():
    found = [
        reaction(article="a", tone=0.5),
        reaction(article="b", manner="attitude", quote="Hopes to win"),
        reaction(None, article="c", source="Some ministry", quote="No country"),
        reaction(None, article="d", source=None, quote="Nobody said so"),
        reaction(article="e", published=None, quote="No date"),
        reaction(article="f", published="2025-06-03T08:00:00", quote="No zone"),
        reaction(article="g", voice="media", tone=-0.5, quote="An editorial"),
        reaction(article="h", voice=None, tone=-0.5, quote="Somebody there"),
    ]
    counted = tally(found, WEEKS, "official")
    assert {s.reaction.article for s in counted.cell("CHN", THIS)} == {"a", "f"}
    assert counted.attitudes == 1
    assert (counted.unattributed, counted.without_country) == (1, 1)
    assert (counted.naive, counted.other_voices) == (1, 2)
    assert counted.quotations == 7
    beside = row(found).beside
    assert (beside.articles, beside.mean) == (2, -0.5)
    assert row(found, voices="media").now.articles == 1
    assert row(found, voices="all").now.articles == 4


def test_weeks_are_utc():
    sunday_evening_in_new_york = f"{THIS.sunday}T23:30:00-04:00"
    counted = tally([reaction(published=sunday_evening_in_new_york)], (*WEEKS, THIS.back(-1)), "official")
    assert len(counted.cell("CHN", THIS.back(-1))) == 1
    assert moment("2025-06-09T01:00:00+02:00") == "2025-06-08T23:00:00"
    assert moment("2025-06-09") == "2025-06-09T00:00:00"
    assert moment("yesterday") is None
    assert moment(None) is None


def test_under_five_articles_a_point_without_interval_or_rank():
    thin = row(articles("CHN", [0.1, 0.2, 0.3, 0.4]))
    assert thin.now.interval is None
    assert thin.now.thin
    assert thin.rank is None
    assert thin.signal == "too few"


def test_five_to_seven_articles_an_interval_but_no_rank():
    few = row(articles("CHN", [0.1, 0.2, 0.3, 0.4, 0.5, 0.1, 0.2]))
    assert few.now.interval is not None
    assert few.rank is None


def test_a_rank_needs_eight_articles_of_three_outlets():
    tones = [0.1, 0.2, 0.3, 0.4, 0.5, 0.1, 0.2, 0.3]
    assert row(articles("CHN", tones, outlets=3)).rank == 1
    assert row(articles("CHN", tones, outlets=2)).rank is None
    assert row(articles("CHN", tones[:7], outlets=3)).rank is None


def change(before, after):
    return row(articles("CHN", before, week=LAST) + articles("CHN", after))


def test_an_arrow_points_where_the_change_is_clear():
    steady = [0.1, 0.15, 0.2, 0.25, 0.3]
    assert change(steady, [x - 0.5 for x in steady]).signal == "down"
    assert change([x - 0.5 for x in steady], steady).signal == "up"


def test_a_small_change_is_level_however_sure():
    before = [0.100, 0.101, 0.102, 0.103, 0.104] * 4
    found = change(before, [x + 0.09 for x in before])
    assert found.change.interval.excludes_zero
    assert found.signal == "level"


def test_a_large_change_that_chance_could_make_is_level():
    found = change([-0.8, 0.8, -0.6, 0.6, 0.0], [-0.5, 0.9, 0.7, -0.3, 0.6])
    assert abs(found.change.value) >= 0.1
    assert found.signal == "level"


def test_five_articles_in_both_weeks_or_too_few():
    found = change([0.1, 0.2, 0.3, 0.4], [-0.9, -0.8, -0.7, -0.8, -0.9])
    assert found.change is None
    assert found.signal == "too few"


def test_silent_is_said_where_feeds_were_up_and_cannot_tell_where_they_were_not():
    before = articles("CHN", [0.1] * 6, week=LAST)
    up = Basis(coverage=(Coverage("CHN", 5, 5, 168, 168),))
    down = Basis(coverage=(Coverage("CHN", 3, 5, 100, 168),))
    assert row(before, basis=up).signal == "silent"
    assert row(before, basis=BASIS).signal == "silent"
    assert row(before, basis=down).signal == "cannot tell"
    assert row(before + articles("CHN", [0.1] * 2), basis=down).signal == "cannot tell"
    assert row(before + articles("CHN", [0.1] * 5), basis=down).signal == "level"


def test_ranks_follow_shrunken_tone_and_the_unranked_come_after():
    found = articles("CHN", [-0.4, -0.3, -0.5] * 4) + articles("JPN", [0.4, 0.3, 0.5] * 4)
    found += articles("NATO", [0.9, 0.8, 0.9]) + articles("EU", [0.1, 0.0, 0.2] * 4)
    found += articles("UN", [0.1] * 5, week=LAST)
    ordered = rows(tally(found, WEEKS, "official"), names, BASIS)
    assert [(r.code, r.rank) for r in ordered] == [
        ("JPN", 1),
        ("EU", 2),
        ("CHN", 3),
        ("NATO", None),
        ("UN", None),
    ]
    assert 0.3 < ordered[0].shrunk < ordered[0].now.mean


def test_no_arrow_without_the_false_discovery_rate():
    # One change in sixty at p about 0.02 is what chance gives; its interval alone would earn an arrow.
    before, after = [0.0, 0.05, 0.1, 0.15, 0.2], [0.12, 0.17, 0.24, 0.27, 0.32]
    alone = change(before, after)
    assert alone.signal == "up"
    assert 0.002 < alone.change.p < 0.09
    crowd = articles("CHN", before, week=LAST) + articles("CHN", after)
    for n in range(59):
        code = f"X{n:02}"
        crowd += articles(code, before, week=LAST) + articles(code, before[::-1])
    assert row(crowd).change.interval.excludes_zero
    assert row(crowd).signal == "level"


def test_the_order_of_reactions_does_not_matter():
    found = articles("CHN", [0.1, 0.5, -0.3, 0.2, 0.9]) + articles("JPN", [0.3] * 9)
    assert tally(found, WEEKS, "all") == tally(found[::-1], WEEKS, "all")


def test_weeks_without_a_statement_are_gaps():
    found = row(articles("CHN", [0.5] * 5, week=Week(2025, 14)))
    assert [p.mean is not None for p in found.points] == [False, False, True, *[False] * 9]


def test_of_countries_compared_only_their_own_quotations_are_left_out():
    found = [
        reaction("CHN", article="a"),
        reaction("CHN", article="b", manner="attitude", quote="Hopes to win"),
        reaction("CHN", article="c", voice="media", quote="An editorial"),
        reaction("FRA", article="d", manner="attitude", quote="Wants peace"),
        reaction(None, article="e", source=None, quote="Nobody said so"),
    ]
    counted = tally(found, WEEKS, "official", ["CHN", "JPN"])
    assert (counted.quotations, counted.all_quotations) == (3, 5)
    assert (counted.attitudes, counted.other_voices, counted.unattributed) == (1, 1, 1)
    assert {s.reaction.article for s in counted.statements} == {"a"}
    whole = tally(found, WEEKS, "official")
    assert (whole.quotations, whole.attitudes) == (5, 2)


def test_the_median_and_the_shares_stand_beside_a_mean():
    found = articles("CHN", [-0.5, -0.4, 0.0, 0.2, 0.7]) + articles("JPN", [0.1, 0.2])
    edition = weekly(found, THIS, names=names, basis=BASIS, weeks=2)
    tables = next(s for s in edition.sections if s.id == "table").blocks
    shares = next(t for t in tables if t.summary == "Medians and shares")
    heads = [c.head for c in shares.columns]
    assert heads == ["Country", "Mean", "Median", "Scored only", "Negative", "Zero", "Positive"]
    assert [[c.text for c in row.cells] for row in shares.rows] == [
        ["China", "0.00", "0.00", "0.00", "40%", "20%", "40%"]
    ], "a row too thin for an interval has no shares either"
