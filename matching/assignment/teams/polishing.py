"""A better plan from a good one: solve some problems anew that want the same experts, the rest as it is.

By the prices every problem falls so much short of the most it could earn; what all of them fall short by is
the gap. Problems are solved anew where that is most, each with those whose experts it wants.

Source: Shaw, Using constraint programming and local search methods to solve vehicle routing problems (1998).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.effort import is_over, left
from matching.assignment.teams.board import Board, Team
from matching.assignment.teams.ceiling import Ceiling
from matching.assignment.teams.exact import Few, few_of, settle_all

#: problems solved together at first and at least; more where that took a small share of the work, else fewer
_TOGETHER, _PAIR, _LITTLE, _MORE, _FEWER = 30, 2, 0.35, 1.1, 0.9
#: candidates looked at beyond the members, and neighbourhoods at once
_WIDTH, _AT_ONCE = 30, 2
#: deterministic work for each; steps without a gain that end it
_WORK, _QUIET = 2.0, 6
#: how much less a problem counts once others were chosen around it, and how quickly it comes back
_TRIED, _AGAIN = 0.5, 1.02


@dataclass(frozen=True)
class Polish:
    """A plan's surroundings: its ceiling, how near to come, until when, and where to solve in parallel."""

    board: Board
    ceiling: Ceiling
    gap: float
    deadline: float | None
    executor: Executor | None
    seed: int

    def run(self, teams: list[Team], tell: Callable[[float], None]) -> tuple[list[Team], bool]:
        """Improve a plan; tells whether the clock ended it."""
        draws = np.random.default_rng(self.seed)
        weight, size = np.ones(len(self.board.seats)), float(_TOGETHER)
        quiet, start = 0, self._open(teams)
        while quiet < _QUIET and self._open(teams) > self.gap:
            if is_over(self.deadline):
                return teams, True
            before = sum(team.value for team in teams)
            groups = self._groups(teams, weight, int(size), draws)
            teams, work = self._solved(teams, groups)
            size = max(_PAIR, size * (_MORE if work < _LITTLE * _WORK else _FEWER))
            weight[[group[0] for group in groups]] *= _TRIED
            weight = np.minimum(1, weight * _AGAIN)
            quiet = quiet + 1 if sum(team.value for team in teams) == before else 0
            tell(min(1.0, (start - self._open(teams)) / max(1e-9, start - self.gap)))
        return teams, False

    def _open(self, teams: list[Team]) -> float:
        total = self.ceiling.total
        return (total - sum(team.value for team in teams)) / max(1.0, abs(total))

    def _short(self, teams: list[Team]) -> Ints:
        """Give by how much each problem falls short at the prices."""
        short = self.ceiling.seats.copy()
        for team in teams:
            short[team.seat] -= self.board.above(team, self.ceiling.prices)
        return np.maximum(short, 0)

    def _groups(self, teams: list[Team], weight: Floats, size: int, draws: np.random.Generator) -> list[Ints]:
        """Choose neighbourhoods that share no problem, each around one that falls far short."""
        near, free = self._nearness(teams), np.ones(len(weight), bool)
        short = self._short(teams) * weight * draws.uniform(0.5, 1.0, len(weight))
        scale = max(1.0, sum(team.value for team in teams) / max(1, len(teams)))
        groups = list[Ints]()
        while not groups or (len(groups) < _AT_ONCE and (free & (short > 0)).any()):
            first = int(np.where(free, short, -1.0).argmax())
            free[first] = False
            related = near[[first]].toarray().ravel()
            pull = related / max(1.0, float(related.max())) + short / scale
            pull *= free * draws.uniform(0.5, 1.0, len(weight))
            others = np.argsort(-pull, kind="stable")[: size - 1]
            groups.append(np.append(first, others[pull[others] > 0]))
            free[groups[-1]] = False
        return groups

    def _solved(self, teams: list[Team], groups: list[Ints]) -> tuple[list[Team], float]:
        """Solve neighbourhoods, each within time of its own; tell the most deterministic work of one."""
        used = np.isin(np.arange(len(self.board.seats)), np.concatenate(groups))
        kept = [team for team in teams if not used[team.seat]]
        rooms = self._divided(groups, self.board.high - self.board.taken(kept), teams)
        tasks = [self._few(group, room, teams) for group, room in zip(groups, rooms, strict=True)]
        found = settle_all(tasks, self.executor)
        return kept + [team for one in found for team in one.teams], max(one.work for one in found)

    def _divided(self, groups: list[Ints], room: Ints, teams: list[Team]) -> list[Ints]:
        """Give each neighbourhood its own members' time, and what is free of an expert to one of them."""
        board, experts = self.board, len(self.board.request.capacity)
        own = [board.taken([team for team in teams if (group == team.seat).any()]) for group in groups]
        free = room - sum(own)
        best = np.full((len(groups), experts), -1, np.int64)
        for at, group in enumerate(groups):
            for seat in (board.seats[number] for number in group.tolist()):
                np.maximum.at(best[at], board.request.expert[seat.arcs], np.maximum(seat.score, 0))
        winner = np.tile(best.argmax(axis=0), len(room) // experts)
        return [held + np.where(winner == at, free, 0) for at, held in enumerate(own)]

    def _few(self, group: Ints, room: Ints, teams: list[Team]) -> Few:
        """State a neighbourhood: its members, and whoever is wanted and has time."""
        request, numbers = self.board.request, group.tolist()
        before = [team for team in teams if team.seat in numbers]
        allowed = []
        for number in numbers:
            arcs = self.board.seats[number].arcs
            marked = self._wanted[number] & (room[request.expert[arcs]] >= request.use[arcs])
            for team in before:
                if team.seat == number:
                    marked[list(team.members)] = True
            allowed.append(marked)
        return few_of(self.board, numbers, room, allowed, before, _WORK, left(self.deadline))

    @cached_property
    def _wanted(self) -> list[Bools]:
        """Mark the candidates of each problem worth most above their price, and enough for each rule."""
        prices = self.ceiling.prices
        return [
            seat.promising(seat.score - self.board.member_prices(number, prices), _WIDTH)
            for number, seat in enumerate(self.board.seats)
        ]

    def _nearness(self, teams: list[Team]) -> sparse.csr_array:
        """Count for two problems whom each wants of the other's members."""
        seats, request = self.board.seats, self.board.request
        shape = (len(seats), len(request.capacity))
        rows = [(at, request.expert[seats[at].arcs[some]]) for at, some in enumerate(self._wanted)]
        held = [(team.seat, request.expert[seats[team.seat].arcs[list(team.members)]]) for team in teams]
        wants, has = _incidence(rows, shape), _incidence(held, shape)
        shared = wants @ has.T
        return sparse.csr_array(shared + shared.T)


def _incidence(rows: list[tuple[int, Ints]], shape: tuple[int, int]) -> sparse.csr_array:
    row = np.repeat([number for number, _ in rows], [len(some) for _, some in rows])
    column = np.concatenate([np.zeros(0, np.int64), *[some for _, some in rows]])
    return sparse.csr_array((np.ones(len(column)), (row.astype(np.int64), column)), shape=shape)
