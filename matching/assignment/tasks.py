"""Whole tasks: pieces in which every column is one task at one offer and takes some of its room.

This is the generalised assignment problem, with tasks that may stay unserved. Recognised in a Program, it is
laid out densely: one row per offer, one column per task, a last row for "unserved".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Bools, Ints
from matching.assignment.program import Program

#: cells of the layout, and tasks × the largest room, above which tables by room cost too much
MOST_CELLS, MOST_STEPS = 500_000, 12_000_000


@dataclass(frozen=True, slots=True)
class Tasks:
    """A piece laid out: ``worth``, ``use``, ``column`` int64[offers + 1, tasks], ``room`` int64[offers + 1].

    The last row is "unserved": worth 0, use 0. A cell that is no pair has column −1 and takes more than there
    is room. ``need_row`` int64[tasks], ``load_row`` int64[offers]: their rows in the Program, −1 for none.
    """

    worth: Ints
    use: Ints
    room: Ints
    column: Ints
    need_row: Ints
    load_row: Ints

    @property
    def offers(self) -> int:
        """How many offers there are, "unserved" not counted."""
        return len(self.room) - 1

    @property
    def count(self) -> int:
        """How many tasks there are."""
        return int(self.worth.shape[1])

    def plan(self, at: Ints, size: int) -> Ints:
        """Give the values of ``size`` columns for the offer at which each task is."""
        values = np.zeros(size, dtype=np.int64)
        columns = self.column[at, np.arange(self.count)]
        values[columns[columns >= 0]] = 1
        return values

    def at(self, values: Ints) -> Ints:
        """Give the offer each task is at in a plan of the Program's columns."""
        chosen = (self.column >= 0) & (values[self.column] > 0)
        return np.where(chosen.any(axis=0), chosen.argmax(axis=0), self.offers)


def find_tasks(program: Program) -> Tasks | None:
    """Recognise a piece of whole tasks; None where other rules hold it or its numbers are too large."""
    if not _is_plain(program):
        return None
    matrix = sparse.csc_array(program.matrix)
    needs = _only_row(matrix, program.node > 0)
    loads = _only_row(matrix, program.node <= 0)
    return None if needs is None or loads is None else _laid_out(program, needs[0], *loads)


def _is_plain(program: Program) -> bool:
    """Tell whether all columns are 0/1, without switches, and no row of a need takes two."""
    need = program.node > 0
    return bool(
        program.arc.all()
        and (program.upper <= 1).all()
        and not len(program.slack)
        and (program.low <= 0).all()
        and (program.high[need] == 1).all()
        and (program.parent < 0).all()
        and (program.matrix.data >= 0).all()
    )


def _only_row(matrix: sparse.csc_array, rows: Bools) -> tuple[Ints, Ints] | None:
    """Give the one row of a kind that each column stands in, −1 for none, and its entry; None for several."""
    inside = rows[matrix.indices]
    column = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))[inside]
    if len(np.unique(column)) != len(column):
        return None
    row, data = np.full(matrix.shape[1], -1, dtype=np.int64), np.zeros(matrix.shape[1], dtype=np.int64)
    row[column], data[column] = matrix.indices[inside], matrix.data[inside]
    return row, data


def _laid_out(program: Program, need: Ints, load: Ints, use: Ints) -> Tasks | None:
    need_row, task = _numbered(need)
    load_row, offer = _numbered(load)
    room = np.zeros(len(load_row) + 1, dtype=np.int64)
    room[:-1][load_row >= 0] = program.high[load_row[load_row >= 0]]
    shape = (len(room), len(need_row))
    if shape[0] * shape[1] > MOST_CELLS or int(room.max()) * shape[1] > MOST_STEPS or int(room.min()) < 0:
        return None
    column = np.full(shape, -1, dtype=np.int64)
    column[offer, task] = np.arange(len(task))
    taken = np.repeat(room[:, None] + 1, shape[1], axis=1)
    taken[offer, task] = use
    taken[-1] = 0
    worth = np.zeros(shape, dtype=np.int64)
    worth[offer, task] = program.cost
    return Tasks(worth, taken, room, column, need_row, load_row)


def _numbered(row: Ints) -> tuple[Ints, Ints]:
    """Number the rows that occur, each column without one by itself; give the row of each number, and all."""
    alone = row < 0
    key = np.where(alone, row.max(initial=0) + 1 + np.arange(len(row)), row)
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    return row[first], number
