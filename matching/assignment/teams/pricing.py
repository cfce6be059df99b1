"""The best team of one problem at prices: what its members' time, firms and lead are worth elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.teams.master import Master, Team
from matching.assignment.teams.seat import Seat
from matching.assignment.teams.team_model import TeamVariables, add_team, lead_of, value_of

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

#: deterministic work for one team; its ceiling holds all the same where this ends the search
_WORK = 2.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One problem at prices: of each candidate, of each firm with several candidates, of leading."""

    number: int
    seat: Seat
    member: Ints
    firm: Ints
    lead: Ints
    open: Bools
    count: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A ceiling of what any team earns above its prices, and teams that share nobody, the best first."""

    ceiling: int
    teams: list[Team]


def offers(
    master: Master,
    prices: Ints,
    room: Ints,
    seats: Sequence[int],
    executor: Executor | None,
) -> list[Offered]:
    """Price teams for some seats within the room left, as many for each as it still takes."""
    asked = [_asked(master, prices, room, number) for number in seats]
    return list(map(best_teams, asked) if executor is None else executor.map(best_teams, asked, chunksize=8))


def ceiling_at(master: Master, prices: Ints, found: Sequence[Offered]) -> int:
    """Bound every plan: what all room is worth at the prices, and the most each place earns above them.

    Source: Geoffrion, Lagrangean relaxation for integer programming (1974); any prices ≥ 0 are valid.
    """
    worth = sum(price * room for price, room in zip(prices.tolist(), master.high.tolist(), strict=True))
    earned = sum(seat.count * max(0, one.ceiling) for seat, one in zip(master.seats, found, strict=True))
    return int(worth + earned)


def best_teams(asked: Asked) -> Offered:
    """Give the best team at prices, then the best that shares nobody with those before, and so on."""
    from ortools.sat.python import cp_model

    seat, able = asked.seat, asked.open.copy()
    model = cp_model.CpModel()
    team = add_team(model, seat, np.flatnonzero(able))
    ceiling, found = 0, list[Team]()
    for turn in range(asked.count):
        model.clear_objective()
        model.maximize(_earned(asked, team, able))
        solver = cp_model.CpSolver()
        status = _solve(solver, model)
        if turn == 0:
            impossible = status == cp_model.INFEASIBLE
            ceiling = 0 if impossible else seat.worth - int(solver.response_proto.inner_objective_lower_bound)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        members = tuple(one for one, inside in team.member.items() if solver.boolean_value(inside))
        if not able[list(members)].all():
            break
        leads = [one for one, leading in team.lead.items() if solver.boolean_value(leading)]
        lead = leads[0] if leads else lead_of(seat, list(members))
        found.append(Team(asked.number, members, lead, value_of(seat, list(members), lead)))
        able[np.isin(seat.group, seat.group[list(members)])] = False
    return Offered(ceiling, found)


def _asked(master: Master, prices: Ints, room: Ints, number: int) -> Asked:
    seat, request = master.seats[number], master.request
    experts = request.expert[seat.arcs]
    member = request.use[seat.arcs] * prices[experts]
    several, first = len(seat.shared_groups), int(master.group_starts[number])
    for at, some in enumerate(master.groups[number][several:]):
        member[some] += prices[first + several + at]
    lead = np.zeros(len(experts), np.int64)
    if request.leads_count:
        lead = prices[master.group_starts[-1] + experts]
        seat = replace(seat, may_lead=seat.may_lead & (room[master.group_starts[-1] + experts] > 0))
    return Asked(
        number=number,
        seat=seat,
        member=member,
        firm=prices[first : first + several],
        lead=lead,
        open=master.open_candidates(number, room),
        count=int(min(seat.count, room[len(request.capacity) + number])),
    )


def _earned(asked: Asked, team: TeamVariables, able: Bools) -> cp_model.LinearExpr:
    """Sum scores less prices; whoever is already in a team costs more than any team earns."""
    from ortools.sat.python import cp_model

    seat = asked.seat
    score = (seat.score - asked.member).tolist()
    lead = (seat.lead_score - asked.lead).tolist()
    too_much = 1 + sum(map(abs, [*score, *lead, *team.points, *asked.firm.tolist()]))
    variables = [*team.member.values(), *team.lead.values(), *team.group, *team.extra]
    factors = [
        *[score[one] if able[one] else -too_much for one in team.member],
        *[lead[one] for one in team.lead],
        *[-one for one in asked.firm.tolist()],
        *team.points,
    ]
    return cp_model.LinearExpr.weighted_sum(variables, factors)


def _solve(solver: cp_model.CpSolver, model: cp_model.CpModel) -> Any:
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.cp_model_presolve = False  # takes longer than the search does
    parameters.linearization_level = 2
    parameters.symmetry_level = 0
    parameters.max_deterministic_time = _WORK
    return solver.solve(model)
