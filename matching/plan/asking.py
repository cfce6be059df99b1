"""Hand a problem to its kernel; rows that a large market has too many of come in as plans break them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from matching.assignment import Allocation
from matching.assignment.division import worth_of_plan
from matching.market import IntArray
from matching.plan.limits.shares import overlooked
from matching.plan.problem import Problem
from matching.plan.teaming import form, points_of_teams


def ask(problem: Problem, **how: Any) -> tuple[Problem, Allocation]:
    """Give the answer of the kernel, and the problem with every row that it took.

    ``seconds`` are the ceiling of all its calls together.
    """
    if problem.teams is not None:
        return problem, form(problem, problem.teams, **how)
    until = None if how["seconds"] is None else time.monotonic() + how["seconds"]
    while True:
        if until is not None:
            how["seconds"] = max(0.01, until - time.monotonic())
        allocation: Allocation = problem.policy.practice.kernel(**problem.kernel_arguments(), **how)
        broken = {} if allocation.status == "infeasible" else _broken(problem, allocation.quantity)
        if not broken:
            return problem, allocation
        problem = problem.watching(broken)


def points_in(problem: Problem, allocation: Allocation) -> int:
    """Give the kernel's points that an answer to another problem over the same pairs has in this one."""
    if problem.teams is not None:
        return points_of_teams(problem, problem.teams, allocation)
    # a target that only this answer misses has to take its points as well
    problem = problem.watching(_broken(problem, allocation.quantity))
    return worth_of_plan(problem.kernel_arguments(), allocation.quantity)


def _broken(problem: Problem, quantity: IntArray) -> Mapping[str, frozenset[int]]:
    """Find groups without a row whose share the plan breaks."""
    found = {
        limit.name: frozenset(overlooked(limit, problem.ground, quantity).tolist())
        - problem.watched.get(limit.name, frozenset())
        for limit in problem.policy.limits.shares
    }
    return {name: keys for name, keys in found.items() if keys}
