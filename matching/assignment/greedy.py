"""Fill a Program greedily in a given order, keeping every switch and limit."""

from __future__ import annotations

from array import array

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Bools, Floats, Ints
from matching.assignment.company import companies
from matching.assignment.program import Program


def fill(program: Program, wished: Ints, order: Ints) -> Ints:
    """Serve the columns of ``order`` up to what is ``wished``, then as far as there is room: int64[C]."""
    filling = _Filling(program)
    order = order[~_without_company(program, filling, order)[order]]
    for column in order[wished[order] != 0].tolist():
        filling.raise_to(column, int(wished[column]))
    for column in _compact(order):
        filling.raise_to(column, filling.upper[column])
    return program.complete(np.array(filling.values, dtype=np.int64))


def by_guide(program: Program, guide: Floats) -> tuple[Ints, Ints]:
    """Give what a fractional guide wishes for, in whole numbers, and the order in which to serve it."""
    share = guide / np.maximum(program.upper, 1)
    wished = np.clip(np.floor(guide + 1e-6), 0, program.upper).astype(np.int64)
    paying = np.flatnonzero(program.arc & (program.cost > 0) & (program.upper > 0))
    order = paying[np.lexsort((paying, -program.cost[paying], -np.round(share[paying], 9)))]
    return wished, order


def by_worth(program: Program) -> tuple[Ints, Ints]:
    """Give the plain order: the best paid column first."""
    return by_guide(program, np.zeros(len(program.cost)))


def _without_company(program: Program, filling: _Filling, order: Ints) -> Bools:
    """Start each need that must have several firms with the least of the first ones, or leave it at 0."""
    place = np.full(len(program.cost), len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    left_out = np.zeros(len(program.cost), dtype=np.bool_)
    for company in companies(program):
        best = [int(firm[np.argmin(place[firm])]) for firm in company.firms]
        ranked = sorted((column for column in best if place[column] < len(order)), key=place.__getitem__)
        if not filling.start_together(ranked, company.least):
            left_out[np.concatenate(company.firms)] = True
    return left_out


class _Filling:
    """Running sums of the rows as lists; a column and its missing switches go in together or not at all."""

    def __init__(self, program: Program) -> None:
        columns = sparse.csc_array(program.matrix)
        soft = np.zeros(len(program.low), dtype=np.bool_)
        soft[columns[:, program.slack].indices] = True
        self.room: list[int] = np.where(soft, LIMIT, program.high).tolist()
        self.start, self.row, self.data = map(_compact, (columns.indptr, columns.indices, columns.data))
        self.cost, self.upper = _compact(program.cost), _compact(program.upper)
        # rows that hold the flow of a column; no switch takes part in them
        self.tail, self.head = _compact(program.tail), _compact(program.head)
        self.values = [0] * len(self.cost)
        order = np.argsort(program.links[:, 0], kind="stable")
        ends = np.searchsorted(program.links[order, 0], np.arange(len(self.cost) + 1))
        self.switch_start, self.switch = _compact(ends), _compact(program.links[order, 1])

    def raise_to(self, column: int, wished: int) -> None:
        """Raise a column as far towards ``wished`` as rows allow, if that pays."""
        if self._blocked(self.tail[column]) or self._blocked(self.head[column]):
            return
        now = self.values[column]
        most = min(wished, self.upper[column])
        if most <= now:
            return
        switched = [] if now else self._missing(column)
        change = self._change_of(switched)
        low, most = self._allowed(column, change, most - now)
        if most <= 0 or most < low or self.cost[column] * most + sum(self.cost[s] for s in switched) <= 0:
            return
        self._add(column, most)
        for switch in switched:
            self._add(switch, 1)

    def start_together(self, columns: list[int], count: int) -> bool:
        """Raise the first ``count`` columns that can be raised to their least, or none of them."""
        done: list[tuple[int, int]] = []
        for column in columns:
            switched = self._missing(column)
            least, most = self._allowed(column, self._change_of(switched), self.upper[column])
            if 0 < least <= most and count:
                count -= 1
                done += [(column, least), *((switch, 1) for switch in switched)]
                for part, amount in done[-1 - len(switched) :]:
                    self._add(part, amount)
        for part, amount in done if count else ():
            self._add(part, -amount)
        return not count

    def _blocked(self, node: int) -> bool:
        return node >= 0 and self.room[node] < 1

    def _missing(self, column: int) -> list[int]:
        switches = self.switch[self.switch_start[column] : self.switch_start[column + 1]]
        missing = [switch for switch in switches if not self.values[switch]]
        for switch in list(missing):
            missing += [s for s in self._missing(switch) if s not in missing]
        return missing

    def _change_of(self, switched: list[int]) -> dict[int, int]:
        change: dict[int, int] = {}
        for switch in switched:
            for entry in range(self.start[switch], self.start[switch + 1]):
                change[self.row[entry]] = change.get(self.row[entry], 0) + self.data[entry]
        return change

    def _allowed(self, column: int, change: dict[int, int], most: int) -> tuple[int, int]:
        """Give the least and the most of the column that its rows and those of its new switches allow."""
        least = 1
        rest = dict(change)
        for entry in range(self.start[column], self.start[column + 1]):
            row, factor = self.row[entry], self.data[entry]
            room = self.room[row] - rest.pop(row, 0)
            if factor > 0:
                most = min(most, room // factor)
            elif room < 0:
                least = max(least, -(room // -factor))
        return (least, most) if all(self.room[row] >= step for row, step in rest.items()) else (1, 0)

    def _add(self, column: int, amount: int) -> None:
        self.values[column] += amount
        for entry in range(self.start[column], self.start[column + 1]):
            self.room[self.row[entry]] -= self.data[entry] * amount


def _compact(values: Ints) -> array[int]:
    """Give whole numbers that Python reads one by one at 8 bytes each, a fifth of what a list takes."""
    return array("q", np.ascontiguousarray(values, dtype=np.int64).tobytes())
