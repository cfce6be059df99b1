"""The checker sees each kind of damage, and weak duality holds for any prices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assignment.arrays import Ints
from matching.assignment.bound import certify, prices_of_needs
from matching.assignment.checker import PlanFault, check, faults, worth_of
from matching.assignment.formulation import build
from matching.assignment.reach import reach
from matching.assignment.request import Request, read_request
from tests.assignment.oracle import RULES, best, call, draw, keeps, worth

NAMES = [
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
    "min_share",
    "tier",
]


def request_of(case: dict[str, Any]) -> Request:
    """Read an instance the way allocate does."""
    arrays = call(case)
    need, offer, score, demand, capacity = (
        arrays.pop(name) for name in ("need", "offer", "score", "demand", "capacity")
    )
    return read_request(need, offer, score, demand, capacity, dict.fromkeys(NAMES) | arrays)


@pytest.fixture
def story() -> Request:
    """Two needs, three offers of two firms, every rule in force; (4, 0, 3, 2) is a good plan."""
    return request_of({
        "need": [0, 0, 1, 1], "offer": [0, 1, 1, 2], "score": [5, 4, 3, 2], "demand": [6, 5],
        "capacity": [8, 9, 9],
        "partner": [0, 0, 1], "upper": [5, 5, 5, 5], "minimum": [2, 2, 2, 2], "max_partners": [1, 2],
        "max_share": [0.9, 0.6], "use": [2, 1, 1, 1], "setup": [1, 1, 1, 1], "opening": [2, 0, 0],
        "fixed": [0, 0, 1, 0], "rows": [[1, 1, 0, 0], [0, 0, 1, 1]], "low": [0, 6], "high": [5, 99],
        "penalty": [-1, 2], "max_deals": [2, 1],
    })  # fmt: skip


GOOD = np.array([4, 0, 3, 2])


def test_the_good_plan_has_no_fault(story: Request) -> None:
    """20 + 9 + 4 − 3 setups − 2 opening − 2 for one unit missing in row 1."""
    assert faults(story, GOOD) == []
    assert worth_of(story, GOOD) == 26
    check(story, GOOD, 26, 26)


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        ([4, 0, 0, 2], "pair 2 carries 0, fixed is 1"),
        ([-1, 0, 3, 2], "pair 0 carries -1"),
        ([6, 0, 3, 2], "pair 0 carries 6, upper is 5"),
        ([1, 0, 3, 2], "pair 0 carries 1, minimum is 2"),
        ([4, 3, 3, 2], "need 0 gets 7"),
        ([5, 0, 3, 2], "offer 0 is loaded with 10"),
        ([4, 2, 3, 2], "firm 0 has 6 of need 0"),
        ([0, 0, 4, 0], "firm 0 has 4 of need 1"),
        ([2, 2, 3, 2], "firm 0 has 3 deals"),
        ([5, 2, 3, 2], "row 0 adds up to 7"),
    ],
)
def test_each_planted_fault_is_named(story: Request, plan: list[int], fault: str) -> None:
    quantity = np.array(plan)
    assert fault in faults(story, quantity)
    with pytest.raises(PlanFault, match=fault):
        check(story, quantity, worth_of(story, quantity), 10**6)


def test_too_many_firms_are_named() -> None:
    case = {
        "need": [0, 0],
        "offer": [0, 1],
        "score": [1, 1],
        "demand": [9],
        "capacity": [9, 9],
        "max_partners": [1],
    }
    assert faults(request_of(case), np.array([1, 1])) == ["need 0 has 2 firms"]


def test_too_few_firms_are_named() -> None:
    case = {
        "need": [0, 0],
        "offer": [0, 1],
        "score": [1, 1],
        "demand": [9],
        "capacity": [9, 9],
        "min_partners": [2],
    }
    assert faults(request_of(case), np.array([1, 0])) == ["need 0 has 1 firms"]
    assert faults(request_of(case), np.array([0, 0])) == []


@pytest.mark.parametrize(
    ("objective", "bound", "fault"), [(27, 99, "not 27"), (26, 25, "above the bound 25")]
)
def test_a_wrong_sum_or_bound_is_named(story: Request, objective: int, bound: int, fault: str) -> None:
    with pytest.raises(PlanFault, match=fault):
        check(story, GOOD, objective, bound)


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), plan_seed=st.integers(0, 2**32))
def test_the_checker_agrees_with_the_oracle_on_any_plan(seed: int, plan_seed: int) -> None:
    """Random plans, most of them bad: both say the same of rules and worth."""
    case = draw(np.random.default_rng(seed), RULES)
    request = request_of(case)
    plan = np.random.default_rng(plan_seed).integers(0, 3, len(case["need"]))
    assert (faults(request, plan) == []) == keeps(case, tuple(plan.tolist()))
    assert worth_of(request, plan) == worth(case, tuple(plan.tolist()))


@settings(max_examples=60)
@given(
    seed=st.integers(0, 2**32),
    rules=st.lists(st.sampled_from([r for r in RULES if r != "fixed"]), unique=True),
    wild=st.floats(-1e6, 1e6),
)
def test_no_prices_whatever_push_the_bound_below_the_optimum(
    seed: int, rules: list[str], wild: float
) -> None:
    """Weak duality: prices may be nonsense, the ceiling holds."""
    rng = np.random.default_rng(seed)
    case = draw(rng, rules)
    want = best(case)
    if want is None:
        return
    request = request_of(case)
    program = build(request, reach(request)).spelled_out()
    base = worth_of(request, request.fixed) - program.value(program.complete(np.zeros_like(program.cost)))
    for prices in (rng.normal(0, abs(wild) + 1, len(program.low)), prices_of_needs(program, program.cost)):
        assert certify(program, prices).bound + base >= want


def test_exact_prices_give_the_exact_bound() -> None:
    """One need of 3 at 7 points: the price of the need's row alone proves 21."""
    case = {"need": [0, 0], "offer": [0, 1], "score": [7, 5], "demand": [3], "capacity": [9, 9]}
    request = request_of(case)
    program = build(request, reach(request)).spelled_out()
    assert certify(program, np.array([7.0])).bound == 21
    assert certify(program, np.array([np.nan])).bound == 36


def huge(values: list[int]) -> Ints:
    """Give int64."""
    return np.array(values, dtype=np.int64)


def test_bounds_of_huge_numbers_are_exact() -> None:
    case = {
        "need": [0],
        "offer": [0],
        "score": huge([2**40 + 1]),
        "demand": huge([2**21]),
        "capacity": huge([2**22]),
    }
    request = request_of(case)
    program = build(request, reach(request)).spelled_out()
    assert certify(program, np.zeros(len(program.low))).bound == 2**61 + 2**21
