import math
import random
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics import (
    Interval,
    benjamini_hochberg,
    cliffs_delta,
    detectable,
    difference,
    mean,
    median,
    permutation_p,
    shrink,
    t_interval,
    t_probability,
    t_quantile,
    variance,
    welch,
    wilson,
)

ROOT = Path(__file__).parents[2]
tones = st.floats(-1, 1, allow_subnormal=False)
samples = st.lists(tones, min_size=5, max_size=40)


@pytest.mark.parametrize(
    ("p", "freedom", "value"),
    [
        (0.975, 1, 12.7062047362),
        (0.975, 4, 2.7764451052),
        (0.975, 9, 2.2621571628),
        (0.95, 4, 2.1318467863),
        (0.995, 14, 2.9768427344),
        (0.975, 120, 1.9799304050),
        (0.8, 7, 0.8960296443),
        (0.975, 2.5, 3.5746548419),
        (0.025, 9, -2.2621571628),
        (0.5, 3, 0.0),
    ],
)
def test_quantiles_of_t_are_those_of_the_tables(p, freedom, value):
    assert t_quantile(p, freedom) == pytest.approx(value, abs=1e-7)


def test_quantiles_of_t_tend_to_the_normal():
    assert t_quantile(0.975, 1e7) == pytest.approx(1.959964, abs=1e-5)


@pytest.mark.parametrize(("p", "freedom"), [(0, 3), (1, 3), (0.5, 0), (0.5, -1)])
def test_no_quantile_outside_its_range(p, freedom):
    with pytest.raises(ValueError, match="quantile"):
        t_quantile(p, freedom)


@given(st.floats(0.001, 0.999), st.floats(1, 500))
def test_a_quantile_inverts_the_distribution_function(p, freedom):
    assert t_probability(t_quantile(p, freedom), freedom) == pytest.approx(p, abs=1e-8)


def test_mean_variance_and_median():
    assert mean([0.1, 0.2, 0.6]) == pytest.approx(0.3)
    assert variance([1, 2, 3, 4]) == pytest.approx(5 / 3)
    assert variance([0.7]) == 0
    assert variance([0.1, 0.3]) == pytest.approx(0.02)
    assert median([3, 1, 2]) == 2
    assert median([4, 1, 2, 3]) == 2.5
    for of_nothing in (mean, median):
        with pytest.raises(ValueError, match="at least one"):
            of_nothing([])


def test_an_interval_of_students_t():
    # Five values, mean 0.2, s² = 0.025, t(0.975, 4) = 2.7764
    found = t_interval([0.0, 0.1, 0.2, 0.3, 0.4])
    reach = 2.7764451052 * math.sqrt(0.025 / 5)
    assert found.low == pytest.approx(0.2 - reach)
    assert found.high == pytest.approx(0.2 + reach)


def test_an_interval_ends_where_tones_do():
    assert t_interval([-1.0, -1.0, -1.0, 1.0, -0.9]).low == -1
    assert t_interval([1.0, 1.0, 1.0, -1.0, 0.9]).high == 1
    far = [-1.0, -1.0, -1.0, -1.0, 1.0]
    assert welch([-each for each in far], far).low == -2
    assert welch(far, [-each for each in far]).high == 2


def test_under_five_articles_there_is_no_interval():
    assert t_interval([0.1] * 4) is None
    assert welch([0.1] * 4, [0.1] * 9) is None
    assert detectable([0.1] * 9, [0.1] * 4) is None
    assert difference([0.1] * 5, [0.1] * 4) is None


@given(samples)
def test_intervals_hold_the_mean_and_stay_within_bounds(values):
    found = t_interval(values)
    assert -1 <= found.low <= mean(values) + 1e-9
    assert mean(values) - 1e-9 <= found.high <= 1


def test_an_interval_excludes_zero_only_on_one_side():
    assert Interval(0.01, 0.2).excludes_zero
    assert Interval(-0.2, -0.01).excludes_zero
    assert not Interval(-0.1, 0.2).excludes_zero
    assert not Interval(0.0, 0.2).excludes_zero


