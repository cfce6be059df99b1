"""Mend a plan that breaks a row: drop what weighs against the row, the least earning first."""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import Ints
from matching.assignment.company import Company, companies
from matching.assignment.program import Program

_ROUNDS = 8


def mended(program: Program, plan: Ints) -> Ints:
    """Give the plan with columns dropped where a row is broken; what cannot be mended so stays broken."""
    teams = list(companies(program))
    for _ in range(_ROUNDS):
        activity = program.activity(plan)
        lack = np.maximum(program.low - activity, activity - program.high)
        broken = np.flatnonzero((lack > 0) & (program.node == 0))
        if not len(broken):
            break
        for row in broken.tolist():
            side = -1 if activity[row] < program.low[row] else 1
            plan = program.complete(_eased(program, plan, row, side))
        plan = program.complete(_without_lonely(teams, plan))
    return plan


def _without_lonely(teams: list[Company], plan: Ints) -> Ints:
    """Drop all of a need that is left with fewer firms than it must have."""
    changed = plan.copy()
    for team in teams:
        if 0 < sum(bool(plan[firm].any()) for firm in team.firms) < team.least:
            changed[np.concatenate(team.firms)] = 0
    return changed


def _eased(program: Program, plan: Ints, row: int, side: int) -> Ints:
    """Drop the columns that weigh against a row, those that earn least for what they weigh first."""
    entries = slice(program.matrix.indptr[row], program.matrix.indptr[row + 1])
    column, weight = program.matrix.indices[entries], side * program.matrix.data[entries].astype(np.float64)
    limit = program.low[row] if side < 0 else program.high[row]
    lack = float(weight @ plan[column].astype(np.float64)) - side * float(limit)
    heavy = (weight > 0) & (plan[column] > 0) & program.arc[column]
    column, weight = column[heavy], weight[heavy]
    order = np.lexsort((column, program.cost[column] / weight))
    eased = np.cumsum((weight * plan[column])[order])
    dropped = order[: int(np.searchsorted(eased, lack)) + 1]
    changed = plan.copy()
    changed[column[dropped]] = 0
    return changed
