"""A cap on how likely a pair may be: the best probabilities, and draws that keep them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from matching.assignment import assign_experts, replace_expert
from matching.errors import ArrayError


def case(seed: int) -> dict[str, Any]:
    """Give a board of five problems and seven experts with some forbidden pairs and least loads."""
    draws = np.random.default_rng(seed)
    return {
        "score": draws.random((5, 7)),
        "demand": draws.integers(0, 3, 5),
        "max_load": draws.integers(1, 4, 7),
        "min_load": (draws.random(7) < 0.2).astype(int),
        "forbidden": draws.random((5, 7)) < 0.1,
    }


def best_expected(asked: dict[str, Any], cap: float) -> float | None:
    """Solve the linear programme by another solver; None where it has no solution."""
    score, (problems, experts) = asked["score"], asked["score"].shape
    rows = np.kron(np.eye(problems), np.ones(experts))
    loads = np.kron(np.ones(problems), np.eye(experts))
    upper = np.where(asked["forbidden"], 0.0, cap).ravel()
    found = linprog(
        -score.ravel(),
        A_eq=rows,
        b_eq=asked["demand"],
        A_ub=np.vstack([loads, -loads]),
        b_ub=np.concatenate([asked["max_load"], -asked["min_load"]]),
        bounds=list(zip(np.zeros(len(upper)), upper, strict=True)),
    )
    return -found.fun if found.status == 0 else None


@pytest.mark.parametrize("cap", [0.123, 0.3, 0.5, 0.75])
@pytest.mark.parametrize("seed", range(25))
def test_the_expected_total_is_that_of_the_linear_programme(seed: int, cap: float) -> None:
    asked = case(seed)
    found, best = assign_experts(**asked, most_likely=cap), best_expected(asked, cap)
    if best is None:
        assert found.status == "infeasible"
        return
    assert found.status == "optimal"
    assert found.expected == pytest.approx(best, abs=1e-9)
    assert found.chance is not None
    assert found.chance.max() <= cap
    assert [len(some) for some in found.experts] == asked["demand"].tolist()
    assert (found.loads <= asked["max_load"]).all()
    assert (found.loads >= asked["min_load"]).all()
    assert not any(asked["forbidden"][row, some].any() for row, some in enumerate(found.experts))


def test_pairs_come_as_often_as_they_should() -> None:
    """The share of 2,000 draws is within four standard errors of the probability, for every pair."""
    asked = {"score": np.random.default_rng(5).random((6, 8)), "demand": 2, "max_load": 2}
    counts = np.zeros((6, 8))
    for seed in range(2000):
        found = assign_experts(**asked, most_likely=0.4, seed=seed)
        for row, some in enumerate(found.experts):
            counts[row, some] += 1
    assert found.chance is not None
    chance = found.chance.toarray()
    error = np.sqrt(chance * (1 - chance) / 2000)
    assert (np.abs(counts / 2000 - chance) <= 4 * error + 1e-12).all()
    assert ((chance > 0) & (chance < 1)).sum() > 12


def test_half_a_chance_each_for_two_by_two() -> None:
    found = assign_experts(np.array([[1.0, 0.0], [0.0, 1.0]]), demand=1, max_load=1, most_likely=0.5)
    assert found.chance is not None
    assert found.chance.toarray().tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert (found.expected, found.bound, found.gap) == (1.0, 1.0, 0.0)
    assert found.total in (0.0, 2.0)


def test_no_cap_is_the_plain_optimum_and_draws_nothing() -> None:
    asked = case(3)
    plain, capped = assign_experts(**asked), assign_experts(**asked, most_likely=1.0, seed=4)
    assert capped.chance is None
    assert [some.tolist() for some in plain.experts] == [some.tolist() for some in capped.experts]


def test_the_same_seed_draws_the_same_and_another_one_another() -> None:
    asked = {"score": np.random.default_rng(1).random((20, 30)), "demand": 2, "max_load": 3}
    drawn = [
        np.concatenate(assign_experts(**asked, most_likely=0.5, seed=seed).experts).tolist()
        for seed in (7, 7, 8)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_cap_that_leaves_too_few_candidates_names_the_problem() -> None:
    found = assign_experts(np.ones((2, 4)), demand=[1, 3], max_load=2, most_likely=0.5)
    assert (found.status, [some.tolist() for some in found.experts]) == ("infeasible", [[], []])
    assert found.conflict is not None
    assert found.conflict.problems.tolist() == [1]


@pytest.mark.parametrize("cap", [0, -1, 1.5, float("nan"), 0.0001, "all"])
def test_a_cap_that_is_none_is_refused(cap: Any) -> None:
    with pytest.raises(ArrayError, match="most_likely"):
        assign_experts(np.ones((1, 2)), demand=1, max_load=1, most_likely=cap)


def test_floor_and_replacements_go_without_a_cap() -> None:
    with pytest.raises(ArrayError, match="floor"):
        assign_experts(np.ones((1, 2)), demand=1, max_load=1, objective="floor", most_likely=0.5)
    drawn = assign_experts(np.ones((1, 2)), demand=1, max_load=1, most_likely=0.5)
    with pytest.raises(ArrayError, match="draw another"):
        replace_expert(drawn, 0, int(drawn.experts[0][0]))


def test_a_cap_of_many_digits_is_cut_to_thousandths() -> None:
    found = assign_experts(np.ones((1, 9)), demand=1, max_load=1, most_likely=0.1234567)
    assert found.chance is not None
    assert found.chance.max() == 0.123


def test_a_third_stays_a_third() -> None:
    found = assign_experts(np.array([[3.0, 2.0, 1.0]]), demand=1, max_load=1, most_likely=1 / 3)
    assert found.chance is not None
    assert found.chance.toarray().tolist() == [[1 / 3] * 3]