def test_welch_as_in_the_textbook():
    first, second = [0.0, 0.2, 0.4, 0.6, 0.8], [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]
    found = welch(first, second)
    a, b = variance(first) / 5, variance(second) / 6
    freedom = (a + b) ** 2 / (a**2 / 4 + b**2 / 5)
    reach = t_quantile(0.975, freedom) * math.sqrt(a + b)
    assert found.low == pytest.approx(-0.175 - reach)
    assert found.high == pytest.approx(-0.175 + reach)


def test_welch_without_spread_has_no_width():
    assert welch([0.1] * 5, [0.3] * 5) == Interval(pytest.approx(0.2), pytest.approx(0.2))


@given(samples, samples)
def test_turning_a_difference_round_turns_its_sign(first, second):
    one, other = welch(first, second), welch(second, first)
    assert one.low == pytest.approx(-other.high, abs=1e-9)
    assert cliffs_delta(first, second) == pytest.approx(-cliffs_delta(second, first))


def test_cliffs_delta_counts_pairs():
    assert cliffs_delta([1, 2], [3, 4]) == 1
    assert cliffs_delta([1, 2, 3], [2]) == 0
    assert cliffs_delta([0, 0], [0, 1]) == 0.5
    with pytest.raises(ValueError, match="both sides"):
        cliffs_delta([], [1])


@given(samples, samples)
def test_cliffs_delta_is_what_counting_all_pairs_gives(first, second):
    pairs = sum((b > a) - (b < a) for a in first for b in second)
    assert cliffs_delta(first, second) == pytest.approx(pairs / len(first) / len(second))


def test_what_could_have_been_detected_shrinks_with_articles():
    few = detectable([0.0, 0.2, 0.4, 0.6, 0.8], [0.0, 0.2, 0.4, 0.6, 0.8])
    many = detectable([0.0, 0.2, 0.4, 0.6, 0.8] * 8, [0.0, 0.2, 0.4, 0.6, 0.8] * 8)
    assert few > 2 * many > 0


def test_what_could_have_been_detected_is_the_reach_and_the_power_in_standard_errors():
    # Six and six values of variance 0.035: ν = 10, t(0.975) = 2.2281, t(0.8) = 0.8791.
    values = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
    assert detectable(values, values) == pytest.approx((2.2281 + 0.8791) * math.sqrt(0.035 / 3), abs=1e-4)


def test_a_difference_is_all_that_is_said_of_it():
    first, second = [0.0, 0.2, 0.4, 0.6, 0.8], [0.1, 0.15, 0.2, 0.25, 0.3, 0.45]
    found = difference(first, second, seed=4)
    assert found.value == pytest.approx(mean(second) - mean(first))
    assert found.interval == welch(first, second)
    assert found.delta == cliffs_delta(first, second) != 0
    assert found.p == permutation_p(first, second, seed=4) != permutation_p(first, second)
    assert found.detectable == detectable(first, second)


@pytest.mark.parametrize(("first", "second"), [([], [0.1]), ([0.1], []), ([], [])])
def test_what_compares_two_sides_needs_both(first, second):
    for compared in (cliffs_delta, permutation_p):
        with pytest.raises(ValueError, match="both sides"):
            compared(first, second)


def test_permutation_p_stops_where_enough_deals_are_as_far_apart():
    # Any deal is as far apart as these two sides: the hundredth ends it, the tenth if ten are enough.
    same = [0.5] * 6
    assert permutation_p(same, same, permutations=400) == 1
    assert permutation_p(same, same, permutations=400, enough=10) == 1
    halves = [0.0] * 4 + [1.0] * 4
    p = permutation_p(halves[:3], halves[3:], permutations=3000)
    assert 100 / p == pytest.approx(round(100 / p)), "a hundred by the number of deals"


def test_permutation_p_deals_no_more_than_it_is_told():
    assert permutation_p([0.0] * 12, [1.0] * 12, permutations=700) == 1 / 701


def test_permutation_p_is_the_exact_one_where_it_can_be_counted():
    # Of the 252 ways to deal ten values, 2 are as far apart as the two halves.
    p = permutation_p([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], permutations=20_000)
    assert p == pytest.approx(2 / 252, abs=0.002)


def test_permutation_p_is_the_same_for_the_same_seed_and_any_order():
    rng = random.Random(3)
    first, second = [rng.random() for _ in range(30)], [rng.random() + 0.2 for _ in range(20)]
    p = permutation_p(first, second)
    assert p == permutation_p(first[::-1], sorted(second))
    assert p != permutation_p(first, second, seed=9) or p < 0.001


