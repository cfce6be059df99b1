"""Experts for problems: against all assignments of small cases, and against known optima of real scores."""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from matching.assignment import Assignment, assign_experts
from matching.errors import ArrayError

REAL = Path(os.environ.get("CHAINMATCH_REAL_DATA", "")) / "experts"
real = pytest.mark.skipif(not REAL.is_dir(), reason="CHAINMATCH_REAL_DATA names no folder with real records")


def every(case: dict[str, Any]) -> Iterator[list[tuple[int, ...]]]:
    """Go through all assignments that keep demands, loads and what is forbidden."""
    problems, experts = case["score"].shape
    open_to = [[j for j in range(experts) if not case["forbidden"][i, j]] for i in range(problems)]
    teams = [itertools.combinations(some, want) for some, want in zip(open_to, case["demand"], strict=True)]
    for plan in itertools.product(*map(list, teams)):
        load = np.bincount([j for team in plan for j in team], minlength=experts)
        if (load <= case["max_load"]).all() and (load >= case["min_load"]).all():
            yield list(plan)


def sums(case: dict[str, Any], plan: list[tuple[int, ...]]) -> list[float]:
    """Sum each problem's scores."""
    return [math.fsum(case["score"][i, j] for j in team) for i, team in enumerate(plan)]


def draw(seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    problems, experts = int(rng.integers(1, 4)), int(rng.integers(1, 5))
    most = rng.integers(0, 3, experts)
    digits = int(rng.integers(1, 13))
    return {
        "score": np.round(rng.random((problems, experts)) * 2 - 0.5, digits),
        "demand": rng.integers(0, 3, problems),
        "max_load": most,
        "min_load": np.minimum(rng.integers(0, 2, experts) * rng.integers(0, 2, experts), most),
        "forbidden": rng.random((problems, experts)) < 0.15,
    }


def keeps(case: dict[str, Any], found: Assignment) -> bool:
    load = found.loads
    each = all(
        len(set(team.tolist())) == want and not case["forbidden"][i, team].any()
        for i, (team, want) in enumerate(zip(found.experts, case["demand"], strict=True))
    )
    return each and bool((load <= case["max_load"]).all() and (load >= case["min_load"]).all())


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**6))
def test_the_largest_total_of_all_assignments(seed: int) -> None:
    case = draw(seed)
    totals = [math.fsum(sums(case, plan)) for plan in every(case)]
    found = assign_experts(**case)
    assert (found.status == "infeasible") == (not totals)
    if totals:
        assert keeps(case, found)
        assert found.status == "optimal"
        assert found.total == pytest.approx(max(totals), rel=1e-14, abs=1e-14)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_largest_floor_of_all_assignments_and_the_best_total_at_it(seed: int) -> None:
    case = draw(seed)
    plans = [(min(some, default=0.0), math.fsum(some)) for some in _wanted_sums(case)]
    found = assign_experts(**case, objective="floor")
    assert (found.status == "infeasible") == (not plans)
    if plans:
        floor = max(least for least, _ in plans)
        total = max(whole for least, whole in plans if least >= floor - 1e-9)
        assert keeps(case, found)
        assert found.floor == pytest.approx(floor, abs=1e-8)
        assert found.bound >= floor - 1e-12
        assert found.total == pytest.approx(total, abs=1e-7)


def _wanted_sums(case: dict[str, Any]) -> Iterator[list[float]]:
    for plan in every(case):
        yield [one for one, want in zip(sums(case, plan), case["demand"], strict=True) if want]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6))
def test_what_clashes_is_named_and_none_of_it_to_spare(seed: int) -> None:
    """A problem left out may have fewer experts than it wants, an expert left out no least load."""
    case = draw(seed)
    found = assign_experts(**case)
    if found.conflict is None:
        return
    parts = [("demand", at) for at in found.conflict.problems] + [
        ("min_load", at) for at in found.conflict.experts
    ]
    assert parts
    assert not _can_hold(case, parts)
    for spare in parts:
        assert _can_hold(case, [part for part in parts if part != spare])


def _can_hold(case: dict[str, Any], parts: list[tuple[str, int]]) -> bool:
    """Tell whether some demands and least loads can hold, others between nothing and what they want."""
    held = {name: {at for kind, at in parts if kind == name} for name in ("demand", "min_load")}
    ranges = [
        [want] if at in held["demand"] else range(want + 1) for at, want in enumerate(case["demand"].tolist())
    ]
    least = np.array(
        [want if at in held["min_load"] else 0 for at, want in enumerate(case["min_load"].tolist())]
    )
    return any(
        next(every(case | {"demand": np.array(wanted), "min_load": least}), None) is not None
        for wanted in itertools.product(*ranges)
    )


def test_scores_that_differ_in_the_twelfth_digit_are_told_apart() -> None:
    score = np.array([[0.5, 0.5 + 1e-12], [0.5 + 3e-12, 0.5]])
    found = assign_experts(score, demand=1, max_load=1)
    assert [team.tolist() for team in found.experts] == [[1], [0]]


def test_an_absent_entry_is_no_candidate_and_a_stored_zero_is_one() -> None:
    score = sparse.csr_array((np.array([0.0, 0.4]), ([0, 1], [1, 0])), shape=(2, 2))
    found = assign_experts(score, demand=1, max_load=1)
    assert [team.tolist() for team in found.experts] == [[1], [0]]
    assert assign_experts(score, demand=[2, 0], max_load=1).status == "infeasible"


