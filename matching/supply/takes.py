"""What deals take of capacities, in whole steps of a size that suits each capacity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.market import AnyArray, BoolArray, FloatArray, IntArray, Pairs
from matching.supply.months import Made

#: how often a step is made ten times finer
FINER = 6
#: numbers that agree to this share are equal
EXACT = 1e-9
#: capacity is cut fine enough that rounding a need's take up costs less than 1 part in this
FINE, MOST_USE = 1e4, 1e15
#: a common measure is sought among whole numbers of these parts of a base unit (the second one for minutes),
#: so few of them that a float tells them from others
UNITS, MOST_PARTS, WHOLE = (1e-3, 1e-3 / 60), 2.0**40, 1e-3


@dataclass(frozen=True)
class Takes:
    """Capacities and what pairs take of them.

    ``use`` int[P] steps of capacity per step of the need; ``capacity`` int[M] steps (-1: it does not bind);
    ``uncertain`` bool[M]: some need's take is not known; ``pool`` int[M]: the first offer of the same line,
    whose capacity it is, else the offer itself; ``size`` float[M] of a step of the pool, in the base unit of
    its capacity; ``made`` the months of offers in steps of their pools.
    """

    use: IntArray
    capacity: IntArray
    uncertain: BoolArray
    pool: IntArray
    size: FloatArray
    made: Made

    @classmethod
    def of(cls, pairs: Pairs, demand: IntArray) -> Takes:
        """Measure what each pair takes: nothing of a capacity that does not bind or where it is not known."""
        offers, declared = pairs.market.offers, is_declared(pairs)
        factor = offers["capacity_factor"].fillna(1.0).to_numpy(float)
        pool = _pools(offers["line_code"].to_numpy(np.int64))
        row = pool[pairs.offer_row]
        take = np.asarray(pairs.load * pairs.offer.capacity_factor) / np.maximum(demand[pairs.need_row], 1)
        bound = declared[pairs.offer_row]
        known = bound & ~np.isnan(take)
        uncertain = np.zeros(len(declared), bool)
        uncertain[pairs.offer_row[bound & ~known]] = True
        total = np.zeros(len(declared))
        np.maximum.at(total, pool, np.where(declared, offers["capacity"] * factor, 0))
        made = Made.of(offers)
        size = _sizes(
            _Amounts.of(take[known], row[known], demand[pairs.need_row[known]]),
            _Amounts.of(made.amount * factor[made.offer], pool[made.offer], np.ones(len(made.offer))),
            offers["in_money"].to_numpy(bool),
        )
        size = np.maximum(size, total / MOST_USE)
        use = np.where(bound, 0, 1).astype(np.int64)
        # a take beyond every capacity cannot be dealt, however far beyond
        use[known] = np.ceil(take[known] / size[row[known]] * (1 - EXACT)).clip(max=2 * MOST_USE)
        made = made.in_steps((size[pool] / factor)[made.offer])
        capacity = np.floor(total / size * (1 + EXACT)).astype(np.int64)[pool]
        capacity = np.where(made.has, made.in_all(), capacity)
        return cls(use, np.where(declared, capacity, -1), uncertain, pool, size, made)


def is_declared(pairs: Pairs) -> BoolArray:
    """Tell which offers' capacities bind: those the firm itself declared."""
    offers = pairs.market.offers
    return np.asarray((offers["capacity_basis"] == "declared") & offers["capacity"].notna(), bool)


def is_whole(values: FloatArray) -> BoolArray:
    """Tell which numbers are whole but for rounding."""
    return np.asarray(np.abs(values - np.rint(values)) <= EXACT * np.maximum(np.abs(values), 1))


def _pools(line: IntArray) -> IntArray:
    """Give the first row of each offer's line, of an offer without one its own row."""
    pool = np.arange(len(line))
    on_line = np.flatnonzero(line >= 0)
    _, first, of = np.unique(line[on_line], return_index=True, return_inverse=True)
    pool[on_line] = on_line[first][of]
    return pool


@dataclass(frozen=True)
class _Amounts:
    """Amounts of pools that should be whole numbers of steps, and how often each is taken at most."""

    amount: FloatArray
    row: IntArray
    times: AnyArray

    @classmethod
    def of(cls, amount: FloatArray, row: IntArray, times: AnyArray) -> _Amounts:
        """Keep what is more than nothing."""
        some = amount > 0
        return cls(amount[some], row[some], times[some])

    def joined(self, other: _Amounts) -> _Amounts:
        """Give both."""
        sides = ((one.amount, one.row, one.times) for one in (self, other))
        return _Amounts(*map(np.concatenate, zip(*sides, strict=True)))

    def rough(self, size: FloatArray) -> BoolArray:
        """Tell which amounts a finer size would still serve."""
        ratio = self.amount / size[self.row]
        return ~is_whole(ratio) & (ratio < FINE) & (ratio * self.times < MOST_USE / 10)


def _sizes(take: _Amounts, months: _Amounts, money: BoolArray) -> FloatArray:
    """Size in which each pool's capacity is counted.

    CNY where that is fine enough for money, else the least take of a step, finer by tens until all takes
    are whole numbers of it or large ones. Where that leaves something to round, their common measure if
    they have one, so that what takes exactly all of a capacity fits.
    """
    least = np.full(len(money), np.inf)
    np.minimum.at(least, take.row, take.amount)
    least = np.where(~np.isfinite(least) | money & (least >= FINE), 1.0, least)
    every = take.joined(months)
    size = _finer(least, every)
    rounded = np.zeros(len(money), bool)
    rounded[every.row[~is_whole(every.amount / size[every.row])]] = True
    common = _common_measure(every, len(money))
    return np.where(rounded & (common > 0), common, size)


def _common_measure(every: _Amounts, pools: int) -> FloatArray:
    """Give the largest size of which all amounts of a pool are whole numbers, 0 where none is found."""
    found = np.zeros(pools)
    for unit in UNITS:
        parts = every.amount / unit
        whole = (np.abs(parts - np.rint(parts)) <= WHOLE) & (parts < MOST_PARTS)
        common, spoiled = np.zeros(pools, np.int64), np.zeros(pools, bool)
        np.gcd.at(common, every.row[whole], np.rint(parts[whole]).astype(np.int64))
        spoiled[every.row[~whole]] = True
        found = np.where((found == 0) & ~spoiled, common * unit, found)
    return found


def _finer(size: FloatArray, every: _Amounts) -> FloatArray:
    for _ in range(FINER):
        finer = np.zeros(len(size), bool)
        finer[every.row[every.rough(size)]] = True
        size = np.where(finer, size / 10, size)
    return size
