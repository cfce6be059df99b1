"""Assign experts to problems: the most score in all, or the fairest share of it."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Floats, Ints, refuse
from matching.assignment.effort import deadline_after, read_effort
from matching.assignment.experts.assignment import Assignment, Objective, sums_of, total_of
from matching.assignment.experts.conflict import clash_of
from matching.assignment.experts.fairness import Fair, experts_of, fairest
from matching.assignment.experts.lottery import best_lottery, draw, in_parts, read_cap
from matching.assignment.experts.request import Request, problems_of, read_request
from matching.assignment.experts.transport import Transport, best_total


def assign_experts(  # noqa: PLR0913
    score: Any,
    *,
    demand: Any,
    max_load: Any,
    min_load: Any = None,
    forbidden: Any = None,
    objective: Objective = "total",
    gap: float = 0.0,
    seconds: float | None = None,
    seed: int = 0,
    bids: Any = None,
    most_likely: float = 1.0,
) -> Assignment:
    """Give each problem exactly as many experts as it wants, within everybody's loads, and prove it.

    Parameters
    ----------
    score : float[N, M], dense or sparse
        How well each expert fits each problem. Of a sparse matrix an absent entry is no candidate; a stored 0
        is one.
    demand : int or int[N]
        Experts per problem, exactly so many.
    max_load, min_load : int or int[M]
        Most and fewest problems of an expert.
    forbidden : bool[N, M]
        Pairs that may not be.
    objective : "total" or "floor"
        The largest sum of all scores; or the largest least sum of one problem, then the total at that floor.
    gap : float
        Stop once the proven gap is at most this.
    seconds : float
        A ceiling by the clock.
    seed : int
        Of the draw under ``most_likely``; without one any seed gives the same answer.
    bids : float[N, M]
        Wishes of the experts, added to the scores.
    most_likely : float
        No pair is assigned with a probability above it (counted in thousandths at most; 1: no cap, nothing is
        drawn). Of the total only.

    Raises
    ------
    ArrayError
        If arrays do not fit. Raised before any solver is called.
    """
    effort = read_effort(gap, seconds, seed)
    if objective not in ("total", "floor"):
        raise refuse(
            "objective",
            f"应为 total 或 floor，实际为 {objective}",
            f"must be total or floor, got {objective}",
        )
    request, cap = read_request(score, demand, max_load, min_load, forbidden, bids), read_cap(most_likely)
    if cap < 1 and objective == "floor":
        raise refuse("most_likely", "不能与 floor 同用", "goes with the total only, not with floor")
    if cap < 1:
        return _drawn(request, cap, seed)
    best = best_total(request)
    if best is None:
        return _impossible(request, objective)
    if objective == "total":
        return _assigned(request, best.price, objective, _exact(request, best))
    fair = fairest(request, best, effort, deadline_after(seconds))
    return _assigned(request, best.price, objective, fair)


def _drawn(request: Request, cap: Fraction, seed: int) -> Assignment:
    """Draw an assignment by the best probabilities; what is proven is what it earns on average."""
    lottery = best_lottery(request, cap)
    if lottery is None:
        return replace(_impossible(in_parts(request, cap), "total"), request=request)
    at, chance = lottery.candidates, lottery.chance
    expected = math.fsum(request.score[at] * chance)
    close = lottery.ceiling - expected <= 1e-12 * max(1.0, abs(expected))
    experts = experts_of(request, draw(request, lottery, seed))
    bound = expected if close else lottery.ceiling
    return replace(
        _assigned(request, np.zeros(request.shape[1]), "total", Fair(experts, bound, timed=False)),
        status="optimal" if close else "feasible",
        chance=sparse.csr_array(
            (chance, (problems_of(request)[at], request.expert[at])), shape=request.shape
        ),
        expected=expected,
    )


def _exact(request: Request, best: Transport) -> Fair:
    """Give the best total; rounding scores to whole numbers misses less than the last bits of a double."""
    experts = experts_of(request, best.used)
    total = math.fsum(request.score[best.used])
    close = best.ceiling - total <= 1e-12 * max(1.0, abs(total))
    return Fair(experts, total if close else best.ceiling, timed=False)


def _assigned(request: Request, price: Floats, objective: Objective, found: Fair) -> Assignment:
    wanting = request.demand > 0
    sums = sums_of(request, found.experts)
    total, floor = total_of(request, found.experts), float(sums[wanting].min()) if wanting.any() else 0.0
    reached = floor if objective == "floor" else total
    return Assignment(
        experts=found.experts,
        total=total,
        floor=floor,
        bound=found.bound,
        status="optimal" if found.bound <= reached else "feasible",
        conflict=None,
        price=price,
        objective=objective,
        request=request,
        timed=found.timed,
    )


def _impossible(request: Request, objective: Objective) -> Assignment:
    problems, experts = request.shape
    none: list[Ints] = [np.zeros(0, np.int64) for _ in range(problems)]
    return Assignment(
        experts=none,
        total=0.0,
        floor=0.0,
        bound=-math.inf,
        status="infeasible",
        conflict=clash_of(request),
        price=np.zeros(experts),
        objective=objective,
        request=request,
    )
