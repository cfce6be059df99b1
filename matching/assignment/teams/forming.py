"""Form teams for all problems at once: roles, skills, conflicts and loads, with a proven ceiling."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.effort import Effort, deadline_after, read_effort
from matching.assignment.teams.checker import check
from matching.assignment.teams.diving import dive
from matching.assignment.teams.exact import few_of, settle
from matching.assignment.teams.generation import generate
from matching.assignment.teams.master import Master, Team
from matching.assignment.teams.polishing import Polish
from matching.assignment.teams.request import read_request
from matching.assignment.teams.seat import seats_of

#: candidates times teams up to which all problems are solved in one model, and its deterministic work
_SMALL, _WORK = 1500, 4.0
#: shares of the time at most for generating, at least for polishing; of the gap that the relaxation may leave
_GENERATING, _POLISHING, _RELAXED = 0.5, 0.08, 0.3


@dataclass(frozen=True, slots=True)
class Teams:
    """Who is in which team: ``team`` int64[A], the number of the candidate's team at its problem or −1.

    ``lead`` bool[A]; ``objective`` is what all teams earn, ``bound`` a ceiling of every plan; ``status``
    "optimal" or "feasible"; ``timed``: only the clock ended the search.
    """

    team: Ints
    lead: Bools
    objective: int
    bound: int
    status: str
    timed: bool = False

    @property
    def gap(self) -> float:
        """Give (bound − objective) / max(1, |bound|)."""
        return (self.bound - self.objective) / max(1.0, abs(self.bound))


def form_teams(  # noqa: PLR0913
    problem: Any,
    expert: Any,
    score: Any,
    *,
    capacity: Any,
    teams: Any,
    most: Any,
    least: Any = 1,
    use: Any = None,
    worth: Any = 0,
    role: Any = None,
    required: Any = None,
    skill_of: Any = None,
    covers: Any = None,
    uncovered: Any = None,
    may_lead: Any = None,
    lead_score: Any = None,
    max_leads: Any = None,
    apart: Any = None,
    together: Any = None,
    cohesion: Any = None,
    firm: Any = None,
    gap: float = 0.0,
    seconds: float | None = None,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Callable[[float], None] | None = None,
) -> Teams:
    """Form up to so many teams for each problem, the most points in all, and say how far it could go.

    A team earns its problem's ``worth``, the scores of its members, ``lead_score`` of its lead and the
    cohesion of pairs that are both in it, less what it leaves uncovered. No team need be formed.

    Parameters
    ----------
    problem, expert, score : int[A]
        Candidates: positions of the problem and the expert, no pair twice, and points.
    capacity : int[M]
        Most that all teams together take of an expert; ``use`` int[A] is what one team takes (1).
    teams, least, most, worth : int[N] or int
        Parallel teams of a problem at most, members of a team at least and at most, points of each team.
    role : int[A], required : int[N, R]
        The candidate's role (−1: none), and how many of each role every team has at least.
    skill_of : int[K], covers : bool[A, K] sparse, uncovered : int[K]
        The problem of each skill, which candidates cover it at the level it needs, and points that a team
        loses where none of its members does (−1: somebody must).
    may_lead : bool[A], lead_score : int[A], max_leads : int[M]
        Who may lead a team; exactly one member does. Points for leading, teams led at most (−1: any number).
    apart, together : int[·, 2]
        Pairs of candidates of one problem that are never in one team; pairs that earn ``cohesion``
        when they are.
    firm : int[M]
        The organisation of each expert: it comes in with one team of a problem at most.
    gap, seconds, seed, executor
        As in ``allocate``.

    Raises
    ------
    ArrayError
        If arrays do not fit. Raised before any solver is called.
    """
    effort = read_effort(gap, seconds, seed)
    request = read_request(
        problem, expert, score, capacity=capacity, teams=teams, least=least, most=most, use=use, worth=worth,
        role=role, required=required, skill_of=skill_of, covers=covers, uncovered=uncovered,
        may_lead=may_lead, lead_score=lead_score, max_leads=max_leads, apart=apart, together=together,
        cohesion=cohesion, firm=firm,
    )  # fmt: skip
    master = Master(request, seats_of(request))
    if not master.seats:
        return _told(master, [], 0, timed=False)
    return _solve(master, effort, executor, progress or (lambda share: None))


def _solve(master: Master, effort: Effort, executor: Executor | None, tell: Callable[[float], None]) -> Teams:
    size = sum(seat.count * len(seat.arcs) for seat in master.seats)
    if size <= _SMALL:
        everybody = [np.ones(len(seat.arcs), bool) for seat in master.seats]
        few = few_of(master, range(len(master.seats)), master.high, everybody, [], _WORK, effort.seconds)
        found = settle(few)
        value = sum(team.value for team in found.teams)
        if (found.bound - value) <= effort.gap * max(1.0, abs(found.bound)):
            return _told(master, found.teams, found.bound, timed=False)
    deadline = deadline_after(effort.seconds)
    generating = deadline_after(None if effort.seconds is None else _GENERATING * effort.seconds)
    state = generate(master, _RELAXED * effort.gap, generating, executor, lambda share: tell(share / 2))
    diving = None if deadline is None else deadline - _POLISHING * (effort.seconds or 0.0)
    chosen = dive(state, diving, executor)
    polish = Polish(master, state.prices, effort.gap, state.bound, deadline, executor, effort.seed)
    chosen, timed = polish.run(chosen, lambda share: tell(0.5 + share / 2))
    return _told(master, chosen, state.bound, timed=timed or state.timed)


def _told(master: Master, teams: list[Team], bound: int, *, timed: bool) -> Teams:
    number = np.full(len(master.request.problem), -1, np.int64)
    lead = np.zeros(len(number), bool)
    counted = [0] * len(master.seats)
    for team in sorted(teams, key=lambda team: (team.seat, -team.value, team.members)):
        arcs = master.seats[team.seat].arcs
        number[arcs[list(team.members)]] = counted[team.seat]
        lead[arcs[team.lead]] = True
        counted[team.seat] += 1
    objective = sum(team.value for team in teams)
    check(master.request, number, lead, objective, bound)
    status = "optimal" if objective == bound else "feasible"
    return Teams(number, lead, objective, bound, status, timed and status != "optimal")
