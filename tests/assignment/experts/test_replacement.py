"""One expert declines: somebody comes in, few others are touched, little is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assignment import assign_experts, replace_expert
from matching.errors import ArrayError


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**6))
def test_demands_and_loads_hold_and_few_are_touched(seed: int) -> None:
    rng = np.random.default_rng(seed)
    score, most = rng.random((12, 9)), rng.integers(3, 7, 9)
    least = np.minimum(rng.integers(0, 3, 9), most)
    before = assign_experts(score, demand=2, max_load=most, min_load=least)
    if before.status == "infeasible":
        return
    problem = int(rng.integers(12))
    expert, touch = int(rng.choice(before.experts[problem])), int(rng.integers(0, 3))
    after = replace_expert(before, problem, expert, touch=touch)
    full = assign_experts(
        score, demand=2, max_load=most, min_load=least, forbidden=_only(score, problem, expert)
    )
    if after is None:
        return
    changed = [not np.array_equal(a, b) for a, b in zip(before.experts, after.experts, strict=True)]
    assert changed[problem]
    assert sum(changed) <= 1 + touch
    assert expert not in after.experts[problem]
    assert all(len(set(team.tolist())) == 2 for team in after.experts)
    assert (after.loads <= most).all()
    assert (after.loads >= least).all()
    assert after.total <= full.total + 1e-9 <= after.bound + 1e-8


def test_with_enough_steps_the_best_of_all_is_found() -> None:
    """The way over two others, worked out by hand: 0 takes b from 1, 1 takes c from 2, 2 takes the free d."""
    score = np.array([[9.0, 8.0, 0, 0], [0, 7.0, 6.5, 0], [0, 0, 6.0, 5.5]])
    forbidden = score == 0
    before = assign_experts(score, demand=1, max_load=1, forbidden=forbidden)
    assert [team.tolist() for team in before.experts] == [[0], [1], [2]]
    assert replace_expert(before, 0, 0, touch=1) is None
    after = replace_expert(before, 0, 0)
    assert after is not None
    assert [team.tolist() for team in after.experts] == [[1], [2], [3]]
    assert after.total == 8 + 6.5 + 5.5


def test_a_second_decline_does_not_bring_the_first_one_back() -> None:
    score = np.array([[9.0, 8.0, 7.0]])
    once = replace_expert(assign_experts(score, demand=1, max_load=1), 0, 0)
    assert once is not None
    twice = replace_expert(once, 0, 1)
    assert twice is not None
    assert twice.experts[0].tolist() == [2]
    assert replace_expert(twice, 0, 2) is None


def test_who_declines_has_to_be_there() -> None:
    before = assign_experts(np.ones((2, 2)), demand=1, max_load=1)
    with pytest.raises(ArrayError, match="expert"):
        replace_expert(before, 0, 1 - int(before.experts[0][0]))
    with pytest.raises(ArrayError, match="problem"):
        replace_expert(before, 5, 0)


@pytest.mark.slow
def test_two_hundred_declines_lose_less_than_a_thousandth() -> None:
    rng = np.random.default_rng(3)
    score = rng.random((500, 300))
    before = assign_experts(score, demand=3, max_load=6)
    for _ in range(200):
        problem = int(rng.integers(500))
        expert = int(rng.choice(before.experts[problem]))
        after = replace_expert(before, problem, expert)
        full = assign_experts(score, demand=3, max_load=6, forbidden=_only(score, problem, expert))
        assert after is not None
        assert after.total >= full.total * 0.999


def _only(score: np.ndarray, problem: int, expert: int) -> np.ndarray:
    forbidden = np.zeros(score.shape, bool)
    forbidden[problem, expert] = True
    return forbidden
