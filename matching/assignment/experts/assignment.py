"""Who is assigned to which problem, and how good that is proven to be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Floats, Ints
from matching.assignment.experts.request import Request

Objective = Literal["total", "floor"]


@dataclass(frozen=True, slots=True)
class Clash:
    """Demands of ``problems`` and least loads of ``experts`` that clash: without any one they can hold."""

    problems: Ints
    experts: Ints


@dataclass(frozen=True, slots=True)
class Assignment:
    """The experts of every problem, ascending; empty arrays where no assignment exists.

    ``total`` is the sum of all scores, ``floor`` the least sum of one problem (of those that want experts);
    ``bound`` is a ceiling of what was asked for (total or floor), and ``gap`` what is open to it;
    ``status`` "optimal", "feasible" or "infeasible" with ``conflict``. ``price`` float[M]: what
    one more of an expert's load would earn; it orders alternates.

    One that was drawn under a cap has ``chance``, the sparse float[N, M] probabilities of all pairs, and
    ``expected``, the total that they give on average; bound, gap and status are those of ``expected``.
    """

    experts: list[Ints]
    total: float
    floor: float
    bound: float
    status: str
    conflict: Clash | None
    price: Floats
    objective: Objective
    request: Request = field(repr=False)
    timed: bool = False
    chance: sparse.csr_array | None = field(default=None, repr=False)
    expected: float | None = None

    @property
    def gap(self) -> float:
        """Give (bound − what was reached) / max(1, |bound|); infinite where there is no assignment."""
        if self.status == "infeasible":
            return math.inf
        reached = self.floor if self.objective == "floor" else self.total
        if self.expected is not None:
            reached = self.expected
        return max(0.0, self.bound - reached) / max(1.0, abs(self.bound))

    @property
    def loads(self) -> Ints:
        """Problems of each expert, int64[M]."""
        return loads_of(self.experts, len(self.request.most))

    def alternates(self, problem: int, most: int = 5) -> Ints:
        """Give who would come next for a problem: the best score beyond what the expert's load is worth."""
        experts, score = self.request.candidates_of(problem)
        free = ~np.isin(experts, self.experts[problem]) & (self.request.most[experts] > 0)
        gain = score[free] - self.price[experts[free]]
        order = np.lexsort((experts[free], -gain))
        return experts[free][order[:most]]


def loads_of(experts: list[Ints], count: int) -> Ints:
    """Count the problems of each expert."""
    return np.bincount(np.concatenate([np.zeros(0, np.int64), *experts]), minlength=count).astype(np.int64)


def sums_of(request: Request, experts: list[Ints]) -> Floats:
    """Sum the scores of each problem's experts, exactly rounded."""
    return np.array([math.fsum(request.scores_of(row, some)) for row, some in enumerate(experts)])


def total_of(request: Request, experts: list[Ints]) -> float:
    """Sum the scores of all, exactly rounded once."""
    return math.fsum(one for row, some in enumerate(experts) for one in request.scores_of(row, some))
