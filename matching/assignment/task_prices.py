"""Prices of tasks: a ceiling with each offer's knapsack solved exactly, stronger than the linear one.

For any prices y ≥ 0 of the tasks no plan is worth more than Σ y + Σ over offers of the best choice of tasks
by worth − y within the offer's room. Source: Fisher, Jaikumar, Van Wassenhove (1986), A multiplier adjustment
method for the generalized assignment problem; prices here by subgradients.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.effort import is_over
from matching.assignment.knapsack import best_by_room, chosen, forced
from matching.assignment.tasks import Tasks

_FINEST = 2**10
_SAFE = 2**60
#: prices change by how far the ceiling is hoped to fall; a few fruitless rounds halve the hope
_HOPE, _PATIENCE, _PROGRESS, _MOMENTUM = 0.01, 8, 0.1, 0.5


@dataclass(frozen=True, slots=True)
class Priced:
    """A ceiling for all plans: ``total`` and whole ``prices`` int64[tasks] in parts of ``scale``.

    ``takers`` bool[offers, tasks]: the choice of each offer at these prices; ``shares`` its worth.
    """

    scale: int
    total: int
    prices: Ints
    takers: Bools
    shares: Ints

    @property
    def bound(self) -> int:
        """No plan is worth more."""
        return self.total // self.scale


def scale_for(tasks: Tasks) -> int:
    """Give the finest scale, a power of two, with which all sums stay exact."""
    most = 2 * (int(np.abs(tasks.worth).max(initial=0)) + 1) * (tasks.count + tasks.offers + 1)
    scale = _FINEST
    while scale > 1 and most * scale > _SAFE:
        scale //= 2
    return scale


def best_prices(
    tasks: Tasks, start: Floats, rounds: int, deadline: float | None, until: int | None = None
) -> Priced:
    """Lower the ceiling round by round, ``until`` it is below so many parts; give the lowest."""
    scale = scale_for(tasks)
    now = best = price(tasks, start, scale)
    hope = _HOPE * _spread(tasks) if until is None else (now.total - until) / scale + 1.0
    prices, trend, idle = start, np.zeros(tasks.count), 0
    for _ in range(rounds):
        slope = 1.0 - now.takers.sum(axis=0)
        trend = np.where((prices <= 0) & (slope > 0), 0.0, slope + _MOMENTUM * trend)
        if not slope.any() or not trend.any() or is_over(deadline):
            break
        if until is not None and best.total < until:
            break
        fall = (now.total - best.total) / scale + hope
        prices = np.maximum(prices - fall / float(trend @ trend) * trend, 0.0)
        now = price(tasks, prices, scale)
        idle = 0 if now.total < best.total - _PROGRESS * hope * scale else idle + 1
        best = min(best, now, key=lambda priced: priced.total)
        if idle == _PATIENCE:
            now, prices, hope, idle = best, best.prices / scale, hope / 2, 0
            trend = np.zeros(tasks.count)
    return best


def _spread(tasks: Tasks) -> float:
    """Give how far the worth of a task differs between its offers, over all tasks."""
    real = tasks.column[:-1] >= 0
    most = np.where(real, tasks.worth[:-1], np.iinfo(np.int64).min).max(axis=0)
    least = np.where(real, tasks.worth[:-1], np.iinfo(np.int64).max).min(axis=0)
    return float(np.maximum(most - least, 1).astype(np.float64).sum())


def price(tasks: Tasks, prices: Floats, scale: int) -> Priced:
    """Give the exact ceiling that prices, rounded to parts of ``scale``, prove."""
    whole = np.rint(np.maximum(prices, 0.0) * scale).astype(np.int64)
    takers = np.zeros((tasks.offers, tasks.count), dtype=np.bool_)
    shares = np.zeros(tasks.offers, dtype=np.int64)
    for offer in range(tasks.offers):
        items, profit = _wanted(tasks, whole, scale, offer)
        best, taken = best_by_room(profit, tasks.use[offer, items], tasks.room[offer])
        shares[offer] = best[-1]
        takers[offer, items[chosen(taken, tasks.use[offer, items])]] = True
    return Priced(scale, int(whole.sum()) + int(shares.sum()), whole, takers, shares)


def _wanted(tasks: Tasks, prices: Ints, scale: int, offer: int) -> tuple[Ints, Ints]:
    profit = tasks.worth[offer] * scale - prices
    items = np.flatnonzero((profit > 0) & (tasks.use[offer] <= tasks.room[offer]))
    return items, profit[items]


def ceilings(tasks: Tasks, priced: Priced) -> Ints:
    """Give, in parts of the scale, a ceiling for plans with a task at an offer: int64[offers + 1, tasks].

    A task that is at one offer is at no other: what the others would lose without it comes off as well.
    """
    inside = np.full(tasks.worth.shape, -1, dtype=np.int64)
    lost = np.zeros(tasks.worth.shape, dtype=np.int64)
    for offer in range(tasks.offers):
        room, use = int(tasks.room[offer]), tasks.use[offer]
        items, profit = _wanted(tasks, priced.prices, priced.scale, offer)
        best, _ = best_by_room(profit, use[items], room)
        fits = np.flatnonzero(use <= room)
        alone = tasks.worth[offer] * priced.scale - priced.prices
        inside[offer, fits] = alone[fits] + best[room - use[fits]]
        inside[offer, items], out = forced(profit, use[items], room)
        lost[offer, items] = priced.shares[offer] - out
        inside[offer] -= priced.shares[offer]
    others = lost.sum(axis=0)
    with_it = priced.total + inside - (others - lost)
    with_it[-1] = priced.total - priced.prices - others
    return np.where(tasks.use <= tasks.room[:, None], with_it, -1)
