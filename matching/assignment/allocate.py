"""``allocate``: what each pair carries, with a plan, a ceiling for every plan, and a check of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.assignment.allocation import Allocation
from matching.assignment.arrays import LIMIT, Ints
from matching.assignment.checker import check
from matching.assignment.components import Piece, label_columns, split
from matching.assignment.conflict import Conflict, fixed_conflict, row_conflict
from matching.assignment.effort import Effort, deadline_after, read_effort, work_for
from matching.assignment.formulation import build
from matching.assignment.ledger import Ledger, earned, open_ledger
from matching.assignment.program import Program, Solved
from matching.assignment.reach import check_sums, reach
from matching.assignment.request import Request, read_request
from matching.assignment.request_rows import broken_alone
from matching.assignment.solve import Task, solve_task

Progress = Callable[[float], object]

_UNNAMED = Conflict(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def allocate(  # noqa: PLR0913
    need: Any,
    offer: Any,
    score: Any,
    *,
    demand: Any,
    capacity: Any,
    upper: Any = None,
    minimum: Any = None,
    partner: Any = None,
    max_partners: Any = None,
    max_share: Any = None,
    use: Any = None,
    setup: Any = None,
    opening: Any = None,
    fixed: Any = None,
    rows: Any = None,
    low: Any = None,
    high: Any = None,
    penalty: Any = None,
    max_deals: Any = None,
    min_partners: Any = None,
    gap: float = 0.0,
    seconds: float | None = None,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
    explain: bool = True,
) -> Allocation:
    """Give each pair of a need and an offer the quantity that makes the whole plan worth most, and prove it.

    Parameters
    ----------
    need, offer : int[P]
        Positions in ``demand`` and ``capacity``; no pair twice.
    score : int[P]
        Points per unit of quantity. A pair with a score of 0 or less is used only where ``fixed``, a row
        or ``min_partners`` makes it pay.
    demand, capacity : int[N], int[M]
        Ceilings; unserved demand is allowed.
    upper, minimum : int[P]
        A quantity is 0 or ``minimum`` ≤ quantity ≤ ``upper``.
    partner : int[M]
        The firm behind each offer; by default each offer has its own.
    max_partners : int[N]
        Most firms per need; several offers of one firm count once.
    max_share : float[N]
        Most that one firm may have of a need: floor(max_share·demand + 1e-9).
    use : int[P]
        Capacity taken per unit, 1 by default.
    setup, opening : int[P], int[M]
        Points lost once a pair, an offer, is used at all.
    fixed : int[P]
        Quantity ≥ fixed, exempt from ``minimum``.
    rows, low, high, penalty : sparse or dense int[L, P], int[L], int[L], int[L]
        low ≤ rows·quantity ≤ high; points lost per unit of violation, −1 (the default) = mandatory.
    max_deals : int[number of partners]
        Most pairs used with one partner over the whole plan; −1 = no limit.
    min_partners : int[N]
        Fewest firms per need, if it is served at all.
    gap : float
        Stop once the proven gap is at most this.
    seconds : float
        A ceiling by the clock; effort is counted in deterministic work first.
    seed, executor, progress
        Seed of the search; where to solve components in parallel (None: here); called with the share done.
    explain : bool
        Whether to name what clashes where no plan exists; without, both ``conflict`` arrays stay empty.

    Raises
    ------
    ArrayError
        If arrays do not fit, or a sum could pass 2⁶². Raised before any solver is called.
    """
    rules = {
        "upper": upper, "minimum": minimum, "partner": partner, "max_partners": max_partners,
        "max_share": max_share, "use": use, "setup": setup, "opening": opening, "fixed": fixed, "rows": rows,
        "low": low, "high": high, "penalty": penalty, "max_deals": max_deals, "min_partners": min_partners,
    }  # fmt: skip
    effort = read_effort(gap, seconds, seed)
    request = read_request(need, offer, score, demand, capacity, rules)
    return _solve(request, effort, _Run(executor, progress, explain))


@dataclass(frozen=True, slots=True)
class _Run:
    """Where to solve components, whom to tell the share done, and whether to name what clashes."""

    executor: Executor | None
    progress: Progress | None
    explain: bool


@dataclass(frozen=True, slots=True)
class _Model:
    """The request as a Program, cut into pieces, and the books kept on it."""

    most: Ints
    program: Program
    label: Ints
    pieces: list[Piece]
    ledger: Ledger


def _solve(request: Request, effort: Effort, run: _Run) -> Allocation:
    most = reach(request)
    check_sums(request, most)
    deadline = deadline_after(effort.seconds)
    clash = fixed_conflict(request)
    if clash is not None:
        return _infeasible(request, clash)
    broken = np.flatnonzero(broken_alone(request, most - request.fixed))
    if len(broken):
        nowhere = np.zeros(len(request.need), dtype=np.bool_)
        clash = row_conflict(request, broken[:1], nowhere, effort.seed, deadline) if run.explain else _UNNAMED
        return _infeasible(request, clash)
    model = _model(request, most)
    solved = _solve_pieces(model.pieces, effort, deadline, run)
    stuck = [piece for piece, part in zip(model.pieces, solved, strict=True) if part.infeasible]
    if stuck:
        clash = _conflict_of(request, stuck[0], effort, deadline) if run.explain else _UNNAMED
        return _infeasible(request, clash)
    if any(part.values is None for part in solved):
        return _infeasible(request, None)
    return _settle(request, model, solved)


def _model(request: Request, most: Ints) -> _Model:
    program = build(request, most)
    label = label_columns(program)
    ledger = open_ledger(request, most - request.fixed, label)
    return _Model(most, program, label, split(program, label), ledger)


def _solve_pieces(pieces: list[Piece], effort: Effort, deadline: float | None, run: _Run) -> list[Solved]:
    tasks = [Task(piece.program, work_for(effort, len(piece.columns)), deadline) for piece in pieces]
    results: Iterable[Solved] = (
        map(solve_task, tasks) if run.executor is None else run.executor.map(solve_task, tasks)
    )
    sizes = np.cumsum([len(piece.columns) for piece in pieces])
    solved = []
    for done, result in zip(sizes.tolist(), results, strict=True):
        solved.append(result)
        if run.progress is not None:
            run.progress(done / sizes[-1])
    return solved


def _settle(request: Request, model: _Model, solved: list[Solved]) -> Allocation:
    """Put the pieces together, keep the books by component, and check the whole."""
    program, ledger, pairs = model.program, model.ledger, len(request.need)
    values = np.zeros(len(program.cost), dtype=np.int64)
    room = np.zeros(ledger.count + 1, dtype=np.int64)
    home = _homes(program, model, pairs)
    for piece, part in zip(model.pieces, solved, strict=True):
        if part.values is not None:
            values[piece.columns] = part.values
            room[home[piece.columns[0]]] += part.bound - piece.program.value(part.values)
    quantity = request.fixed + values[:pairs]
    objective = earned(request, ledger, quantity)
    bound = objective + room
    total, ceiling = int(objective.sum()), int(bound.sum())
    check(request, quantity, total, ceiling)
    return Allocation(
        quantity=quantity,
        objective=total,
        bound=ceiling,
        status="optimal" if total == ceiling else "feasible",
        timed=total != ceiling and any(part.timed for part in solved),
        conflict=np.zeros(0, dtype=np.int64),
        conflict_fixed=np.zeros(0, dtype=np.int64),
        component=ledger.pair,
        component_objective=objective[:-1],
        component_bound=bound[:-1],
    )


def _homes(program: Program, model: _Model, pairs: int) -> Ints:
    """Give the reported component of every column through a pair of its piece, the last one for none."""
    home = np.full(int(model.label.max(initial=-1)) + 1, model.ledger.count, dtype=np.int64)
    live = np.flatnonzero(program.upper[:pairs] > 0)
    home[model.label[live]] = model.ledger.pair[live]
    return home[model.label]


def _conflict_of(request: Request, piece: Piece, effort: Effort, deadline: float | None) -> Conflict:
    """Find what clashes in a piece: among its pairs and the caller's mandatory rows that hold them."""
    pairs = np.zeros(len(request.need), dtype=np.bool_)
    pairs[piece.columns[piece.columns < len(request.need)]] = True
    touched = np.asarray(abs(request.rows) @ pairs.astype(np.int64) > 0)
    rows = np.flatnonzero(touched & (request.penalty < 0))
    return row_conflict(request, rows, pairs, effort.seed, deadline)


def _infeasible(request: Request, conflict: Conflict | None) -> Allocation:
    none = np.zeros(0, dtype=np.int64)
    pairs = len(request.need)
    label = np.zeros(pairs, dtype=np.int64)
    return Allocation(
        quantity=np.zeros(pairs, dtype=np.int64),
        objective=0,
        bound=LIMIT if conflict is None else 0,
        status="infeasible",
        timed=conflict is None,
        conflict=none if conflict is None else conflict.rows,
        conflict_fixed=none if conflict is None else conflict.fixed,
        component=label,
        component_objective=none,
        component_bound=none,
    )
