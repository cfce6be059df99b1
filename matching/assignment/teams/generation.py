"""Column generation: teams worth having, and prices that prove how far all plans can go.

Prices between the best known ones and those of the teams so far ask each problem for its best team; what no
team can earn above them is a ceiling.

Source: Wentges, Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming (1997).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

import numpy as np

from matching.assignment.arrays import Floats, Ints
from matching.assignment.effort import is_over
from matching.assignment.relaxation import Guide, relax_roughly
from matching.assignment.teams.master import Master, Team
from matching.assignment.teams.pricing import ceiling_at, offers
from matching.assignment.teams.summed import first_prices

#: rounds at most; share of the best known prices in those of a round, at first and later
_ROUNDS, _EARLY, _AT_FIRST, _LATER = 40, 6, 0.95, 0.65
_TOLERANCE = 1e-4


@dataclass(slots=True)
class Generated:
    """Teams found so far, a ceiling of every plan, and the prices that prove it."""

    master: Master
    prices: Ints
    bound: int
    teams: dict[tuple[int, tuple[int, ...], int], Team] = field(default_factory=dict)
    timed: bool = False
    rows: Floats | None = None
    shares: dict[tuple[int, tuple[int, ...], int], float] = field(default_factory=dict)

    def add(self, found: list[Team]) -> int:
        """Take up teams; give how many are new."""
        before = len(self.teams)
        self.teams.update({(team.seat, team.members, team.lead): team for team in found})
        return len(self.teams) - before

    def forget(self) -> None:
        """Let the next relaxation start from nothing."""
        self.rows, self.shares = None, {}

    def relaxed(self, room: Ints, tolerance: float) -> tuple[float, Ints, Floats]:
        """Give the value of the relaxation within the room left, its prices, and each team's share.

        Places bear no price: what a place earns is what its problem's best team earns above all others.
        """
        program = self.master.program(list(self.teams.values()), room)
        shares = np.array([self.shares.get(key, 0.0) for key in self.teams])
        start = None if self.rows is None else Guide(shares, self.rows)
        guide = relax_roughly(program, tolerance, start)
        self.rows, self.shares = guide.prices, dict(zip(self.teams, guide.values.tolist(), strict=True))
        prices = np.rint(np.maximum(guide.prices, 0)).astype(np.int64)
        prices[self.master.places] = 0
        return float(guide.values @ program.cost), prices, guide.values


def generate(
    master: Master,
    gap: float,
    deadline: float | None,
    executor: Executor | None,
    tell: Callable[[float], None],
) -> Generated:
    """Generate teams until the relaxation is within ``gap`` of the ceiling, rounds end or the time is up."""
    prices, everybody = first_prices(master), range(len(master.seats))
    state = Generated(master, prices, bound=2**62)
    for turn in range(_ROUNDS):
        found = offers(master, prices, master.high, everybody, executor)
        ceiling = ceiling_at(master, prices, found)
        if ceiling < state.bound:
            state.bound, state.prices = ceiling, prices
        new = state.add([team for one in found for team in one.teams])
        value, rough, _ = state.relaxed(master.high, _TOLERANCE)
        if not new or state.bound - value <= gap * max(1.0, abs(state.bound)):
            break
        if is_over(deadline):
            state.timed = True
            break
        share = _AT_FIRST if turn < _EARLY else _LATER
        prices = np.rint(share * state.prices + (1 - share) * rough).astype(np.int64)
        tell((turn + 1) / _ROUNDS)
    return state
