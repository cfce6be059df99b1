"""One expert declines: who comes in for him, touching as few other problems as asked.

The best way is a path: another expert comes in; where his load is full he leaves another problem for it, and
somebody comes in there. With any number of steps that is the shortest path of the minimum-cost flow.

Source: Ahuja, Magnanti and Orlin, Network Flows (1993), chapter 9.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.arrays import Floats, Ints, refuse
from matching.assignment.experts.assignment import Assignment, loads_of, sums_of, total_of
from matching.assignment.experts.request import Request, problems_of


def replace_expert(before: Assignment, problem: int, expert: int, *, touch: int = 2) -> Assignment | None:
    """Give the assignment after an expert declined a problem, at most ``touch`` other problems changed.

    The pair is no candidate any more, nor for later replacements. None where nobody can come in so. The
    status is "feasible" and the ceiling that of before: it holds for fewer candidates all the more.
    Raises ArrayError where the expert is not assigned to the problem, or where the assignment was drawn under
    a cap on probabilities, which the best replacement would not keep.
    """
    if before.chance is not None:
        raise refuse("before", "是按概率抽取的安排，请重新抽取", "was drawn under a cap: draw another one")
    if before.status == "infeasible" or not 0 <= problem < len(before.experts):
        raise refuse("problem", "没有该题的安排", "has no assignment")
    if expert not in before.experts[problem]:
        raise refuse("expert", f"未被安排到第 {problem} 题", f"is not assigned to problem {problem}")
    request = _without(before.request, problem, expert)
    left = [some[some != expert] if row == problem else some for row, some in enumerate(before.experts)]
    moves = _Ways(request, left, problem, expert).best(touch)
    if moves is None:
        return None
    for row, out, into in moves:
        left[row] = np.sort(np.append(left[row][left[row] != out], into))
    sums = sums_of(request, left)
    return replace(
        before,
        experts=left,
        total=total_of(request, left),
        floor=float(sums[request.demand > 0].min()),
        status="feasible",
        request=request,
    )


def _without(request: Request, problem: int, expert: int) -> Request:
    """Take one candidate away."""
    span = slice(int(request.start[problem]), int(request.start[problem + 1]))
    gone = span.start + int(np.searchsorted(request.expert[span], expert))
    start = request.start.copy()
    start[problem + 1 :] -= 1
    return replace(
        request, start=start, expert=np.delete(request.expert, gone), score=np.delete(request.score, gone)
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """The best gain with which each expert can come in, and from which problem he is called, by step."""

    gain: Floats
    caller: Ints


class _Ways:
    """Ways to fill one place, step by step: who may come in, whom that takes from where.

    Places are the experts held by problems: ``row`` and ``held`` int64[places].
    """

    def __init__(self, request: Request, experts: list[Ints], problem: int, declined: int) -> None:
        self.request, self.problem = request, problem
        loads = loads_of(experts, len(request.most))
        # who declined and is short of his own least load now has to come in somewhere himself
        short = loads[declined] < request.least[declined]
        self.open = np.arange(len(loads)) == declined if short else loads < request.most
        self.row = np.repeat(np.arange(len(experts)), [len(some) for some in experts])
        self.held = np.concatenate([np.zeros(0, np.int64), *experts])
        self.of, self.whom = problems_of(request), request.expert.astype(np.int64)
        codes = self.of * len(loads) + self.whom
        at = np.searchsorted(codes, self.row * len(loads) + self.held)
        self.earned = request.score[at]
        self.free = request.most[self.whom] > 0
        self.free[at] = False

    def best(self, touch: int) -> list[tuple[int, int, int]] | None:
        """Give moves (problem, who leaves or −1, who comes in) of the best way found in ``touch`` steps."""
        steps = [self._first()]
        while len(steps) <= touch:
            steps.append(self._next(steps))
        ends = [np.where(self.open, step.gain, -np.inf) for step in steps]
        last = int(np.argmax([end.max(initial=-np.inf) for end in ends]))
        if not math.isfinite(ends[last].max(initial=-np.inf)):
            return None
        return self._traced(steps, last, int(np.argmax(ends[last])))

    def _first(self) -> _Step:
        return self._coming(np.where(self.of == self.problem, 0.0, -np.inf), np.full(len(self.of), -1))

    def _next(self, steps: list[_Step]) -> _Step:
        """Let each expert of the last step leave the problem where that costs least, and fill his place."""
        kept = steps[-1].gain[self.held] - self.earned
        for rows in self._called(steps):
            kept[rows == self.row] = -np.inf
        order = np.lexsort((-kept, self.row))
        first = order[np.append(True, np.diff(self.row[order]) > 0)[: len(order)]]
        left, place = np.full(len(self.request.demand), -np.inf), np.full(len(self.request.demand), -1)
        left[self.row[first]], place[self.row[first]] = kept[first], first
        return self._coming(left[self.of], place[self.of])

    def _coming(self, before: Floats, place: Ints) -> _Step:
        """Give who comes in best for a place that each candidate could fill, after a gain ``before``."""
        told = np.where(self.free, before + self.request.score, -np.inf)
        gain = np.full(len(self.request.most), -np.inf)
        np.maximum.at(gain, self.whom, told)
        caller = np.full(len(gain), -1)
        at = np.flatnonzero((told == gain[self.whom]) & (told > -np.inf))[::-1]
        caller[self.whom[at]] = place[at]
        return _Step(gain, caller)

    def _called(self, steps: list[_Step]) -> Iterator[Ints]:
        """Give the problems on the way to the expert of each place, one step back after the other."""
        yield np.full(len(self.row), self.problem)
        experts = self.held
        for step in steps[:0:-1]:
            place = step.caller[experts]
            yield np.where(place >= 0, self.row[place], -1)
            experts = self.held[place]

    def _traced(self, steps: list[_Step], step: int, expert: int) -> list[tuple[int, int, int]]:
        moves = []
        while step:
            place = int(steps[step].caller[expert])
            moves.append((int(self.row[place]), int(self.held[place]), expert))
            expert, step = int(self.held[place]), step - 1
        return [*moves, (self.problem, -1, expert)]
