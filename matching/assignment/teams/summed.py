"""A relaxation that sums over the teams of a problem: quick prices, and nearly the members of a best plan.

A candidate counts once, whatever the team; the members of a problem's n teams hold n times what one team
needs, and two who must not meet are not both in where there is one team only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.effort import is_over
from matching.assignment.program import Program
from matching.assignment.relaxation import Guide, corner, relax_roughly
from matching.assignment.teams.board import Board
from matching.assignment.teams.summed_seat import block_of

_TOLERANCE = 1e-4
#: candidates looked at for whole members, as parts of the members; and at least
_LOOKED_AT, _AT_LEAST = 1.8, 500
#: how often and how hard fractions are drawn to an end, in parts of a middling score; how much harder next
_TURNS, _PULL, _HARDER = 7, 0.04, 1.6
_HALF, _NOTHING = 0.5, 1e-3


@dataclass(frozen=True)
class Summed:
    """The relaxation, solved: ``candidate`` int64[C] is the column's position in the request, or −1."""

    board: Board
    program: Program
    candidate: Ints
    guide: Guide

    @property
    def prices(self) -> Ints:
        """Give a price of every row of the board."""
        rows = self.guide.prices[: len(self.board.high)]
        return np.rint(np.maximum(rows, 0)).astype(np.int64)

    def members(self, deadline: float | None) -> tuple[Bools, bool]:
        """Mark the candidates of a nearly best plan of the relaxation; tell whether the clock ended it.

        Fractions are drawn to the nearer end, a little harder each time. Source: Achterberg and Berthold,
        Improving the feasibility pump (2007).
        """
        looked_at = self._looked_at()
        part = self.program.part(looked_at, np.arange(len(self.program.low)))
        own = self.candidate[looked_at] >= 0
        scores = self.board.request.score
        pull, timed = _PULL * max(1.0, float(np.median(np.abs(scores)))), False
        cost, share = part.cost.astype(np.float64), self.guide.values[looked_at]
        for _ in range(_TURNS):
            timed = is_over(deadline)
            found = None if timed else corner(part, cost)
            if found is None:
                break
            share = found
            unsure = own & (share > _NOTHING) & (share < 1 - _NOTHING)
            if not unsure.any():
                break
            cost = cost + unsure * np.where(share > _HALF, pull, -pull)
            pull *= _HARDER
        marked = np.zeros(len(scores), bool)
        marked[self.candidate[looked_at][own & (share > _HALF)]] = True
        return marked, timed

    def _looked_at(self) -> Ints:
        """Give the columns of the candidates that earn most above the prices, and all others."""
        above = self.program.cost - self.program.matrix.T @ self.guide.prices
        own = np.flatnonzero(self.candidate >= 0)
        members = float(self.guide.values[own].sum())
        most = max(_AT_LEAST, int(_LOOKED_AT * members))
        best = own[np.argsort(-above[own], kind="stable")[:most]]
        return np.sort(np.concatenate([best, np.flatnonzero(self.candidate < 0)]))


def summed(board: Board) -> Summed:
    """State and solve the relaxation."""
    request, blocks = board.request, [block_of(seat) for seat in board.seats]
    candidate = np.concatenate([block.candidate for block in blocks])
    leading = np.concatenate([block.leading for block in blocks])
    rows = [_of_experts(board, candidate, request.use)]
    if request.leads_count:
        rows.append(_of_experts(board, leading, np.ones(len(request.use), np.int64)))
    rows.append(sparse.block_diag([block.matrix for block in blocks], format="csr"))
    matrix = sparse.vstack(rows, format="csr").astype(np.int64)
    shared = len(board.high)
    program = Program.of_rows(
        cost=np.concatenate([block.cost for block in blocks]),
        upper=np.concatenate([block.upper for block in blocks]),
        matrix=matrix,
        low=np.repeat([-LIMIT, 0], [shared, matrix.shape[0] - shared]),
        high=np.concatenate([board.high, np.full(matrix.shape[0] - shared, LIMIT)]),
    )
    return Summed(board, program, candidate, relax_roughly(program, _TOLERANCE))


def _of_experts(board: Board, candidate: Ints, use: Ints) -> sparse.csr_array:
    """Give a row for each expert: what every column takes of him."""
    columns = np.flatnonzero(candidate >= 0)
    own = candidate[columns]
    entries = (use[own], (board.request.expert[own], columns))
    return sparse.csr_array(entries, shape=(len(board.request.capacity), len(candidate)))