def test_few_candidates_are_enough_because_prices_bring_in_the_others() -> None:
    """All want the same 40 experts first: with loads of 1 most problems end far down their lists."""
    rng = np.random.default_rng(5)
    score = rng.random((300, 400)) * 0.1 + np.linspace(1, 0, 400)
    found = assign_experts(score, demand=1, max_load=1)
    from scipy.optimize import linear_sum_assignment

    assert found.total == pytest.approx(score[linear_sum_assignment(score, maximize=True)].sum(), rel=1e-13)
    assert found.status == "optimal"


def test_alternates_are_next_by_score_beyond_the_price_of_a_load() -> None:
    score = np.array([[9.0, 8.0, 1.0, 3.0], [7.0, 0.0, 0.0, 0.0]])
    found = assign_experts(score, demand=1, max_load=[1, 1, 1, 0])
    assert [team.tolist() for team in found.experts] == [[1], [0]]
    assert found.alternates(0).tolist() == [0, 2]


def test_bids_are_added_to_scores() -> None:
    found = assign_experts(np.array([[0.5, 0.4]]), demand=1, max_load=1, bids=np.array([[0.0, 0.2]]))
    assert found.experts[0].tolist() == [1]
    assert found.total == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"score": np.array([[np.nan, 1.0]])}, "score"),
        ({"score": np.array([[np.inf, 1.0]])}, "score"),
        ({"score": np.array([1.0, 2.0])}, "score"),
        ({"score": np.array([["a", "b"]])}, "score"),
        ({"demand": -1}, "demand"),
        ({"demand": [1, 1]}, "demand"),
        ({"demand": 0.5}, "demand"),
        ({"max_load": [1]}, "max_load"),
        ({"max_load": 2**40}, "max_load"),
        ({"min_load": 2}, "min_load"),
        ({"forbidden": np.zeros((2, 2), bool)}, "forbidden"),
        ({"forbidden": np.array([[0.5, 0.0]])}, "forbidden"),
        ({"bids": np.zeros((2, 2))}, "bids"),
        ({"objective": "sum"}, "objective"),
    ],
)
def test_bad_arrays_are_refused_by_name(changed: dict[str, Any], name: str) -> None:
    good = {"score": np.array([[0.5, 1.0]]), "demand": 1, "max_load": 1}
    with pytest.raises(ArrayError, match=name) as raised:
        assign_experts(**{**good, **changed})
    assert isinstance(raised.value, ValueError)


def test_nothing_of_the_callers_is_changed_and_the_answer_repeats_itself() -> None:
    case = draw(7)
    before = {name: value.copy() for name, value in case.items()}
    one, other = assign_experts(**case, objective="floor"), assign_experts(**case, objective="floor", seed=9)
    assert all(np.array_equal(before[name], case[name]) for name in case)
    assert all(np.array_equal(a, b) for a, b in zip(one.experts, other.experts, strict=True))


def test_no_problem_and_no_expert() -> None:
    assert assign_experts(np.zeros((0, 3)), demand=1, max_load=1).status == "optimal"
    assert assign_experts(np.zeros((2, 0)), demand=0, max_load=1, objective="floor").status == "optimal"
    assert assign_experts(np.zeros((2, 0)), demand=1, max_load=1).status == "infeasible"


@real
def test_paper_matching_scores_of_a_conference() -> None:
    """118 problems × 177 experts: the known best total, and the known fair floor with its best total."""
    score = np.load(REAL / "midl_scores_177x118.npy").T
    asked: dict[str, Any] = {"demand": 3, "max_load": 4, "forbidden": score < 0}
    best, fair = assign_experts(score, **asked), assign_experts(score, **asked, objective="floor")
    assert best.total == pytest.approx(201.8849, abs=5e-5)
    assert best.gap == 0
    assert fair.floor == pytest.approx(0.944839, abs=5e-7)
    assert fair.total > 201.7687
    assert fair.status == "optimal"
    assert assign_experts(score, **asked, min_load=2).total == pytest.approx(150.043, abs=5e-4)


@real
def test_a_case_with_hardly_a_place_to_spare() -> None:
    score = np.load(REAL / "gold_sim_463x58.npy")
    best = assign_experts(score, demand=3, max_load=24)
    fair = assign_experts(score, demand=3, max_load=24, objective="floor")
    assert best.total == pytest.approx(63.9559, abs=5e-5)
    assert fair.floor == pytest.approx(0.048439, abs=5e-7)
    assert fair.total > 62.406


@real
@pytest.mark.parametrize(("number", "most"), [(1, 6), (2, 7), (3, 6)])
def test_real_bids_are_assigned_without_a_conflict(number: int, most: int) -> None:
    with np.load(REAL / f"preflib{number}.npz") as told:
        score, conflict = told["similarity_matrix"].T, told["mask_matrix"].T.astype(bool)
    found = assign_experts(score, demand=3, max_load=most, forbidden=conflict)
    assert found.status == "optimal"
    assert not any(conflict[row, team].any() for row, team in enumerate(found.experts))
