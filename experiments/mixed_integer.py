"""The problem of the allocation kernel as one mixed integer program for HiGHS: a second, independent proof.

Quantities may be fractions here, so that the bound holds for whole steps all the more; it is proven within
the tolerances of floating point (1e-6), where the kernel's own bound is exact. Of what the kernel knows,
``setup``, ``opening``, ``fixed`` and rows that ask for a least sum or cost points are not told.

Source: Huangfu and Hall, Parallelizing the dual revised simplex method (2018); scipy.optimize.milp.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from matching.market import FloatArray, IntArray

#: the objective is scaled to this size of its largest entry
SCALE = 1000.0
#: relative gap at which the search ends
CLOSE = 1e-5
#: arguments of the kernel that this program holds
TOLD = {
    *("need", "offer", "score", "demand", "capacity", "upper", "minimum", "partner", "use"),
    *("max_partners", "max_deals", "rows", "low", "high", "penalty", "tier"),
}
#: limits from here on bind nothing
NO_LIMIT = 2**31 - 1


@dataclass(frozen=True)
class Proof:
    """The least proven ceiling of the objective, the best found and its quantities; float[pairs]."""

    bound: float
    objective: float
    quantity: FloatArray


@dataclass(frozen=True)
class _Usable:
    """The pairs that can carry anything, in parallel columns; ``at`` are their rows among all pairs."""

    at: IntArray
    need: IntArray
    offer: IntArray
    firm: IntArray
    upper: IntArray
    minimum: IntArray
    use: IntArray
    score: IntArray

    def __len__(self) -> int:
        return len(self.at)


def prove(asked: Mapping[str, Any], seconds: float) -> Proof:
    """Bound the objective of ``matching.assignment.allocate(**asked)``.

    Raises ValueError where the arguments hold more than this program tells.
    """
    if not asked.keys() <= TOLD:
        raise ValueError(f"arguments must be among {sorted(TOLD)}, got {sorted(asked)}")
    if np.any(np.asarray(asked.get("low", 0)) > 0) or np.any(np.asarray(asked.get("penalty", -1)) >= 0):
        raise ValueError("rows must be mandatory and ask for no least sum")
    usable = _usable(asked)
    worth = usable.score * usable.upper.astype(float)
    if not len(usable):
        return Proof(0.0, 0.0, np.zeros(len(asked["need"])))
    scale = SCALE / worth.max()
    blocks, highs = zip(*_limits(asked, usable), strict=True)
    wide = max(block.shape[1] for block in blocks)
    for block in blocks:
        block.resize(block.shape[0], wide)
    goal, whole = np.zeros(wide), np.ones(wide)
    goal[: len(usable)], whole[: len(usable)] = -scale * worth, 0
    rules = LinearConstraint(sparse.vstack(blocks).tocsr(), -np.inf, np.concatenate(highs))
    options = {"time_limit": seconds, "mip_rel_gap": CLOSE}
    found = milp(goal, constraints=rules, bounds=Bounds(0, 1), integrality=whole, options=options)
    quantity = np.zeros(len(asked["need"]))
    if found.x is not None:
        quantity[usable.at] = found.x[: len(usable)] * usable.upper
    bound = np.inf if found.mip_dual_bound is None else -found.mip_dual_bound / scale
    return Proof(float(bound), float(asked["score"] @ quantity), quantity)


def _usable(asked: Mapping[str, Any]) -> _Usable:
    need, offer, use = asked["need"], asked["offer"], asked["use"]
    room = asked["capacity"][offer] // np.maximum(use, 1)
    upper = np.minimum(asked["upper"], asked["demand"][need])
    upper = np.where(use > 0, np.minimum(upper, room), upper)
    at = np.flatnonzero((upper >= np.maximum(asked["minimum"], 1)) & (asked["score"] > 0))
    columns = (need, offer, asked["partner"][offer], upper, asked["minimum"], use, asked["score"])
    return _Usable(at, *(column[at] for column in columns))


def _limits(asked: Mapping[str, Any], usable: _Usable) -> Iterator[tuple[sparse.csr_matrix, FloatArray]]:
    """Give rows and their ceilings; columns: share of ``upper``, used or not, firm used at a need or not."""
    size = len(usable)
    each = np.arange(size)
    carried = usable.upper.astype(float)
    yield _summed(usable.need, each, carried / asked["demand"][usable.need])
    room = np.maximum(asked["capacity"], 1)[usable.offer]
    yield _summed(usable.offer, each, usable.use * carried / room)
    one = sparse.identity(size, format="csr")
    yield sparse.hstack([one, -one]).tocsr(), np.zeros(size)
    yield sparse.hstack([-one, sparse.diags(usable.minimum / carried)]).tocsr(), np.zeros(size)
    if "tier" in asked:
        codes = usable.need * len(asked["capacity"]) + usable.offer
        yield _summed(codes, size + each, np.ones(size))
    if "max_deals" in asked:
        most = asked["max_deals"][usable.firm]
        some = np.flatnonzero(most >= 0)
        yield _summed(usable.firm[some], size + some, 1 / np.maximum(most[some], 1e-6))
    if "max_partners" in asked:
        yield from _partner_limits(asked["max_partners"][usable.need], usable)
    if "rows" in asked:
        rows = sparse.csr_matrix(asked["rows"])[:, usable.at] @ sparse.diags(carried)
        yield sparse.csr_matrix(rows), np.asarray(asked["high"], float)


def _partner_limits(most: IntArray, usable: _Usable) -> Iterator[tuple[sparse.csr_matrix, FloatArray]]:
    """Count each firm at a need once, however many of its offers are used there."""
    some, size = np.flatnonzero(most < NO_LIMIT), len(usable)
    if not len(some):
        return
    both = np.stack([usable.need[some], usable.firm[some]])
    (need, _), first, firm = np.unique(both, axis=1, return_index=True, return_inverse=True)
    shape = (len(some), 2 * size + len(need))
    each, ones = np.arange(len(some)), np.ones(len(some))
    used = sparse.csr_matrix((ones, (each, size + some)), shape)
    yield used - sparse.csr_matrix((ones, (each, 2 * size + firm.ravel())), shape), np.zeros(len(some))
    yield _summed(need, 2 * size + np.arange(len(need)), 1 / most[some][first])


def _summed(group: IntArray, column: IntArray, value: FloatArray) -> tuple[sparse.csr_matrix, FloatArray]:
    """Sum columns by group, each sum at most 1."""
    names, row = np.unique(group, return_inverse=True)
    shape = (len(names), int(column.max(initial=-1)) + 1)
    return sparse.csr_matrix((value, (row, column)), shape), np.ones(len(names))
