"""Search a Program whose quantities are lumpy by branch and cut (HiGHS): a plan, never a proof.

CP-SAT is weak where quantities run over thousands of steps; here they may be fractions while only switches
are whole, and the fractions are made whole afterwards. What HiGHS proves holds within tolerances of floating
point only, so that no ceiling is taken from it.

Source: Huangfu and Hall, Parallelizing the dual revised simplex method (2018).
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Floats
from matching.assignment.program import Program

#: the largest cost and the largest entry of each row are scaled to these
_COST = 1000.0
#: share of the time from which the clock counts as what ended a search
_NEARLY = 0.98


@dataclass(frozen=True, slots=True)
class Branched:
    """Quantities that earn nearly the most, as fractions; None: none found. ``timed``: the clock ended it."""

    quantity: Floats | None
    timed: bool


def branch(program: Program, gap: float, nodes: int, seconds: float | None) -> Branched:
    """Search until within ``gap`` of HiGHS's own ceiling, for ``nodes`` (deterministic), or ``seconds``.

    ``program`` must be spelled out.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    size = program.upper.astype(np.float64)
    worth = program.cost * size
    matrix = sparse.csr_matrix(program.matrix.astype(np.float64) @ sparse.diags_array(np.maximum(size, 1)))
    largest = np.maximum(abs(matrix).max(axis=1).toarray().ravel(), 1.0)
    ends = (np.where(np.abs(end) >= LIMIT, np.copysign(np.inf, end), end / largest) for end in _ends(program))
    options = {"mip_rel_gap": gap, "node_limit": nodes}
    if seconds is not None:
        options["time_limit"] = seconds
    start = time.monotonic()
    found = milp(
        -worth * (_COST / max(1.0, float(np.abs(worth).max(initial=0)))),
        constraints=LinearConstraint(sparse.diags_array(1 / largest) @ matrix, *ends),
        bounds=Bounds(0, np.minimum(size, 1)),
        integrality=(program.upper <= 1).astype(np.int64),
        options=options,
    )
    timed = seconds is not None and time.monotonic() - start >= seconds * _NEARLY
    return Branched(None if found.x is None else found.x * size, timed)


def _ends(program: Program) -> tuple[Floats, Floats]:
    return program.low.astype(np.float64), program.high.astype(np.float64)
