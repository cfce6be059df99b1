"""Solve a piece of whole tasks: exact prices, moves from where they point, trees that prove, parts.

The ceiling by exact prices is within a few points of the optimum. A tree over all plans that close to it is
exhausted soon, and either finds the best plan or lowers the ceiling; where it is not, better plans come from
CP-SAT on the cells near the ceiling and on a few offers at a time.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.assignment.arrays import Floats, Ints
from matching.assignment.effort import Effort, is_over, left
from matching.assignment.integer import solve_integer
from matching.assignment.program import Program, Solved
from matching.assignment.relaxation import Guide, relax
from matching.assignment.task_moves import Places
from matching.assignment.task_piece import Piece
from matching.assignment.task_prices import best_prices
from matching.assignment.task_tree import Tree
from matching.assignment.tasks import Tasks

#: rounds of pricing, fewer above so many cells; work for each of the effort's, as prices make it pay
_ROUNDS, _LEAST_ROUNDS, _CELLS, _PER_WORK, _MOST_WORK = 150, 30, 10_000, 16.0, 24.0
#: shares of the work: moves, trees that come first, the core, groups of offers, the tree that comes last
_MOVES, _TREES, _CORE, _GROUPS, _LAST = 0.2, 0.2, 0.1, 0.3, 0.2
#: cells for each task in the first tree; share of the trees' work for each
_FIRST_CELLS, _EACH_TREE = 1.25, 0.4
#: work of one step of moves: by itself, and for each cell it looks at
_STEP_WORK, _CELL_WORK = 1e-4, 3e-8
_GENTLER, _HARSHER, _LEAST_FINE, _FINE = 0.9, 0.1, 0.2, 1.3
#: tasks moved by a kick (from, below), offers nearest to a task
_KICKS, _NEAR = (2, 5), 5
#: tasks of a group of offers, the fewest and most offers, work of its search and of its making
_GROUP, _FEWEST, _MOST, _GROUP_WORK, _GROUP_COST = 30, 2, 6, 0.05, 0.004


def search_tasks(
    program: Program, tasks: Tasks, known: Solved, effort: Effort, deadline: float | None
) -> Solved:
    """Better a known plan and its ceiling until they meet, the work is done or the clock ends it."""
    guide = relax(program, effort.work, left(deadline))
    rounds = int(np.clip(_ROUNDS * _CELLS // tasks.worth.size, _LEAST_ROUNDS, _ROUNDS))
    priced = best_prices(tasks, _start(tasks, guide), rounds, deadline)
    work = min(_MOST_WORK, effort.work * _PER_WORK)
    piece = Piece(program, tasks, priced, replace(effort, work=work), deadline)
    known = piece.lowered(known, piece.floor(priced.total))
    known = _by_moves(piece, known, _fines(tasks, guide))
    known = _by_trees(piece, known, work * _TREES)
    known = _by_core(piece, known, work * _CORE)
    known = _by_groups(piece, known, work * _GROUPS)
    known = _by_last_tree(piece, known, work * _LAST)
    return replace(known, timed=is_over(deadline) and not piece.is_enough(known))


def _start(tasks: Tasks, guide: Guide | None) -> Floats:
    """Give first prices: the relaxation's, else the most that each task could be worth."""
    if guide is None:
        return np.asarray(tasks.worth.max(axis=0), dtype=np.float64)
    return np.asarray(np.where(tasks.need_row >= 0, guide.prices[tasks.need_row], 0.0))


def _fines(tasks: Tasks, guide: Guide | None) -> Floats:
    """Give what a unit of overload costs: the relaxation's price of room, else the mean worth of a unit."""
    mean = float(np.abs(tasks.worth).sum(dtype=np.float64)) / max(1.0, float(tasks.use.sum(dtype=np.float64)))
    if guide is None:
        return np.full(tasks.offers, mean)
    prices = np.where(tasks.load_row >= 0, np.abs(guide.prices[tasks.load_row]), 0.0)
    return np.asarray(np.maximum(prices, 1e-3 * mean))


def _goes_on(piece: Piece, known: Solved, work: float) -> bool:
    return work > 0 and not piece.is_enough(known) and not is_over(piece.deadline)


def _by_moves(piece: Piece, known: Solved, fines: Floats) -> Solved:
    """Descend from the offers' own choices, again and again after a few tasks were moved at random."""
    tasks, random = piece.tasks, np.random.default_rng(piece.effort.seed)
    cells = tasks.count * (tasks.offers + tasks.count / tasks.offers)
    steps = int(piece.effort.work * _MOVES / (_STEP_WORK + _CELL_WORK * cells))
    near = _near(tasks, fines)
    places = Places(tasks, _first_places(piece, near), fines)
    top, top_at = places.fined(_FINE * fines), places.at.copy()
    while _goes_on(piece, known, steps):
        steps -= places.descend(steps)
        over = places.over[:-1]
        if over.any():
            places.fines[:-1] *= 1 + _HARSHER * over / over.max()
        else:
            known = piece.better(known, tasks.plan(places.at, len(piece.program.cost)))
            places.fines[:-1] = np.maximum(places.fines[:-1] * _GENTLER, fines * _LEAST_FINE)
        value = places.fined(_FINE * fines)
        if value >= top:
            top, top_at = value, places.at.copy()
        places.put(_kicked(top_at if random.random() < 0.5 else places.at, near, random))
    return known


