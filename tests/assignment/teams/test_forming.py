"""Teams for problems: the best by trying all, each rule by hand, refusals, and the way for many."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.team_markets import team_market
from matching.assignment import form_teams
from matching.assignment.teams import forming
from matching.assignment.teams.checker import faults
from matching.assignment.teams.request import read_request
from matching.errors import ArrayError
from tests.assignment.teams.oracle import best_objective
from tests.assignment.teams.small_cases import small_case

#: who takes part in teams of the thousand markets, at least (five and twenty can in most)
MEMBERS = 20_000


def one_problem(**changes: Any) -> dict[str, Any]:
    """Give four candidates for one team of two."""
    case = {"problem": [0] * 4, "expert": range(4), "score": [9, 8, 5, 1], "capacity": [1] * 4}
    return {**case, "teams": [1], "least": 2, "most": 2, **changes}


def members(case: dict[str, Any]) -> list[int]:
    """Give the candidates in teams."""
    return np.flatnonzero(form_teams(**case).team >= 0).tolist()


@pytest.mark.parametrize("seed", range(200))
def test_a_small_case_is_solved_to_the_optimum(seed: int) -> None:
    case = small_case(seed)
    found, best = form_teams(**case), best_objective(case)
    told = ("infeasible", 0, 0, False) if best is None else ("optimal", best, best, False)
    assert (found.status, found.objective, found.bound, found.timed) == told


@pytest.mark.parametrize("seed", range(60))
def test_the_way_for_many_keeps_its_ceiling_above_the_optimum(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forming, "_SMALL", 0)
    case = small_case(seed)
    found, best = form_teams(**case), best_objective(case)
    if best is None:
        assert found.status == "infeasible"
    elif found.status == "infeasible":
        assert found.timed, "not proven"
    else:
        assert found.objective <= best <= found.bound


def test_the_two_best_work_together() -> None:
    found = form_teams(**one_problem(worth=3))
    assert (found.team.tolist(), found.objective, found.gap) == ([0, 0, -1, -1], 20, 0.0)


def test_two_who_must_stay_apart_are_in_no_team_together() -> None:
    assert members(one_problem(apart=[(0, 1)])) == [0, 2]


def test_a_role_must_be_there() -> None:
    assert members(one_problem(role=[0, 0, 0, 1], required=[[1, 1]])) == [0, 3]
    assert members(one_problem(role=[0, 0, 0, 0], required=[[0, 1]])) == []


def test_a_skill_must_be_covered_or_costs() -> None:
    covers = np.array([[0], [0], [1], [0]])
    assert members(one_problem(skill_of=[0], covers=covers)) == [0, 2]
    assert members(one_problem(skill_of=[0], covers=covers, uncovered=[2])) == [0, 1]
    assert form_teams(**one_problem(skill_of=[0], covers=covers, uncovered=[2])).objective == 15


def test_cohesion_brings_friends_together() -> None:
    assert members(one_problem(together=[(2, 3)], cohesion=[12])) == [2, 3]


def test_whoever_earns_most_by_leading_leads() -> None:
    assert form_teams(**one_problem(lead_score=[0, 2, 0, 0])).lead.tolist() == [False, True, False, False]
    held = one_problem(lead_score=[0, 2, 0, 0], max_leads=[-1, 0, -1, -1])
    assert form_teams(**held).lead.tolist() == [True, False, False, False]


def test_nobody_who_may_lead_means_no_team() -> None:
    assert members(one_problem(may_lead=[False] * 4)) == []


def test_parallel_teams_share_neither_members_nor_organisations() -> None:
    case = one_problem(teams=[2], capacity=[2] * 4)
    found = form_teams(**case)
    assert np.bincount(found.team).tolist() == [2, 2]
    apart = form_teams(**{**case, "firm": [0, 1, 0, 1]}).team
    assert apart[0] == apart[2] != apart[1] == apart[3]


def test_time_is_shared_by_all_problems() -> None:
    found = form_teams([0, 0, 1, 1], [0, 1, 0, 1], [9, 5, 8, 1], capacity=[1, 1], teams=[1, 1], most=1)
    assert found.team.tolist() == [-1, 0, 0, -1]


def test_whoever_is_fixed_takes_part_at_the_least_loss() -> None:
    assert members(one_problem(fixed=[False, False, False, True])) == [0, 3]
    assert members(one_problem(fixed=[False, False, True, True])) == [2, 3]
    none = form_teams(**one_problem(fixed=[False, True, True, True]))
    assert (none.status, none.timed, none.team.tolist()) == ("infeasible", False, [-1] * 4)


def test_somebody_fixed_in_many_problems_takes_part_under_an_honest_ceiling() -> None:
    case = team_market(3, problems=20, members=150, candidates=25, skills=2)
    free = form_teams(**case, gap=0.02)
    left_out = np.flatnonzero(free.team < 0)[:3]
    fixed = np.isin(np.arange(len(free.team)), left_out)
    held = form_teams(**case, fixed=fixed, gap=0.02)
    assert (held.team[left_out] >= 0).all()
    assert held.objective <= held.bound <= free.bound * 1.005


@pytest.mark.parametrize(
    "change",
    [
        {"expert": [0, 1, 2, 2]},
        {"least": 3},
        {"score": [1.5, 0, 0, 0]},
        {"score": [np.nan, 0, 0, 0]},
        {"expert": [0, 1, 2, 9]},
        {"role": [0, 0, 0, 3], "required": [[1]]},
        {"apart": [(0, 0)]},
        {"covers": np.ones((4, 2)), "skill_of": [0]},
        {"together": [(0, 1)], "cohesion": [-1]},
        {"may_lead": [1, 1, 1, 1]},
    ],
)
def test_arrays_that_do_not_fit_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ArrayError):
        form_teams(**one_problem(**change))
    assert issubclass(ArrayError, ValueError)


def test_no_wish_for_teams_is_an_empty_plan() -> None:
    found = form_teams(**one_problem(teams=[0]))
    assert (found.objective, found.bound, found.status) == (0, 0, "optimal")


def test_many_problems_come_near_the_ceiling_and_repeat() -> None:
    case = team_market(3, problems=25, members=200, candidates=30, skills=3)
    found, again = (form_teams(**case, gap=0.02) for _ in range(2))
    assert found.gap <= 0.03
    assert (found.team.tolist(), found.bound) == (again.team.tolist(), again.bound)


def test_the_checker_names_what_is_broken() -> None:
    case = {**one_problem(apart=[(0, 1)], role=[0, 0, 0, 1], required=[[0, 1]], max_leads=[0, 1, 1, 1])}
    kept = read_request(**case)
    told = faults(kept, np.array([0, 0, -1, -1]), np.array([True, False, False, False]))
    assert told == ["a role is missing", "two are in one team who must not", "somebody leads too many"]


@pytest.mark.slow
def test_conflicts_never_come_together_in_many_markets() -> None:
    members = 0
    for seed in range(1000):
        case = team_market(
            seed, problems=10, members=60, candidates=15, skills=2, conflicts=0.2, sizes=(3, 5)
        )
        team = form_teams(**case, gap=0.1).team
        one, other = team[case["apart"].T]
        assert not ((one >= 0) & (one == other)).any()
        members += int((team >= 0).sum())
    assert members > MEMBERS
