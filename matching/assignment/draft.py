"""A Draft collects columns and rows in bulk and becomes a Program."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Ints
from matching.assignment.program import Program


@dataclass(slots=True)
class Draft:
    """Columns and rows so far; ``quantities`` is how many of the first columns are quantities."""

    quantities: int
    costs: list[Ints] = field(default_factory=list)
    uppers: list[Ints] = field(default_factory=list)
    entries: list[tuple[Ints, Ints, Ints]] = field(default_factory=list)
    lows: list[Ints] = field(default_factory=list)
    highs: list[Ints] = field(default_factory=list)
    parents: list[Ints] = field(default_factory=list)
    nodes: list[Ints] = field(default_factory=list)
    links: list[Ints] = field(default_factory=list)
    leasts: list[Ints] = field(default_factory=list)
    slacks: list[Ints] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add_columns(self, cost: Ints, upper: Ints) -> Ints:
        """Append columns; give their positions."""
        self.costs.append(cost)
        self.uppers.append(upper)
        self.columns += len(cost)
        return np.arange(self.columns - len(cost), self.columns)

    def add_rows(self, low: Ints, high: Ints, node: int = 0) -> Ints:
        """Append empty rows; give their positions."""
        self.lows.append(low)
        self.highs.append(high)
        self.parents.append(np.full(len(low), -1, dtype=np.int64))
        self.nodes.append(np.full(len(low), node, dtype=np.int64))
        self.rows += len(low)
        return np.arange(self.rows - len(low), self.rows)

    def add_nodes(self, high: Ints, side: int) -> Ints:
        """Append rows that limit the flow through nodes, the columns of which name them as tail or head."""
        return self.add_rows(np.full(len(high), -LIMIT, dtype=np.int64), high, side)

    def limit(self, group: Ints, column: Ints, high: Ints) -> Ints:
        """Append one row per group, Σ of its columns ≤ high; give them. Groups are numbered without holes."""
        rows = self.add_rows(np.full(len(high), -LIMIT, dtype=np.int64), high)
        self.enter(rows[group], column, np.ones(len(column), dtype=np.int64))
        return rows

    def enter(self, row: Ints, column: Ints, coefficient: Ints) -> None:
        """Write matrix entries."""
        self.entries.append((row, column, coefficient))

    def link(self, column: Ints, switch: Ints, least: Ints | None = None) -> None:
        """Let ``column`` be positive only where ``switch`` is 1, and then at least ``least``."""
        self.links.append(np.column_stack([column, switch]))
        least = np.zeros(len(column), dtype=np.int64) if least is None else least
        self.leasts.append(np.where(least > 1, least, 0))

    def finish(self, tail: Ints, head: Ints) -> Program:
        """Make the Program; ``tail`` and ``head`` are those of the quantities."""
        row, column, data = (_join([entry[part] for entry in self.entries]) for part in range(3))
        extra = np.full(self.columns - self.quantities, -1, dtype=np.int64)
        shape = (self.rows, self.columns)
        return Program(
            cost=_join(self.costs),
            upper=_join(self.uppers),
            matrix=sparse.csr_array((data, (row, column)), shape=shape, dtype=np.int64),
            low=_join(self.lows),
            high=_join(self.highs),
            tail=np.concatenate([tail, extra]),
            head=np.concatenate([head, extra]),
            arc=np.arange(self.columns) < self.quantities,
            node=_join(self.nodes),
            parent=_join(self.parents),
            links=np.concatenate([np.zeros((0, 2), dtype=np.int64), *self.links]),
            least=_join(self.leasts),
            slack=_join(self.slacks),
        )


def _join(parts: list[Ints]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
