"""Solve one piece of a Program: by flow where that is enough, else by guided search."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.arrays import LIMIT, Floats, Ints
from matching.assignment.bound import Certificate, cannot_improve, certify, prices_of_needs
from matching.assignment.branching import branch
from matching.assignment.effort import Effort, left
from matching.assignment.greedy import by_guide, by_worth, fill
from matching.assignment.integer import solve_integer
from matching.assignment.local_search import improve
from matching.assignment.mending import mended
from matching.assignment.program import Program, Solved
from matching.assignment.relaxation import Guide, relax
from matching.assignment.sifting import follows_alone, sift
from matching.assignment.task_search import search_tasks
from matching.assignment.tasks import find_tasks

SMALL = 200
CORE = 30_000
NARROW = 3000
# steps from which on a quantity counts as lumpy
LUMPY = 50
# entries of the matrix above which the simplex of GLOP is too slow
RELAXABLE = 300_000
_HOPEFUL = 0.5
_BRANCHED = 0.5
# share of the time that branch and cut may take by the clock before it is cut short
_PATIENCE = 0.8
# entries of the matrix for each unit of work: branch and cut takes about a third of a second for a thousand
_BRANCHABLE = 18_000
_BRANCH_GAP = 1e-4
# only the root: its cuts and dives find the plan, and what follows takes long for little
_NODES = 1
_PARTS = 0.6
_TO_FIRST_PLAN = 200.0


@dataclass(frozen=True, slots=True)
class Task:
    """One piece, what is known of it, its effort; ``deadline``: a time of the clock, None for no limit."""

    program: Program
    known: Solved
    effort: Effort
    deadline: float | None


def solve_tasks(tasks: list[Task]) -> list[Solved]:
    """Solve several pieces; stands at the top of a module so that another process can call it."""
    return [solve_task(task) for task in tasks]


def solve_task(task: Task) -> Solved:
    """Solve one piece by search, from what is known of it."""
    task = replace(task, program=task.program.spelled_out())
    program, best = task.program, task.known
    if best.values is None:
        # rows may want more than a greedy plan gives, yet leave room for none at all
        nothing = program.complete(np.zeros_like(program.cost))
        best = replace(best, values=_best(program, [fill(program, *by_worth(program)), nothing]))
    if len(program.cost) <= SMALL:
        return _by_search(task, best, None)
    tasks = find_tasks(program)
    if tasks is not None:
        return search_tasks(program, tasks, best, task.effort, task.deadline)
    best, proof, guided = _by_relaxation(task, best)
    if _enough(program, best, task.effort.gap):
        return best
    if guided and _is_lumpy(program) and best.values is not None:
        return _by_branching(task, best, proof)
    task, best = _by_hopeful(task, best, proof)
    if _enough(program, best, task.effort.gap):
        return best
    return _by_search(*_by_parts(task, best), proof)


def _enough(program: Program, solved: Solved, gap: float) -> bool:
    if solved.values is None:
        return False
    return solved.bound - program.value(solved.values) <= gap * max(1, abs(solved.bound))


def _best(program: Program, plans: list[Ints]) -> Ints | None:
    """Give the feasible plan of most value, mended where it falls short of a row; the first of equals."""
    kept = [plan for plan in (mended(program, plan) for plan in plans) if program.holds(plan)]
    return max(kept, key=program.value) if kept else None


def _by_relaxation(task: Task, known: Solved) -> tuple[Solved, Certificate, bool]:
    """Fill by a linear guide and prove by its prices; tell whether there was one in time."""
    program = task.program
    guide = _relaxed(task, known)
    proof = certify(program, prices_of_needs(program, program.cost) if guide is None else guide.prices)
    wished, order = by_worth(program) if guide is None else by_guide(program, guide.values)
    plans = [fill(program, wished, order), *([] if known.values is None else [known.values])]
    return Solved(_best(program, plans), min(proof.bound, known.bound)), proof, guide is not None


def _relaxed(task: Task, known: Solved) -> Guide | None:
    """Solve the relaxation in the way that suits the program; None where it takes too long."""
    program = task.program
    large = program.matrix.nnz > RELAXABLE
    if large or 2 * int(follows_alone(program).sum()) > len(program.links):
        plan = np.zeros_like(program.cost) if known.values is None else known.values
        return sift(program, plan, task.effort.gap, task.deadline)
    return relax(program, task.effort.work, left(task.deadline))


def _by_hopeful(task: Task, known: Solved, proof: Certificate) -> tuple[Task, Solved]:
    """Search the few columns that the prices favour: a good plan early, and a first one under strict rows."""
    if int(task.program.arc.sum()) <= 2 * NARROW:
        return task, known
    now, later = _shared(task, _HOPEFUL)
    columns = _hopeful(task.program, known.values, proof, NARROW)
    return later, _search(now, known, columns, complete=False)


def _is_lumpy(program: Program) -> bool:
    """Tell whether quantities run over many steps: then CP-SAT is weak, and branch and cut is not."""
    return int(program.upper[program.arc].max(initial=0)) > LUMPY


def _by_branching(task: Task, known: Solved, proof: Certificate) -> Solved:
    """Branch on the columns that the prices favour, as many as the work allows; then go part by part.

    Parts come next where columns were left out, or where the branching found nothing better.

    Source: kernel search, Angelelli, Mansini and Speranza (2010), Kernel search: a general heuristic.
    """
    program = task.program
    now, later = _shared(task, _BRANCHED)
    columns, complete = _core(program, known, proof)
    most, entries = int(now.effort.work * _BRANCHABLE), _entries(program, columns)
    if entries > most:
        width = most * int(program.arc[columns].sum()) // entries
        columns, complete = _hopeful(program, known.values, proof, width), False
    before, known = known, _branched(now, known, columns)
    if _enough(program, known, task.effort.gap):
        return known
    if not complete or known.values is before.values:
        later, known = _by_parts(later, known)
    columns, complete = _core(program, known, proof)
    return _search(later, known, columns, complete) if len(columns) <= NARROW else known


def _branched(task: Task, known: Solved, columns: Ints) -> Solved:
    program, seconds = task.program, left(task.deadline)
    core = program.part(columns, _rows_of(program, columns))
    gap = max(task.effort.gap / 2, _BRANCH_GAP)
    found = branch(core, gap, _NODES, None if seconds is None else seconds * _PATIENCE)
    known = replace(known, timed=known.timed or found.timed)
    if found.quantity is None or known.values is None:
        return known
    plan = np.zeros(len(program.cost), dtype=np.int64)
    plan[columns] = fill(core, *by_guide(core, found.quantity))
    return replace(known, values=_best(program, [known.values, program.complete(plan)]))


def _entries(program: Program, columns: Ints) -> int:
    return int(program.matrix[:, columns].nnz)


def _by_parts(task: Task, known: Solved) -> tuple[Task, Solved]:
    """Improve part by part with some of the work; what is left of it is for the search of the whole."""
    # on nothing but 0/1 columns the search of the whole is strong, and every bit of work goes there
    whole_tasks = int(task.program.upper[task.program.arc].max(initial=0)) <= 1
    if known.values is None or whole_tasks or len(task.program.cost) <= 2 * SMALL:
        return task, known
    now, later = _shared(task, _PARTS)
    values = improve(task.program, known.values, now.effort, task.deadline)
    return later, replace(known, values=values)


def _shared(task: Task, share: float) -> tuple[Task, Task]:
    """Split the work of a task into a share for now and the rest."""
    work = task.effort.work
    now, later = replace(task.effort, work=work * share), replace(task.effort, work=work * (1 - share))
    return replace(task, effort=now), replace(task, effort=later)


def _by_search(task: Task, known: Solved, proof: Certificate | None) -> Solved:
    """Search the columns that can still improve the plan; those proven hopeless stay at 0."""
    if known.values is None:
        # nothing to fall back on: only a plan, a proof that there is none, or the clock may end this
        task = replace(task, effort=replace(task.effort, work=_TO_FIRST_PLAN))
    return _search(task, known, *_core(task.program, known, proof))


def _search(task: Task, known: Solved, columns: Ints, complete: bool) -> Solved:
    """Search among some columns; ``complete`` tells that no other could better the known plan."""
    program = task.program
    core = program.part(columns, _rows_of(program, columns))
    hint = None if known.values is None else known.values[columns]
    effort = replace(task.effort, seconds=left(task.deadline))
    found = solve_integer(core, effort, hint) or _with_cut_costs(core, effort, hint)
    if found is None:
        return known
    if found.infeasible and complete:
        return found
    value = -LIMIT if known.values is None else program.value(known.values)
    better = known.values
    if found.values is not None:
        whole = np.zeros(len(program.cost), dtype=np.int64)
        whole[columns] = tidy(core, found.values)
        better = _best(program, [p for p in (known.values, whole) if p is not None])
    bound = min(known.bound, max(value, found.bound)) if complete else known.bound
    return Solved(better, bound, timed=found.timed)


def _rows_of(program: Program, columns: Ints) -> Ints:
    """Give the rows that some columns can break: an empty row that allows 0 says nothing."""
    entries = np.diff(program.matrix[:, columns].indptr)
    return np.flatnonzero((entries > 0) | (program.low > 0) | (program.high < 0))


def _with_cut_costs(program: Program, effort: Effort, hint: Ints | None) -> Solved | None:
    """Search with costs cut short where they would overflow the solver; the bound gets the rest."""
    rough = float(np.abs(program.cost.astype(np.float64)) @ program.upper.astype(np.float64))
    cut = int(rough / 2.0**59) + 1
    coarse, rest = (replace(program, cost=cost) for cost in (program.cost // cut, program.cost % cut))
    found = solve_integer(coarse, effort, hint)
    if found is None or found.values is None:
        return found
    lost = certify(rest, prices_of_needs(rest, rest.cost)).bound
    return replace(found, bound=cut * found.bound + lost)


def tidy(program: Program, values: Ints) -> Ints:
    """Take back what earns nothing: a column that brings nothing stays as far as a row makes it pay."""
    idle = np.flatnonzero(program.arc & (program.cost <= 0) & (values > 0))
    plan = program.complete(values)
    for column in idle.tolist():
        plan = _lowered(program, plan, column)
    return plan


def _lowered(program: Program, plan: Ints, column: int) -> Ints:
    """Lower one column as far as the plan stays feasible and worth as much, by halving."""
    worth, low, high, best = program.value(plan), 0, int(plan[column]), plan
    while low < high:
        middle = (low + high) // 2
        changed = plan.copy()
        changed[column] = middle
        changed = program.complete(changed)
        if program.holds(changed) and program.value(changed) >= worth:
            best, high = changed, middle
        else:
            low = middle + 1
    return best


def _core(program: Program, known: Solved, proof: Certificate | None) -> tuple[Ints, bool]:
    """Give the columns to search, and whether they are all that could matter."""
    everything = np.arange(len(program.cost))
    if proof is None or known.values is None:
        return everything, True
    hopeless = cannot_improve(proof, program.value(known.values)) & (known.values == 0) & program.arc
    kept = np.flatnonzero(~hopeless)
    if len(kept) <= CORE:
        return kept, True
    return _hopeful(program, known.values, proof, CORE), False


def _hopeful(program: Program, values: Ints | None, proof: Certificate, width: int) -> Ints:
    """Give the quantities of the plan and the best priced others, with their switches and all slacks."""
    arcs = np.flatnonzero(program.arc)
    reduced: Floats = proof.reduced[arcs].astype(np.float64)
    if values is not None:
        reduced[values[arcs] > 0] = np.inf
    order = np.argsort(-reduced, kind="stable")
    return np.flatnonzero(program.with_switches(arcs[order[: max(width, int(np.isinf(reduced).sum()))]]))
