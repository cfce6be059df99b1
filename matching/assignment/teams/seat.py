"""One problem as the search for its teams sees it: candidates, rules and skills numbered from 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.teams.request import Request


@dataclass(frozen=True, slots=True)
class Seat:
    """The places that one problem offers to teams; plain arrays, so that another process may fill them.

    ``arcs`` int64[S]: the candidates' positions in the request; ``covers`` bool[S, k]; ``pairs`` and
    ``friends`` int64[·, 2] number candidates of this problem; ``group`` int64[S] numbers those of one firm.
    """

    problem: int
    count: int
    least: int
    most: int
    worth: int
    arcs: Ints
    score: Ints
    may_lead: Bools
    lead_score: Ints
    leads_count: bool
    role: Ints
    required: Ints
    covers: Bools
    uncovered: Ints
    pairs: Ints
    friends: Ints
    cohesion: Ints
    group: Ints

    @property
    def shared_groups(self) -> list[Ints]:
        """Candidates of each firm that has several here, where several teams could divide them."""
        if self.count < 2:
            return []
        numbers, counts = np.unique(self.group, return_counts=True)
        return [np.flatnonzero(self.group == one) for one in numbers[counts > 1].tolist()]

    def promising(self, earned: Ints, width: int) -> Bools:
        """Mark the candidates that earn most, and a few of the best for each role, skill and the lead."""
        order = np.argsort(-earned, kind="stable")
        marked = np.zeros(len(earned), bool)
        marked[order[:width]] = True
        few = max(1, width // 4)
        for role in np.flatnonzero(self.required).tolist():
            marked[order[self.role[order] == role][: few + int(self.required[role])]] = True
        for skill in range(self.covers.shape[1]):
            marked[order[self.covers[order, skill]][:few]] = True
        marked[order[self.may_lead[order]][:few]] = True
        return marked


def seats_of(request: Request) -> list[Seat]:
    """Cut a request into its problems; those without candidates or without a wish for teams are left out."""
    order = np.argsort(request.problem, kind="stable")
    starts = np.searchsorted(request.problem[order], np.arange(len(request.teams) + 1))
    local = np.empty(len(order), np.int64)
    local[order] = np.arange(len(order)) - starts[request.problem[order]]
    cut = _Cut(request, order, starts, local)
    wanted = np.flatnonzero((request.teams > 0) & (np.diff(starts) > 0))
    return [cut.seat(int(problem)) for problem in wanted]


@dataclass(frozen=True, slots=True)
class _Cut:
    request: Request
    order: Ints
    starts: Ints
    local: Ints

    def seat(self, problem: int) -> Seat:
        request = self.request
        arcs = self.order[self.starts[problem] : self.starts[problem + 1]]
        skills = np.flatnonzero(request.skill_of == problem)
        friends = self._inside(request.together, problem)
        return Seat(
            problem=problem,
            count=int(request.teams[problem]),
            least=int(request.least[problem]),
            most=int(request.most[problem]),
            worth=int(request.worth[problem]),
            arcs=arcs,
            score=request.score[arcs],
            may_lead=request.may_lead[arcs],
            lead_score=request.lead_score[arcs],
            leads_count=request.leads_count,
            role=request.role[arcs],
            required=request.required[problem],
            covers=request.covers[arcs][:, skills].toarray().astype(bool),
            uncovered=request.uncovered[skills],
            pairs=self.local[request.apart[self._inside(request.apart, problem)]],
            friends=self.local[request.together[friends]],
            cohesion=request.cohesion[friends],
            group=np.unique(request.firm[arcs], return_inverse=True)[1].astype(np.int64),
        )

    def _inside(self, pairs: Ints, problem: int) -> Ints:
        return np.flatnonzero(self.request.problem[pairs[:, 0]] == problem)
