"""The answer of ``allocate``: quantities, what they are worth, and how much more any plan could be worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from matching.assignment.arrays import Bools, Floats, Ints

Status: TypeAlias = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True, slots=True)
class Allocation:
    """A plan over the pairs and its proof.

    ``quantity`` int64[P]; ``objective`` = Σ score·quantity − Σ setup − Σ opening − Σ penalties; ``bound``:
    no feasible plan has a larger objective; ``status`` "optimal" (bound = objective), "feasible" or
    "infeasible"; ``timed``: only the wall clock cut the run short, so another run may end elsewhere. With
    "infeasible" ``conflict`` holds row numbers and ``conflict_fixed`` pair positions that cannot hold
    together, none of them to spare; both are empty only where the clock ran out before a plan or a
    contradiction was found (``timed``). ``component`` int64[P] is the component of each pair (all pairs of a
    need share one), ``component_objective`` and ``component_bound`` are int64 per component. Where offers
    work in teams, ``team`` int64[P] numbers those of a need (−1: in none), ``lead`` bool[P] marks who leads.
    """

    quantity: Ints
    objective: int
    bound: int
    status: Status
    timed: bool
    conflict: Ints
    conflict_fixed: Ints
    component: Ints
    component_objective: Ints
    component_bound: Ints
    team: Ints | None = None
    lead: Bools | None = None

    @property
    def gap(self) -> float:
        """How much better, as a fraction of the bound, a plan could still be."""
        return (self.bound - self.objective) / max(1, abs(self.bound))

    @property
    def component_gap(self) -> Floats:
        """The gap of each component by itself."""
        room = (self.component_bound - self.component_objective).astype(np.float64)
        return np.asarray(room / np.maximum(1.0, np.abs(self.component_bound.astype(np.float64))))
