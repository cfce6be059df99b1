"""Improve a plan part by part: free a few neighbouring needs, hold all else, search, keep what gains.

Source: large neighbourhood search, Shaw (1998), Using constraint programming and local search methods.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.effort import Effort, is_over, left
from matching.assignment.exact_sums import times
from matching.assignment.integer import solve_integer
from matching.assignment.program import Program

_WIDTH = 300
_STEP_WORK = 0.03
_STEP_COST = 0.004
_ROUNDS = 3


def improve(program: Program, values: Ints, effort: Effort, deadline: float | None) -> Ints:
    """Give a plan at least as good within ``effort.work``; a few fruitless rounds end it."""
    near = _Neighbours(program)
    random = np.random.default_rng(effort.seed)
    spent, idle, patience = 0.0, 0, _ROUNDS * max(10, near.count * _WIDTH // max(1, len(program.cost)))
    while spent < effort.work and idle < patience and not is_over(deadline):
        free = near.around(int(random.integers(near.count)), values, random)
        better, work = _search(program, values, free, effort, deadline)
        spent += work
        idle = 0 if better is not values else idle + 1
        values = better
    return values


def _search(
    program: Program, values: Ints, free: Bools, effort: Effort, deadline: float | None
) -> tuple[Ints, float]:
    columns = np.flatnonzero(free)
    rows = np.flatnonzero(abs(program.matrix) @ free.astype(np.int64) > 0)
    held = times(program.matrix[rows], np.where(free, 0, values)).astype(np.int64)
    part = program.part(columns, rows)
    low = np.where(part.low > -LIMIT, part.low - held, part.low)
    part = replace(part, low=low, high=np.where(part.high < LIMIT, part.high - held, part.high))
    step = Effort(0.0, _STEP_WORK, left(deadline), effort.seed)
    found = solve_integer(part, step, values[columns])
    if found is None or found.values is None:
        return values, _STEP_WORK
    changed = values.copy()
    changed[columns] = found.values
    changed = program.complete(changed)
    gains = program.value(changed) > program.value(values) and program.holds(changed)
    return (changed if gains else values), found.work + _STEP_COST


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which block (a need, or a column by itself) each quantity belongs to, and the columns of each block."""

    of: Ints
    start: Ints
    columns: Ints


class _Neighbours:
    """Needs that compete for the same offers under the plan of the moment."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.shape = _blocks(program)
        self.count = len(self.shape.start) - 1
        self.by_column = sparse.csc_array(program.matrix)

    def around(self, block: int, values: Ints, random: np.random.Generator) -> Bools:
        """Free the columns of a block and of its rivals, up to a width, with their switches."""
        chosen = [block]
        seen = {block}
        size = len(self._columns(block))
        for other in random.permutation(self._rivals(block, values)).tolist():
            if size >= _WIDTH:
                break
            if other not in seen:
                seen.add(other)
                chosen.append(other)
                size += len(self._columns(other))
        return self.program.with_switches(np.concatenate([self._columns(b) for b in chosen]))

    def _columns(self, block: int) -> Ints:
        return self.shape.columns[self.shape.start[block] : self.shape.start[block + 1]]

    def _rivals(self, block: int, values: Ints) -> Ints:
        rows = np.unique(self.by_column[:, self._columns(block)].indices)
        columns = np.unique(self.program.matrix[rows].indices)
        columns = columns[self.program.arc[columns] & (values[columns] > 0)]
        return np.unique(self.shape.of[columns])


def _blocks(program: Program) -> _Shape:
    root = program.tail.copy()
    hung = np.flatnonzero(root >= 0)
    parents = program.parent[root[hung]]
    root[hung] = np.where(parents >= 0, parents, root[hung])
    root = np.where(root >= 0, root, len(program.low) + np.arange(len(root)))
    arcs = np.flatnonzero(program.arc & (program.upper > 0))
    _, inverse = np.unique(root[arcs], return_inverse=True)
    of = np.full(len(root), -1, dtype=np.int64)
    of[arcs] = inverse
    order = np.argsort(inverse, kind="stable")
    start = np.searchsorted(inverse[order], np.arange(int(inverse.max(initial=-1)) + 2))
    return _Shape(of, start, arcs[order])
