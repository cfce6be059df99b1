"""When what is dealt is delivered, month by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.market import IntArray, Pairs
from matching.supply.allowances import taking
from matching.supply.months import first_day, month_of
from matching.supply.takes import Takes


@dataclass(frozen=True)
class Schedule:
    """What is delivered when: one entry a deal and month, in steps of the capacity.

    ``pair`` int[K] positions, ``month`` int[K] since 1970-01, ``steps`` int64[K]; ``beyond`` int64[P] is what
    no month has room for: nothing, unless a hand decision asks for more than can be made.
    """

    pair: IntArray
    month: IntArray
    steps: IntArray
    beyond: IntArray


def schedule(pairs: Pairs, takes: Takes, quantity: IntArray) -> Schedule:
    """Lay out by month what deals of capacities by month take, the earliest last day first.

    ``quantity`` int[P] steps of the needs. Where the allowances by month are kept nothing is left over.
    Source: Horn, W. A. (1974), Some simple scheduling algorithms.
    """
    load = np.where(taking(pairs, takes) & takes.made.has[pairs.offer_row], takes.use * quantity, 0)
    at = np.flatnonzero(load)
    pool = takes.pool[pairs.offer_row[at]]
    entries: list[tuple[int, int, int]] = []
    for row in np.unique(pool).tolist():
        mine = at[pool == row]
        entries += _earliest_first(pairs.take(mine), takes, load[mine], mine)
    told = np.array(entries, np.int64).reshape(-1, 3)
    beyond = load.copy()
    np.subtract.at(beyond, told[:, 0], told[:, 2])
    return Schedule(told[:, 0], told[:, 1], told[:, 2], beyond)


def _earliest_first(pairs: Pairs, takes: Takes, load: IntArray, at: IntArray) -> list[tuple[int, int, int]]:
    """Hand out what one capacity makes between any two days on which something begins or ends."""
    start, end = takes.made.window(pairs)
    first, last = month_of(np.array([start.min(), end.max()])).tolist()
    days = np.unique(np.concatenate([start, end, first_day(np.arange(first, last + 1))]))
    days = days[(days >= start.min()) & (days <= end.max())]
    made = np.diff(takes.made.until(np.full(len(days), pairs.offer_row[0]), days))
    order, left = np.lexsort((at, end)), load.copy()
    given: dict[tuple[int, int], int] = {}
    months = month_of(days[:-1]).tolist()
    for day, month, amount in zip(days[:-1].tolist(), months, made.tolist(), strict=True):
        for one in order[(start[order] <= day) & (end[order] > day) & (left[order] > 0)].tolist():
            part = min(amount, int(left[one]))
            amount, left[one] = amount - part, left[one] - part
            if part:
                key = (int(at[one]), month)
                given[key] = given.get(key, 0) + part
    return [(pair, month, steps) for (pair, month), steps in sorted(given.items())]
