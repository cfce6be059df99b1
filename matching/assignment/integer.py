"""Solve a Program by CP-SAT: whole numbers throughout, one worker, deterministic work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matching.assignment.arrays import LIMIT, Ints
from matching.assignment.effort import Effort
from matching.assignment.exact_sums import dot, gcd
from matching.assignment.program import Program, Solved

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_MOST = 2**61


def solve_integer(program: Program, effort: Effort, hint: Ints | None = None) -> Solved | None:
    """Give the best plan and bound found, from ``hint`` on; None where numbers are too large for it."""
    from ortools.sat.python import cp_model

    unit = gcd(program.cost)
    model = _model(program, program.cost // unit, hint)
    if model.validate():
        return None
    solver = cp_model.CpSolver()
    _tune(solver, effort)
    status = solver.solve(model)
    timed = effort.seconds is not None and solver.wall_time >= effort.seconds * 0.98
    if status == cp_model.INFEASIBLE:
        return Solved(None, 0, infeasible=True)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = -int(solver.response_proto.inner_objective_lower_bound) * unit
    if not found:
        return Solved(None, LIMIT, timed=timed)
    values = np.array(list(solver.response_proto.solution), dtype=np.int64)[: len(program.cost)]
    timed = timed and status != cp_model.OPTIMAL
    return Solved(values, bound if program.cost.any() else 0, timed=timed, work=solver.deterministic_time)


def _tune(solver: cp_model.CpSolver, effort: Effort) -> None:
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = effort.seed % 2**31
    parameters.max_deterministic_time = effort.work
    parameters.relative_gap_limit = effort.gap
    parameters.absolute_gap_limit = 0.0
    if effort.seconds is not None:
        parameters.max_time_in_seconds = max(0.01, effort.seconds)


def _model(program: Program, cost: Ints, hint: Ints | None) -> cp_model.CpModel:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    columns = [model.new_int_var(0, upper, "") for upper in program.upper.tolist()]
    matrix = program.matrix
    for row, (low, high) in enumerate(zip(program.low.tolist(), program.high.tolist(), strict=True)):
        inside = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = [columns[column] for column in matrix.indices[inside].tolist()]
        factors = matrix.data[inside]
        terms, sizes = _gathered(model, terms, factors, program.upper[matrix.indices[inside]], high)
        sum_of = cp_model.LinearExpr.weighted_sum(terms, sizes)
        model.add_linear_constraint(
            sum_of, low if low > -LIMIT else -_MOST * 2, high if high < LIMIT else _MOST * 2
        )
    for column, value in enumerate([] if hint is None else hint.tolist()):
        model.add_hint(columns[column], value)
    if cost.any():
        model.minimize(cp_model.LinearExpr.weighted_sum(columns, (-cost).tolist()))
    return model


def _gathered(
    model: cp_model.CpModel, terms: list[cp_model.IntVar], factors: Ints, upper: Ints, high: int
) -> tuple[list[cp_model.IntVar], list[int]]:
    """Chain a sum over partial sums held by ``high`` where all boxes together would overflow."""
    if dot(np.abs(factors), upper) < _MOST or (factors < 0).any() or high >= _MOST:
        return terms, factors.tolist()
    total: cp_model.IntVar | None = None
    for term, factor in zip(terms, factors.tolist(), strict=True):
        longer = model.new_int_var(0, high, "")
        model.add(longer == (factor * term if total is None else total + factor * term))
        total = longer
    return ([] if total is None else [total]), ([] if total is None else [1])
