"""A problem and what the kernel answered, in columns: who got how much, what is left, who comes next."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matching.assignment import Allocation
from matching.assignment.division import Division, divide
from matching.errors import ConflictError
from matching.market import FloatArray, IntArray, Market
from matching.plan.asking import ask
from matching.plan.conflict import conflict_error, explain_clash
from matching.plan.fairness import Asking, floored
from matching.plan.limits.binding import Held
from matching.plan.problem import ALL_STEPS, Problem
from matching.words import Words


@dataclass(frozen=True)
class Effort:
    """How hard to look: proven gap at which to stop, ceiling in seconds, seed, workers, progress."""

    gap: float = 0.0
    seconds: float | None = None
    seed: int = 0
    executor: Executor | None = None
    progress: Callable[[Words, float], None] | None = None

    def tell(self, stage: Words, share: float) -> None:
        """Report progress where somebody listens."""
        if self.progress:
            self.progress(stage, share)


SOLVING = Words("求解对接方案", "assigning")


@dataclass(frozen=True)
class Solution:
    """The allocation of a problem and the columns everything said about it is read from."""

    problem: Problem
    allocation: Allocation
    divided: Division | None = field(default=None, repr=False, compare=False)

    @cached_property
    def division(self) -> Division:
        """The kernel's arguments by component; a plan made from another is handed that one's."""
        return self.divided or divide(self.problem.kernel_arguments())

    @property
    def market(self) -> Market:
        """The market the problem was stated on."""
        return self.problem.pairs.market

    @property
    def span(self) -> tuple[float, float]:
        """Points × worth of the plan, and the most that any plan could have."""
        scale = self.problem.limited.scale
        return self.allocation.objective / scale, self.allocation.bound / scale

    def lost_to(self, limit: str) -> float:
        """Points × worth that the plan lost by missing one target."""
        problem, lost = self.problem, 0
        for block in problem.rows:
            if block.limit == limit:
                total = block.rows @ self.allocation.quantity
                breach = np.maximum(block.low - total, 0) + np.maximum(total - block.high, 0)
                lost += int(breach @ np.maximum(block.penalty, 0))
        return lost / problem.limited.scale

    @cached_property
    def dealt(self) -> IntArray:
        """Positions of the pairs that got a quantity, every member of a team among them."""
        return np.flatnonzero(self.allocation.quantity)

    @property
    def served_by(self) -> IntArray:
        """Steps of its need that each pair serves; a team serves one, which its lead counts for."""
        lead = self.allocation.lead
        return self.allocation.quantity if lead is None else lead.astype(np.int64)

    @cached_property
    def deals(self) -> IntArray:
        """Positions of the pairs that a deal goes by: all that are dealt, of a team its lead."""
        return np.flatnonzero(self.served_by)

    @cached_property
    def served(self) -> FloatArray:
        """Share of each need that is served, 0..1."""
        return self._steps / np.maximum(self.problem.terms.demand, 1)

    @cached_property
    def _steps(self) -> IntArray:
        steps = np.zeros(len(self.market.needs), np.int64)
        np.add.at(steps, self.problem.pairs.need_row, self.served_by)
        return steps

    @cached_property
    def quantity(self) -> FloatArray:
        """Quantity of each pair in its need's own unit."""
        return self.allocation.quantity * self.problem.terms.step[self.problem.pairs.need_row]

    @cached_property
    def unmet(self) -> FloatArray:
        """Quantity of each need that stays open, in its own unit."""
        terms = self.problem.terms
        return (terms.demand - self._steps) * terms.step

    @cached_property
    def left(self) -> IntArray:
        """Capacity left at each offer in its steps (-1 where it does not bind)."""
        terms, used = self.problem.terms, np.zeros(len(self.market.offers), np.int64)
        np.add.at(used, self.problem.pairs.offer_row, self.allocation.quantity * terms.use)
        return np.where(terms.capacity < 0, -1, terms.capacity - used)

    @cached_property
    def allowed(self) -> IntArray:
        """What is left of each allowance, in its steps."""
        return self.problem.terms.allowances.left(self.allocation.quantity)

    @cached_property
    def rooms(self) -> tuple[IntArray, ...]:
        """Steps that each pair fits into what is left of its allowances, by kind; endless without."""
        shared, endless = self.problem.terms.allowances, np.full(len(self.allocation.quantity), ALL_STEPS)
        return tuple(shared.room(self.allowed, kind, endless) for kind in range(len(shared.kinds)))

    @cached_property
    def held(self) -> Held:
        """The limits on sums that every plan must keep, and how much room the plan leaves in each."""
        return Held.of(self.problem.limited.blocks, self.allocation.quantity)

    @cached_property
    def deals_of_firm(self) -> IntArray:
        """Number of deals of each firm."""
        partner = self.market.offers["partner"].to_numpy(np.int64)
        rows = partner[self.problem.pairs.offer_row[self.dealt]]
        return np.bincount(rows, minlength=int(partner.max(initial=-1)) + 1).astype(np.int64)

    @cached_property
    def ranked(self) -> IntArray:
        """Positions of all pairs by need row, best score first, ties by offer id."""
        pairs = self.problem.pairs
        return np.lexsort((pairs.offer_row, -self.problem.points, pairs.need_row))

    @cached_property
    def need_starts(self) -> IntArray:
        """Where each need begins in the pairs (and in ``ranked``); one more entry than needs."""
        rows = np.arange(len(self.market.needs) + 1)
        return np.searchsorted(self.problem.pairs.need_row, rows)

    def ranked_of(self, need_row: int) -> IntArray:
        """Positions of one need's pairs, best score first."""
        return self.ranked[self.need_starts[need_row] : self.need_starts[need_row + 1]]

    def position(self, need_row: int, offer_row: int) -> int | None:
        """Give where a pair stands, at the price it is dealt at or else its best; None where nowhere."""
        at = self.problem.pairs.positions(need_row, offer_row)
        return int(at[np.argmax(self.allocation.quantity[at] > 0)]) if len(at) else None

    def once_each(self, rows: IntArray) -> IntArray:
        """Keep of each pair among some positions one: at the price it is dealt at, else the first of them."""
        codes = self.problem.pairs.codes[rows]
        dealt_first = np.argsort(self.allocation.quantity[rows] == 0, kind="stable")
        _, first = np.unique(codes[dealt_first], return_index=True)
        return np.asarray(rows[np.sort(dealt_first[first])])

    @cached_property
    def need_gap(self) -> FloatArray:
        """Proven gap of the component each need lies in (0 where it has no candidate)."""
        gaps = np.zeros(len(self.market.needs))
        component = self.allocation.component
        if len(component):
            gaps[self.problem.pairs.need_row] = np.asarray(self.allocation.component_gap)[component]
        return gaps


def solve(problem: Problem, effort: Effort) -> Solution:
    """Hand the problem to the practice's kernel; raises ConflictError where no plan can exist."""
    problem = floored(problem, Asking(effort.seconds, effort.seed))
    problem, allocation = ask(
        problem,
        gap=effort.gap,
        seconds=effort.seconds,
        seed=effort.seed,
        executor=effort.executor,
        progress=lambda share: effort.tell(SOLVING, share),
    )
    if allocation.status == "infeasible":
        raise _conflict(problem, allocation, effort)
    return Solution(problem, allocation)


def _conflict(problem: Problem, allocation: Allocation, effort: Effort) -> ConflictError:
    if allocation.timed:
        return ConflictError(
            Words(
                "限时内没有找到可行方案，也没有证明无解；请放宽限时或减少锁定",
                "no plan was found in time, nor proven impossible; allow more seconds or lock fewer deals",
            )
        )
    return conflict_error(problem, explain_clash(problem, effort.seconds, effort.seed))
