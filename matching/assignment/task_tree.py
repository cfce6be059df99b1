"""Prove or better a plan of whole tasks: branch on a task, tighten prices, drop what cannot matter.

Source: Posta, Ferland, Michelon (2012), An exact method with variable fixing for solving the generalized
assignment problem.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.effort import is_over
from matching.assignment.task_prices import Priced, best_prices, ceilings
from matching.assignment.tasks import Tasks

_ROUNDS = 20
#: work of a node: by itself, and in every round of pricing for each open task or offer and each table entry
_NODE_WORK, _ROUND_WORK, _ENTRY_WORK = 4e-4, 4e-6, 2e-9


@dataclass(frozen=True, slots=True)
class _Node:
    """Cells still allowed bool[offers + 1, tasks], and the prices of its parent in points."""

    allowed: Bools
    prices: Floats


@dataclass(slots=True)
class Tree:
    """A search for plans of ``least`` parts of the scale or more, depth first.

    ``at``: the best plan found, None for none; ``work`` left; ``nodes`` still open, none once all is proven.
    """

    tasks: Tasks
    scale: int
    least: int
    unit: int
    work: float
    deadline: float | None
    nodes: list[_Node] = field(default_factory=list)
    at: Ints | None = None

    def search(self, allowed: Bools, priced: Priced) -> float:
        """Search the allowed cells until nothing is open or the work is done; give the work it took."""
        begun = self.work
        self.nodes.append(_Node(allowed, priced.prices / priced.scale))
        while self.nodes and self.work > 0 and not is_over(self.deadline):
            self._visit(self.nodes.pop())
        return begun - self.work

    def _visit(self, node: _Node) -> None:
        count = node.allowed.sum(axis=0)
        self.work -= _NODE_WORK
        if not count.all():
            return
        at = node.allowed.argmax(axis=0)
        settled = count == 1
        load = np.bincount(at[settled], self._use(at)[settled], minlength=len(self.tasks.room))
        room = self.tasks.room - load.astype(np.int64)
        if (room < 0).any():
            return
        worth = int(self._worth(at)[settled].sum()) * self.scale
        if settled.all():
            self._keep(at, worth)
        else:
            self._tighten(node, np.flatnonzero(~settled), room, worth)

    def _tighten(self, node: _Node, still: Ints, room: Ints, worth: int) -> None:
        """Lower the ceiling of a node; drop cells of no good plan; branch on what offers dispute."""
        tasks, allowed = self.tasks, node.allowed[:, still]
        rest = replace(
            tasks,
            worth=tasks.worth[:, still],
            use=np.where(allowed, tasks.use[:, still], room[:, None] + 1),
            room=room,
            column=np.where(allowed, tasks.column[:, still], -1),
            need_row=tasks.need_row[still],
        )
        until = self.least - worth
        priced = best_prices(rest, node.prices[still], _ROUNDS, self.deadline, until)
        entries = float(allowed[:-1].sum(axis=1) @ room[:-1])
        self.work -= _ROUNDS * (_ROUND_WORK * (len(still) + tasks.offers) + _ENTRY_WORK * entries)
        if priced.total < until:
            return
        takers = priced.takers.sum(axis=0)
        at = node.allowed.argmax(axis=0)
        if (takers == 1).all():
            at[still] = priced.takers.argmax(axis=0)
            self._keep(at, int(self._worth(at).sum()) * self.scale)
        most = ceilings(rest, priced)
        kept = node.allowed.copy()
        kept[:, still] &= most >= self.least - worth
        prices = node.prices.copy()
        prices[still] = priced.prices / priced.scale
        self._branch(kept, prices, still, takers, most)

    def _branch(self, kept: Bools, prices: Floats, still: Ints, takers: Ints, most: Ints) -> None:
        choices = kept[:, still].sum(axis=0)
        if (choices == 0).any():
            return
        if (choices == 1).sum() * 4 >= len(still):
            self.nodes.append(_Node(kept, prices))
            return
        open_ones = choices > 1
        second = np.sort(np.where(kept[:, still], most, -1), axis=0)[-2]
        order = np.lexsort((second, takers == 1, ~open_ones))
        chosen = int(order[0])
        cells = np.flatnonzero(kept[:, still[chosen]])
        for offer in cells[np.argsort(most[cells, chosen], kind="stable")].tolist():
            child = kept.copy()
            child[:, still[chosen]] = False
            child[offer, still[chosen]] = True
            self.nodes.append(_Node(child, prices))

    def _keep(self, at: Ints, worth: int) -> None:
        if worth >= self.least:
            self.at, self.least = at.copy(), worth + self.unit * self.scale

    def _use(self, at: Ints) -> Ints:
        return self.tasks.use[at, np.arange(self.tasks.count)]

    def _worth(self, at: Ints) -> Ints:
        return self.tasks.worth[at, np.arange(self.tasks.count)]
