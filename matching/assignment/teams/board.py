"""What all problems share: their experts' time, and how many teams each of those may lead.

Rows are numbered in that order; ``room`` int64[rows] is what is left of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.assignment.arrays import Ints
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
class Board:
    """Problems side by side, and the rows that their teams take from."""

    request: Request
    seats: Sequence[Seat]

    @cached_property
    def high(self) -> Ints:
        """What all teams together may take of each row."""
        request = self.request
        leads = np.where(request.max_leads < 0, len(request.problem), request.max_leads)
        return np.concatenate([request.capacity, leads if request.leads_count else leads[:0]])

    def taken(self, teams: Sequence[Team]) -> Ints:
        """Give how much some teams take of every row."""
        total = np.zeros(len(self.high), np.int64)
        for team in teams:
            total += self._taken(team)
        return total

    def fitting(self, teams: Sequence[Team]) -> list[Team]:
        """Keep the teams that there is room for, those that earn most first."""
        room, kept = self.high.copy(), list[Team]()
        for team in sorted(teams, key=lambda team: (-team.value, team.seat, team.members)):
            after = room - self._taken(team)
            if (after >= 0).all():
                room = after
                kept.append(team)
        return kept

    def member_prices(self, number: int, prices: Ints) -> Ints:
        """Give what each candidate's time is worth at a seat."""
        arcs = self.seats[number].arcs
        return self.request.use[arcs] * prices[self.request.expert[arcs]]

    def lead_prices(self, number: int, prices: Ints) -> Ints:
        """Give what one team led by each candidate of a seat is worth."""
        experts = self.request.expert[self.seats[number].arcs]
        return prices[len(self.request.capacity) + experts] if self.request.leads_count else 0 * experts

    def above(self, team: Team, prices: Ints) -> int:
        """Give what a team earns above the prices of what it takes."""
        return team.value - int(prices @ self._taken(team))

    def _taken(self, team: Team) -> Ints:
        arcs = self.seats[team.seat].arcs
        taken = np.zeros(len(self.high), np.int64)
        taken[self.request.expert[arcs[list(team.members)]]] = self.request.use[arcs[list(team.members)]]
        if self.request.leads_count:
            taken[len(self.request.capacity) + self.request.expert[arcs[team.lead]]] = 1
        return taken
