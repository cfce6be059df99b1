"""A fair floor: the least served share of the needs is made as large as can be, then held for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from matching.limits import FairFloor
from matching.market import BoolArray, IntArray
from matching.plan.asking import ask
from matching.plan.limits.rows import Block, Floor
from matching.plan.problem import Problem

#: the floor is found to one part in this
_PARTS = 1024
_NONE = 2**62


@dataclass(frozen=True)
class Asking:
    """How long to ask the kernel, and its seed."""

    seconds: float | None
    seed: int


def floored(problem: Problem, asking: Asking) -> Problem:
    """Find the floors of the policy one after the other and hold each; without any, give the problem back."""
    problem = replace(problem, floors=())
    alone = _alone(problem, asking) if problem.policy.limits.floors else None
    for limit in problem.policy.limits.floors:
        assert alone is not None, "there is a floor"
        held = problem.ground.of_side(limit.where, "need") & ~problem.terms.whole & (alone > 0)
        level = _level(problem, held, alone, asking)
        steps = _steps(alone, level * limit.keep)
        rows = _block(problem, limit, held, steps)
        floor = Floor(limit.name, level * limit.keep, alone[held & (steps > 0)], rows)
        problem = replace(problem, floors=(*problem.floors, floor))
    return problem


def _alone(problem: Problem, asking: Asking) -> IntArray:
    """Give the most steps of each need if no other need were there: every pair has an offer of its own."""
    arguments = problem.kernel_arguments()
    _, first, own_offer = np.unique(problem.pairs.codes, return_index=True, return_inverse=True)
    offer = problem.pairs.offer_row[first]
    dropped = ("rows", "low", "high", "penalty", "setup", "opening", "fixed", "max_deals")
    own = {name: value for name, value in arguments.items() if name not in dropped}
    own |= {
        "offer": own_offer,
        "capacity": arguments["capacity"][offer],
        "partner": arguments["partner"][offer],
        "score": np.ones(len(own_offer), np.int64),
    }
    found = problem.policy.practice.kernel(**own, seconds=asking.seconds, seed=asking.seed, explain=False)
    steps = np.zeros(len(problem.terms.demand), np.int64)
    np.add.at(steps, problem.pairs.need_row, found.quantity)
    return steps


def _level(problem: Problem, held: BoolArray, alone: IntArray, asking: Asking) -> float:
    """Halve between a floor of nothing and one of everything, whichever plan may reach it."""

    def reaches(part: int) -> bool:
        steps = _steps(alone, part / _PARTS)
        rows = _block(problem, None, held, steps)
        return _can(replace(problem, floors=(*problem.floors, Floor("", 0.0, alone, rows))), asking)

    if reaches(_PARTS):  # often nobody is in the way of anybody
        return 1.0
    low, high = 0, _PARTS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if reaches(middle) else (low, middle)
    return low / _PARTS


def _can(problem: Problem, asking: Asking) -> bool:
    """Tell whether any plan exists that keeps all limits and floors."""
    pointless = replace(problem, points=np.zeros_like(problem.points))
    _, found = ask(pointless, seconds=asking.seconds, seed=asking.seed, explain=False)
    return found.status != "infeasible"


def _steps(alone: IntArray, level: float) -> IntArray:
    return np.asarray(np.ceil(alone * level * (1 - 1e-12)), np.int64)


def _block(problem: Problem, limit: FairFloor | None, held: BoolArray, steps: IntArray) -> Block:
    """Rows that give each held need its steps; as a target, a whole need missed costs the penalty."""
    rows = np.flatnonzero(held & (steps > 0))
    number = np.full(len(held), -1, np.int64)
    number[rows] = np.arange(len(rows))
    at = np.flatnonzero(number[problem.pairs.need_row] >= 0)
    entries = (np.ones(len(at), np.int64), (number[problem.pairs.need_row[at]], at))
    penalty = np.full(len(rows), -1, np.int64)
    if limit is not None and limit.penalty is not None:
        whole = limit.penalty * problem.limited.scale / np.maximum(1, problem.terms.demand[rows])
        penalty = np.maximum(1, np.rint(whole)).astype(np.int64)
    return Block(
        limit.name if limit else "",
        sparse.csr_array(entries, shape=(len(rows), len(problem.pairs))),
        steps[rows],
        np.full(len(rows), _NONE),
        penalty,
        tuple(str(name) for name in problem.pairs.market.needs["id"].iloc[rows]),
    )
