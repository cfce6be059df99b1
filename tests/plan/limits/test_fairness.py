"""A fair floor: nobody gets less than the largest least share that all can have."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plan.limits.market import under
from tests.plan.story import deals_of, need, offer

#: the near town's need scores higher and would get all of what there is
NEAR_AND_FAR = [
    need("N-1", quantity=100, unit="t", region="镇江市"),
    need("N-2", quantity=100, unit="t", region="宜昌市"),
]
FOUNDRY = [offer("O-1", "铸造", capacity=100, capacity_unit="t", region="镇江市")]


def served(needs: Any = NEAR_AND_FAR, offers: Any = FOUNDRY, **limits: Any) -> dict[str, float]:
    """Quantity of each need."""
    deals = deals_of(under(needs=needs, offers=offers, **limits))
    return {item.need_id: sum(q for (name, _), q in deals.items() if name == item.need_id) for item in needs}


def test_without_a_floor_the_better_need_gets_all() -> None:
    assert served() == {"N-1": 100, "N-2": 0}


def test_a_floor_shares_what_there_is() -> None:
    """One foundry of 100 t, two needs of 100 t: half for each."""
    assert served(floors=[{"name": "fair"}]) == {"N-1": 50, "N-2": 50}


def test_a_part_of_the_floor_may_be_held() -> None:
    assert served(floors=[{"name": "fair", "keep": 0.5}]) == {"N-1": 75, "N-2": 25}


def test_a_floor_that_nobody_stands_against_changes_nothing() -> None:
    large = [offer("O-1", "铸造", capacity=200, capacity_unit="t", region="镇江市")]
    assert served(offers=large, floors=[{"name": "fair"}]) == {"N-1": 100, "N-2": 100}


def test_a_floor_as_a_target_gives_way_to_points() -> None:
    """A need missed costs 1 point or 10,000 points."""
    assert served(floors=[{"name": "fair", "penalty": 1}]) == {"N-1": 100, "N-2": 0}
    assert served(floors=[{"name": "fair", "penalty": 10_000}]) == {"N-1": 50, "N-2": 50}


def test_needs_count_by_what_they_could_get_alone() -> None:
    """The third need asks for 400 t of which nobody has more than 100 t: a third of that for each."""
    needs = [*NEAR_AND_FAR, need("N-3", quantity=400, unit="t", region="宜昌市")]
    shares = served(needs, floors=[{"name": "fair"}])
    assert min(shares.values()) == pytest.approx(100 / 3, abs=0.1)


def test_a_floor_for_some_needs_leaves_the_others_alone() -> None:
    first = {"name": "fair", "where": {"need.id": ["N-1"]}}
    assert served(floors=[first]) == {"N-1": 100, "N-2": 0}


def test_the_floor_is_told_and_has_a_price() -> None:
    plan = under(needs=NEAR_AND_FAR, offers=FOUNDRY, floors=[{"name": "fair"}])
    (state,) = plan.summary().limits
    assert (state.name, state.state, state.limit, state.value) == ("fair", "binds", 0.5, 0.5)
    assert plan.price_of("fair").least > 0
    assert plan.price_of("fair").exact
