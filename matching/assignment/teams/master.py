"""Teams as columns: what each takes of loads, places, firms and leads, and the Program of many.

A team takes its members' time, one of its problem's places, its firms' one team at the problem, and one of
its lead's projects. Rows are numbered in that order; ``room`` int64[rows] is what is left of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.program import Program
from matching.assignment.teams.request import Request
from matching.assignment.teams.seat import Seat


@dataclass(frozen=True, slots=True)
class Team:
    """Members by their number at a seat, ascending; its lead and what it earns."""

    seat: int
    members: tuple[int, ...]
    lead: int
    value: int


@dataclass(frozen=True)
class Master:
    """The rows that teams share."""

    request: Request
    seats: Sequence[Seat]

    @cached_property
    def groups(self) -> list[list[Ints]]:
        """Candidates of each seat whose firm may come in with one team only, where nothing else says so."""
        return [self._groups(seat) for seat in self.seats]

    @cached_property
    def group_starts(self) -> Ints:
        """First row of each seat's groups; one more entry than seats."""
        first = len(self.request.capacity) + len(self.seats)
        return first + np.cumsum([0, *map(len, self.groups)])

    @property
    def places(self) -> slice:
        """The rows of the seats."""
        first = len(self.request.capacity)
        return slice(first, first + len(self.seats))

    @cached_property
    def high(self) -> Ints:
        """What all teams together may take of each row."""
        request = self.request
        leads = np.where(request.max_leads < 0, len(request.problem), request.max_leads)
        counts = np.array([seat.count for seat in self.seats], np.int64)
        ones = np.ones(self.group_starts[-1] - self.group_starts[0], np.int64)
        return np.concatenate([request.capacity, counts, ones, leads if request.leads_count else leads[:0]])

    def entries(self, team: Team) -> tuple[list[int], list[int]]:
        """Give the rows a team takes from, and how much."""
        seat = self.seats[team.seat]
        arcs = seat.arcs[list(team.members)]
        experts = self.request.expert[arcs].tolist()
        inside = set(team.members)
        first = int(self.group_starts[team.seat])
        groups = [
            first + at
            for at, some in enumerate(self.groups[team.seat])
            if not inside.isdisjoint(some.tolist())
        ]
        place = len(self.request.capacity) + team.seat
        lead = [self.lead_row(team.seat, team.lead)] if self.request.leads_count else []
        rows = [*experts, place, *groups, *lead]
        return rows, [*self.request.use[arcs].tolist(), *[1] * (len(rows) - len(experts))]

    def taken(self, teams: Sequence[Team]) -> Ints:
        """Give how much some teams take of every row."""
        total = np.zeros(len(self.high), np.int64)
        for team in teams:
            rows, data = self.entries(team)
            total[rows] += data
        return total

    def lead_row(self, seat: int, candidate: int) -> int:
        """Give the row of the projects that a candidate leads."""
        return int(self.group_starts[-1] + self.request.expert[self.seats[seat].arcs[candidate]])

    def open_candidates(self, seat_number: int, room: Ints) -> Bools:
        """Tell which candidates of a seat still have time, and a firm that is not in another of its teams."""
        seat = self.seats[seat_number]
        able = room[self.request.expert[seat.arcs]] >= self.request.use[seat.arcs]
        first = int(self.group_starts[seat_number])
        for at, some in enumerate(self.groups[seat_number]):
            if room[first + at] < 1:
                able[some] = False
        return able

    def program(self, teams: Sequence[Team], room: Ints) -> Program:
        """Choose among teams within the room left: one column each; rows alone hold it, and bear prices."""
        entries = [self.entries(team) for team in teams]
        starts = np.cumsum([0, *[len(rows) for rows, _ in entries]])
        rows = np.array([row for some, _ in entries for row in some], np.int64)
        data = np.array([one for _, some in entries for one in some], np.int64)
        shape = (len(room), len(teams))
        return Program.of_rows(
            cost=np.array([team.value for team in teams], np.int64),
            upper=np.array([self.seats[team.seat].count + 1 for team in teams], np.int64),
            matrix=sparse.csc_array((data, rows, starts), shape=shape).tocsr(),
            low=np.full(len(room), -LIMIT),
            high=room,
        )

    def _groups(self, seat: Seat) -> list[Ints]:
        if seat.count < 2:
            return []
        counts = np.bincount(seat.group)
        use = self.request.use[seat.arcs]
        twice = self.request.capacity[self.request.expert[seat.arcs]] >= 2 * use
        alone = np.flatnonzero((counts[seat.group] == 1) & twice)
        return [*seat.shared_groups, *alone.reshape(-1, 1)]
