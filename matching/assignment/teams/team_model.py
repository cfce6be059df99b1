"""The rules of one team in CP-SAT: size, roles, skills, lead, conflicts, cohesion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from matching.assignment.arrays import Ints
from matching.assignment.teams.seat import Seat

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(slots=True)
class TeamVariables:
    """Who is in a team and who leads it, by the number of the candidate; what it earns besides scores."""

    on: cp_model.IntVar | None
    member: dict[int, cp_model.IntVar]
    lead: dict[int, cp_model.IntVar] = field(default_factory=dict)
    group: list[cp_model.IntVar] = field(default_factory=list)
    extra: list[cp_model.IntVar] = field(default_factory=list)
    points: list[int] = field(default_factory=list)


def add_team(model: cp_model.CpModel, seat: Seat, allowed: Ints, *, optional: bool = False) -> TeamVariables:
    """Add a team of some candidates to a model; an optional one may stay empty."""
    on = model.new_bool_var("") if optional else None
    team = TeamVariables(on, {one: model.new_bool_var("") for one in allowed.tolist()})
    _add_size_and_roles(model, seat, team)
    _add_skills(model, seat, team)
    _add_lead(model, seat, team)
    for one, other in seat.pairs.tolist():
        if one in team.member and other in team.member:
            model.add_at_most_one([team.member[one], team.member[other]])
    for (one, other), points in zip(seat.friends.tolist(), seat.cohesion.tolist(), strict=True):
        if points and one in team.member and other in team.member:
            both = _extra(model, team, points)
            model.add_implication(both, team.member[one])
            model.add_implication(both, team.member[other])
    for some in seat.shared_groups:
        team.group.append(model.new_bool_var(""))
        for one in some.tolist():
            if one in team.member:
                model.add_implication(team.member[one], team.group[-1])
    return team


def lead_of(seat: Seat, members: list[int]) -> int:
    """Name the best member who may lead, the first of equals."""
    ranked = sorted(members, key=lambda one: (-int(seat.lead_score[one]), -int(seat.score[one]), one))
    return next(one for one in ranked if seat.may_lead[one])


def value_of(seat: Seat, members: list[int], lead: int) -> int:
    """Give what a team earns: its worth, scores, lead and cohesion, less what it leaves uncovered."""
    inside = np.zeros(len(seat.arcs), bool)
    inside[members] = True
    open_skills = (seat.uncovered > 0) & ~seat.covers[members].any(axis=0)
    earned = seat.worth + int(seat.score[members].sum()) + int(seat.lead_score[lead])
    cohesion = int(seat.cohesion[inside[seat.friends].all(axis=1)].sum())
    return earned + cohesion - int(seat.uncovered[open_skills].sum())


def _add_size_and_roles(model: cp_model.CpModel, seat: Seat, team: TeamVariables) -> None:
    _at_least(model, list(team.member.values()), seat.least, team.on)
    everybody = list(team.member.values())
    if team.on is None:
        model.add_linear_constraint(_total(everybody), 0, seat.most)
    else:
        model.add(_total(everybody) <= seat.most * team.on)
    for role, count in enumerate(seat.required.tolist()):
        if count:
            some = [one for number, one in team.member.items() if seat.role[number] == role]
            _at_least(model, some, count, team.on)


def _add_skills(model: cp_model.CpModel, seat: Seat, team: TeamVariables) -> None:
    for skill, lost in enumerate(seat.uncovered.tolist()):
        some = [one for number, one in team.member.items() if seat.covers[number, skill]]
        if lost > 0:
            some.append(_extra(model, team, -lost))
        if lost:
            _at_least(model, some, 1, team.on)


def _add_lead(model: cp_model.CpModel, seat: Seat, team: TeamVariables) -> None:
    able = {number: one for number, one in team.member.items() if seat.may_lead[number]}
    if not seat.leads_count:
        _at_least(model, list(able.values()), 1, team.on)
        return
    for number, one in able.items():
        team.lead[number] = model.new_bool_var("")
        model.add_implication(team.lead[number], one)
    leads = list(team.lead.values())
    model.add_at_most_one(leads)
    _at_least(model, leads, 1, team.on)


def _at_least(
    model: cp_model.CpModel, some: list[cp_model.IntVar], count: int, on: cp_model.IntVar | None
) -> None:
    if on is None:
        model.add_linear_constraint(_total(some), count, len(some) + count)
    else:
        model.add(_total(some) >= count * on)


def _total(some: list[cp_model.IntVar]) -> cp_model.LinearExprT:
    from ortools.sat.python import cp_model

    return cp_model.LinearExpr.sum(some)


def _extra(model: cp_model.CpModel, team: TeamVariables, points: int) -> cp_model.IntVar:
    one = model.new_bool_var("")
    team.extra.append(one)
    team.points.append(points)
    return one
