"""A plan of whole teams from the relaxation: take those it is surest of, price the rest anew, and go on.

Source: Sadykov et al., Primal heuristics for branch and price: the assets of diving methods (2019).
"""

from __future__ import annotations

from concurrent.futures import Executor

import numpy as np

from matching.assignment.arrays import Floats, Ints
from matching.assignment.effort import is_over
from matching.assignment.teams.generation import Generated
from matching.assignment.teams.master import Team
from matching.assignment.teams.pricing import offers

#: share of the open places filled in a step; a share of a team that counts as sure, and as too unsure
_STEP, _SURE, _UNSURE = 0.06, 0.95, 0.3
_NOTHING = 1e-4
_TOLERANCE = 1e-3


def dive(state: Generated, deadline: float | None, executor: Executor | None) -> list[Team]:
    """Choose teams within all room; ends with teams for whatever room and places are left.

    Every step starts its relaxation afresh: the centre of all best shares tells the sure from the unsure.
    """
    room, prices = state.master.high.copy(), state.prices
    chosen: list[Team] = []
    while open_seats := _open(state, room):
        if is_over(deadline):
            state.timed = True
            break
        found = offers(state.master, prices, room, open_seats, executor)
        _drop(state, room)
        state.add([team for one in found for team in one.teams])
        state.forget()
        _, prices, share = state.relaxed(room, _TOLERANCE)
        step = _surest(state, share, room)
        if not step:
            break
        chosen += step
    return chosen + fill(state, room, executor)


def fill(state: Generated, room: Ints, executor: Executor | None) -> list[Team]:
    """Give every open place the best team that the room left allows, place after place."""
    added = list[Team]()
    nothing = np.zeros(len(room), np.int64)
    while open_seats := _open(state, room):
        found = offers(state.master, nothing, room, open_seats, executor)
        teams = sorted((team for one in found for team in one.teams[:1]), key=lambda team: -team.value)
        taken = [team for team in teams if team.value > 0 and _take(state, team, room)]
        if not taken:
            break
        added += taken
    return added


def _open(state: Generated, room: Ints) -> list[int]:
    return np.flatnonzero(room[state.master.places] > 0).tolist()


def _surest(state: Generated, share: Floats, room: Ints) -> list[Team]:
    places = int(room[state.master.places].sum())
    teams, most = list(state.teams.values()), max(1, int(_STEP * places))
    chosen: list[Team] = []
    for at in np.argsort(-share, kind="stable").tolist():
        enough = len(chosen) >= most and share[at] < _SURE
        unsure = share[at] < _UNSURE and 3 * len(chosen) >= most
        if share[at] < _NOTHING or enough or unsure:
            break
        if _take(state, teams[at], room):
            chosen.append(teams[at])
    return chosen


def _take(state: Generated, team: Team, room: Ints) -> bool:
    rows, data = state.master.entries(team)
    if (room[rows] < data).any():
        return False
    room[rows] -= data
    return True


def _drop(state: Generated, room: Ints) -> None:
    """Forget teams that the room left no longer allows."""

    def fits(team: Team) -> bool:
        rows, data = state.master.entries(team)
        return bool((room[rows] >= data).all())

    state.teams = {key: team for key, team in state.teams.items() if fits(team)}
