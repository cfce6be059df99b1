"""Problems some of whose needs want teams: all needs at once, those that want none as teams of one."""

from __future__ import annotations

from typing import Any

import numpy as np

from matching.assignment import Allocation, form_teams
from matching.assignment.teams import points_of
from matching.errors import InputError
from matching.limits import DealSize, FirmDeals, Priority
from matching.market import IntArray
from matching.plan.problem import Problem
from matching.policy import FULL_SCORE
from matching.practice import TeamTerms
from matching.words import Words

#: digits of the points that the search for teams looks at
_DIGITS = 8


def form(problem: Problem, teams: TeamTerms, **how: Any) -> Allocation:
    """Form the teams of a problem; raises InputError where its policy limits what teams cannot keep."""
    _refuse_limits(problem)
    allowed, given, unit = _arguments(problem, teams)
    effort = {name: how[name] for name in ("gap", "seconds", "seed", "executor", "progress") if name in how}
    found = form_teams(**given, **effort)
    count = len(problem.pairs)
    team, lead = np.full(count, -1, np.int64), np.zeros(count, bool)
    team[allowed], lead[allowed] = found.team, found.lead
    nothing = np.zeros(0, np.int64)
    return Allocation(
        quantity=(team >= 0).astype(np.int64),
        objective=found.objective * unit,
        bound=found.bound * unit,
        status=found.status,
        timed=found.timed,
        conflict=nothing,
        conflict_fixed=nothing,
        component=np.zeros(count, np.int64),
        component_objective=np.array([found.objective * unit]),
        component_bound=np.array([found.bound * unit]),
        team=team,
        lead=lead,
    )


def points_of_teams(problem: Problem, teams: TeamTerms, allocation: Allocation) -> int:
    """Give what the teams of another answer earn in a problem."""
    assert allocation.team is not None, "an answer in teams"
    assert allocation.lead is not None, "an answer in teams"
    allowed, given, unit = _arguments(problem, teams)
    return points_of(allocation.team[allowed], allocation.lead[allowed], **given) * unit


def roles_missing(problem: Problem, need_row: int, rows: IntArray) -> list[Words]:
    """Name the kinds of members that a need's team must have and its candidates do not offer."""
    teams = problem.teams
    if teams is None or not teams.wanted[need_row]:
        return []
    there = np.bincount(teams.role[rows][teams.role[rows] >= 0], minlength=len(teams.roles))
    asked = teams.required[need_row]
    return [
        Words(
            f"团队要求{kind} {asked[at]} 人，候选中有 {there[at]} 人",
            f"a team needs {asked[at]} of the kind {kind}, {there[at]} are candidates",
        )
        for at, kind in enumerate(teams.roles)
        if there[at] < asked[at]
    ]


def _refuse_limits(problem: Problem) -> None:
    others = [
        limit.name
        for limit in problem.policy.limits.all.values()
        if not isinstance(limit, DealSize | FirmDeals | Priority)
    ]
    if others:
        raise InputError(
            Words(
                f"清单中有需要组队的需求，不支持这些限制：{'、'.join(others)}",
                f"some needs want teams, which cannot keep these limits: {', '.join(others)}",
            )
        )


def _arguments(problem: Problem, teams: TeamTerms) -> tuple[IntArray, dict[str, Any], int]:
    """Give the pairs that may be, what is asked of their teams, and what one of its points is worth.

    Points are cut to so many digits: a team's are sums of few numbers, and prices are not exact to more.
    """
    kernel = problem.kernel_arguments()
    allowed = np.flatnonzero(kernel["upper"] > 0)
    need, offer = kernel["need"][allowed], kernel["offer"][allowed]
    weight = problem.worth * problem.limited.scale // np.maximum(1, problem.terms.demand)
    unit = 10 ** max(0, len(str(FULL_SCORE * int(weight.max(initial=0)))) - _DIGITS)
    single = ~teams.wanted
    least, most = np.where(single, 1, teams.least), np.where(single, 1, teams.most)
    extra = np.where(single, 0, teams.extra * weight)
    skills = np.flatnonzero(teams.wanted[teams.skill_of])
    given = {
        "problem": need,
        "expert": offer,
        "score": (kernel["score"][allowed] - extra[need]) // (most[need] * unit),
        "worth": extra * least // (most * unit),
        "capacity": _capacity(problem, kernel),
        "teams": kernel["demand"],
        "least": least,
        "most": most,
        "role": teams.role[allowed],
        "required": np.where(single[:, None], 0, teams.required),
        "skill_of": teams.skill_of[skills],
        "covers": teams.covers[allowed][:, skills],
        "uncovered": teams.lost[skills] * weight[teams.skill_of[skills]] // unit,
        "firm": np.where(single[need], int(teams.firm.max(initial=0)) + 1 + offer, teams.firm[allowed]),
        "apart": _both(teams.apart, allowed),
        "together": (together := _both(teams.together, allowed)),
        "cohesion": teams.gained * weight[need[together[:, 0]]] // unit,
        "fixed": problem.bounds[0][allowed] > 0,
    }
    return allowed, given, unit


def _capacity(problem: Problem, kernel: dict[str, Any]) -> IntArray:
    """Give how many teams each offer can be in: each is one deal of its firm, which has one offer."""
    most = problem.limited.bounds.max_deals[kernel["partner"]]
    capacity: IntArray = kernel["capacity"]
    return np.where(most < 0, capacity, np.minimum(capacity, most))


def _both(couples: IntArray, allowed: IntArray) -> IntArray:
    """Number couples of pairs among those that may be; a couple that lost one is left out."""
    kept = couples[np.isin(couples, allowed).all(axis=1)]
    found: IntArray = np.searchsorted(allowed, kept)
    return found
