"""Solve a piece of whole tasks: exact prices, moves from where they point to, then search of what they leave open."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.effort import Effort, is_over, left
from matching.assignment.exact_sums import gcd
from matching.assignment.integer import solve_integer
from matching.assignment.local_search import improve
from matching.assignment.program import Program, Solved
from matching.assignment.relaxation import Guide, relax
from matching.assignment.task_moves import Places
from matching.assignment.task_prices import Priced, best_prices, ceilings
from matching.assignment.tasks import Tasks

#: rounds of pricing; work for each of the effort's, as the exact prices make it pay, up to a most
_ROUNDS, _PER_WORK, _MOST_WORK = 150, 10.0, 20.0
#: shares of the work for moves, and for one search of a core; cells for each task in the first core
_MOVING, _CORE, _FIRST_CORE = 0.3, 0.4, 1.25
#: work of one step of moves: by itself, and for each cell it looks at
_STEP_WORK, _CELL_WORK = 1e-4, 3e-8
_GENTLER, _HARSHER, _LEAST_FINE = 0.9, 0.1, 0.2
_KICKS, _NEAR = (2, 5), 5


@dataclass(frozen=True, slots=True)
class _Piece:
    """What the steps share: the piece, laid out and priced, its effort, and when the clock ends it."""

    program: Program
    tasks: Tasks
    priced: Priced
    effort: Effort
    deadline: float | None

    @property
    def unit(self) -> int:
        """What the worth of any plan is a multiple of."""
        return gcd(self.program.cost)

    def floor(self, total: int) -> int:
        """Give the largest worth that a plan can have with ``total`` parts of the scale at most."""
        return total // self.priced.scale // self.unit * self.unit


def solve_tasks(
    program: Program, tasks: Tasks, known: Solved, effort: Effort, deadline: float | None
) -> Solved:
    """Better a known plan and its ceiling until they meet, the work is done or the clock ends it."""
    guide = relax(program, effort.work, left(deadline))
    priced = best_prices(tasks, _start(tasks, guide), _ROUNDS, deadline)
    effort = replace(effort, work=min(_MOST_WORK, effort.work * _PER_WORK))
    piece = _Piece(program, tasks, priced, effort, deadline)
    known = replace(known, bound=min(known.bound, piece.floor(priced.total)))
    if not _is_enough(piece, known):
        known = _by_moves(piece, _fines(tasks, guide), known)
    if not _is_enough(piece, known):
        known = _by_cores(piece, known)
    return replace(known, timed=is_over(deadline) and not _is_enough(piece, known))


def _is_enough(piece: _Piece, known: Solved) -> bool:
    if known.values is None:
        return False
    room = known.bound - piece.program.value(known.values)
    return room <= piece.effort.gap * max(1, abs(known.bound))


def _start(tasks: Tasks, guide: Guide | None) -> Floats:
    """Give first prices: the relaxation's, else the most that each task could be worth."""
    if guide is None:
        return tasks.worth.max(axis=0).astype(np.float64)
    return np.where(tasks.need_row >= 0, guide.prices[tasks.need_row], 0.0)


def _fines(tasks: Tasks, guide: Guide | None) -> Floats:
    """Give what a unit of overload costs: the relaxation's price of room, else the mean worth of a unit."""
    mean = float(np.abs(tasks.worth).sum(dtype=np.float64)) / max(1.0, float(tasks.use.sum(dtype=np.float64)))
    if guide is None:
        return np.full(tasks.offers, mean)
    prices = np.where(tasks.load_row >= 0, np.abs(guide.prices[tasks.load_row]), 0.0)
    return np.maximum(prices, 1e-3 * mean)


def _by_moves(piece: _Piece, fines: Floats, known: Solved) -> Solved:
    """Descend from the offers' own choices, again and again after a few tasks were moved at random."""
    tasks, random = piece.tasks, np.random.default_rng(piece.effort.seed)
    step_work = _STEP_WORK + _CELL_WORK * tasks.count * (tasks.offers + tasks.count / max(1, tasks.offers))
    steps = int(piece.effort.work * _MOVING / step_work)
    near = _near(tasks, fines)
    places = Places(tasks, _first_places(piece, near), fines)
    top, top_at = places.fined, places.at.copy()
    while steps > 0 and not is_over(piece.deadline) and not _is_enough(piece, known):
        steps -= places.descend(steps)
        over = places.over[:-1]
        if over.any():
            places.fines[:-1] *= 1 + _HARSHER * over / over.max()
        else:
            known = _better(piece, known, tasks.plan(places.at, len(piece.program.cost)))
            places.fines[:-1] = np.maximum(places.fines[:-1] * _GENTLER, fines * _LEAST_FINE)
        value = float(places.worth[places.at, places.each].sum() - 1.3 * fines @ over)
        if value >= top:
            top, top_at = value, places.at.copy()
        places.put(_kicked(top_at if random.random() < 0.5 else places.at, near, random))
    return known


def _near(tasks: Tasks, fines: Floats) -> Ints:
    """Give the offers of each task by worth less the price of the room taken, best first: int64[few, tasks]."""
    net = tasks.worth[:-1] - tasks.use[:-1] * fines[:, None]
    net[tasks.column[:-1] < 0] = -np.inf
    return np.asarray(np.argsort(-net, axis=0, kind="stable")[:_NEAR])


