"""The fairest share: the least problem's sum of scores as large as can be, then the total at that floor.

Weights of problems turn the floor into a total: no assignment has a floor above the largest weighed sum, over
the sum of the weights. Weights that grow on the problems that come off worst bring both sides together; what
they leave open the duals of the linear relaxation and branch and cut close.

Source: Freund and Schapire, Adaptive game playing using multiplicative weights (1999); Stelmakh, Shah and
Singh, PeerReview4All (2019), for the fairness that is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.effort import Effort, is_over, left
from matching.assignment.experts.assignment import sums_of
from matching.assignment.experts.request import Request, problems_of
from matching.assignment.experts.transport import Transport, best_candidates, best_total

#: rounds of weights, and candidates of each problem that branch and cut looks at
ROUNDS, WIDTH = 12, 48
#: scores are multiplied by this, so that HiGHS's tolerance of 1e-6 is one of 1e-9
_FINE = 1000.0
#: shares below which two sums are one; nodes of a search
_SAME, _NODES = 1e-12, 500


@dataclass(frozen=True, slots=True)
class Fair:
    """The experts of each problem and a proven ceiling of what was asked for."""

    experts: list[Ints]
    bound: float
    timed: bool


def fairest(request: Request, best: Transport, effort: Effort, deadline: float | None) -> Fair:
    """Give the assignment with the largest least sum, starting from that of the largest total."""
    wanting = np.flatnonzero(request.demand)
    found = Fair(experts_of(request, best.used), _first_ceiling(request, wanting), timed=False)
    if not len(wanting):
        return replace(found, bound=0.0)
    kept = best_candidates(request, request.score, WIDTH)
    kept[best.used] = True
    found = _by_weights(request, found, kept, wanting, effort, deadline)
    model = _Model(request, np.flatnonzero(kept), wanting)
    weight = model.weights(left(deadline))
    if weight is not None:
        found = _bounded(request, found, weight)
    found = _by_branching(request, found, model, effort, deadline)
    return _settled(request, found, wanting)


def experts_of(request: Request, used: Ints) -> list[Ints]:
    """Give the experts of each problem, ascending; ``used`` are candidates in ascending order."""
    ends = np.searchsorted(used, request.start).tolist()
    return [request.expert[used[one:other]].astype(np.int64) for one, other in pairwise(ends)]


def _first_ceiling(request: Request, wanting: Ints) -> float:
    """No floor is above what any one problem could have if it were alone."""
    alone = [
        np.sort(request.candidates_of(row)[1])[-int(request.demand[row]) :].sum() for row in wanting.tolist()
    ]
    return float(min(alone, default=0.0))


def _floor(request: Request, experts: list[Ints], wanting: Ints) -> float:
    return float(sums_of(request, experts)[wanting].min())


def _is_closed(request: Request, found: Fair, wanting: Ints, gap: float) -> bool:
    room = found.bound - _floor(request, found.experts, wanting)
    return room <= max(gap, _SAME) * max(1.0, abs(found.bound))


def _bounded(request: Request, found: Fair, weight: Floats) -> Fair:
    """Lower the ceiling to what some weights prove."""
    best = best_total(request, weight)
    return (
        found if best is None else replace(found, bound=min(found.bound, best.ceiling / float(weight.sum())))
    )


def _by_weights(
    request: Request, found: Fair, kept: Bools, wanting: Ints, effort: Effort, deadline: float | None
) -> Fair:
    """Weigh the problems that come off worst more and more; candidates used on the way are kept."""
    sums = sums_of(request, found.experts)
    for _ in range(ROUNDS):
        if _is_closed(request, found, wanting, effort.gap) or is_over(deadline):
            break
        # weights fall by half for each so much of a sum above the least
        spread = max(1e-9, float(np.median(sums[wanting]) - sums[wanting].min()) / 4)
        weight = np.zeros(len(request.demand))
        weight[wanting] = np.exp2(-np.minimum((sums[wanting] - sums[wanting].min()) / spread, 40.0)) + 1e-6
        best = best_total(request, weight)
        if best is None:
            break
        kept[best.used] = True
        experts = experts_of(request, best.used)
        bound = min(found.bound, best.ceiling / float(weight.sum()))
        better = _floor(request, experts, wanting) > _floor(request, found.experts, wanting)
        found = replace(found, experts=experts if better else found.experts, bound=bound)
        sums = (sums + sums_of(request, experts)) / 2
    return found


def _by_branching(
    request: Request, found: Fair, model: _Model, effort: Effort, deadline: float | None
) -> Fair:
    """Seek the largest total at the ceiling, else the largest floor and the largest total at that one."""
    reached = model.best_at(found.bound, left(deadline))
    if reached is None and not is_over(deadline):
        reached = model.highest(left(deadline), effort.gap)
    wanting, experts = model.wanting, found.experts
    if reached is not None and _floor(request, reached, wanting) > _floor(request, experts, wanting):
        experts = reached
    again = model.best_at(_floor(request, experts, wanting), left(deadline))
    if again is not None and _key(request, again, wanting) > _key(request, experts, wanting):
        experts = again
    return replace(found, experts=experts, timed=is_over(deadline))


def _key(request: Request, experts: list[Ints], wanting: Ints) -> tuple[float, float]:
    sums = sums_of(request, experts)
    return float(sums[wanting].min()), float(sums.sum())


def _settled(request: Request, found: Fair, wanting: Ints) -> Fair:
    """Where floor and ceiling differ by the last bits of a double alone they are one."""
    if _is_closed(request, found, wanting, 0.0):
        return replace(found, bound=_floor(request, found.experts, wanting))
    return found


class _Model:
    """The candidates at some places as a program for HiGHS: columns are candidates and the floor."""

    def __init__(self, request: Request, at: Ints, wanting: Ints) -> None:
        self.request, self.at, self.wanting = request, at, wanting
        size = len(at)
        problem, expert = problems_of(request)[at], request.expert[at]
        ones, column = np.ones(size), np.arange(size)
        problems, experts = request.shape
        self.counts = sparse.csr_array((ones, (problem, column)), shape=(problems, size))
        self.loads = sparse.csr_array((ones, (expert, column)), shape=(experts, size))
        sums = sparse.csr_array((request.score[at] * _FINE, (problem, column)), shape=(problems, size))
        self.sums = sums[wanting]

    def weights(self, seconds: float | None) -> Floats | None:
        """Give the weights of the problems that the linear relaxation of the floor puts on them."""
        from scipy.optimize import linprog

        request, size = self.request, len(self.at)
        floor = sparse.csr_array(np.full((len(self.wanting), 1), 1.0))
        upper = sparse.block_array(
            [[-self.sums, floor], [self.loads, None], [-self.loads, None]], format="csr"
        )
        ends = np.concatenate([np.zeros(len(self.wanting)), request.most, -request.least])
        counts = sparse.hstack([self.counts, sparse.csr_array((len(request.demand), 1))], format="csr")
        options = {} if seconds is None else {"time_limit": seconds}
        found = linprog(
            np.append(np.zeros(size), -1.0),
            A_ub=upper,
            b_ub=ends,
            A_eq=counts,
            b_eq=request.demand,
            bounds=[*[(0, 1)] * size, (None, None)],
            method="highs",
            options=options,
        )
        if found.status != 0:
            return None
        weight = np.zeros(len(request.demand))
        weight[self.wanting] = np.maximum(0.0, -found.ineqlin.marginals[: len(self.wanting)])
        return weight if weight.sum() > 0 else None

    def best_at(self, floor: float, seconds: float | None) -> list[Ints] | None:
        """Give the assignment of the largest total where every sum is at least ``floor``."""
        least = np.full(len(self.wanting), (floor - _SAME * max(1.0, abs(floor))) * _FINE)
        return self._solved(-self.request.score[self.at], [(self.sums, least, np.inf)], seconds, 1e-9)

    def highest(self, seconds: float | None, gap: float) -> list[Ints] | None:
        """Give the assignment of the largest floor."""
        ones = sparse.csr_array(np.full((len(self.wanting), 1), -1.0))
        rows = sparse.hstack([self.sums, ones], format="csr")
        goal = np.append(np.zeros(len(self.at)), -1.0)
        return self._solved(goal, [(rows, 0.0, np.inf)], seconds, max(gap, 1e-9))

    def _solved(
        self,
        goal: Floats,
        rows: list[tuple[sparse.csr_array, Floats | float, float]],
        seconds: float | None,
        gap: float,
    ) -> list[Ints] | None:
        from scipy.optimize import Bounds, LinearConstraint, milp

        request, size, wide = self.request, len(self.at), len(goal)
        blank = [sparse.csr_array((block.shape[0], wide - size)) for block in (self.counts, self.loads)]
        counts, loads = (
            sparse.hstack([block, none], format="csr") if wide > size else block
            for block, none in zip((self.counts, self.loads), blank, strict=True)
        )
        limits = [LinearConstraint(*row) for row in rows]
        limits += [LinearConstraint(counts, request.demand, request.demand)]
        limits += [LinearConstraint(loads, request.least, request.most)]
        free = np.full(wide - size, np.inf)
        bounds = Bounds(np.append(np.zeros(size), -free), np.append(np.ones(size), free))
        options = {"mip_rel_gap": gap, "node_limit": _NODES} | (
            {} if seconds is None else {"time_limit": seconds}
        )
        whole = np.append(np.ones(size), np.zeros(wide - size))
        found = milp(goal, constraints=limits, bounds=bounds, integrality=whole, options=options)
        if found.x is None:
            return None
        used = self.at[found.x[:size] > 0.5]
        return experts_of(request, used) if _keeps(request, used) else None


def _keeps(request: Request, used: Ints) -> bool:
    """Tell whether the rounded answer keeps demands and loads."""
    problems, experts = request.shape
    each = np.bincount(problems_of(request)[used], minlength=problems)
    load = np.bincount(request.expert[used], minlength=experts)
    return bool(
        (each == request.demand).all() and (load <= request.most).all() and (load >= request.least).all()
    )
