"""The linear relaxation: a guide and prices of rows, both rough; nothing is proven by it alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Floats
from matching.assignment.program import Program, as_floats

#: first-order steps at most
_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Guide:
    """Fractional ``values`` per column and ``prices`` per row."""

    values: Floats
    prices: Floats


def relax(program: Program, work: float, seconds: float | None) -> Guide | None:
    """Solve the relaxation by GLOP within ``work`` and ``seconds``; None when it did not finish."""
    from ortools.linear_solver.python import model_builder_helper

    scale = float(max(1, int(np.abs(program.cost).max(initial=1))))
    helper = model_builder_helper.ModelBuilderHelper()
    helper.fill_model_from_sparse_data(
        np.zeros(len(program.cost)),
        program.upper.astype(np.float64),
        program.cost / scale,
        as_floats(program.low),
        as_floats(program.high),
        program.matrix.astype(np.float64),
    )
    helper.set_maximize(True)
    solver = model_builder_helper.ModelSolverHelper("glop")
    solver.set_solver_specific_parameters(f"max_deterministic_time: {work} use_dual_simplex: true")
    if seconds is not None:
        solver.set_time_limit_in_seconds(max(0.01, seconds))
    solver.solve(helper)
    if not solver.has_solution() or solver.status() != model_builder_helper.SolveStatus.OPTIMAL:
        return None
    return Guide(np.asarray(solver.variable_values()), np.asarray(solver.dual_values()) * scale)


def relax_roughly(program: Program, tolerance: float) -> Guide:
    """Solve the relaxation to a relative ``tolerance`` by first-order steps, quick on degenerate rows.

    Prices are those of an interior point, and not negative where rows only have a ceiling. Source: Applegate
    et al., Practical large-scale linear programming using primal-dual hybrid gradient (2021).
    """
    from ortools.pdlp import solvers_pb2
    from ortools.pdlp.python import pdlp

    scale = float(max(1, int(np.abs(program.cost).max(initial=1))))
    linear = pdlp.QuadraticProgram()
    linear.objective_vector = -program.cost / scale
    linear.constraint_matrix = program.matrix.astype(np.float64).tocsc()
    linear.constraint_lower_bounds = as_floats(program.low)
    linear.constraint_upper_bounds = as_floats(program.high)
    linear.variable_lower_bounds = np.zeros(len(program.cost))
    linear.variable_upper_bounds = program.upper.astype(np.float64)
    parameters = solvers_pb2.PrimalDualHybridGradientParams()
    parameters.termination_criteria.simple_optimality_criteria.eps_optimal_relative = tolerance
    parameters.termination_criteria.simple_optimality_criteria.eps_optimal_absolute = tolerance
    parameters.termination_criteria.iteration_limit = _STEPS
    found = pdlp.primal_dual_hybrid_gradient(linear, parameters)
    return Guide(np.asarray(found.primal_solution), -np.asarray(found.dual_solution) * scale)


def corner(program: Program, cost: Floats) -> Floats | None:
    """Give a corner of the relaxation, best by another ``cost``; None where the numbers defeat the solver.

    An interior point is crossed over to it, by HiGHS. Source: Huangfu and Hall, Parallelizing the dual
    revised simplex method (2018).
    """
    from scipy.optimize import linprog

    above, below = program.high < LIMIT, program.low > -LIMIT
    matrix = program.matrix.astype(np.float64)
    found = linprog(
        -cost / max(1.0, float(np.abs(cost).max(initial=0))),
        A_ub=sparse.vstack([matrix[above], -matrix[below]], format="csr"),
        b_ub=np.concatenate([program.high[above], -program.low[below]]),
        bounds=np.column_stack([np.zeros(len(cost)), program.upper]),
        method="highs-ipm",
    )
    return None if found.x is None else np.asarray(found.x)
