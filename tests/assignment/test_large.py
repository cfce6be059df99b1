"""Large instances and large numbers: no oracle, but bounds, repeatability and exact sums."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching.assignment import allocate, solve
from matching.assignment.checker import faults
from matching.assignment.request import read_request
from tests.assignment.oracle import RULES, best, call, draw


def tasks(needs: int, offers: int, pairs: int, room: float) -> dict[str, Any]:
    """Whole tasks of very different money, and firms with so much money's worth of capacity."""
    rng = np.random.default_rng(0)
    key = np.sort(rng.choice(needs * offers, pairs, replace=False))
    money = np.round(np.exp(rng.normal(12, 1.2, needs))).astype(np.int64)
    size = money.sum() / offers * room * np.exp(rng.normal(0.5, 1, offers))
    return {
        "need": key // offers, "offer": key % offers, "score": rng.integers(1, 10000, pairs) * 10**6,
        "demand": np.ones(needs, dtype=np.int64), "capacity": size.astype(np.int64),
        "use": money[key // offers],
    }  # fmt: skip


def test_whole_tasks_against_money_reach_a_small_gap() -> None:
    case = tasks(100, 200, 4000, 3.0)
    found = allocate(**case, gap=0.005)
    assert 0 <= found.gap <= 0.005
    assert not found.timed


def test_deal_limits_on_whole_tasks_are_a_flow() -> None:
    """467 tasks, 1,000 offers of 500 firms with at most 3 deals each: proven without a search."""
    case = tasks(467, 1000, 20_000, 1.0) | {"use": None, "partner": np.arange(1000) // 2}
    found = allocate(**case, max_deals=np.full(500, 3))
    assert found.status == "optimal"
    firms = (np.arange(1000) // 2)[case["offer"][found.quantity > 0]]
    assert np.bincount(firms).max() <= 3


@pytest.mark.slow
def test_a_real_sized_call_repeats_itself() -> None:
    case = tasks(467, 1000, 50_000, 1.0)
    one, other = allocate(**case, gap=0.005), allocate(**case, gap=0.005)
    assert one.gap <= 0.005
    assert np.array_equal(one.quantity, other.quantity)


@pytest.mark.parametrize("seed", range(40))
def test_guided_search_equals_the_oracle(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of large components (relaxation, filling, hopeless columns left out), on tiny ones."""
    monkeypatch.setattr(solve, "SMALL", 0)
    case = draw(np.random.default_rng(seed), [rule for rule in RULES if rule != "fixed"])
    want, found = best(case), allocate(**call(case))
    assert (found.status == "infeasible") == (want is None)
    assert want is None or found.objective == want == found.bound


@pytest.mark.parametrize("seed", range(40))
def test_a_core_too_small_still_brings_a_valid_bound(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "SMALL", 0)
    monkeypatch.setattr(solve, "CORE", 3)
    case = draw(np.random.default_rng(seed), ["minimum", "setup", "use", "max_share"])
    want, found = best(case), allocate(**call(case))
    assert want is not None
    assert found.objective <= want <= found.bound


def test_scores_near_the_limit_are_added_exactly() -> None:
    """2^31 units at 2^31 − 1 points each, and one odd point that no float would see."""
    found = allocate([0, 1], [0, 1], [2**30 - 1, 1], demand=[2**31, 1], capacity=[2**31, 1])
    assert found.objective == found.bound == 2**61 - 2**31 + 1


def test_odd_costs_too_large_for_the_flow_solver_stay_exact() -> None:
    """Two tasks and two offers whose best plans differ by one point in 2^60."""
    big = 2**60
    found = allocate(
        [0, 0, 1, 1], [0, 1, 0, 1], [big, big - 1, big - 1, big - 3], demand=[1, 1], capacity=[1, 1]
    )
    assert found.quantity.tolist() == [0, 1, 1, 0]
    assert found.objective == found.bound == 2 * big - 2


def test_quantities_too_large_for_the_flow_solver_stay_exact() -> None:
    """Forty offers of 2^60 units each for one need of 2^60 + 1."""
    score = np.append(np.ones(39, dtype=np.int64), 2)
    capacity = np.full(40, 2**60 - 1)
    found = allocate(np.zeros(40, dtype=int), np.arange(40), score, demand=[2**60 + 1], capacity=capacity)
    assert found.objective == found.bound == 2 * (2**60 - 1) + 2


def test_large_quantities_under_minimum_stay_exact() -> None:
    """Minimum orders of 2^58 in a need of 2^59 + 1: one unit is left over, and the sum says so."""
    size = 2**58
    arrays: dict[str, Any] = {"demand": [2 * size + 1], "capacity": [size] * 8, "minimum": [size] * 8}
    found = allocate([0] * 8, range(8), [3] * 8, **arrays)
    assert found.objective == found.bound == 6 * size


def test_points_too_large_for_the_search_lose_next_to_nothing() -> None:
    """Sixty pairs worth up to 2^58 each: the sum over all overflows, the plan is right all the same."""
    rng = np.random.default_rng(0)
    score = 2**54 - rng.integers(1, 10**6, 60)
    arrays: dict[str, Any] = {
        "demand": [16] * 3,
        "capacity": [16] * 20,
        "minimum": [11] * 60,
        "use": rng.integers(1, 3, 60),
    }
    found = allocate(np.repeat(range(3), 20), np.tile(range(20), 3), score, **arrays)
    assert found.objective <= found.bound
    assert found.gap < 1e-9


def test_the_bound_holds_where_the_search_is_cut() -> None:
    """A tenth of a second on a hard instance: what comes back keeps the rules and the bound."""
    rng = np.random.default_rng(2)
    key = np.unique(rng.integers(0, 10_000, 2500))
    case: dict[str, Any] = {
        "need": key // 100, "offer": key % 100, "score": rng.integers(3000, 10_000, len(key)),
        "demand": rng.integers(100, 10**5, 100), "capacity": rng.integers(100, 10**5, 100),
        "minimum": rng.integers(1, 20_000, len(key)), "setup": rng.integers(0, 10**7, len(key)),
    }  # fmt: skip
    found = allocate(**case, seconds=0.1)
    assert 0 < found.objective <= found.bound
    assert found.gap < 0.1


def test_faults_is_empty_for_a_large_plan() -> None:
    """The checker runs inside every call; this shows that it sees the same plan from outside."""
    case = tasks(50, 60, 900, 1.0)
    names = [
        "upper",
        "minimum",
        "partner",
        "max_partners",
        "max_share",
        "use",
        "setup",
        "opening",
        "fixed",
        "rows",
        "low",
        "high",
        "penalty",
        "max_deals",
        "min_partners",
    ]
    rules = dict.fromkeys(names) | {"use": case["use"]}
    request = read_request(
        case["need"], case["offer"], case["score"], case["demand"], case["capacity"], rules
    )
    assert faults(request, allocate(**case, gap=0.01).quantity) == []


def test_a_strict_row_on_a_large_component_still_gets_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty of a hundred tasks must go to the last forty offers, which no greedy filling would do."""
    monkeypatch.setattr(solve, "NARROW", 300)
    case = tasks(100, 200, 4000, 3.0)
    late = (case["offer"] >= 160).astype(np.int64)
    found = allocate(**case, rows=late[None, :], low=[30], gap=0.01)
    assert int(found.quantity @ late) >= 30
    assert found.gap <= 0.01
