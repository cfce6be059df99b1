"""All teams of a few problems at once, by CP-SAT, within the room that the others leave."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.teams.board import Board, Team
from matching.assignment.teams.seat import Seat
from matching.assignment.teams.team_model import TeamVariables, add_team, lead_of, value_of

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

#: parts that many are handed out in
_CHUNKS = 50


@dataclass(frozen=True, slots=True)
class Few:
    """Some seats: experts and use of their candidates, time and leads left, who may come in, teams so far."""

    numbers: list[int]
    seats: list[Seat]
    experts: list[Ints]
    use: list[Ints]
    room: dict[int, int]
    leads: dict[int, int]
    allowed: list[Bools]
    before: list[Team]
    work: float
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Settled:
    """The best teams found for some seats, a ceiling, whether only the clock ended it, and the work done."""

    teams: list[Team]
    bound: int
    timed: bool
    work: float


def few_of(  # noqa: PLR0913
    board: Board, numbers: Sequence[int], room: Ints, allowed: Sequence[Bools], before: list[Team],
    work: float, seconds: float | None,
) -> Few:  # fmt: skip
    """Cut out some seats; ``room`` is what is left for them, their teams so far taken out."""
    request, seats = board.request, [board.seats[number] for number in numbers]
    experts = [request.expert[seat.arcs] for seat in seats]
    everybody = np.unique(np.concatenate(experts))
    leads = room[len(request.capacity) + everybody].tolist() if request.leads_count else []
    return Few(
        numbers=list(numbers),
        seats=seats,
        experts=experts,
        use=[request.use[seat.arcs] for seat in seats],
        room=dict(zip(everybody.tolist(), room[everybody].tolist(), strict=True)),
        leads=dict(zip(everybody.tolist(), leads, strict=True)) if leads else {},
        allowed=list(allowed),
        before=before,
        work=work,
        seconds=seconds,
    )


def settle(few: Few) -> Settled:
    """Give the best teams of some seats from those before on; as good as those at least."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    teams = _model(model, few)
    variables, factors = _objective(few, teams)
    model.maximize(cp_model.LinearExpr.weighted_sum(variables, factors))
    _hint(model, few, teams)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.linearization_level = 2  # without the rows of its relaxation many optima stay unproven
    parameters.max_deterministic_time = few.work
    if few.seconds is not None:
        parameters.max_time_in_seconds = max(0.01, few.seconds)
    status = solver.solve(model)
    work = solver.deterministic_time
    bound = -int(solver.response_proto.inner_objective_lower_bound)
    timed = few.seconds is not None and status != cp_model.OPTIMAL and solver.wall_time >= few.seconds * 0.98
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Settled(few.before, bound, timed, work)
    found = [_read(solver, few, at, team) for at, team in teams if solver.boolean_value(team.on)]
    better = sum(team.value for team in found) >= sum(team.value for team in few.before)
    return Settled(found if better else few.before, bound, timed, work)


def settle_all(tasks: Sequence[Few], executor: Executor | None) -> list[Settled]:
    """Settle several that share nothing, side by side where there is an executor."""
    if executor is None:
        return list(map(settle, tasks))
    return list(executor.map(settle, tasks, chunksize=1 + len(tasks) // _CHUNKS))


def _model(model: cp_model.CpModel, few: Few) -> list[tuple[int, TeamVariables]]:
    load: dict[int, list[tuple[cp_model.IntVar, int]]] = {expert: [] for expert in few.room}
    leads: dict[int, list[cp_model.IntVar]] = {expert: [] for expert in few.room}
    teams: list[tuple[int, TeamVariables]] = []
    for at, (seat, allowed) in enumerate(zip(few.seats, few.allowed, strict=True)):
        own = [add_team(model, seat, np.flatnonzero(allowed), optional=True) for _ in range(seat.count)]
        for one, other in pairwise(own):
            model.add_implication(other.on, one.on)
        _add_once(model, seat, own)
        for team in own:
            for number, member in team.member.items():
                load[int(few.experts[at][number])].append((member, int(few.use[at][number])))
            for number, lead in team.lead.items():
                leads[int(few.experts[at][number])].append(lead)
        teams += [(at, team) for team in own]
    _add_loads(model, few, load, leads)
    return teams


def _add_once(model: cp_model.CpModel, seat: Seat, own: list[TeamVariables]) -> None:
    """Let nobody, and no firm, come in with two teams of one problem."""
    for number in own[0].member:
        model.add_at_most_one([team.member[number] for team in own])
    for at in range(len(own[0].group)):
        model.add_at_most_one([team.group[at] for team in own])


def _add_loads(
    model: cp_model.CpModel,
    few: Few,
    load: dict[int, list[tuple[cp_model.IntVar, int]]],
    leads: dict[int, list[cp_model.IntVar]],
) -> None:
    from ortools.sat.python import cp_model

    for expert, some in load.items():
        variables, uses = [one for one, _ in some], [use for _, use in some]
        if sum(uses) > few.room[expert]:
            model.add(cp_model.LinearExpr.weighted_sum(variables, uses) <= few.room[expert])
        if few.leads and len(leads[expert]) > few.leads[expert]:
            model.add(cp_model.LinearExpr.sum(leads[expert]) <= few.leads[expert])


def _objective(few: Few, teams: list[tuple[int, TeamVariables]]) -> tuple[list[cp_model.IntVar], list[int]]:
    variables: list[cp_model.IntVar] = []
    factors: list[int] = []
    for at, team in teams:
        seat = few.seats[at]
        variables += [team.on, *team.member.values(), *team.lead.values(), *team.extra]
        factors += [seat.worth, *seat.score[list(team.member)].tolist()]
        factors += [*seat.lead_score[list(team.lead)].tolist(), *team.points]
    return variables, factors


def _hint(model: cp_model.CpModel, few: Few, teams: list[tuple[int, TeamVariables]]) -> None:
    place = {number: at for at, number in enumerate(few.numbers)}
    waiting: dict[int, list[Team]] = {at: [] for at in range(len(few.seats))}
    for team in few.before:
        waiting[place[team.seat]].append(team)
    for at, variables in teams:
        known = waiting[at].pop(0) if waiting[at] else None
        model.add_hint(variables.on, known is not None)
        for number, member in variables.member.items():
            model.add_hint(member, known is not None and number in known.members)
        for number, lead in variables.lead.items():
            model.add_hint(lead, known is not None and number == known.lead)


def _read(solver: cp_model.CpSolver, few: Few, at: int, team: TeamVariables) -> Team:
    seat = few.seats[at]
    members = [number for number, one in team.member.items() if solver.boolean_value(one)]
    leads = [number for number, one in team.lead.items() if solver.boolean_value(one)]
    lead = leads[0] if leads else lead_of(seat, members)
    return Team(few.numbers[at], tuple(members), lead, value_of(seat, members, lead))
