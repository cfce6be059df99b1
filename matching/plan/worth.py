"""What a need counts for, and the integer points per step of quantity that a kernel maximises."""

from __future__ import annotations

import math

import numpy as np

from matching.errors import InputError
from matching.market import BoolArray, IntArray, Market
from matching.plan.priorities import factors_of
from matching.policy import FULL_SCORE, Policy
from matching.words import Words

#: every sum of points × worth × scale stays below this, so that the kernel's arithmetic is exact
CEILING = 2**61

#: yuan that make one unit of worth by budget: fine enough, and it keeps the sums small
BUDGET_STEP = 1_000


def worth_of(market: Market, policy: Policy) -> tuple[IntArray, BoolArray]:
    """Worth of each need, and where it was not known.

    ``equal``: priority. ``budget``: thousands of CNY × priority; a need of unknown budget counts for
    the median of the known ones (1 when none is known) and is marked. Priority is the list's own column
    times all priorities of the policy that the need falls under. Raises InputError where worths are so
    large that their sum leaves exact arithmetic, UnknownNameError and PolicyError where a priority does
    not fit the needs.
    """
    plain, guessed = _plain(market, policy)
    # as Python's whole numbers: what is too large has to be noticed, not to wrap around
    worth = plain.astype(object) * _column(market) * factors_of(policy.limits, policy.practice, market)
    if FULL_SCORE * sum(worth) >= CEILING:
        raise InputError(
            Words("优先级与预算之积过大，无法精确计算", "priority times budget is too large to be exact")
        )
    return worth.astype(np.int64), guessed


def _column(market: Market) -> IntArray:
    """Give the priorities that the list itself tells; 1 where it has no such column."""
    if "priority" in market.needs:
        return market.needs["priority"].to_numpy(np.int64)
    return np.ones(len(market.needs), np.int64)


def _plain(market: Market, policy: Policy) -> tuple[IntArray, BoolArray]:
    """Give what needs count for but for their priority, and where that was not known."""
    count = len(market.needs)
    if policy.worth == "equal":
        return np.ones(count, np.int64), np.zeros(count, bool)
    budget = market.needs["budget_cny"].to_numpy(float)
    unknown = np.isnan(budget)
    middle = np.median(budget[~unknown]) if not unknown.all() else BUDGET_STEP
    filled = np.where(unknown, middle, budget)
    return np.maximum(1, np.rint(filled / BUDGET_STEP)).astype(np.int64), unknown


def scale_of(worth: IntArray, lost: float = 0.0) -> int:
    """Give the largest power of ten that keeps the sum of all points × worth below the ceiling.

    ``lost`` are the points that fixed costs and missed targets could take away.
    """
    total, scale = FULL_SCORE * max(1, sum(int(value) for value in worth)) + math.ceil(lost), 1
    while total * scale * 10 < CEILING:
        scale *= 10
    return scale


def points_per_step(points: IntArray, need_row: IntArray, weight: IntArray, demand: IntArray) -> IntArray:
    """Points × weight // demand of each pair: a need fully served counts points × weight (worth × scale)."""
    return points * weight[need_row] // np.maximum(demand, 1)[need_row]
