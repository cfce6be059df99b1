"""Whole tasks that take room: recognised, priced exactly, and solved to what trying every plan gives."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assignment import allocate, solve
from matching.assignment.formulation import build
from matching.assignment.knapsack import best_by_room, chosen, forced
from matching.assignment.reach import reach
from matching.assignment.task_prices import ceilings, price, scale_for
from matching.assignment.tasks import Tasks, find_tasks
from tests.assignment.oracle import request_of


def laid_out(case: dict[str, Any]) -> Tasks | None:
    request = request_of(case)
    return find_tasks(build(request, reach(request)))


def draw(seed: int, offers: int, tasks: int) -> dict[str, Any]:
    """Every task may go anywhere; there is room for about four fifths of what they take on average."""
    random = np.random.default_rng(seed)
    use = random.integers(1, 9, offers * tasks)
    room = np.maximum(1, (use.reshape(offers, tasks).sum(axis=1) * 0.8 / offers).astype(np.int64))
    return {
        "need": np.tile(np.arange(tasks), offers), "offer": np.repeat(np.arange(offers), tasks),
        "score": random.integers(1, 30, offers * tasks) + 20, "use": use,
        "demand": np.ones(tasks, dtype=np.int64), "capacity": room,
    }  # fmt: skip


def best_of_all(case: dict[str, Any]) -> int:
    offers, tasks = len(case["capacity"]), len(case["demand"])
    score, use = (np.asarray(case[name]).reshape(offers, tasks) for name in ("score", "use"))
    best = 0
    for plan in itertools.product(range(offers + 1), repeat=tasks):
        load, worth = [0] * (offers + 1), 0
        for task, offer in enumerate(plan):
            if offer < offers:
                load[offer] += int(use[offer, task])
                worth += int(score[offer, task])
        if all(taken <= room for taken, room in zip(load, case["capacity"], strict=False)):
            best = max(best, worth)
    return best


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(2, 3), st.integers(2, 6))
def test_small_instances_equal_the_best_of_all_plans(seed: int, offers: int, tasks: int) -> None:
    """By the way of large pieces: small ones would go to the search at once."""
    case = draw(seed, offers, tasks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solve, "SMALL", 0)
        found = allocate(**case)
    assert found.objective == found.bound == best_of_all(case)
    assert found.status == "optimal"


def test_a_middling_instance_is_proven_and_repeats_itself() -> None:
    case = draw(5, 8, 60)
    one, other = allocate(**case), allocate(**case)
    assert one.status == "optimal"
    assert np.array_equal(one.quantity, other.quantity)


@settings(max_examples=10)  # each compares every plan there is
@given(st.integers(0, 10_000))
def test_no_plan_passes_the_ceiling_of_a_cell(seed: int) -> None:
    """With prices from nowhere: no plan with a task at an offer passes that cell's ceiling."""
    case = draw(seed, 2, 4)
    tasks = laid_out(case)
    if tasks is None or tasks.count < 4:
        return
    prices = np.random.default_rng(seed).uniform(0, 40, tasks.count)
    priced = price(tasks, prices, scale_for(tasks))
    most = ceilings(tasks, priced)
    assert priced.bound >= best_of_all(case)
    for plan in itertools.product(range(tasks.offers + 1), repeat=tasks.count):
        at = np.array(plan)
        load = np.bincount(at, tasks.use[at, np.arange(tasks.count)], minlength=len(tasks.room))
        if (load[:-1] <= tasks.room[:-1]).all():
            worth = int(tasks.worth[at, np.arange(tasks.count)].sum())
            assert (worth * priced.scale <= most[at, np.arange(tasks.count)]).all()


def test_a_knapsack_table_and_what_forcing_costs() -> None:
    """Room 5; items of 3, 4, 5 points taking 2, 3, 4: the first two make 7, the last alone 5."""
    profit, use = np.array([3, 4, 5]), np.array([2, 3, 4])
    best, taken = best_by_room(profit, use, 5)
    assert best.tolist() == [0, 0, 3, 4, 5, 7]
    assert chosen(taken, use).tolist() == [0, 1]
    inside, outside = forced(profit, use, 5)
    assert inside.tolist() == [7, 7, 5]
    assert outside.tolist() == [5, 5, 7]


def test_pieces_under_other_rules_are_not_taken_for_whole_tasks() -> None:
    case = draw(1, 3, 5)
    assert laid_out(case) is not None
    assert laid_out(case | {"opening": [1, 1, 1]}) is None
    assert laid_out(case | {"demand": np.full(5, 2)}) is None
    assert laid_out(case | {"capacity": case["capacity"] * 10**8, "use": case["use"] * 10**8 + 1}) is None
