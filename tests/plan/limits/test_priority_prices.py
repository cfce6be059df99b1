"""What a priority costs: both plans counted as if it were not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching import ConflictError
from matching.plan.costs import _given_up
from tests.plan.limits.market import under, won
from tests.plan.limits.yards import FAR_YARD, FIRST, FOUNDRY, NEAR_YARD, points, scarce
from tests.plan.story import deals_of, need, offer


def test_a_price_is_counted_without_the_priority() -> None:
    """The near yard's points less the far yard's, however often the far yard's count."""
    near, far = points()
    cost = scarce(priorities=[{**FIRST, "times": 9}]).price_of("srdi")
    assert cost.exact
    assert cost.least == near - far


def test_costs_and_targets_are_counted_without_the_priority_too() -> None:
    """Both plans pay for one pair; the one without the priority misses half of its only need."""
    near, far = points()
    half = {"name": "half", "of": "need.enterprise", "among": ["海安船厂"], "least": 0.5, "penalty": 1_000}
    plan = scarce(priorities=[{**FIRST, "times": 9}], shares=[half], costs=[{"name": "tooling", "pair": 100}])
    cost = plan.price_of("srdi")
    assert cost.least == cost.most == near - 500 - far


def test_a_price_stays_an_interval_where_the_plan_without_it_is_not_proven() -> None:
    """500 points that a better plan without it might have are 500 that the priority might cost more."""
    near, far = points()
    held, free = (scarce(priorities=some).solution for some in ([{**FIRST, "times": 9}], []))
    bound = free.allocation.bound + 500 * free.problem.limited.scale
    cost = _given_up(held, replace(free, allocation=replace(free.allocation, bound=bound)))
    assert (cost.least, cost.most) == (near - far, near - far + 500)


def test_where_limits_are_counted_in_worth_a_priority_may_cost_less_than_nothing() -> None:
    """Half of all worth at most to the far foundry: two needs of three where the third counts double."""
    foundries = [FOUNDRY, offer("O-2", "远铸造", capacity=99, capacity_unit="t", region="宜昌市")]
    needs = [NEAR_YARD, FAR_YARD, need("N-3", quantity=10, unit="t", region="宜昌市")]
    most = {"name": "far", "of": "offer.enterprise", "among": ["远铸造"], "most": 0.5}
    double = {"name": "first", "where": {"need.id": ["N-1"]}, "times": 2}
    plan = under(needs=needs, offers=foundries, shares=[most], priorities=[double])
    assert won(plan) == {"远铸造": 2, "近铸造": 1}
    cost = plan.price_of("first")
    assert cost.least == cost.most == -10_000
    assert cost.served == -1


def test_a_floor_in_worth_that_only_the_priority_reaches_leaves_nothing_to_compare_with() -> None:
    """At least 9 of worth: the far yard counted nine times is. What can give way is told as it counts."""
    first, floor = {**FIRST, "times": 9}, {"name": "floor", "least": 9}
    plan = scarce(priorities=[first], totals=[floor])
    assert deals_of(plan) == {("N-2", "O-1"): 10}
    with pytest.raises(ConflictError, match="floor"):
        plan.price_of("srdi")
    with pytest.raises(ConflictError) as caught:
        scarce(priorities=[first], totals=[{**floor, "least": 12}])
    assert [(change.limit, change.after) for change in caught.value.changes] == [("floor", 9)]
