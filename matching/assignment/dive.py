"""Round flows to plans that keep least quantities and counts: forbid, hold, flow again, all at once.

A sliver is a positive quantity below its least. Round by round the faintest slivers are forbidden and the
others held at their least; where a count is passed the best paid stay. What is free flows anew.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.effort import is_over
from matching.assignment.exact_sums import dot, group_sums
from matching.assignment.flow import solve_flow
from matching.assignment.lots import Lots
from matching.assignment.program import Program

ROUNDS = 12
_KEPT = 8
_FAINT, _FAINTEST, _FAINTER = 0.1, 0.5, 0.1


@dataclass(frozen=True, slots=True)
class Race:
    """The columns still looked at: arcs of a Program, their lots, and the component of each."""

    arcs: Program
    lots: Lots
    home: Ints
    met: tuple[Ints, Ints]


def enter(program: Program, lots: Lots, label: Ints, columns: Ints) -> Race:
    """Let some columns into the race."""
    arcs = program.arcs_only(columns)
    return Race(arcs, lots.only(columns), label[columns], arcs.met())


def promising(program: Program, columns: Ints, flow: Ints, prices: Floats) -> Ints:
    """Give the columns of a flow, and of each need the few others that earn most beyond the ``prices``."""
    tail, head = program.tail[columns], program.head[columns]
    # the last place answers for position −1
    parent, priced = np.append(program.parent, -1)[tail], np.append(prices, 0.0)
    need = np.where(parent >= 0, parent, tail)
    earned = program.cost[columns] - priced[tail] - priced[head]
    earned[flow[columns] > 0] = np.inf
    order = np.lexsort((-earned, need))
    ordered = need[order]
    rank = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    kept = (rank < _KEPT) | (ordered < 0) | np.isinf(earned[order])
    entered: Ints = columns[np.sort(order[kept])]
    return entered


def dive(
    race: Race, flow: Ints, goal: int, deadline: float | None = None, executor: Executor | None = None
) -> Ints:
    """Give a plan that keeps nodes, counts and least quantities, from a flow over the columns of the race.

    It ends once the columns earn ``goal`` together, or by the clock.
    """
    arcs, lots = race.arcs, race.lots
    held = np.zeros(len(flow), dtype=np.bool_)
    alive = np.ones(len(flow), dtype=np.bool_)
    values, best = flow, lots.trimmed(arcs.cost, flow)
    for turn in range(ROUNDS):
        faulty = lots.slivers(values) | lots.excess(values > 0, arcs.cost * values)
        if not faulty.any() or dot(arcs.cost, best) >= goal or is_over(deadline):
            break
        open_ = np.bincount(race.home, faulty)[race.home] > 0
        held, alive = _decide(race, values, held, alive, turn)
        lower = np.where(held, lots.least, 0)
        again = _flow_on(arcs, race.met, np.where(open_ & (alive | held), arcs.upper, lower), lower, executor)
        values = np.where(open_, again, values)
        best = better(race, best, lots.trimmed(arcs.cost, values))
    return best


def better(race: Race, one: Ints, other: Ints) -> Ints:
    """Take of each component the plan that earns more, the first of equals."""
    gain = group_sums(race.home, race.arcs.cost * (other - one), int(race.home.max(initial=-1)) + 1)
    return np.where(gain[race.home] > 0, other, one)


def _decide(race: Race, values: Ints, held: Bools, alive: Bools, turn: int) -> tuple[Bools, Bools]:
    """Forbid faint slivers, hold the others and what a count has to choose from."""
    lots, cost = race.lots, race.arcs.cost
    share = values / np.maximum(lots.least, 1)
    slivers = lots.slivers(values)
    alive = alive & ~(slivers & (share < min(_FAINTEST, _FAINT + _FAINTER * turn)))
    firm = max(_FAINTEST, 1 - _FAINT - _FAINTER * turn)
    wished = ~held & (share >= firm) & (slivers | lots.crowded(values > 0))
    # what is held already keeps its place before any other
    first = np.where(held, np.iinfo(np.int64).max, cost * values)
    wished &= ~lots.excess(held | wished, first)
    solid = wished & ~slivers
    fits = _fitting(race, held | solid, wished & slivers, share)
    held = held | solid | (wished & slivers & fits[0])
    alive = alive & ~(wished & fits[1]) & ~lots.crowded(held)
    return held, alive


def _fitting(race: Race, held: Bools, wished: Bools, share: Floats) -> tuple[Bools, Bools]:
    """Tell which wished columns fit beside the held ones in their order, and which not even alone."""
    column, node = race.met
    least, size = race.lots.least, len(race.arcs.low)
    inside = held[column]
    room = race.arcs.high - group_sums(node[inside], least[column[inside]], size)
    asked = np.flatnonzero(wished[column])
    asked = asked[np.lexsort((column[asked], -share[column[asked]], node[asked]))]
    at, amount = node[asked], least[column[asked]]
    before = np.cumsum(amount) - amount
    spent = before - before[np.searchsorted(at, at)] + amount
    fits, hopeless = wished.copy(), np.zeros_like(wished)
    fits[column[asked[spent > room[at]]]] = False
    hopeless[column[asked[amount > room[at]]]] = True
    return fits, hopeless


def _flow_on(
    arcs: Program, met: tuple[Ints, Ints], upper: Ints, lower: Ints, executor: Executor | None
) -> Ints:
    column, node = met
    high = arcs.high - group_sums(node, lower[column], len(arcs.high))
    return solve_flow(replace(arcs, upper=upper - lower, high=high), executor) + lower
