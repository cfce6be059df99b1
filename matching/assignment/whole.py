"""Solve a Program: all components at once by flow, the lumpy ones by a dive, what is still open by search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.components import Piece, split
from matching.assignment.dive import dive, enter, promising
from matching.assignment.effort import Effort, is_over, work_for
from matching.assignment.exact_sums import group_sums
from matching.assignment.flow import Flow, flow_of
from matching.assignment.lots import read_lots
from matching.assignment.pricing import solve_priced, wide_rows
from matching.assignment.program import Program, Solved
from matching.assignment.solve import Task, solve_task, solve_tasks

_BATCH = 5_000
_TURN = 32

Progress = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Run:
    """How far to go, until when, where to solve in parallel, and whom to tell."""

    effort: Effort
    deadline: float | None
    executor: Executor | None
    progress: Progress | None


@dataclass(slots=True)
class Books:
    """The plan so far: ``values`` int64[C]; per component the ceiling and whether the plan keeps all rules.

    ``timed``: the clock cut a search short; ``stuck``: the columns of a component that has no plan.
    """

    values: Ints
    ceiling: Ints
    sound: Bools
    timed: bool = False
    stuck: Ints | None = None


def solve_program(program: Program, label: Ints, run: Run) -> Books:
    """Solve every component (``label`` of each column), each by itself whatever the others hold."""
    flow = flow_of(program, run.executor, label if program.is_network else None)
    count = int(label.max(initial=-1)) + 1
    worth = group_sums(label, program.cost * flow.values, count)
    books = Books(flow.values, worth, np.ones(count, dtype=np.bool_))
    if not program.is_network:
        books.values = program.complete(flow.values)
        books.sound = sound(program, label, books.values, count)
        _dive(program, label, flow, books, run)
        _search(program, label, books, run)
    if run.progress is not None:
        run.progress(1.0)
    return books


def sound(program: Program, label: Ints, values: Ints, count: int) -> Bools:
    """Tell for each component whether the plan keeps every bound, row and link of it."""
    good = np.ones(count, dtype=np.bool_)
    good[label[(values < 0) | (values > program.upper)]] = False
    good[label[program.links[program.unlinked(values), 0]]] = False
    activity = program.activity(values)
    broken = (activity < program.low) | (activity > program.high)
    good[label[_touching(program, np.flatnonzero(broken))]] = False
    return good


def _touching(program: Program, rows: Ints) -> Ints:
    """Give a column of each component that the rows hold."""
    met, node = program.met()
    columns: Ints = np.concatenate([program.matrix[rows].indices.astype(np.int64), met[np.isin(node, rows)]])
    return columns[program.upper[columns] > 0]


def _open(program: Program, label: Ints, books: Books, gap: float) -> Bools:
    """Tell which components to work on: none once the whole is sound and within the gap."""
    room = books.ceiling - group_sums(label, program.cost * books.values, len(books.ceiling))
    done = books.sound.all() and int(room.sum()) <= gap * max(1, abs(int(books.ceiling.sum())))
    if done:
        return np.zeros(len(room), dtype=np.bool_)
    return np.asarray(~books.sound | (room > gap * np.maximum(1, np.abs(books.ceiling))))


def _dive(program: Program, label: Ints, flow: Flow, books: Books, run: Run) -> None:
    """Round the flow of what is open; keep of each component the better plan."""
    inside = _open(program, label, books, run.effort.gap)[label]
    columns = np.flatnonzero(inside & program.arc & (program.cost > 0) & (program.upper > 0))
    if not len(columns):
        return
    columns = promising(program, columns, flow.values, flow.prices())
    race = enter(program, read_lots(program), label, columns)
    values = np.where(inside & program.arc, 0, books.values)
    ceiling = int(books.ceiling.sum())
    goal = ceiling - int(run.effort.gap * max(1, abs(ceiling))) - program.value(program.complete(values))
    values[columns] = dive(race, flow.values[columns], goal, run.deadline, run.executor)
    books.timed |= is_over(run.deadline)
    _take(program, label, books, program.complete(values))


def _take(program: Program, label: Ints, books: Books, values: Ints) -> None:
    """Take the components of another plan that are sound and earn more than known sound ones."""
    count = len(books.ceiling)
    good = sound(program, label, values, count)
    gain = group_sums(label, program.cost * (values - books.values), count)
    chosen = good & (~books.sound | (gain > 0))
    books.values = np.where(chosen[label], values, books.values)
    books.sound |= chosen


def _search(program: Program, label: Ints, books: Books, run: Run) -> None:
    """Search the open components, those that lack most first, until the whole is within the gap."""
    pieces = split(program, label, _open(program, label, books, run.effort.gap))
    numbers = [int(label[piece.columns[0]]) for piece in pieces]
    for piece, number in zip(pieces, numbers, strict=True):
        wide = wide_rows(piece.program)
        if len(wide):
            task = Task(piece.program, _known(piece, number, books), run.effort, run.deadline)
            _note(piece, number, solve_priced(task, wide, run.executor), books)
    if not _open(program, label, books, run.effort.gap).any():
        return
    lack = np.array([_lack(piece, number, books) for piece, number in zip(pieces, numbers, strict=True)])
    done, total = len(label) - sum(len(piece.columns) for piece in pieces), max(1, len(label))
    order = np.argsort(-lack, kind="stable").tolist()
    for start in range(0, len(order), _TURN):
        turn = [(pieces[at], numbers[at]) for at in order[start : start + _TURN]]
        for (piece, number), solved in zip(turn, _solved(turn, books, run), strict=True):
            _note(piece, number, solved, books)
            done += len(piece.columns)
            if run.progress is not None:
                run.progress(done / total)
        if books.stuck is not None or not _open(program, label, books, run.effort.gap).any():
            return


def _lack(piece: Piece, number: int, books: Books) -> float:
    """Give how much more the piece could earn; all there is where it has no plan yet."""
    if not books.sound[number]:
        return float("inf")
    return float(books.ceiling[number]) - piece.program.value(books.values[piece.columns])


def _note(piece: Piece, number: int, solved: Solved, books: Books) -> None:
    books.timed |= solved.timed
    if solved.infeasible:
        books.stuck = piece.columns if books.stuck is None else books.stuck
        return
    if solved.values is not None:
        books.values[piece.columns] = solved.values
        books.sound[number] = True
    books.ceiling[number] = solved.bound


def _task(piece: Piece, number: int, books: Books, run: Run) -> Task:
    effort = work_for(run.effort, len(piece.columns))
    return Task(piece.program, _known(piece, number, books), effort, run.deadline)


def _known(piece: Piece, number: int, books: Books) -> Solved:
    values = books.values[piece.columns] if books.sound[number] else None
    return Solved(values, int(books.ceiling[number]))


def _solved(turn: list[tuple[Piece, int]], books: Books, run: Run) -> Iterator[Solved]:
    """Solve some pieces, in batches where they travel: one journey carries several small ones."""
    tasks = [_task(piece, number, books, run) for piece, number in turn]
    if run.executor is None:
        return map(solve_task, tasks)
    sizes = np.cumsum([len(task.program.cost) for task in tasks])
    cuts = [0, *(np.flatnonzero(np.diff(sizes // _BATCH)) + 1).tolist(), len(tasks)]
    batches = [tasks[start:end] for start, end in pairwise(cuts)]
    return chain.from_iterable(run.executor.map(solve_tasks, batches))
