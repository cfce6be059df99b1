"""The Program: one sparse whole-number model that every kernel builds and every solver reads.

Maximise ``cost·x`` over whole numbers ``0 ≤ x ≤ upper`` with ``low ≤ matrix·x ≤ high``. A column is a pair,
a candidate or the number of teams of a problem, a switch (0 or 1) or the slack of a soft row. Rows that are
nodes of a network say so: a flow solves that part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.assignment.arrays import LIMIT, Bools, Floats, Ints
from matching.assignment.exact_sums import dot, exact_sums, times

#: how deep switches of switches go: of a pair, of a firm at a need, of the need
DEPTH = 3


@dataclass(frozen=True, slots=True)
class Program:
    """Columns, rows and what is known of their structure; ``±LIMIT`` in ``low``/``high`` means no limit.

    ``tail``/``head`` int64[C]: the node row nearest to the column on the side of the needs / of the offers,
    −1 for none; ``arc`` bool[C]: the column is a quantity that runs from tail to head; ``node`` int64[R]: the
    row limits the flow through a node, 1 on the side of the needs, −1 on that of the offers, 0 for others;
    ``parent`` int64[R]: the node its flow comes from (needs) or goes to (offers), −1 for none; ``links``
    int64[K, 2]: (column, switch): the switch is 1 when the column is positive, in an order that settles all;
    ``least`` int64[K]: the least a positive column may be where that is more than 1, else 0;
    ``slack`` int64[S]: columns with one entry ±1, which take up what their row misses or exceeds.
    Nodes, links and least quantities have no entries in the matrix until ``spelled_out``.
    """

    cost: Ints
    upper: Ints
    matrix: sparse.csr_array
    low: Ints
    high: Ints
    tail: Ints
    head: Ints
    arc: Bools
    node: Ints
    parent: Ints
    links: Ints
    least: Ints
    slack: Ints

    @classmethod
    def of_rows(cls, cost: Ints, upper: Ints, matrix: sparse.csr_array, low: Ints, high: Ints) -> Program:
        """Make a Program of columns and rows only: no network, no switches, no slacks."""
        columns, rows = np.full(len(cost), -1, np.int64), np.full(len(low), -1, np.int64)
        nothing = np.zeros(0, np.int64)
        return cls(
            cost=cost,
            upper=upper,
            matrix=matrix,
            low=low,
            high=high,
            tail=columns,
            head=columns,
            arc=np.zeros(len(cost), np.bool_),
            node=rows + 1,
            parent=rows,
            links=nothing.reshape(0, 2),
            least=nothing,
            slack=nothing,
        )

    @property
    def is_network(self) -> bool:
        """Whether a flow solves the whole Program."""
        return bool((self.node != 0).all() and self.arc.all())

    def part(self, columns: Ints, rows: Ints) -> Program:
        """Give the Program of some columns and rows; the other columns are 0, the other rows left out."""
        column_at = _renumber(columns, len(self.cost))
        row_at = _renumber(rows, len(self.low))
        links = column_at[self.links]
        whole = (links >= 0).all(axis=1)
        slack = column_at[self.slack]
        return Program(
            cost=self.cost[columns],
            upper=self.upper[columns],
            matrix=self.matrix[rows][:, columns],
            low=self.low[rows],
            high=self.high[rows],
            tail=row_at[self.tail[columns]],
            head=row_at[self.head[columns]],
            arc=self.arc[columns],
            node=self.node[rows],
            parent=row_at[self.parent[rows]],
            links=links[whole],
            least=self.least[whole],
            slack=slack[slack >= 0],
        )

    def slices(self, ends: list[int], row_ends: list[int]) -> list[Program]:
        """Cut into the diagonal blocks between ``ends`` (columns) and ``row_ends``; they hold all."""
        matrix = self.matrix.sorted_indices()
        # links keep their order within a block: it settles switches of switches
        block = np.searchsorted(ends, self.links[:, 0], side="right")
        order = np.argsort(block, kind="stable")
        link_ends = np.searchsorted(block[order], np.arange(1, len(ends) + 1))
        slacks = np.sort(self.slack)
        slack_ends = np.searchsorted(slacks, ends)
        spans = zip(ends, ends[1:], row_ends, row_ends[1:], strict=False)
        return [
            self._block(
                matrix,
                slice(c, c_end),
                slice(r, r_end),
                order[link_ends[i] : link_ends[i + 1]],
                slacks[slack_ends[i] : slack_ends[i + 1]] - c,
            )
            for i, (c, c_end, r, r_end) in enumerate(spans)
        ]

    def _block(
        self, matrix: sparse.csr_array, columns: slice, rows: slice, links: Ints, slack: Ints
    ) -> Program:
        first, last = int(matrix.indptr[rows.start]), int(matrix.indptr[rows.stop])
        entries = (
            matrix.data[first:last],
            matrix.indices[first:last] - columns.start,
            matrix.indptr[rows.start : rows.stop + 1] - first,
        )
        shape = (rows.stop - rows.start, columns.stop - columns.start)
        return Program(
            cost=self.cost[columns],
            upper=self.upper[columns],
            matrix=sparse.csr_array(entries, shape=shape),
            low=self.low[rows],
            high=self.high[rows],
            tail=_moved(self.tail[columns], rows.start),
            head=_moved(self.head[columns], rows.start),
            arc=self.arc[columns],
            node=self.node[rows],
            parent=_moved(self.parent[rows], rows.start),
            links=self.links[links] - columns.start,
            least=self.least[links],
            slack=slack,
        )

    def spelled_out(self) -> Program:
        """Write into the matrix: nodes, links (column ≤ upper·switch), leasts (column ≥ least·switch)."""
        some = np.flatnonzero(self.least)
        column, switch = self.links.T
        extra, rows = len(column) + len(some), len(self.low)
        entries, (met, node) = self.matrix.tocoo(), self.met()
        row = rows + np.concatenate([np.arange(len(column)), len(column) + np.arange(len(some))])
        ends = (
            np.concatenate([entries.coords[0], node, np.tile(row, 2)]),
            np.concatenate([entries.coords[1], met, column, column[some], switch, switch[some]]),
        )
        signs = np.repeat([1, 1, -1], [len(met), len(column), len(some)])
        data = np.concatenate([entries.data, signs, -self.upper[column], self.least[some]])
        none = np.full(extra, -1, dtype=np.int64)
        return replace(
            self,
            matrix=sparse.csr_array((data, ends), shape=(rows + extra, len(self.cost)), dtype=np.int64),
            low=np.append(self.low, np.full(extra, -LIMIT)),
            high=np.append(self.high, np.zeros(extra, dtype=np.int64)),
            node=np.append(self.node, none + 1),
            parent=np.append(self.parent, none),
        )

    def arcs_only(self, columns: Ints) -> Program:
        """Give some quantities with their nodes, and nothing of the rules beyond."""
        none = np.zeros(0, dtype=np.int64)
        return replace(
            self,
            cost=self.cost[columns],
            upper=self.upper[columns],
            matrix=sparse.csr_array((len(self.low), len(columns)), dtype=np.int64),
            tail=self.tail[columns],
            head=self.head[columns],
            arc=self.arc[columns],
            links=none.reshape(0, 2),
            least=none,
            slack=none,
        )

    def met(self) -> tuple[Ints, Ints]:
        """Give (column, node) for every node that a column passes."""
        columns, nodes = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for ends in (self.tail, self.head):
            column = np.flatnonzero(ends >= 0)
            node = ends[column]
            while len(column):
                columns.append(column)
                nodes.append(node)
                further = self.parent[node] >= 0
                column, node = column[further], self.parent[node[further]]
        return np.concatenate(columns), np.concatenate(nodes)

    def flow_part(self) -> tuple[Program, Ints]:
        """Drop every rule a flow cannot hold; give the rest, whose optimum is no lower, and its columns."""
        columns = np.flatnonzero(self.arc)
        return self.part(columns, np.flatnonzero(self.node)), columns

    def with_switches(self, columns: Ints) -> Bools:
        """Mark columns, the switches they may need, and all slacks."""
        marked = np.zeros(len(self.cost), dtype=np.bool_)
        marked[columns] = True
        for _ in range(DEPTH):
            marked[self.links[marked[self.links[:, 0]], 1]] = True
        marked[self.slack] = True
        return marked

    def complete(self, values: Ints) -> Ints:
        """Set switches and slacks to the least that the quantities need."""
        whole = np.where(self.arc, values, 0)
        for _ in range(DEPTH):
            whole[self.links[whole[self.links[:, 0]] > 0, 1]] = 1
        if len(self.slack):
            self._take_up(whole)
        return whole

    def value(self, values: Ints) -> int:
        """Give cost·values exactly."""
        return dot(self.cost, values)

    def holds(self, values: Ints) -> bool:
        """Tell whether ``values`` keeps every bound and row."""
        if bool(np.any((values < 0) | (values > self.upper))):
            return False
        activity = self.activity(values)
        kept = bool(np.all((activity >= self.low) & (activity <= self.high)))
        return kept and not bool(self.unlinked(values).any())

    def activity(self, values: Ints) -> NDArray[Any]:
        """Give the exact sum of each row, as int64 or as Python integers."""
        column, node = self.met()
        through = exact_sums(node, values[column], len(self.low))
        return np.where(self.node != 0, through, times(self.matrix, values))

    def unlinked(self, values: Ints) -> Bools:
        """Tell which links are broken: a positive column with its switch at 0, or below its least."""
        column, switch = values[self.links.T]
        return np.asarray((column > 0) & ((switch == 0) | (column < self.least)))

    def _take_up(self, whole: Ints) -> None:
        entries = self.matrix.tocsc()[:, self.slack].tocoo()
        activity = times(self.matrix, whole)[entries.coords[0]]
        short = self.low[entries.coords[0]] - activity
        over = activity - self.high[entries.coords[0]]
        amount = np.where(entries.data > 0, short, over)
        columns = self.slack[entries.coords[1]]
        whole[columns] = np.clip(amount, 0, self.upper[columns]).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Solved:
    """What a solver found: values (None: nothing), a ceiling, how it ended, and the work it took."""

    values: Ints | None
    bound: int
    timed: bool = False
    infeasible: bool = False
    work: float = 0.0


def as_floats(values: Ints) -> Floats:
    """Give the values as floats, limits as infinities."""
    return np.where(np.abs(values) >= LIMIT, np.copysign(np.inf, values), values.astype(np.float64))


def _moved(positions: Ints, start: int) -> Ints:
    return np.where(positions < 0, -1, positions - start)


def _renumber(kept: Ints, size: int) -> Ints:
    places = np.full(size + 1, -1, dtype=np.int64)
    places[kept] = np.arange(len(kept))
    return places  # the extra last place answers for position −1