def _near(tasks: Tasks, fines: Floats) -> Ints:
    """Give the offers of each task by worth less the price of room, best first: int64[few, tasks]."""
    net = tasks.worth[:-1] - tasks.use[:-1] * fines[:, None]
    net[tasks.column[:-1] < 0] = -np.inf
    return np.asarray(np.argsort(-net, axis=0, kind="stable")[:_NEAR])


def _first_places(piece: Piece, near: Ints) -> Ints:
    """Give each task to the one of its takers that gains most by it, else to the nearest."""
    tasks, priced = piece.tasks, piece.priced
    gain = np.where(priced.takers, tasks.worth[:-1] * priced.scale - priced.prices, np.iinfo(np.int64).min)
    return np.asarray(np.where(priced.takers.any(axis=0), gain.argmax(axis=0), near[0]))


def _kicked(at: Ints, near: Ints, random: np.random.Generator) -> Ints:
    moved = at.copy()
    chosen = random.integers(near.shape[1], size=int(random.integers(*_KICKS)))
    moved[chosen] = near[random.integers(near.shape[0], size=len(chosen)), chosen]
    return moved


def _by_trees(piece: Piece, known: Solved, work: float) -> Solved:
    """Search all plans close to the ceiling, then of twice as far below it, as long as that ends."""
    spare = _first_spare(piece)
    while _goes_on(piece, known, work):
        least = max(piece.priced.total - spare, (piece.worth(known) + piece.unit) * piece.priced.scale)
        known, spent, ended = _by_tree(piece, known, least, work * _EACH_TREE)
        if not ended:
            return known
        work -= spent
        spare *= 2
    return known


def _by_last_tree(piece: Piece, known: Solved, work: float) -> Solved:
    """Search all plans that are better than the known one."""
    if not _goes_on(piece, known, work):
        return known
    return _by_tree(piece, known, (piece.worth(known) + piece.unit) * piece.priced.scale, work)[0]


def _by_tree(piece: Piece, known: Solved, least: int, work: float) -> tuple[Solved, float, bool]:
    """Search all plans of ``least`` parts or more; give the work too, and whether it came to an end."""
    tree = Tree(piece.tasks, piece.priced.scale, least, piece.unit, work, piece.deadline)
    spent = tree.search(piece.most >= least, piece.priced)
    if tree.at is not None:
        known = piece.better(known, piece.tasks.plan(tree.at, len(piece.program.cost)))
    return known if tree.nodes else piece.lowered(known, piece.floor(least - 1)), spent, not tree.nodes


def _first_spare(piece: Piece) -> int:
    """Give how far below the ceiling a plan may be so that its cells are a little more than the tasks."""
    real = np.sort(piece.most[:-1][piece.tasks.column[:-1] >= 0])[::-1]
    at = min(len(real) - 1, int(_FIRST_CELLS * piece.tasks.count))
    return max(piece.priced.total - int(real[at]), piece.priced.scale * piece.unit)


def _by_core(piece: Piece, known: Solved, work: float) -> Solved:
    """Search the cells near the ceiling as a whole."""
    if not _goes_on(piece, known, work):
        return known
    least = piece.priced.total - 2 * _first_spare(piece)
    inside = (piece.most >= least) & (piece.tasks.column >= 0)
    core, columns = piece.core(inside, (piece.most[-1] < least) & inside.any(axis=0))
    return _searched(piece, known, core, columns, work)[0]


def _searched(piece: Piece, known: Solved, core: Program, columns: Ints, work: float) -> tuple[Solved, float]:
    """Search some columns, all others staying as they are in the known plan; give the work it took too."""
    base = np.zeros(len(piece.program.cost), dtype=np.int64) if known.values is None else known.values
    effort = Effort(0.0, work, left(piece.deadline), piece.effort.seed)
    found = solve_integer(core, effort, base[columns])
    if found is None or found.values is None:
        return known, work
    values = base.copy()
    freed = np.isin(piece.tasks.column, columns).any(axis=0)
    cells = piece.tasks.column[:, freed]
    values[cells[cells >= 0]] = 0
    values[columns] = found.values
    return piece.better(known, values), found.work


def _by_groups(piece: Piece, known: Solved, work: float) -> Solved:
    """Improve the plan among a few offers at a time: all tasks that they have, and some that none has."""
    tasks, random = piece.tasks, np.random.default_rng(piece.effort.seed)
    size = min(tasks.offers, int(np.clip(_GROUP * tasks.offers // tasks.count, _FEWEST, _MOST)))
    while _goes_on(piece, known, work) and known.values is not None:
        at = tasks.at(known.values)
        chosen = random.choice(tasks.offers, min(tasks.offers, size + int(random.integers(2))), replace=False)
        served = np.isin(at, chosen)
        freed = served | ((at == tasks.offers) & (random.random(tasks.count) < 0.5))
        inside = np.zeros(tasks.column.shape, dtype=np.bool_)
        inside[np.ix_(chosen, np.flatnonzero(freed))] = True
        core, columns = piece.core(inside, served)
        if not len(columns):
            return known
        known, spent = _searched(piece, known, core, columns, _GROUP_WORK)
        work -= spent + _GROUP_COST
    return known
