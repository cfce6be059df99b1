"""Mix plans of components so that rows over all of them hold: the master of Dantzig and Wolfe.

Source: Dantzig, Wolfe (1960), Decomposition principle for linear programs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Bools, Floats, Ints

_TIGHTENINGS = 12


@dataclass(frozen=True, slots=True)
class Offers:
    """Plan k in component g: ``worth`` float64[K, G], ``load`` float64[K, G, W] on row w."""

    worth: Floats
    load: Floats


@dataclass(frozen=True, slots=True)
class Rows:
    """Limits of the rows, the ``price`` of a unit of breach, and which are ``strict`` in the end."""

    low: Floats
    high: Floats
    price: Floats
    strict: Bools

    def short(self, load: Floats) -> Floats:
        """Give what a load lacks (above 0) or has too much of (below 0) on the strict rows."""
        short = np.maximum(self.low - load, 0) - np.maximum(load - self.high, 0)
        return np.where(self.strict, short, 0.0)


@dataclass(frozen=True, slots=True)
class Mix:
    """``share`` float64[K, G] of each plan, rough ``prices`` float64[W] of the rows, the value of the mix."""

    share: Floats
    prices: Floats
    value: float


def mix(offers: Offers, rows: Rows) -> Mix | None:
    """Give the best mix of plans under the rows; None where the solver has none."""
    from ortools.linear_solver.python import model_builder_helper

    plans, groups = offers.worth.shape
    width = len(rows.low)
    size = float(max(1.0, np.abs(offers.worth).max(initial=1.0)))
    unit = np.maximum(1.0, np.abs(offers.load).sum(axis=1).max(axis=0))
    loads = sparse.csr_array(offers.load.reshape(plans * groups, width) / unit)
    breach = sparse.hstack([sparse.eye_array(width), -sparse.eye_array(width)])
    convex = sparse.kron(np.ones((1, plans)), sparse.eye_array(groups))
    empty = sparse.csr_array((groups, 2 * width))
    matrix = sparse.csr_array(
        sparse.vstack([sparse.hstack([convex, empty]), sparse.hstack([loads.T, breach])], format="csr")
    )
    broken = -np.tile(rows.price * unit / size, 2)
    helper = model_builder_helper.ModelBuilderHelper()
    helper.fill_model_from_sparse_data(
        np.zeros(matrix.shape[1]),
        np.full(matrix.shape[1], np.inf),
        np.concatenate([offers.worth.ravel() / size, broken]),
        np.concatenate([np.ones(groups), rows.low / unit]),
        np.concatenate([np.ones(groups), rows.high / unit]),
        matrix,
    )
    helper.set_maximize(True)
    solver = model_builder_helper.ModelSolverHelper("glop")
    solver.solve(helper)
    if not solver.has_solution():
        return None
    share = np.asarray(solver.variable_values())[: plans * groups].reshape(plans, groups)
    prices = np.asarray(solver.dual_values())[groups:] * size / unit
    return Mix(share, prices, float(solver.objective_value()) * size)


def choose(offers: Offers, rows: Rows) -> Ints | None:
    """Give one plan for each component so that all strict rows hold; None where none was found."""
    found = [plan for plan in (_rounded(offers, rows), _uniform(offers, rows)) if plan is not None]
    groups = np.arange(offers.worth.shape[1])
    return max(found, key=lambda plan: float(offers.worth[plan, groups].sum()), default=None)


def _rounded(offers: Offers, rows: Rows) -> Ints | None:
    """Round the best mix to one plan for each component.

    A vertex of the mix splits no more components than there are rows. What rounding those breaks is asked for
    beforehand the next time.
    """
    more, groups = np.zeros(len(rows.low)), np.arange(offers.worth.shape[1])
    for _ in range(_TIGHTENINGS):
        low, high = rows.low + np.maximum(more, 0), rows.high + np.minimum(more, 0)
        found = mix(offers, replace(rows, low=low, high=np.maximum(low, high)))
        if found is None:
            return None
        plan: Ints = found.share.argmax(axis=0)
        short = rows.short(offers.load[plan, groups].sum(axis=0))
        if not short.any():
            return plan
        more += 1.1 * short + np.sign(short)
    return None


def _uniform(offers: Offers, rows: Rows) -> Ints | None:
    """Take one plan in all components: the most worth of those that hold."""
    loads = offers.load.sum(axis=1)
    holding = [at for at, load in enumerate(loads) if not rows.short(load).any()]
    if not holding:
        return None
    most = max(holding, key=lambda at: float(offers.worth[at].sum()))
    return np.full(offers.worth.shape[1], most, dtype=np.int64)
