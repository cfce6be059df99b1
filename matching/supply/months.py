"""What is made month by month, and within the window in which a need may be served.

A month's amount accrues evenly over its days; months that are not listed make nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from matching.market import AnyArray, BoolArray, FloatArray, IntArray, Pairs

#: more months than any calendar here has
_MONTHS = 1 << 20

Months = Iterable[tuple[tuple[str, float], ...]]


def made_in_all(monthly: Months, otherwise: FloatArray) -> FloatArray:
    """Give what all months listed make together; of offers that list none what they say otherwise."""
    listed = np.array([sum(amount for _, amount in some) if some else np.nan for some in monthly])
    return np.where(np.isnan(listed), otherwise, listed)


@dataclass(frozen=True)
class Made:
    """What offers make by month: one entry a month listed, by offer and month.

    ``offer`` int[L] rows and ``month`` int[L] since 1970-01, ``amount`` [L] in the unit of the capacity or
    in whole steps; whole amounts give whole sums. ``has`` bool[M] tells which offers list months.
    """

    offer: IntArray
    month: IntArray
    amount: AnyArray
    has: BoolArray

    @classmethod
    def of(cls, offers: pd.DataFrame) -> Made:
        """Read the column ``monthly``."""
        told = [
            (row, str(month), amount)
            for row, some in enumerate(offers["monthly"])
            for month, amount in sorted(some)
        ]
        row = np.array([row for row, _, _ in told], np.int64)
        month = np.array([month for _, month, _ in told], "datetime64[M]").astype(np.int64)
        has = np.zeros(len(offers), bool)
        has[row] = True
        return cls(row, month, np.array([amount for _, _, amount in told], float), has)

    def in_steps(self, size: FloatArray) -> Made:
        """Count in whole steps of a size of each offer's own, each month rounded down; size float[L]."""
        return replace(self, amount=np.floor(self.amount / size * (1 + 1e-9)).astype(np.int64))

    def in_all(self) -> AnyArray:
        """Give what each offer makes in all its months, [M]."""
        every = np.zeros(len(self.has), self.amount.dtype)
        np.add.at(every, self.offer, self.amount)
        return every

    def span(self) -> tuple[IntArray, IntArray]:
        """Give the first day listed of each offer, and the day after the last: int[M] since 1970-01-01."""
        first, last = np.zeros(len(self.has), np.int64), np.zeros(len(self.has), np.int64)
        first[self.offer[::-1]] = first_day(self.month[::-1])
        last[self.offer] = first_day(self.month + 1)
        return first, last

    def until(self, offer: IntArray, day: IntArray) -> Any:
        """Give what is made before the morning of a day, of whole amounts whole steps."""
        month = month_of(day)
        before = np.concatenate([np.zeros(1, self.amount.dtype), np.cumsum(self.amount)])
        keys = self.offer * _MONTHS + self.month
        start, at = (np.searchsorted(keys, offer * _MONTHS + moment) for moment in (0, month))
        full = before[at] - before[start]
        if not len(keys):
            return full
        inside = np.minimum(at, len(keys) - 1)
        now = keys[inside] == offer * _MONTHS + month
        passed, length = day - first_day(month), first_day(month + 1) - first_day(month)
        part = self.amount[inside] * passed
        part = part // length if self.amount.dtype.kind == "i" else part / length
        return full + np.where(now, part, 0)

    def window(self, pairs: Pairs) -> tuple[IntArray, IntArray]:
        """Give the first day on which each pair may be made and delivered, and the day after the last one.

        From the later of ``need_from`` and the first possible delivery to ``need_by``, within the months
        listed; what is not known is open.
        """
        first, last = (side[pairs.offer_row] for side in self.span())
        ready = np.fmax(pairs.need.need_from.astype("datetime64[D]"), pairs.ready_on)
        by = pairs.need.need_by.astype("datetime64[D]")
        start = np.where(np.isnat(ready), first, np.clip(ready.astype(np.int64), first, last))
        end = np.where(np.isnat(by), last, np.clip(by.astype(np.int64) + 1, first, last))
        return start, np.maximum(start, end)

    def room(self, pairs: Pairs) -> FloatArray:
        """Give what the capacity holds for a pair: of months its window, else what is declared per period."""
        room = np.array(pairs.offer.capacity, float)
        by_month = np.flatnonzero(self.has[pairs.offer_row])
        if len(by_month):
            some = pairs.take(by_month)
            start, end = self.window(some)
            room[by_month] = self.until(some.offer_row, end) - self.until(some.offer_row, start)
        return room


def first_day(month: IntArray) -> IntArray:
    """Give the first day of a month since 1970-01 as days since 1970-01-01."""
    return np.asarray(month, "datetime64[M]").astype("datetime64[D]").astype(np.int64)


def month_of(day: IntArray) -> IntArray:
    """Give the month since 1970-01 that a day since 1970-01-01 lies in."""
    return np.asarray(day, "datetime64[D]").astype("datetime64[M]").astype(np.int64)
