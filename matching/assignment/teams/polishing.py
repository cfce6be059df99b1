"""A better plan from a good one: solve a few problems that want the same experts anew, the rest as it is.

Source: Shaw, Using constraint programming and local search methods to solve vehicle routing problems (1998).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Bools, Ints
from matching.assignment.effort import is_over, left
from matching.assignment.teams.exact import few_of, settle
from matching.assignment.teams.master import Master, Team

#: problems solved together, candidates looked at beyond the members, and neighbourhoods at once
_TOGETHER, _WIDTH, _AT_ONCE = 6, 30, 4
#: deterministic work for each; rounds without a gain over all problems that end it
_WORK, _SWEEPS = 0.4, 2


@dataclass(frozen=True)
class Polish:
    """A plan's surroundings: prices, and which problems want whose members."""

    master: Master
    prices: Ints
    gap: float
    bound: int
    deadline: float | None
    executor: Executor | None
    seed: int

    def run(self, teams: list[Team], tell: Callable[[float], None]) -> tuple[list[Team], bool]:
        """Improve a plan; tells whether the clock ended it."""
        draws = np.random.default_rng(self.seed)
        wanted = [self._wanted(number) for number in range(len(self.master.seats))]
        quiet, start = 0, self._open(teams)
        while quiet < _SWEEPS and self._open(teams) > self.gap:
            before = sum(team.value for team in teams)
            order = draws.permutation(len(self.master.seats)).tolist()
            while order:
                if is_over(self.deadline) or self._open(teams) <= self.gap:
                    return teams, is_over(self.deadline)
                teams = self._step(teams, order, wanted, draws)
                tell(min(1.0, (start - self._open(teams)) / max(1e-9, start - self.gap)))
            quiet = quiet + 1 if sum(team.value for team in teams) == before else 0
        return teams, False

    def _open(self, teams: list[Team]) -> float:
        return (self.bound - sum(team.value for team in teams)) / max(1.0, abs(self.bound))

    def _step(
        self, teams: list[Team], order: list[int], wanted: list[Bools], draws: np.random.Generator
    ) -> list[Team]:
        """Solve some neighbourhoods that share no problem, each within time of its own."""
        near = self._nearness(teams, wanted)
        groups, used = list[list[int]](), set[int]()
        while order and len(groups) < _AT_ONCE:
            first = order.pop()
            if first in used:
                continue
            group = self._neighbours(first, near, used, draws)
            used |= set(group)
            groups.append(group)
        room = self.master.high - self.master.taken([team for team in teams if team.seat not in used])
        tasks = [
            few_of(
                self.master, group, part, self._allowed(group, part, wanted, teams),
                [team for team in teams if team.seat in group], _WORK, left(self.deadline),
            )
            for group, part in zip(groups, self._divided(groups, room, teams), strict=True)
        ]  # fmt: skip
        found = map(settle, tasks) if self.executor is None else self.executor.map(settle, tasks)
        kept = [team for team in teams if team.seat not in used]
        return kept + [team for one in found for team in one.teams]

    def _neighbours(
        self, first: int, near: sparse.csr_array, used: set[int], draws: np.random.Generator
    ) -> list[int]:
        row = near[[first]].toarray().ravel() * draws.uniform(0.5, 1.0, near.shape[0])
        row[[first, *used]] = 0
        others = np.argsort(-row, kind="stable")[: _TOGETHER - 1]
        return [first, *others[row[others] > 0].tolist()]

    def _divided(self, groups: list[list[int]], room: Ints, teams: list[Team]) -> list[Ints]:
        """Give each neighbourhood its own members' time, and what is free of an expert to one of them."""
        free = room.copy()
        own = []
        for group in groups:
            held = self.master.taken([team for team in teams if team.seat in group])
            own.append(held)
            free -= held
        experts, first = len(self.master.request.capacity), int(self.master.group_starts[-1])
        best = np.full((len(groups), experts), -1, np.int64)
        for at, group in enumerate(groups):
            for number in group:
                seat = self.master.seats[number]
                np.maximum.at(best[at], self.master.request.expert[seat.arcs], np.maximum(seat.score, 0))
        winner = best.argmax(axis=0)
        for at, held in enumerate(own):
            held[:experts] += np.where(winner == at, free[:experts], 0)
            if self.master.request.leads_count:
                held[first:] += np.where(winner == at, free[first:], 0)
        return own

    def _allowed(self, group: list[int], room: Ints, wanted: list[Bools], teams: list[Team]) -> list[Bools]:
        members = {number: np.zeros(len(self.master.seats[number].arcs), bool) for number in group}
        for team in teams:
            if team.seat in members:
                members[team.seat][list(team.members)] = True
        request = self.master.request
        some = []
        for number in group:
            arcs = self.master.seats[number].arcs
            able = room[request.expert[arcs]] >= request.use[arcs]
            some.append(members[number] | (wanted[number] & able))
        return some

    def _wanted(self, number: int) -> Bools:
        """Mark the candidates of a problem worth most above their price, and enough for each rule."""
        seat, request = self.master.seats[number], self.master.request
        return seat.promising(
            seat.score - request.use[seat.arcs] * self.prices[request.expert[seat.arcs]], _WIDTH
        )

    def _nearness(self, teams: list[Team], wanted: list[Bools]) -> sparse.csr_array:
        """Count for two problems whom each wants of the other's members."""
        seats, request = self.master.seats, self.master.request
        shape = (len(seats), len(request.capacity))
        rows = [(number, request.expert[seats[number].arcs[some]]) for number, some in enumerate(wanted)]
        held = [(team.seat, request.expert[seats[team.seat].arcs[list(team.members)]]) for team in teams]
        wants, has = _incidence(rows, shape), _incidence(held, shape)
        shared = wants @ has.T
        return sparse.csr_array(shared + shared.T)


def _incidence(rows: list[tuple[int, Ints]], shape: tuple[int, int]) -> sparse.csr_array:
    row = np.repeat([number for number, _ in rows], [len(some) for _, some in rows])
    column = np.concatenate([np.zeros(0, np.int64), *[some for _, some in rows]])
    return sparse.csr_array((np.ones(len(column)), (row.astype(np.int64), column)), shape=shape)
