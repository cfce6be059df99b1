"""``tier``: a pair that stands once for each of its prices is dealt at one of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assignment import allocate
from matching.assignment.checker import faults
from matching.assignment.division import divide
from matching.errors import ArrayError
from tests.assignment.oracle import RULES, best, call, draw, request_of

#: one need, one offer: from 6 on 5 points a piece, less of it 3 points
TIERED: dict[str, Any] = {
    "need": [0, 0], "offer": [0, 0], "tier": [0, 1], "score": [5, 3], "minimum": [6, 0], "upper": [10, 5],
}  # fmt: skip


@pytest.mark.parametrize(
    ("demand", "capacity", "plan", "objective"),
    [(10, 10, [10, 0], 50), (10, 5, [0, 5], 15), (4, 10, [0, 4], 12), (6, 10, [6, 0], 30)],
)
def test_the_quantity_decides_the_price(demand: int, capacity: int, plan: list[int], objective: int) -> None:
    found = allocate(**TIERED, demand=[demand], capacity=[capacity])
    assert (found.quantity.tolist(), found.objective, found.status) == (plan, objective, "optimal")


def test_two_prices_of_a_pair_are_never_added_up() -> None:
    """Without the rule 6 and 5 would make 11 of what may be 6 at most at the better price."""
    found = allocate(**(TIERED | {"upper": [6, 5]}), demand=[11], capacity=[20])
    assert found.quantity.tolist() == [6, 0]


def test_several_needs_share_the_capacity_at_all_prices() -> None:
    """Of 9 pieces the one need takes 6 at the better price, the other the remaining 3 at the dearer one."""
    found = allocate(
        [0, 0, 1, 1], [0] * 4, [5, 3, 5, 3], tier=[0, 1, 0, 1], minimum=[6, 0, 6, 0], upper=[9, 5, 9, 5],
        demand=[6, 6], capacity=[9],
    )  # fmt: skip
    assert found.objective == 39
    assert sorted(found.quantity.tolist()) == [0, 0, 3, 6]


def test_an_offer_is_opened_once_at_whatever_price_and_a_firm_counts_once() -> None:
    found = allocate(**TIERED, demand=[10], capacity=[10], opening=[7], max_partners=[1], max_deals=[1])
    assert (found.quantity.tolist(), found.objective) == ([10, 0], 43)


def test_what_is_fixed_at_one_price_has_no_other() -> None:
    found = allocate(**TIERED, demand=[10], capacity=[10], fixed=[0, 2])
    assert (found.quantity.tolist(), found.objective) == ([0, 5], 15)


def test_a_pair_fixed_at_two_prices_is_a_conflict() -> None:
    found = allocate(**TIERED, demand=[10], capacity=[10], fixed=[6, 2])
    assert (found.status, found.conflict_fixed.tolist()) == ("infeasible", [0, 1])


def test_a_pair_may_not_stand_twice_at_one_price() -> None:
    with pytest.raises(ArrayError, match="name pair 1 a second time"):
        allocate(**(TIERED | {"tier": [2, 2]}), demand=[9], capacity=[9])


def test_the_checker_names_a_pair_with_two_prices() -> None:
    request = request_of({**TIERED, "demand": [20], "capacity": [20]})
    assert faults(request, np.array([6, 2])) == ["need 0 deals with offer 0 at 2 prices"]


def test_a_component_cut_out_keeps_its_prices() -> None:
    arguments = call({**TIERED, "demand": [10], "capacity": [10]})
    assert divide(arguments).part(np.array([0])).arguments["tier"].tolist() == [0, 1]


@settings(max_examples=150)
@given(
    seed=st.integers(0, 2**32),
    rules=st.lists(st.sampled_from([r for r in RULES if r != "tier"]), unique=True),
)
def test_it_is_as_good_as_trying_all(seed: int, rules: list[str]) -> None:
    case = draw(np.random.default_rng(seed), [*rules, "tier"])
    found, most = allocate(**call(case)), best(case)
    if most is None:
        assert found.status == "infeasible"
    else:
        assert (found.objective, found.status) == (most, "optimal")


def test_a_market_of_many_prices_is_proven_within_two_percent() -> None:
    """Three prices of half the offers, the smaller the quantity the worse."""
    rng = np.random.default_rng(0)
    needs, offers = 300, 200
    pair = np.unique(rng.integers(0, needs * offers, 6_000))
    need, offer = np.repeat(pair // offers, 3), np.repeat(pair % offers, 3)
    tier = np.tile([0, 1, 2], len(pair))
    kept = (tier == 0) | (offer % 2 == 0)
    base = np.repeat(rng.integers(3_000, 9_000, len(pair)), 3) - 400 * tier
    minimum, upper = np.array([60, 20, 0])[tier], np.array([200, 59, 19])[tier]
    minimum, upper = np.where(offer % 2, 0, minimum), np.where(offer % 2, 200, upper)
    found = allocate(
        need[kept], offer[kept], base[kept], tier=tier[kept], minimum=minimum[kept], upper=upper[kept],
        demand=rng.integers(30, 200, needs), capacity=rng.integers(30, 250, offers), gap=0.02,
    )  # fmt: skip
    assert found.gap <= 0.02
