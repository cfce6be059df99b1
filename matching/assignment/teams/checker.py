"""Check teams against the request, rule by rule over columns, sharing no code with what formed them."""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.checker import PlanFault
from matching.assignment.teams.request import Request


def check(request: Request, team: Ints, lead: Bools, objective: int, bound: int) -> None:
    """Raise ``PlanFault`` unless the teams keep every rule, earn ``objective`` and stay within ``bound``."""
    found = faults(request, team, lead)
    worth = worth_of(request, team, lead)
    if worth != objective:
        found.append(f"objective is {worth}, not {objective}")
    if worth > bound:
        found.append(f"objective {worth} is above the bound {bound}")
    if found:
        raise PlanFault("; ".join(found))


def faults(request: Request, team: Ints, lead: Bools) -> list[str]:
    """Name every broken rule."""
    inside = np.flatnonzero(team >= 0)
    keys, at = _teams(request, team, inside)
    owner = keys // _stride(team)
    size = np.bincount(at, minlength=len(keys))
    told = {
        "a team beyond those wanted": (keys % _stride(team) >= request.teams[owner]).any(),
        "a team is too small or too large": (
            (size < request.least[owner]) | (size > request.most[owner])
        ).any(),
        "a team does not have one lead": (np.bincount(at, lead[inside], len(keys)) != 1).any(),
        "somebody leads who may not": (lead & ~request.may_lead).any() or (lead & (team < 0)).any(),
        "a role is missing": _roles_missing(request, inside, at, owner),
        "a skill that must be covered is not": (
            _open_skills(request, team) & (request.uncovered < 0)[:, None]
        ).any(),
        "two are in one team who must not": _same(team, request.apart).any(),
        "an expert has too much to do": (
            np.bincount(request.expert[inside], request.use[inside], len(request.capacity)) > request.capacity
        ).any(),
        "somebody leads too many": _leads_too_many(request, lead),
        "somebody is left out who must take part": (request.fixed & (team < 0)).any(),
        "an organisation is in two teams of a problem": _firm_twice(request, team, inside),
    }
    return [fault for fault, holds in told.items() if holds]


def worth_of(request: Request, team: Ints, lead: Bools) -> int:
    """Give what the teams earn."""
    inside = np.flatnonzero(team >= 0)
    keys, _ = _teams(request, team, inside)
    earned = int(request.worth[keys // _stride(team)].sum()) + int(request.score[inside].sum())
    cohesion = int(request.cohesion[_same(team, request.together)].sum())
    open_skills = _open_skills(request, team).sum(axis=1)
    lost = int((np.maximum(request.uncovered, 0) * open_skills).sum())
    return earned + int(request.lead_score[lead].sum()) + cohesion - lost


def _stride(team: Ints) -> int:
    return int(team.max(initial=0)) + 1


def _teams(request: Request, team: Ints, inside: Ints) -> tuple[Ints, Ints]:
    keys, at = np.unique(request.problem[inside] * _stride(team) + team[inside], return_inverse=True)
    return keys, at.astype(np.int64)


def _roles_missing(request: Request, inside: Ints, at: Ints, owner: Ints) -> bool:
    count = np.zeros((len(owner), request.required.shape[1]), np.int64)
    known = request.role[inside] >= 0
    np.add.at(count, (at[known], request.role[inside][known]), 1)
    return bool((count < request.required[owner]).any())


def _open_skills(request: Request, team: Ints) -> Bools:
    """Tell of each skill (row) and number of a team (column) whether that team exists and lacks it."""
    shape = (len(request.skill_of), _stride(team))
    formed = np.zeros((len(request.teams), shape[1]), bool)
    inside = np.flatnonzero(team >= 0)
    formed[request.problem[inside], team[inside]] = True
    covered = np.zeros(shape, bool)
    candidate, skill = request.covers.tocoo().coords
    some = team[candidate] >= 0
    covered[skill[some], team[candidate[some]]] = True
    return formed[request.skill_of] & ~covered


def _same(team: Ints, pairs: Ints) -> Bools:
    one, other = team[pairs[:, 0]], team[pairs[:, 1]]
    return np.asarray((one >= 0) & (one == other))


def _leads_too_many(request: Request, lead: Bools) -> bool:
    led = np.bincount(request.expert[lead], minlength=len(request.max_leads))
    return bool(((request.max_leads >= 0) & (led > request.max_leads)).any())


def _firm_twice(request: Request, team: Ints, inside: Ints) -> bool:
    firm = request.firm[inside]
    rows = np.unique(np.column_stack([request.problem[inside], firm, team[inside]]), axis=0)
    return len(np.unique(rows[:, :2], axis=0)) < len(rows)
