"""The sheet 交付排期 of a plan's workbook: what is delivered in which month, what is left of each month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from matching.market import IntArray
from matching.plan.deals import TASK_UNIT
from matching.practice import Dealt
from matching.sheets import Heading, Table
from matching.supply.schedule import Schedule, schedule
from matching.supply.takes import Takes
from matching.words import UNKNOWN

NAME = "交付排期"

_AMOUNT = "#,##0.###"
_HEADINGS = (
    *(Heading("供方编号", 14), Heading("供方企业", 22), Heading("项目", 10)),
    *(Heading("需求编号", 12), Heading("需求单位", 20), Heading("合计", 10, _AMOUNT), Heading("单位", 6)),
)
_ABOVE = (
    "各月交付安排",
    "同一产能上先到期的先排。“交付”按需求的单位计，“月度产能”“剩余产能”按产能的单位计；"
    "“超出产能”只在人工锁定的数量排不下时才有。",
)


def delivery_tables(dealt: Dealt) -> Sequence[Table]:
    """Give the sheet where a deal takes of a capacity by month: a row a deal, a column a month."""
    if not any(dealt.deals.offer.monthly):
        return ()
    takes = Takes.of(dealt.pairs, dealt.terms.demand)
    sheet = _Sheet(dealt, takes, schedule(dealt.pairs, takes, dealt.quantity))
    months = [Heading(str(np.datetime64(month, "M")), 10, _AMOUNT) for month in sheet.column]
    headings = (*_HEADINGS, *months, Heading("超出产能", 10, _AMOUNT))
    return (Table(NAME, headings, list(sheet.rows()), _ABOVE),) if len(sheet.pools) else ()


@dataclass(frozen=True)
class _Sheet:
    """The deals of a plan with what they take of capacities by month, laid out."""

    dealt: Dealt
    takes: Takes
    found: Schedule

    @cached_property
    def pools(self) -> IntArray:
        """The capacities by month that deals take of."""
        rows = self.dealt.deals.offer_row
        binds = self.takes.made.has[rows] & (self.takes.capacity[rows] >= 0)
        return np.unique(self.takes.pool[rows[binds]])

    @cached_property
    def column(self) -> dict[int, int]:
        """Month → its column, of all months that these capacities list."""
        listed = self.takes.made.month[np.isin(self.takes.made.offer, self.pools)]
        return {month: place for place, month in enumerate(np.unique(listed).tolist())}

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give for each capacity its deals, what its months can make, and what is left of them."""
        pairs = self.dealt.pairs
        for pool in self.pools.tolist():
            deals = [at for at in self.dealt.at.tolist() if self.takes.pool[pairs.offer_row[at]] == pool]
            steps = {at: self._by_month(self.found.pair == at) for at in sorted(deals)}
            for at, months in steps.items():
                yield self._deal(at, months)
            yield from self._capacity(pool, np.sum(list(steps.values()), axis=0))

    def _by_month(self, entries: Any) -> IntArray:
        return self._spread(self.found.month[entries], self.found.steps[entries])

    def _spread(self, month: IntArray, amount: IntArray) -> IntArray:
        steps = np.zeros(len(self.column), np.int64)
        steps[[self.column[one] for one in month.tolist()]] = amount
        return steps

    def _deal(self, at: int, steps: IntArray) -> tuple[Any, ...]:
        """Give the row of a deal, in the unit of its need."""
        pairs, terms = self.dealt.pairs, self.dealt.terms
        need, offer = pairs.need.row(at), pairs.offer.row(at)
        use = max(1, int(self.takes.use[at]))  # of what is not known nothing is laid out
        size, whole = float(terms.step[pairs.need_row[at]]) / use, int(self.dealt.quantity[at]) * use
        every, *months, beyond = _amounts((whole, *steps.tolist(), int(self.found.beyond[at])), size)
        laid_out = months if self.takes.use[at] else [UNKNOWN.zh] * len(months)
        unit = TASK_UNIT if np.isnan(need.quantity) else need.unit
        return (
            offer.id,
            offer.enterprise,
            "交付",
            need.id,
            need.enterprise,
            every,
            unit,
            *laid_out,
            beyond or None,
        )

    def _capacity(self, pool: int, used: IntArray) -> Iterator[tuple[Any, ...]]:
        """Give what the months of a capacity can make, and what is left of it, in its own unit."""
        made, offers = self.takes.made, self.dealt.pairs.market.offer_columns
        mine = made.offer == pool
        steps = self._spread(made.month[mine], made.amount[mine])
        size = float(self.takes.size[pool] / np.nan_to_num(offers["capacity_factor"][pool], nan=1.0))
        name, firm = offers["line"][pool] or offers["id"][pool], offers["enterprise"][pool]
        unit = offers["capacity_unit"][pool]
        for what, left in (("月度产能", steps), ("剩余产能", steps - used)):
            every, *months = _amounts((int(left.sum()), *left.tolist()), size)
            yield (name, firm, what, "", "", every, unit, *months, None)


def _amounts(steps: Sequence[int], size: float) -> list[float]:
    """Give amounts without the noise of step × size."""
    return [float(f"{number * size:.12g}") for number in steps]