def test_permutation_p_is_never_zero_and_large_without_a_difference():
    assert permutation_p([0.0] * 8, [1.0] * 8, permutations=99) == pytest.approx(0.01)
    assert permutation_p([0.0] * 8, [0.0] * 8) == 1


def test_benjamini_hochbergs_own_example():
    ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719]
    ps += [0.6528, 0.7590, 1.0]
    assert sum(benjamini_hochberg(ps, 0.05)) == 4
    assert benjamini_hochberg(ps, 0.05)[:5] == [True, True, True, True, False]
    assert benjamini_hochberg([]) == []
    assert benjamini_hochberg([0.2, 0.09]) == [False, False]
    assert benjamini_hochberg([0.09, 0.04]) == [True, True]
    assert benjamini_hochberg([0.1, 0.05]) == [True, True], "what lies on the line passes"


def test_shrinking_pulls_small_groups_further():
    rng = random.Random(5)
    large = [0.5 + rng.gauss(0, 0.2) for _ in range(60)]
    small = [0.5 + rng.gauss(0, 0.2) for _ in range(5)]
    others = [[rng.gauss(centre, 0.2) for _ in range(20)] for centre in (-0.4, -0.2, 0.0, 0.1)]
    drawn = shrink([large, small, *others])
    assert abs(drawn[1] - mean(small)) > 3 * abs(drawn[0] - mean(large))
    assert min(mean(g) for g in others) < drawn[2] + 0.2


def test_shrinking_by_hand():
    # v = s²/n = 0.01, 0.02 and 0.01: weights 100, 50, 100. Fixed mean 0.14, Q = 32.6, c = 160, so that
    # τ² = (32.6 − 2) / 160 = 0.19125.
    groups = [_around(0.4, 0.05, 5), _around(0.5, 0.12, 6), _around(-0.3, 0.08, 8)]
    between, random_ = 0.19125, [1 / 0.20125, 1 / 0.21125, 1 / 0.20125]
    centre = sum(w * m for w, m in zip(random_, (0.4, 0.5, -0.3), strict=True)) / sum(random_)
    pulled = [centre + between * w * (m - centre) for w, m in zip(random_, (0.4, 0.5, -0.3), strict=True)]
    assert shrink(groups) == pytest.approx(pulled)


def test_two_groups_are_pulled_together():
    # v = 0.01 each: Q = 8, c = 100, τ² = 0.07, w = 0.875 about their mean of 0.2.
    assert shrink([_around(0.0, 0.05, 5), _around(0.4, 0.05, 5)]) == pytest.approx([0.025, 0.375])


def test_a_group_of_one_article_takes_the_spread_within_the_others():
    # s² = 0.04 within a group of 4 and of 8: so it is of the one article, too. v = 0.01, 0.005, 0.04.
    four, eight = _around(0.1, 0.04, 4), _around(-0.2, 0.04, 8)
    alone = _around(0.6, 0.04, 2)
    drawn = shrink([four, eight, [0.6]])
    assert drawn[2] < shrink([four, eight, alone])[2] < 0.6
    weights = [100.0, 200.0, 25.0]
    means = [0.1, -0.2, 0.6]
    fixed = sum(w * m for w, m in zip(weights, means, strict=True)) / 325
    spread = sum(w * (m - fixed) ** 2 for w, m in zip(weights, means, strict=True))
    between = (spread - 2) / (325 - (100**2 + 200**2 + 25**2) / 325)
    random_ = [1 / (1 / w + between) for w in weights]
    centre = sum(w * m for w, m in zip(random_, means, strict=True)) / sum(random_)
    assert drawn == pytest.approx([
        centre + between * w * (m - centre) for w, m in zip(random_, means, strict=True)
    ])  # fmt: skip


def test_groups_that_differ_by_no_more_than_chance_are_one():
    groups = [_around(0.10, 0.09, 6), _around(0.14, 0.09, 6), _around(0.12, 0.09, 6)]
    assert shrink(groups) == [pytest.approx(0.12)] * 3


