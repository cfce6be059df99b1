"""How far any plan could go: what all room is worth at prices, and the most each problem earns above them.

Source: Geoffrion, Lagrangean relaxation for integer programming (1974); any prices ≥ 0 are valid.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.arrays import Ints
from matching.assignment.teams.board import Board
from matching.assignment.teams.exact import Few, few_of, settle_all

#: deterministic work for one problem; its ceiling holds all the same where this ends the search
_WORK = 1.0


@dataclass(frozen=True, slots=True)
class Ceiling:
    """``prices`` int64[rows] of the board, the most that each seat's teams earn above them, and the sum."""

    prices: Ints
    seats: Ints
    total: int


def ceiling_of(board: Board, prices: Ints, executor: Executor | None) -> Ceiling:
    """Solve every problem alone at the prices."""
    tasks = [_alone(board, number, prices) for number in range(len(board.seats))]
    most = np.array([one.bound for one in settle_all(tasks, executor)], np.int64)
    worth = sum(price * room for price, room in zip(prices.tolist(), board.high.tolist(), strict=True))
    return Ceiling(prices, most, int(worth) + sum(most.tolist()))


def _alone(board: Board, number: int, prices: Ints) -> Few:
    seat = board.seats[number]
    few = few_of(board, [number], board.high, [np.ones(len(seat.arcs), bool)], [], _WORK, None)
    priced = replace(
        seat,
        score=seat.score - board.member_prices(number, prices),
        lead_score=seat.lead_score - board.lead_prices(number, prices),
    )
    return replace(few, seats=[priced])
