"""The linear relaxation of a large Program, without switches and with columns that pay.

A switch of one column x ≤ u alone is at least x/u, and where being larger only does harm a relaxation has it
at just that. So such switches and their links go: some ten times fewer rows, and prices that prove the same
ceiling. Of the columns that remain only those that prices favour are let in, round by round.

Source: sifting, Bixby, Gregory, Lustig, Marsten and Shanno (1992), Very large-scale linear programming: a
case study in combining interior point and simplex methods.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.effort import is_over, left
from matching.assignment.flow import flow_of
from matching.assignment.program import DEPTH, Program, as_floats
from matching.assignment.relaxation import Guide

#: columns of a need to begin with, and rounds at most; each lets in twice as many as the one before
_FIRST, _ROUNDS = 4, 12
#: how near the columns let in have to come to what all could earn: a share of the gap asked, within bounds
_PART, _NEAREST, _NEAR = 0.05, 1e-7, 1e-3
#: what scipy.optimize.linprog says where no point keeps all rows
_INFEASIBLE = 2


def follows_alone(program: Program) -> Bools:
    """Tell which links are those of a switch that follows one column alone."""
    switch = program.links[:, 1]
    return np.asarray(np.bincount(switch, minlength=len(program.cost))[switch] == 1)


def sift(program: Program, plan: Ints, gap: float, deadline: float | None) -> Guide | None:
    """Solve the relaxation of a spelled out Program from the columns of a plan on.

    None where nothing was found in time, or there is nothing to find.
    """
    shadow, near = _Shadow.of(program), float(np.clip(gap * _PART, _NEAREST, _NEAR))
    guide = None
    inside = ((plan > 0) | (shadow.need < 0)) & shadow.plain
    inside |= shadow.best(shadow.earned(shadow.first_prices()), _FIRST)
    for turn in range(_ROUNDS):
        found = None if is_over(deadline) else shadow.solve(np.flatnonzero(inside), left(deadline))
        if found is None:
            break
        if found.value == -np.inf:
            # a row asks for more than these columns have; if it is not even in all of them, nobody has it
            if inside[shadow.plain].all():
                break
            inside = shadow.plain.copy()
            continue
        raised = shadow.raised(found.prices)
        guide = Guide(found.values, shadow.spelled_out(raised))
        if shadow.ceiling(raised) - found.value <= near * abs(found.value):
            break
        spare = np.where(inside, 0, np.maximum(shadow.earned(found.prices), 0))
        # ever fewer needs are short of columns, and those lack many
        inside |= shadow.best(spare, _FIRST << turn)
    return guide


@dataclass(frozen=True, slots=True)
class _Shadow:
    """A Program without the switches that follow one column alone.

    ``rows`` are those that stay of the spelled out Program, ``first`` its first row of a link; ``matrix`` CSC
    of rows × columns, ``cost``, ``upper``, ``low``, ``high``. ``plain`` marks the columns that stay, ``need``
    is the node each quantity hangs on in the end, −1 for none. ``alone`` are the links that went.
    """

    program: Program
    rows: Ints
    first: int
    matrix: sparse.csc_array
    cost: Floats
    upper: Floats
    low: Floats
    high: Floats
    plain: Bools
    need: Ints
    alone: Ints

    @classmethod
    def of(cls, program: Program) -> _Shadow:
        alone, size = follows_alone(program), len(program.cost)
        first = len(program.low) - len(alone) - int((program.least > 0).sum())
        rows = np.append(np.arange(first), first + np.flatnonzero(~alone))
        upper = program.upper.astype(np.float64)
        child, switch = program.links[alone].T
        plain = np.ones(size, np.bool_)
        plain[switch] = False
        share = 1 / np.maximum(upper[child], 1)
        follows = sparse.csr_array((share, (switch, child)), shape=(size, size))
        lifted = level = sparse.diags_array(plain.astype(np.float64)).tocsr()
        for _ in range(DEPTH):
            level = follows @ level
            lifted = lifted + level
        matrix = program.matrix[rows].astype(np.float64)
        low, high = _harmful(program, rows, matrix, plain)
        return cls(
            program=program,
            rows=rows,
            first=first,
            matrix=sparse.csc_array(matrix @ lifted),
            cost=program.cost.astype(np.float64) @ lifted,
            upper=upper,
            low=low,
            high=high,
            plain=plain,
            need=_needs(program),
            alone=np.flatnonzero(alone),
        )

    def first_prices(self) -> Floats:
        """Give the prices of the rows that a flow has, which knows of nodes only."""
        return flow_of(self.program).prices()[self.rows]

    def earned(self, prices: Floats) -> Floats:
        """Give what each column could earn beyond the prices of its rows."""
        return np.asarray((self.cost - self.matrix.T @ prices) * self.upper)

    def ceiling(self, prices: Floats) -> float:
        """Give what nothing can earn more than, by the prices of the rows."""
        side = np.where(prices > 0, self.high, self.low)
        some = np.flatnonzero(prices)
        return float(prices[some] @ side[some] + np.maximum(self.earned(prices), 0).sum())

    def raised(self, prices: Floats) -> Floats:
        """Raise the price of each need as far as that lowers the ceiling: it buys no more than it asks."""
        gain = np.asarray(self.cost - self.matrix.T @ prices)
        some = np.flatnonzero((gain > 0) & (self.need >= 0) & self.plain)
        order = some[np.lexsort((-gain[some], self.need[some]))]
        need = self.need[order]
        start = np.searchsorted(need, need)
        bought = np.cumsum(self.upper[order])
        bought -= np.append(0, bought)[start]
        enough = np.flatnonzero(bought >= self.high[need])
        asked, first = np.unique(need[enough], return_index=True)
        better = prices.copy()
        better[asked] += gain[order[enough[first]]]
        return better

    def best(self, earned: Floats, count: int) -> Bools:
        """Mark the few quantities of each need that earn most, if anything."""
        some = np.flatnonzero((earned > 0) & self.plain)
        order = some[np.lexsort((some, -earned[some], self.need[some]))]
        need = self.need[order]
        rank = np.arange(len(order)) - np.searchsorted(need, need)
        chosen = np.zeros(len(earned), np.bool_)
        chosen[order[rank < count]] = True
        return chosen

    def solve(self, columns: Ints, seconds: float | None) -> _Relaxed | None:
        """Solve with some columns; None if not in time, worth −inf if they cannot keep all rows."""
        from scipy.optimize import linprog

        upper, worth = self.upper[columns], float(np.abs(self.cost * self.upper).max(initial=1))
        part = self.matrix[:, columns] @ sparse.diags_array(upper)
        largest = np.full(len(self.high), 1e-9)
        if len(columns):
            largest = np.maximum(abs(part).max(axis=1).toarray().ravel(), largest)
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
        if found.status == _INFEASIBLE:
            return _Relaxed(np.zeros(len(self.cost)), np.zeros(len(largest)), -np.inf)
        if found.status != 0:
            return None
        # a price of the wrong sign is nothing but noise
        prices, marginals = np.zeros(len(largest)), np.maximum(-np.asarray(found.ineqlin.marginals), 0)
        prices[above] += marginals[: len(above)]
        prices[below] -= marginals[len(above) :]
        prices *= worth / largest
        values = np.zeros(len(self.cost))
        values[columns] = found.x * upper
        return _Relaxed(values, prices, -found.fun * worth)

    def spelled_out(self, prices: Floats) -> Floats:
        """Give the prices of all rows; a link that went hands on what its switch has to pay."""
        program = self.program
        child, switch = program.links[self.alone].T
        every = np.zeros(len(program.low))
        every[self.rows] = prices
        own = program.matrix.T @ every - program.cost
        owed, link = own, np.zeros(len(child))
        for _ in range(DEPTH):
            link = np.maximum(owed[switch], 0) / np.maximum(self.upper[child], 1)
            owed = own + np.bincount(child, link, minlength=len(own))
        every[self.first + self.alone] = link
        return every


@dataclass(frozen=True, slots=True)
class _Relaxed:
    """Columns of a shadow, prices of its rows, and what it earns."""

    values: Floats
    prices: Floats
    value: float


def _harmful(program: Program, rows: Ints, matrix: sparse.csr_array, plain: Bools) -> tuple[Floats, Floats]:
    """Give the limits of some rows, but none on a side that a switch could help to keep."""
    entries = matrix.tocoo()
    row, column = entries.coords
    low, high = as_floats(program.low[rows]), as_floats(program.high[rows])
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
