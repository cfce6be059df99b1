"""The linear relaxation of a large Program: switches give way to what they follow, columns come in as they pay.

A switch that is 1 wherever a column x ≤ u is positive is at least x/u; where it does harm only, a relaxation
has it at just that. So no switch and no link is left: some ten times fewer rows, and prices that prove the
same ceiling. Of the columns that remain only those that prices favour are let in, round by round.

Source: sifting, Bixby, Gregory, Lustig, Marsten and Shanno (1992), Very large-scale linear programming: a case
study in combining interior point and simplex methods.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Floats, Ints
from matching.assignment.effort import left
from matching.assignment.flow import flow_of
from matching.assignment.program import DEPTH, Program, as_floats
from matching.assignment.relaxation import Guide

#: columns of a need to begin with, those let in a round, and rounds at most
_FIRST, _MORE, _ROUNDS = 8, 4, 8
#: how near the columns let in have to come to what all of them could earn
_CLOSE = 1e-3


def sift(program: Program, plan: Ints, deadline: float | None) -> Guide | None:
    """Solve the relaxation of a spelled out Program from the columns of a plan on; None if not in time."""
    shadow = _Shadow.of(program)
    guide, prices = None, flow_of(program).prices()
    inside = (plan > 0) | (shadow.need < 0)
    inside |= shadow.best(shadow.earned(prices), _FIRST)
    for _ in range(_ROUNDS):
        found = shadow.solve(np.flatnonzero(inside & shadow.plain), left(deadline))
        if found is None:
            break
        guide, close = found
        if close:
            break
        earned = shadow.earned(guide.prices[: len(shadow.high)])
        inside |= shadow.best(np.where(inside, 0, earned), _MORE)
    return guide


@dataclass(frozen=True, slots=True)
class _Shadow:
    """A Program without its switches.

    ``matrix`` CSC of rows × columns, those of switches empty, ``cost``, ``upper``, ``low``, ``high``; ``plain``
    marks what is no switch, ``need`` is the node each quantity hangs on in the end, −1 for none. Of every
    link ``child`` and ``switch``, and the ``weight`` by which the child stands for the switch.
    """

    program: Program
    matrix: sparse.csc_array
    cost: Floats
    upper: Floats
    low: Floats
    high: Floats
    plain: np.ndarray
    need: Ints
    weight: Floats

    @classmethod
    def of(cls, program: Program) -> _Shadow:
        child, switch = program.links.T
        size, rows = len(program.cost), len(program.low) - len(child) - int((program.least > 0).sum())
        upper = program.upper.astype(np.float64)
        weight = 1 / np.maximum(np.bincount(switch, minlength=size)[switch] * upper[child], 1)
        plain = np.ones(size, np.bool_)
        plain[switch] = False
        follows = sparse.csr_array((weight, (switch, child)), shape=(size, size))
        lifted = level = sparse.diags_array(plain.astype(np.float64)).tocsr()
        for _ in range(DEPTH):
            level = follows @ level
            lifted = lifted + level
        matrix = program.matrix[:rows].astype(np.float64)
        low, high = _harmful(program, matrix, plain)
        return cls(
            program=program,
            matrix=sparse.csc_array(matrix @ lifted),
            cost=program.cost.astype(np.float64) @ lifted,
            upper=upper,
            low=low,
            high=high,
            plain=plain,
            need=_needs(program),
            weight=weight,
        )

    def earned(self, prices: Floats) -> Floats:
        """Give what each column could earn beyond the prices of its rows."""
        return np.asarray((self.cost - self.matrix.T @ prices[: len(self.high)]) * self.upper)

    def best(self, earned: Floats, count: int) -> np.ndarray:
        """Mark the few quantities of each need that earn most, if anything."""
        some = np.flatnonzero((earned > 0) & self.plain)
        order = some[np.lexsort((some, -earned[some], self.need[some]))]
        need = self.need[order]
        rank = np.arange(len(order)) - np.searchsorted(need, need)
        chosen = np.zeros(len(earned), np.bool_)
        chosen[order[rank < count]] = True
        return chosen

    def solve(self, columns: Ints, seconds: float | None) -> tuple[Guide, bool] | None:
        """Solve with some columns; tell whether all of them could hardly earn more."""
        from scipy.optimize import linprog

        upper, worth = self.upper[columns], float(np.abs(self.cost * self.upper).max(initial=1))
        part = self.matrix[:, columns] @ sparse.diags_array(upper)
        largest = np.maximum(abs(part).max(axis=1).toarray().ravel(), 1e-9)
        part = sparse.csr_array(sparse.diags_array(1 / largest) @ part)
        above, below = np.flatnonzero(self.high < np.inf), np.flatnonzero(self.low > -np.inf)
        found = linprog(
            -self.cost[columns] * upper / worth,
            A_ub=sparse.vstack([part[above], -part[below]], format="csc"),
            b_ub=np.concatenate([(self.high / largest)[above], -(self.low / largest)[below]]),
            bounds=(0, 1),
            method="highs-ipm",
            options={} if seconds is None else {"time_limit": seconds},
        )
        if found.status != 0:
            return None
        prices, marginals = np.zeros(len(largest)), -np.asarray(found.ineqlin.marginals)
        prices[above] += marginals[: len(above)]
        prices[below] -= marginals[len(above) :]
        prices *= worth / largest
        values = np.zeros(len(self.cost))
        values[columns] = found.x * upper
        spare = np.maximum(self.earned(prices), 0)
        close = spare.sum() - spare[columns].sum() <= -_CLOSE * found.fun * worth
        return Guide(values, self.spelled_out(prices)), bool(close)

    def spelled_out(self, prices: Floats) -> Floats:
        """Give the prices of the rows and of the links, which hand on what a switch has to pay."""
        program, rows = self.program, len(prices)
        child, switch = program.links.T
        own = program.matrix[:rows].T @ prices - program.cost
        owed, link = own, np.zeros(len(child))
        for _ in range(DEPTH):
            link = self.weight * np.maximum(owed[switch], 0)
            owed = own + np.bincount(child, link, minlength=len(own))
        leasts = np.zeros(len(program.low) - rows - len(child))
        return np.concatenate([prices, link, leasts])


def _harmful(program: Program, matrix: sparse.csr_array, plain: np.ndarray) -> tuple[Floats, Floats]:
    """Give the limits of the rows, but none on a side that a switch could help to keep."""
    entries = matrix.tocoo()
    row, column = entries.coords
    low, high = as_floats(program.low[: matrix.shape[0]]), as_floats(program.high[: matrix.shape[0]])
    high[row[(entries.data < 0) & ~plain[column]]] = np.inf
    low[row[(entries.data > 0) & ~plain[column]]] = -np.inf
    return low, high


def _needs(program: Program) -> Ints:
    """Give the node of the need of each quantity, −1 where it has none."""
    need = program.tail.copy()
    for _ in range(DEPTH):
        above = np.append(program.parent, -1)[need]
        need = np.where(above >= 0, above, need)
    return need
