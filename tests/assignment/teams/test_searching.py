"""The parts of the search for many problems: relaxation, ceilings, teams of members, polish."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.team_markets import team_market
from matching.assignment import form_teams
from matching.assignment.relaxation import corner
from matching.assignment.teams import points_of
from matching.assignment.teams.board import Board, Team
from matching.assignment.teams.ceiling import ceiling_of
from matching.assignment.teams.checker import faults
from matching.assignment.teams.polishing import Polish
from matching.assignment.teams.request import read_request
from matching.assignment.teams.seat import seats_of
from matching.assignment.teams.splitting import teams_of
from matching.assignment.teams.summed import summed
from tests.assignment.teams.oracle import best_objective
from tests.assignment.teams.small_cases import small_case

SEEDS = range(40)


def free_case(seed: int) -> dict[str, Any]:
    """Give a small case in which nobody must take part."""
    return {**small_case(seed), "fixed": np.zeros(10, bool)}


def board_of(case: dict[str, Any]) -> Board:
    """Put a case's problems side by side."""
    request = read_request(**case)
    return Board(request, seats_of(request))


def columns_of(board: Board, teams: list[Team]) -> tuple[np.ndarray, np.ndarray]:
    """Give teams as numbers of candidates' teams, and who leads."""
    number, lead = np.full(len(board.request.problem), -1), np.zeros(len(board.request.problem), bool)
    for at, team in enumerate(teams):
        arcs = board.seats[team.seat].arcs
        number[arcs[list(team.members)]] = sum(other.seat == team.seat for other in teams[:at])
        lead[arcs[team.lead]] = True
    return number, lead


@pytest.mark.parametrize("seed", SEEDS)
def test_the_relaxation_earns_no_less_than_any_teams(seed: int) -> None:
    case = free_case(seed)
    board = board_of(case)
    program = summed(board).program
    values = corner(program, program.cost.astype(np.float64))
    assert values is not None
    assert program.cost @ values >= best_objective(case) - 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_any_prices_give_a_ceiling_and_what_each_problem_earns_most_above_them(seed: int) -> None:
    case = free_case(seed)
    board, best = board_of(case), best_objective(case)
    nothing = np.zeros(len(board.high), np.int64)
    for prices in (nothing, np.random.default_rng(seed).integers(0, 9, len(board.high))):
        assert ceiling_of(board, prices, None).total >= best
    alone = [
        best_objective({**case, "teams": np.where(np.arange(2) == at, case["teams"], 0)}) for at in (0, 1)
    ]
    found = dict(
        zip([seat.problem for seat in board.seats], ceiling_of(board, nothing, None).seats, strict=True)
    )
    # with nobody wanted by the other, time and leads of one problem alone are its own rules
    assert all(found[at] == alone[at] for at in found)


@pytest.mark.parametrize("seed", SEEDS)
def test_teams_of_any_members_keep_all_rules_and_a_polish_never_loses(seed: int) -> None:
    case = free_case(seed)
    board = board_of(case)
    members = np.random.default_rng(seed).random(10) < 0.7
    teams = teams_of(board, members, None)
    number, lead = columns_of(board, teams)
    assert faults(board.request, number, lead) == []
    assert not (number[~members] >= 0).any()
    assert points_of(number, lead, **case) == sum(team.value for team in teams)
    ceiling = ceiling_of(board, np.zeros(len(board.high), np.int64), None)
    polished, _ = Polish(board, ceiling, 0.0, None, None, seed).run(teams, lambda share: None)
    number, lead = columns_of(board, polished)
    assert faults(board.request, number, lead) == []
    assert sum(team.value for team in teams) <= points_of(number, lead, **case) == best_objective(case)


def test_only_teams_that_time_is_left_for_are_kept_the_best_first() -> None:
    case = {"problem": [0, 1, 2], "expert": [0, 0, 0], "score": [5, 9, 7], "capacity": [2], "teams": [1] * 3}
    board = board_of({**case, "most": 1})
    teams = [Team(at, (0,), 0, value) for at, value in enumerate([5, 9, 7])]
    assert [team.value for team in board.fitting(teams)] == [9, 7]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 4])
def test_scarce_roles_and_conflicts_leave_little_to_the_ceiling(seed: int) -> None:
    case = team_market(seed, problems=80, members=700)
    found = form_teams(**case, gap=0.02)
    assert found.gap <= 0.02
    used = (found.team >= 0).sum() / case["capacity"].sum()
    assert used >= 0.85
