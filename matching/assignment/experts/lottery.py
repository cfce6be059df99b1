"""No pair too likely: the best probabilities under a cap, and one assignment drawn by them.

Under a cap nobody can count on being assigned to the problem he wishes for. The best probabilities are a
minimum-cost flow in parts of the cap's denominator; the draw rounds them along cycles and paths, so that
every pair comes with its probability, every problem has its experts, and all loads stay within limits.

Sources: Jecmen et al., Mitigating manipulation in peer review via randomized reviewer assignments (2020);
Gandhi, Khuller, Parthasarathy and Srinivasan, Dependent rounding and its applications (2006).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from matching.assignment.arrays import Floats, Ints, refuse
from matching.assignment.experts.request import Request, problems_of
from matching.assignment.experts.transport import best_total

#: caps are counted in parts of at most so many
_PARTS = 1000


@dataclass(frozen=True, slots=True)
class Lottery:
    """Candidates that may be drawn, ascending, by how many ``parts`` each; a ceiling of all expectations."""

    candidates: Ints
    units: Ints
    parts: int
    ceiling: float

    @property
    def chance(self) -> Floats:
        """Probability of each candidate, float[·]."""
        return self.units / self.parts


def read_cap(most_likely: float) -> Fraction:
    """Give a cap as a fraction of few parts that does not exceed it; raises ArrayError."""
    if not (isinstance(most_likely, (int, float)) and 0 < most_likely <= 1):
        raise refuse("most_likely", "应大于0且不超过1", "must be above 0 and at most 1")
    cap = Fraction(most_likely).limit_denominator(_PARTS)
    if cap > Fraction(most_likely) + Fraction(1, 10**9):  # not for what a double makes of one third
        cap = Fraction(math.floor(most_likely * _PARTS), _PARTS)
    if cap <= 0:
        raise refuse("most_likely", f"应不小于 {1 / _PARTS}", f"must be at least {1 / _PARTS}")
    return cap


def in_parts(request: Request, cap: Fraction) -> Request:
    """Give what is asked in parts of an expert, of which one problem takes a few at most."""
    parts = cap.denominator
    return replace(
        request,
        demand=request.demand * parts,
        most=request.most * parts,
        least=request.least * parts,
        upper=cap.numerator,
    )


def best_lottery(request: Request, cap: Fraction) -> Lottery | None:
    """Give the probabilities of the most expected score, none above the cap; None: there are none."""
    best = best_total(in_parts(request, cap))
    if best is None:
        return None
    return Lottery(best.used, best.amount, cap.denominator, best.ceiling / cap.denominator)


def draw(request: Request, lottery: Lottery, seed: int) -> Ints:
    """Draw one assignment: the candidates that are used, each with its probability over the seeds."""
    problems, _ = request.shape
    at = lottery.candidates
    ends = np.column_stack([problems_of(request)[at], problems + request.expert[at].astype(np.int64)])
    rounding = _Rounding(ends.tolist(), lottery.units.tolist(), lottery.parts)
    rounding.run(np.random.default_rng(seed))
    drawn: Ints = at[np.array(rounding.units, np.int64) == lottery.parts]
    return drawn


class _Rounding:
    """Edges between problems and experts of 0 to ``parts`` units; open ones are neither none nor all."""

    def __init__(self, ends: list[list[int]], units: list[int], parts: int) -> None:
        self.ends, self.units, self.parts = ends, units, parts
        self.open: dict[int, dict[int, None]] = {}  # node → open edges, in an order that repeats
        for edge, amount in enumerate(units):
            if 0 < amount < parts:
                for node in ends[edge]:
                    self.open.setdefault(node, {})[edge] = None

    def run(self, draws: np.random.Generator) -> None:
        """Round until no edge is open."""
        while self.open:
            self._shift(self._walk(self._start()), draws)

    def _start(self) -> int:
        """Give an end of a path where there is one, an expert; without any, cycles are all there is."""
        ends = (node for node, edges in self.open.items() if len(edges) == 1)
        return next(ends, next(iter(self.open)))

    def _walk(self, node: int) -> list[int]:
        """Follow open edges to the end of a path, or around a cycle."""
        path, seen = list[int](), {node: 0}
        last = -1
        while True:
            edge = next((edge for edge in self.open[node] if edge != last), None)
            if edge is None:
                return path
            one, other = self.ends[edge]
            node, last = other if node == one else one, edge
            path.append(edge)
            if node in seen:
                return path[seen[node] :]
            seen[node] = len(path)

    def _shift(self, path: list[int], draws: np.random.Generator) -> None:
        """Move units from every second edge to the others, or back, so that one is open no more."""
        more, less = path[::2], path[1::2]
        up = min([self.parts - self.units[edge] for edge in more] + [self.units[edge] for edge in less])
        down = min([self.units[edge] for edge in more] + [self.parts - self.units[edge] for edge in less])
        step = up if draws.integers(up + down) < down else -down
        for edges, sign in ((more, 1), (less, -1)):
            for edge in edges:
                self.units[edge] += sign * step
                if self.units[edge] in (0, self.parts):
                    self._close(edge)

    def _close(self, edge: int) -> None:
        for node in self.ends[edge]:
            del self.open[node][edge]
            if not self.open[node]:
                del self.open[node]