def _around(centre, spread, articles):
    """So many values of this mean and this variance."""
    values = [float(n) for n in range(articles)]
    scale = math.sqrt(spread / variance(values))
    return [centre + (value - mean(values)) * scale for value in values]


def test_shrinking_equal_groups_gives_their_common_mean():
    groups = [[0.1, 0.2, 0.3, 0.4, 0.5], [0.5, 0.4, 0.3, 0.2, 0.1], [0.3, 0.1, 0.5, 0.2, 0.4]]
    assert shrink(groups) == [pytest.approx(0.3)] * 3


def test_shrinking_one_group_or_groups_without_spread_leaves_them():
    assert shrink([[0.1, 0.3]]) == [pytest.approx(0.2)]
    assert shrink([[0.0] * 8, [0.5] * 8]) == [0.0, 0.5]
    assert shrink([]) == []
    assert shrink([[0.0], [0.0, 4.5e-160]]) == pytest.approx([0.0, 0.0]), "a spread too small to divide by"


@given(st.lists(st.lists(tones, min_size=1, max_size=12), min_size=2, max_size=8))
def test_shrunken_means_stay_between_the_least_and_the_greatest(groups):
    means = [mean(g) for g in groups]
    for value in shrink(groups):
        assert min(means) - 1e-9 <= value <= max(means) + 1e-9


def _article(rng, zeros):
    """An article's mean of one to three statements around its own tone, some of them exactly 0."""
    centre = rng.gauss(-0.2, 0.2)
    tones = [
        0.0 if rng.random() < zeros else max(-1.0, min(1.0, rng.gauss(centre, 0.3)))
        for _ in range(rng.randint(1, 3))
    ]
    return mean(tones)


def _coverage(articles, zeros, runs=4000):
    rng, truth_rng = random.Random(articles), random.Random(1)
    truth = mean([_article(truth_rng, zeros) for _ in range(200_000)])
    found = (t_interval([_article(rng, zeros) for _ in range(articles)], least=2) for _ in range(runs))
    return sum(i.low <= truth <= i.high for i in found) / runs


@pytest.mark.slow
@pytest.mark.parametrize("articles", [3, 5, 8, 15, 30])
def test_nineteen_in_twenty_intervals_hold_the_true_mean(articles):
    assert 0.94 <= _coverage(articles, zeros=0.2) <= 0.96


@pytest.mark.slow
def test_the_tabled_coverage_is_what_the_simulation_gives():
    made = runpy.run_path(str(ROOT / "tests" / "benchmarks" / "intervals.py"))
    lines = (ROOT / "docs" / "statistics.md").read_text("utf-8").split("\n")
    for name in ("a fifth unscored", "four fifths unscored"):
        told = next(line for line in lines if line.startswith(f"| {name} |"))
        found = [made["coverage"](made["WORLDS"][name], n, 4_000) for n in (3, 5)]
        assert [f"{share:.3f}" for share in found] == told.strip("| ").split(" | ")[1:3]


@pytest.mark.slow
def test_where_most_statements_are_exactly_zero_intervals_are_too_narrow():
    assert 0.70 <= _coverage(5, zeros=0.8) < 0.94


@pytest.mark.slow
def test_without_any_difference_a_report_seldom_shows_an_arrow():
    rng = random.Random(11)
    false = 0
    for _ in range(150):
        found = [
            difference([_article(rng, 0.2) for _ in range(12)], [_article(rng, 0.2) for _ in range(15)])
            for _ in range(15)
        ]
        passed = benjamini_hochberg([d.p for d in found])
        false += any(ok and d.interval.excludes_zero for ok, d in zip(passed, found, strict=True))
    assert false / 150 <= 0.14


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(46, 50, 0.8116, 0.9685), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_wilsons_interval_as_tabled(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilsons_interval_holds_the_share_and_is_symmetric(counts: tuple[int, int]) -> None:
    right, of = counts
    low, high = wilson(right, of)
    assert 0 <= low <= right / of <= high <= 1
    assert wilson(of - right, of) == pytest.approx((1 - high, 1 - low))
    assert wilson(right, of, 0.99)[0] <= low


@pytest.mark.parametrize(("right", "of"), [(0, 0), (3, 2), (-1, 2)])
def test_no_share_has_no_interval(right: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(right, of)
