"""A piece of whole tasks on its way to a plan: what the steps of its search share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.effort import Effort
from matching.assignment.exact_sums import gcd
from matching.assignment.program import Program, Solved
from matching.assignment.task_prices import Priced, ceilings
from matching.assignment.tasks import Tasks


@dataclass(frozen=True)
class Piece:
    """The piece as a Program, laid out and priced, its effort, and when the clock ends it."""

    program: Program
    tasks: Tasks
    priced: Priced
    effort: Effort
    deadline: float | None

    @cached_property
    def unit(self) -> int:
        """What the worth of any plan is a multiple of."""
        return gcd(self.program.cost)

    @cached_property
    def most(self) -> Ints:
        """A ceiling, in parts of the scale, for plans with a task at an offer: int64[offers + 1, tasks]."""
        return ceilings(self.tasks, self.priced)

    def floor(self, total: int) -> int:
        """Give the largest worth that a plan of at most ``total`` parts of the scale can have."""
        return total // self.priced.scale // self.unit * self.unit

    def worth(self, known: Solved) -> int:
        """Give what the known plan is worth, 0 for none: leaving every task unserved is a plan."""
        return 0 if known.values is None else self.program.value(known.values)

    def is_enough(self, known: Solved) -> bool:
        """Tell whether the known plan is as close to its ceiling as was asked."""
        return known.bound - self.worth(known) <= self.effort.gap * max(1, abs(known.bound))

    def better(self, known: Solved, values: Ints) -> Solved:
        """Keep the plan of more worth, if it is one."""
        gains = known.values is None or self.program.value(values) > self.program.value(known.values)
        return replace(known, values=values) if gains and self.program.holds(values) else known

    def lowered(self, known: Solved, ceiling: int) -> Solved:
        """Take over a ceiling that holds for all plans better than the known one."""
        return replace(known, bound=min(known.bound, max(ceiling, self.worth(known))))

    def core(self, inside: Bools, must: Bools) -> tuple[Program, Ints]:
        """Give the Program of some cells bool[offers + 1, tasks], and its columns.

        Tasks that ``must`` be served have to be; there only what an offer is worse than the best counts.
        """
        tasks, program = self.tasks, self.program
        cells = inside & (tasks.column >= 0)
        must = must & (tasks.need_row >= 0)
        columns = np.sort(tasks.column[cells])
        top = np.where(must, np.where(cells, tasks.worth, np.iinfo(np.int64).min).max(axis=0), 0)
        cost, low = program.cost.copy(), program.low.copy()
        cost[tasks.column[cells]] -= np.broadcast_to(top, cells.shape)[cells]
        low[tasks.need_row[must]] = 1
        rows = np.flatnonzero(np.diff(program.matrix[:, columns].indptr) > 0)
        return replace(program, cost=cost, low=low).part(columns, rows), columns
