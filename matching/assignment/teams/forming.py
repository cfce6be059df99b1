"""Form teams for all problems at once: roles, skills, conflicts and loads, with a proven ceiling."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from matching.assignment.allocation import Status
from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.effort import Effort, deadline_after, read_effort
from matching.assignment.teams.board import Board, Team
from matching.assignment.teams.ceiling import ceiling_of
from matching.assignment.teams.checker import check, worth_of
from matching.assignment.teams.exact import few_of, settle
from matching.assignment.teams.insisting import cannot_be, insisted
from matching.assignment.teams.polishing import Polish
from matching.assignment.teams.request import Request, read_request
from matching.assignment.teams.seat import seats_of
from matching.assignment.teams.splitting import teams_of
from matching.assignment.teams.summed import summed

#: candidates times teams up to which all problems are solved in one model, and its deterministic work
_SMALL, _WORK = 1500, 4.0
#: share of the time at most for the members of the relaxation
_SUMMING = 0.5


@dataclass(frozen=True, slots=True)
class Teams:
    """Who is in which team: ``team`` int64[A], the number of the candidate's team at its problem or −1.

    ``lead`` bool[A]; ``objective`` is what all teams earn, ``bound`` a ceiling of every plan; ``status``
    "optimal", "feasible" or "infeasible" (somebody fixed cannot take part: no teams); ``timed``: only the
    clock ended the search, or, of an infeasible one, no proof of it was found.
    """

    team: Ints
    lead: Bools
    objective: int
    bound: int
    status: Status
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
    fixed: Any = None,
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
    firm : int[A]
        The organisation a candidate stands for (default: himself): in one team of a problem at most.
    fixed : bool[A]
        Candidates who must be in a team.
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
        cohesion=cohesion, firm=firm, fixed=fixed,
    )  # fmt: skip
    return _Search(request, effort, executor, progress or (lambda share: None)).run()


def points_of(team: Any, lead: Any, **asked: Any) -> int:
    """Give what teams earn by the arguments of ``form_teams``; raises ArrayError where those do not fit."""
    return worth_of(read_request(**asked), np.asarray(team, np.int64), np.asarray(lead, bool))


@dataclass(frozen=True)
class _Search:
    request: Request
    effort: Effort
    executor: Executor | None
    tell: Callable[[float], None]

    def run(self) -> Teams:
        """Look until everybody fixed is in and the gap is reached, or no way to look is left."""
        small = sum(seat.count * len(seat.arcs) for seat in seats_of(self.request)) <= _SMALL
        ceiling, count, best = LIMIT, int(self.request.fixed.sum()), None
        for asked, bonus, exact in insisted(self.request, small=small):
            board = Board(asked, seats_of(asked))
            found = self._settled(board) if exact else self._searched(board)
            # with points or without, it holds for every plan that has all in
            ceiling = min(ceiling, found.bound - bonus * count)
            if not (self.request.fixed & (found.team < 0)).any():
                found = replace(found, objective=found.objective - bonus * count)
                best = found if best is None or found.objective > best.objective else best
                if not exact or self._near(best.objective, ceiling):
                    break
            elif cannot_be(self.request, found.bound, bonus):
                return self._impossible(timed=False)
        return self._impossible(timed=True) if best is None else self._checked(best, ceiling)

    def _near(self, objective: int, bound: int) -> bool:
        return bound - objective <= self.effort.gap * max(1.0, abs(bound))

    def _settled(self, board: Board) -> Teams:
        """Put all problems into one model."""
        if not board.seats:
            return _told(board, [], 0, timed=False)
        everybody = [np.ones(len(seat.arcs), bool) for seat in board.seats]
        seconds = self.effort.seconds
        few = few_of(board, range(len(board.seats)), board.high, everybody, [], _WORK, seconds)
        found = settle(few)
        return _told(board, found.teams, found.bound, timed=found.timed)

    def _searched(self, board: Board) -> Teams:
        """Price what is scarce, name nearly the best members, form their teams, and polish those."""
        effort, executor = self.effort, self.executor
        deadline = deadline_after(effort.seconds)
        relaxed = summed(board)
        ceiling = ceiling_of(board, relaxed.prices, executor)
        self.tell(0.1)
        members, cut = relaxed.members(
            deadline_after(None if effort.seconds is None else _SUMMING * effort.seconds)
        )
        self.tell(0.5)
        polish = Polish(board, ceiling, effort.gap, deadline, executor, effort.seed)
        chosen, timed = polish.run(
            teams_of(board, members, executor), lambda share: self.tell(0.5 + share / 2)
        )
        return _told(board, chosen, ceiling.total, timed=timed or cut)

    def _checked(self, found: Teams, bound: int) -> Teams:
        """Check the teams and what they earn by the request itself."""
        check(self.request, found.team, found.lead, found.objective, bound)
        status: Status = "optimal" if found.objective == bound else "feasible"
        return replace(found, bound=bound, status=status, timed=found.timed and status != "optimal")

    def _impossible(self, *, timed: bool) -> Teams:
        nobody = np.full(len(self.request.problem), -1, np.int64)
        return Teams(nobody, nobody >= 0, 0, 0, "infeasible", timed)


def _told(board: Board, teams: list[Team], bound: int, *, timed: bool) -> Teams:
    number = np.full(len(board.request.problem), -1, np.int64)
    lead = np.zeros(len(number), bool)
    counted = [0] * len(board.seats)
    for team in sorted(teams, key=lambda team: (team.seat, -team.value, team.members)):
        arcs = board.seats[team.seat].arcs
        number[arcs[list(team.members)]] = counted[team.seat]
        lead[arcs[team.lead]] = True
        counted[team.seat] += 1
    objective = sum(team.value for team in teams)
    return Teams(number, lead, objective, bound, "feasible", timed)