def _first_places(piece: _Piece, near: Ints) -> Ints:
    """Give each task to the one of its takers that gains most by it, else to the nearest."""
    tasks, priced = piece.tasks, piece.priced
    gain = np.where(priced.takers, tasks.worth[:-1] * priced.scale - priced.prices, np.iinfo(np.int64).min)
    return np.where(priced.takers.any(axis=0), gain.argmax(axis=0), near[0])


def _kicked(at: Ints, near: Ints, random: np.random.Generator) -> Ints:
    moved = at.copy()
    chosen = random.integers(near.shape[1], size=int(random.integers(*_KICKS)))
    moved[chosen] = near[random.integers(near.shape[0], size=len(chosen)), chosen]
    return moved


def _better(piece: _Piece, known: Solved, values: Ints) -> Solved:
    """Keep the plan of more worth, if it is one."""
    program = piece.program
    if known.values is not None and program.value(values) <= program.value(known.values):
        return known
    return replace(known, values=values) if program.holds(values) else known


def _by_cores(piece: _Piece, known: Solved) -> Solved:
    """Search the cells of all plans close to the ceiling, then of twice as many, as long as that is exhaustive."""
    most = ceilings(piece.tasks, piece.priced)
    work, spare = piece.effort.work * (1 - _MOVING), _first_spare(piece, most)
    while work > 0 and not _is_enough(piece, known) and not is_over(piece.deadline):
        least = max(piece.priced.total - spare, (piece.floor(_worth(piece, known)) + 1) * piece.priced.scale)
        found = _search_core(piece, known, most, least, work * _CORE)
        work -= max(found.work, 1e-3)
        whole = found.bound <= piece.floor(least - 1) or _is_enough(piece, found)
        known = replace(found, work=0.0)
        if not whole:
            return _by_parts(piece, known, most, least, work)
        spare *= 2
    return known


def _worth(piece: _Piece, known: Solved) -> int:
    """Give the worth of the known plan in parts of the scale."""
    return 0 if known.values is None else piece.program.value(known.values) * piece.priced.scale


def _first_spare(piece: _Piece, most: Ints) -> int:
    """Give how far below the ceiling a plan may be so that its cells are a little more than the tasks."""
    real = np.sort(most[:-1][piece.tasks.column[:-1] >= 0])[::-1]
    at = min(len(real) - 1, int(_FIRST_CORE * piece.tasks.count))
    return int(max(piece.priced.total - int(real[at]), piece.priced.scale * piece.unit))


def _search_core(piece: _Piece, known: Solved, most: Ints, least: int, work: float) -> Solved:
    """Search the plans of at least ``least`` parts; what is proven of them holds for all above it."""
    core, columns, lifted = _core(piece, most, least)
    rest = piece.floor(least - 1)
    if core is None:
        return replace(known, bound=min(known.bound, max(rest, _worth(piece, known) // piece.priced.scale)))
    hint = None if known.values is None else known.values[columns]
    effort = replace(piece.effort, gap=0.0, work=work, seconds=left(piece.deadline))
    found = solve_integer(core, effort, hint)
    if found is None:
        return replace(known, work=work)
    if found.values is not None:
        values = np.zeros(len(piece.program.cost), dtype=np.int64)
        values[columns] = found.values
        known = _better(piece, known, values)
    ceiling = rest if found.infeasible else max(rest, found.bound + lifted)
    ceiling = max(ceiling, _worth(piece, known) // piece.priced.scale)
    return replace(known, bound=min(known.bound, ceiling), work=found.work)


def _core(piece: _Piece, most: Ints, least: int) -> tuple[Program | None, Ints, int]:
    """Give the Program of the cells that plans of ``least`` can use, its columns, and what its costs were cut by.

    Tasks that all such plans serve have to be served, and only what an offer is worse than their best counts.
    None for the Program where such a task has no cell, so that there is no such plan.
    """
    tasks, program = piece.tasks, piece.program
    inside = (most >= least) & (tasks.column >= 0)
    must = (most[-1] < least) & (tasks.need_row >= 0)
    columns = np.sort(tasks.column[inside])
    if not inside[:, must].any(axis=0).all():
        return None, columns, 0
    top = np.where(must, np.where(inside, tasks.worth, np.iinfo(np.int64).min).max(axis=0), 0)
    cost = program.cost.copy()
    cost[tasks.column[inside]] -= np.broadcast_to(top, inside.shape)[inside]
    low = program.low.copy()
    low[tasks.need_row[must]] = 1
    rows = np.flatnonzero(np.diff(program.matrix[:, columns].indptr) > 0)
    core = replace(program, cost=cost, low=low).part(columns, rows)
    return core, columns, int(top.sum())


def _by_parts(piece: _Piece, known: Solved, most: Ints, least: int, work: float) -> Solved:
    """Improve the plan part by part among the cells of a core and its own."""
    if known.values is None or is_over(piece.deadline):
        return known
    inside: Bools = (most >= least) & (piece.tasks.column >= 0)
    kept = known.values > 0
    kept[piece.tasks.column[inside]] = True
    columns = np.flatnonzero(kept)
    rows = np.flatnonzero(np.diff(piece.program.matrix[:, columns].indptr) > 0)
    part = piece.program.part(columns, rows)
    values = np.zeros(len(kept), dtype=np.int64)
    values[columns] = improve(
        part, known.values[columns], replace(piece.effort, work=work), piece.deadline
    )
    return _better(piece, known, values)
