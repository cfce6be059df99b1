"""Rows over the whole plan, priced: what holds apart from them is solved by components, and plans are mixed.

For any prices y of the rows, the best plan for cost − y·rows plus what the limits are worth at y is a ceiling
(Lagrange); the best mix of the plans met so far gives the next prices.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Bools, Floats, Ints
from matching.assignment.components import label_columns
from matching.assignment.dive import dive, enter, promising
from matching.assignment.effort import is_over
from matching.assignment.exact_sums import dot, group_sums
from matching.assignment.flow import flow_of
from matching.assignment.lots import read_lots
from matching.assignment.mixing import Offers, Rows, choose, mix
from matching.assignment.program import Program, Solved, as_floats
from matching.assignment.solve import Task

#: entries from which on a row is priced, rounds of prices, and what share of the gap they may leave open
WIDE, _ROUNDS, _LEFT = 1000, 20, 0.2
#: where plans do not mix finely, rows that are broken are priced higher in steps that double, this often
_PUSHES, _PUSH = 12, 0.02
_FINE, _SAFE = 64, 2.0**58


def wide_rows(program: Program) -> Ints:
    """Give the rows over so many quantities that pricing them beats holding them."""
    matrix = program.matrix
    plain = program.arc.copy()
    plain[program.slack] = True
    odd = np.zeros(len(program.low), dtype=np.bool_)
    odd[np.repeat(np.arange(len(odd)), np.diff(matrix.indptr))[~plain[matrix.indices]]] = True
    return np.flatnonzero((program.node == 0) & ~odd & (np.diff(matrix.indptr) >= WIDE))


def solve_priced(task: Task, wide: Ints, executor: Executor | None) -> Solved:
    """Improve what is known of a Program with ``wide`` rows: a lower ceiling, a better plan."""
    known, gap = task.known, task.effort.gap
    split = _split(task.program, wide, task.deadline, executor)
    if not len(split.columns):
        return known
    bound, prices, met = known.bound, np.zeros(len(wide)), _Met(split)
    for _ in range(_ROUNDS):
        values, ceiling = split.at(prices)
        bound = min(bound, ceiling)
        met.add(values)
        found = mix(met.offers, split.rows)
        near = found is None or bound - found.value <= _LEFT * gap * max(1, abs(bound))
        if found is None or near or is_over(task.deadline):
            break
        prices = found.prices
    planned = _planned(split, replace(known, bound=bound), met, prices, gap)
    return replace(planned, timed=is_over(task.deadline))


@dataclass(frozen=True, slots=True)
class _Split:
    """A Program without its wide rows (``rest``, of some ``columns``), its components, and the rows."""

    whole: Program
    wide: Ints
    columns: Ints
    rest: Program
    label: Ints
    matrix: sparse.csr_array
    rows: Rows
    deadline: float | None
    executor: Executor | None

    def priced(self, prices: Floats) -> tuple[Program, Ints, int]:
        """Give the rest at costs less the prices in whole parts, those parts, and how many make one point."""
        steep = float(np.abs(prices).max(initial=0)) * float(np.abs(self.matrix.data).max(initial=0))
        top = float(np.abs(self.rest.cost).max(initial=0)) + len(prices) * steep
        scale = _FINE if top * len(self.rest.low) * _FINE < _SAFE else 1
        parts = np.rint(np.clip(prices * scale, -_SAFE, _SAFE)).astype(np.int64)
        parts[(parts > 0) & np.isinf(self.rows.high) | (parts < 0) & np.isinf(self.rows.low)] = 0
        cost = self.rest.cost * scale - self.matrix.T @ parts
        return replace(self.rest, cost=cost), parts, scale

    def at(self, prices: Floats) -> tuple[Ints, int]:
        """Give the best flow at some prices, and the ceiling they prove."""
        priced, parts, scale = self.priced(prices)
        values = flow_of(priced, self.executor).values
        whole, total = self.whole, dot(priced.cost, values)
        for row, part in zip(self.wide.tolist(), parts.tolist(), strict=True):
            total += part * int(whole.high[row] if part > 0 else whole.low[row]) if part else 0
        slack = whole.slack
        eased = whole.cost[slack] * scale - whole.matrix[self.wide][:, slack].T @ parts
        total += dot(np.maximum(eased, 0), whole.upper[slack])
        return values, total // scale

    def lumped(self, values: Ints, prices: Floats, gap: float) -> Ints:
        """Round a flow at some prices to a plan that keeps least quantities and counts."""
        if self.rest.is_network:
            return values
        priced, _, _ = self.priced(prices)
        flow = flow_of(priced, self.executor)
        columns = np.flatnonzero(priced.arc & (priced.cost > 0) & (priced.upper > 0))
        columns = promising(priced, columns, values, flow.prices())
        race = enter(priced, read_lots(priced), self.label, columns)
        goal = int((1 - gap / 4) * dot(priced.cost, values))
        plan = np.zeros_like(values)
        plan[columns] = dive(race, values[columns], goal, self.deadline, self.executor)
        return self.rest.complete(plan)

    def spread(self, values: Ints) -> Ints:
        """Give a plan of the rest as a plan of the whole."""
        whole = np.zeros(len(self.whole.cost), dtype=np.int64)
        whole[self.columns] = values
        return self.whole.complete(whole)


@dataclass(slots=True)
class _Met:
    """Plans met so far, and what each component of each is worth and puts on the rows."""

    split: _Split
    plans: list[Ints] = field(default_factory=list)
    worth: list[Floats] = field(default_factory=list)
    load: list[Floats] = field(default_factory=list)

    @property
    def offers(self) -> Offers:
        """All plans as the mix wants them."""
        return Offers(np.array(self.worth), np.array(self.load))

    def add(self, values: Ints) -> None:
        """Note one more plan."""
        split = self.split
        groups = int(split.label.max(initial=-1)) + 1
        self.plans.append(values)
        self.worth.append(group_sums(split.label, split.rest.cost * values, groups).astype(np.float64))
        entries = split.matrix.tocoo()
        row, column = entries.coords
        keys = split.label[column] * len(split.wide) + row
        loads = group_sums(keys, entries.data * values[column], groups * len(split.wide))
        self.load.append(loads.reshape(groups, len(split.wide)).astype(np.float64))

    def mixed(self) -> Ints | None:
        """Give the best plan put together from components of those met, None where the rows would break."""
        chosen = choose(self.offers, self.split.rows)
        if chosen is None:
            return None
        number, whole = chosen[self.split.label], np.zeros_like(self.plans[0])
        for at, values in enumerate(self.plans):
            whole = np.where(number == at, values, whole)
        return whole


def _split(program: Program, wide: Ints, deadline: float | None, executor: Executor | None) -> _Split:
    matrix = program.matrix[wide]
    slack = np.zeros(len(program.cost), dtype=np.bool_)
    slack[program.slack] = True
    slack &= np.asarray(abs(matrix).sum(axis=0)).ravel() > 0
    columns = np.flatnonzero(~slack)
    rest = program.part(columns, np.setdiff1d(np.arange(len(program.low)), wide))
    price, strict = _breach_prices(program, matrix, slack)
    rows = Rows(as_floats(program.low[wide]), as_floats(program.high[wide]), price, strict)
    return _Split(
        program, wide, columns, rest, label_columns(rest), matrix[:, columns], rows, deadline, executor
    )


def _breach_prices(program: Program, matrix: sparse.csr_array, slack: Bools) -> tuple[Floats, Bools]:
    """Give for each row what a unit of breach costs: its penalty, or more than any pair could earn by it."""
    entries = matrix.tocoo()
    row, column = entries.coords
    soft = slack[column]
    least = np.full(matrix.shape[0], np.inf)
    np.minimum.at(least, row[~soft], np.abs(entries.data[~soft]).astype(np.float64))
    price = 2.0 * float(program.cost.max(initial=1)) / np.maximum(least, 1e-9)
    strict = np.ones(matrix.shape[0], dtype=np.bool_)
    strict[row[soft]] = False
    price[row[soft]] = -program.cost[column[soft]]
    return price, strict


def _planned(split: _Split, known: Solved, met: _Met, prices: Floats, gap: float) -> Solved:
    """Put a plan together from those met, and from further ones at raised prices."""
    best = -LIMIT if known.values is None else split.whole.value(known.values)
    lumps = met if split.rest.is_network else _Met(split)
    short = np.ones(len(prices))
    push = np.full(len(prices), _PUSH * float(np.abs(prices).max(initial=0)))
    for _ in range(_PUSHES):
        plan = lumps.mixed() if lumps.plans else None
        plan = None if plan is None else split.spread(plan)
        if plan is not None and split.whole.holds(plan) and split.whole.value(plan) > best:
            known, best = replace(known, values=plan), split.whole.value(plan)
        held = bool(lumps.plans) and not short.any()
        near = known.bound - best <= gap * max(1, abs(known.bound))
        if held or near or (lumps.plans and is_over(split.deadline)):
            break
        values, _ = split.at(prices)
        lumps.add(split.lumped(values, prices, gap))
        short = split.rows.short(lumps.load[-1].sum(axis=0))
        prices = prices - push * np.sign(short)
        push = np.where(short != 0, 2 * push, push)
    return known
