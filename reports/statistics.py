"""Means, intervals, shrinkage and change: pure functions of article means.

The unit everywhere is the article: quotations of one article share its subject, outlet and day, so an
interval over single quotations would be too narrow. Every function takes plain sequences of floats and has
no state; what draws random numbers takes its seed.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np

INTERVAL_ARTICLES: Final = 5
"""Under so many articles a mean stands without an interval."""
RANK_ARTICLES: Final = 8
"""A rank needs so many articles,"""
RANK_OUTLETS: Final = 3
"""of so many outlets."""
ARROW_CHANGE: Final = 0.10
"""A smaller change than this is level, however sure."""
LEVEL: Final = 0.95
FALSE_DISCOVERY: Final = 0.10
PERMUTATIONS: Final = 4_999
SEED: Final = 20_250_601
_NO_SPREAD: Final = 1e-24
"""A variance under this is the rounding of none: tones have four decimals."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, both ends included."""

    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether 0 lies outside it."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Second minus first: its size, Welch interval, Cliff's delta, permutation p, and what could have been
    seen.
    """

    value: float
    interval: Interval
    delta: float
    p: float
    detectable: float


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean, summed exactly (``math.fsum``), so that the order of the values does not matter.

    Raises ValueError on an empty sequence.
    """
    if not values:
        raise ValueError("a mean needs at least one value")
    return math.fsum(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """The sample variance s² = Σ(x − x̄)² / (n − 1); 0 for a single value."""
    if len(values) < 2:
        return 0.0
    centre = mean(values)
    return math.fsum((x - centre) ** 2 for x in values) / (len(values) - 1)


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle. Raises ValueError on an empty sequence."""
    if not values:
        raise ValueError("a median needs at least one value")
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def t_interval(
    values: Sequence[float], level: float = LEVEL, least: int = INTERVAL_ARTICLES
) -> Interval | None:
    """Student's interval of the mean of article means, x̄ ± t(1−α/2, n−1)·s/√n, clipped to [−1, 1].

    None under ``least`` values (a report never asks for less than five) or under two. Source: Student (1908),
    Biometrika 6, 1-25. Where every value is the same the interval has no width; where most are 0 its coverage
    falls below the level (docs/statistics says how far).
    """
    if len(values) < max(2, least):
        return None
    centre = mean(values)
    reach = t_quantile((1 + level) / 2, len(values) - 1) * math.sqrt(variance(values) / len(values))
    return Interval(max(-1.0, centre - reach), min(1.0, centre + reach))


def wilson(right: int, of: int, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's interval of a share, ``right`` of ``of``, within [0, 1].

    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212. Raises ValueError
    where there is nothing, or more right than there are.
    """
    if not 0 <= right <= of or not of:
        raise ValueError(f"{right} of {of} is no share")
    z = NormalDist().inv_cdf((1 + level) / 2)
    part, weight = right / of, z * z / of
    centre = (part + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * math.sqrt(part * (1 - part) / of + weight / (4 * of))
    return (0.0 if not right else centre - reach, 1.0 if right == of else centre + reach)


def welch(first: Sequence[float], second: Sequence[float], level: float = LEVEL) -> Interval | None:
    """Welch's interval of mean(second) − mean(first), with the Welch-Satterthwaite degrees of freedom.

    d ± t(1−α/2, ν)·√(s₁²/n₁ + s₂²/n₂), ν = (v₁+v₂)² / (v₁²/(n₁−1) + v₂²/(n₂−1)), v = s²/n; clipped to [−2,
    2]. None where either side has under five values. Source: Welch (1947), Biometrika 34, 28-35.
    """
    if min(len(first), len(second)) < INTERVAL_ARTICLES:
        return None
    error, freedom = _welch_error(first, second)
    difference = mean(second) - mean(first)
    reach = t_quantile((1 + level) / 2, freedom) * error
    return Interval(max(-2.0, difference - reach), min(2.0, difference + reach))


def detectable(
    first: Sequence[float], second: Sequence[float], level: float = LEVEL, power: float = 0.8
) -> float | None:
    """The smallest true difference these articles would show with the given power: (t(1−α/2, ν) + t(power,
    ν))·SE.

    None where either side has under five values. Source: Cohen (1988), Statistical Power Analysis, ch. 2,
    with Welch's standard error and degrees of freedom.
    """
    if min(len(first), len(second)) < INTERVAL_ARTICLES:
        return None
    error, freedom = _welch_error(first, second)
    return (t_quantile((1 + level) / 2, freedom) + t_quantile(power, freedom)) * error


def _welch_error(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    a, b = variance(first) / len(first), variance(second) / len(second)
    if a + b == 0:
        return 0.0, float(len(first) + len(second) - 2)
    part = a / (a + b)
    freedom = 1 / (part**2 / (len(first) - 1) + (1 - part) ** 2 / (len(second) - 1))
    return math.sqrt(a + b), freedom


def cliffs_delta(first: Sequence[float], second: Sequence[float]) -> float:
    """P(second > first) − P(second < first) over all pairs, in [−1, 1]; ties count for neither.

    Source: Cliff (1993), Psychological Bulletin 114, 494-509. O((n + m) log n). Raises ValueError on an
    empty side.
    """
    if not first or not second:
        raise ValueError("Cliff's delta needs values on both sides")
    ordered = sorted(first)
    balance = sum(bisect_left(ordered, x) - (len(ordered) - bisect_right(ordered, x)) for x in second)
    return balance / (len(first) * len(second))


def permutation_p(
    first: Sequence[float],
    second: Sequence[float],
    *,
    seed: int = SEED,
    permutations: int = PERMUTATIONS,
    enough: int = 100,
) -> float:
    """Two-sided p of the difference in means when articles are dealt anew to the two sides.

    Sequential as in Besag and Clifford (1991), Biometrika 78, 301-304: dealing stops at the ``enough``-th
    deal at least as far apart as what was seen, p = enough / deals; otherwise p = (exceedances + 1) /
    (permutations + 1). The same seed gives the same p. Raises ValueError on an empty side.
    """
    if not first or not second:
        raise ValueError("a permutation test needs values on both sides")
    pool = np.asarray([*sorted(first), *sorted(second)], dtype=np.float64)
    seen = abs(mean(second) - mean(first)) - 1e-12
    rng = np.random.default_rng([seed, len(first), len(second)])
    total, size = float(pool.sum()), len(second)
    exceeded, dealt = 0, 0
    while dealt < permutations:
        # No more than are enough: where nearly all are as far apart, more would be dealt for nothing.
        batch = min(permutations - dealt, max(1, 400_000 // len(pool)), max(1, enough))
        deals = rng.permuted(np.broadcast_to(pool, (batch, len(pool))), axis=1)[:, :size].sum(axis=1)
        far = np.abs(deals / size - (total - deals) / len(first)) >= seen
        here = int(far.sum())
        if exceeded + here >= enough:
            last = int(np.flatnonzero(far)[enough - exceeded - 1])
            return enough / (dealt + last + 1)
        exceeded, dealt = exceeded + here, dealt + batch
    return (exceeded + 1) / (permutations + 1)


def benjamini_hochberg(ps: Sequence[float], rate: float = FALSE_DISCOVERY) -> list[bool]:
    """Which hypotheses are rejected with the false discovery rate held at ``rate``, in the order given.

    The largest k with p₍ₖ₎ ≤ k/m·rate, and all below. Source: Benjamini and Hochberg (1995), JRSS B 57,
    289-300.
    """
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    passed = max((k for k, i in enumerate(order, 1) if ps[i] <= k / len(ps) * rate), default=0)
    rejected = set(order[:passed])
    return [i in rejected for i in range(len(ps))]


def difference(first: Sequence[float], second: Sequence[float], *, seed: int = SEED) -> Difference | None:
    """All that is said of second − first, or None where either side has under five articles."""
    interval, least = welch(first, second), detectable(first, second)
    if interval is None or least is None:
        return None
    return Difference(
        mean(second) - mean(first),
        interval,
        cliffs_delta(first, second),
        permutation_p(first, second, seed=seed),
        least,
    )


def shrink(groups: Sequence[Sequence[float]]) -> list[float]:
    """Each group's mean pulled towards the mean of all, the more the fewer its articles, in the order given.

    w = τ²/(τ² + s²/n), shrunken = w·x̄ + (1 − w)·μ, with τ² and μ by DerSimonian and Laird (1986),
    Controlled Clinical Trials 7, 177-188. A group of one article, or without spread, takes the pooled
    within-group variance for its own; where there is none, the means stay. Raises ValueError on an
    empty group.
    """
    means = [mean(group) for group in groups]
    if len(groups) < 2:
        return means
    freedom = sum(len(group) - 1 for group in groups)
    spreads = [variance(group) for group in groups]
    inside = math.fsum(s * (len(group) - 1) for s, group in zip(spreads, groups, strict=True))
    pooled = inside / freedom if freedom else 0.0
    if pooled < _NO_SPREAD:
        return means
    errors = [
        (s if s > _NO_SPREAD else pooled) / len(group) for s, group in zip(spreads, groups, strict=True)
    ]
    weights = [1 / v for v in errors]
    whole = math.fsum(weights)
    fixed = math.fsum(w * m for w, m in zip(weights, means, strict=True)) / whole
    spread = math.fsum(w * (m - fixed) ** 2 for w, m in zip(weights, means, strict=True))
    scale = whole - math.fsum(w * w for w in weights) / whole
    between = max(0.0, (spread - (len(groups) - 1)) / scale) if scale > 0 else 0.0
    random = [1 / (v + between) for v in errors]
    centre = math.fsum(w * m for w, m in zip(random, means, strict=True)) / math.fsum(random)
    return [
        centre + between / (between + v) * (m - centre) if between else centre
        for m, v in zip(means, errors, strict=True)
    ]


@lru_cache(maxsize=4096)
def t_quantile(p: float, freedom: float) -> float:
    """The p-quantile of Student's t with ``freedom`` > 0 degrees of freedom (any real number), to 1e-9.

    Inverts the distribution function by Newton's steps, each within what is known to hold it, or else to the
    middle of that. Raises ValueError outside 0 < p < 1 or for freedom ≤ 0.
    """
    if not 0 < p < 1 or freedom <= 0:
        raise ValueError("a quantile needs 0 < p < 1 and more than 0 degrees of freedom")
    if p <= 0.5:
        return -t_quantile(1 - p, freedom) if p < 0.5 else 0.0
    low, high = 0.0, 1.0
    while t_probability(high, freedom) < p and high < 1e12:
        low, high = high, high * 2
    found = (low + high) / 2
    while high - low > 1e-10 * max(1.0, low):
        over = t_probability(found, freedom) - p
        low, high = (found, high) if over < 0 else (low, found)
        better = found - over / (t_density(found, freedom) or math.inf)
        if abs(better - found) <= 1e-12 * max(1.0, found):
            return better
        found = better if low < better < high else (low + high) / 2
    return found


def t_density(t: float, freedom: float) -> float:
    """The density of Student's t: Γ((ν+1)/2) / (√(νπ)·Γ(ν/2)) · (1 + t²/ν)^(−(ν+1)/2)."""
    half = (freedom + 1) / 2
    front = math.lgamma(half) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
    return math.exp(front - half * math.log1p(t * t / freedom))


def t_probability(t: float, freedom: float) -> float:
    """P(T ≤ t) for Student's t, by the regularised incomplete beta function: 1 − ½·I(ν/(ν+t²); ν/2, ½) for t
    ≥ 0.

    Source: Abramowitz and Stegun (1964), 26.7.1; the beta function by Lentz's continued fraction, as in
    Press et al., Numerical Recipes (2007), 6.4.
    """
    tail = 0.5 * _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))
    return 1 - tail if t >= 0 else tail


def _incomplete_beta(a: float, b: float, x: float) -> float:
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    fraction = d
    for m in range(1, 1000):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + step * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + step / c
            c = c if abs(c) > tiny else tiny
            fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return fraction
