"""``allocate``: what each pair carries, with a plan, a ceiling for every plan, and a check of both."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.assignment.allocation import Allocation
from matching.assignment.arrays import LIMIT, Ints
from matching.assignment.checker import check
from matching.assignment.components import label_columns
from matching.assignment.conflict import Conflict, fixed_conflict, row_conflict
from matching.assignment.effort import deadline_after, read_effort
from matching.assignment.exact_sums import group_sums
from matching.assignment.formulation import build
from matching.assignment.ledger import Ledger, earned, open_ledger
from matching.assignment.portions import with_minimums
from matching.assignment.program import Program
from matching.assignment.reach import check_sums, reach
from matching.assignment.request import Request, read_request
from matching.assignment.request_rows import broken_alone
from matching.assignment.whole import Books, Progress, Run, solve_program

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
    min_share: Any = None,
    tier: Any = None,
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
        Positions in ``demand`` and ``capacity``; no pair twice but for its ``tier``.
    score : int[P]
        Points per unit of quantity. A pair with a score of 0 or less is used only where ``fixed``, a row,
        ``min_partners`` or ``min_share`` makes it pay.
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
    min_share : float[N]
        Least that one firm has of a need, if it has any: ceil(min_share·demand − 1e-9); what is fixed is
        exempt.
    tier : int[P]
        A pair may stand once for each of its prices, told apart by this number; one of them is used at most.
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
        "min_share": min_share, "tier": tier,
    }  # fmt: skip
    effort = read_effort(gap, seconds, seed)
    request = with_minimums(read_request(need, offer, score, demand, capacity, rules))
    run = Run(effort, deadline_after(effort.seconds), executor, progress)
    return _solve(request, run, explain)


@dataclass(frozen=True, slots=True)
class _Model:
    """The request as a Program, what each pair can carry, and the component of each column."""

    most: Ints
    program: Program
    label: Ints


def _solve(request: Request, run: Run, explain: bool) -> Allocation:
    most = reach(request)
    check_sums(request, most)
    clash = fixed_conflict(request)
    if clash is not None:
        return _infeasible(request, clash)
    broken = np.flatnonzero(broken_alone(request, most - request.fixed))
    if len(broken):
        nothing = np.zeros(0, dtype=np.int64)
        return _infeasible(request, _conflict_of(request, broken[:1], nothing, run) if explain else _UNNAMED)
    program = build(request, most)
    label = label_columns(program)
    books = solve_program(program, label, run)
    if books.stuck is not None:
        rows = _rows_of(request, books.stuck)
        return _infeasible(request, _conflict_of(request, rows, books.stuck, run) if explain else _UNNAMED)
    if not books.sound.all():
        return _infeasible(request, None)
    return _settle(request, _Model(most, program, label), books)


def _settle(request: Request, model: _Model, books: Books) -> Allocation:
    """Keep the books by reported component, and check the whole."""
    program, pairs = model.program, len(request.need)
    ledger = open_ledger(request, model.most - request.fixed, model.label)
    room = books.ceiling - group_sums(model.label, program.cost * books.values, len(books.ceiling))
    quantity = request.fixed + books.values[:pairs]
    objective = earned(request, ledger, quantity)
    bound = objective + group_sums(_homes(model, ledger, len(room)), room, ledger.count + 1)
    total, ceiling = int(objective.sum()), int(bound.sum())
    check(request, quantity, total, ceiling)
    return Allocation(
        quantity=quantity,
        objective=total,
        bound=ceiling,
        status="optimal" if total == ceiling else "feasible",
        timed=total != ceiling and books.timed,
        conflict=np.zeros(0, dtype=np.int64),
        conflict_fixed=np.zeros(0, dtype=np.int64),
        component=ledger.pair,
        component_objective=objective[:-1],
        component_bound=bound[:-1],
    )


def _homes(model: _Model, ledger: Ledger, count: int) -> Ints:
    """Give the reported component of each component of columns, the last one for those without pairs."""
    home = np.full(count, ledger.count, dtype=np.int64)
    live = np.flatnonzero(model.program.upper[: len(ledger.pair)] > 0)
    home[model.label[live]] = ledger.pair[live]
    return home


def _rows_of(request: Request, columns: Ints) -> Ints:
    """Give the caller's mandatory rows that hold the pairs among some columns."""
    pairs = np.zeros(len(request.need), dtype=np.bool_)
    pairs[columns[columns < len(request.need)]] = True
    touched = np.asarray(abs(request.rows) @ pairs.astype(np.int64) > 0)
    return np.flatnonzero(touched & (request.penalty < 0))


def _conflict_of(request: Request, rows: Ints, columns: Ints, run: Run) -> Conflict:
    """Find what clashes around some rows and columns."""
    stuck = np.zeros(len(request.need), dtype=np.bool_)
    stuck[columns[columns < len(stuck)]] = True
    return row_conflict(request, rows, stuck, run.effort.seed, run.deadline)


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
