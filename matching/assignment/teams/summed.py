"""A relaxation that sums over the teams of a problem: quick first prices, close to the right ones.

A candidate counts once, whatever the team; the members of a problem's n teams hold n times what one team
needs. Conflicts and cohesion are left out: the prices alone are used, and any prices are valid.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Ints
from matching.assignment.program import Program
from matching.assignment.relaxation import relax_roughly
from matching.assignment.teams.master import Master
from matching.assignment.teams.seat import Seat

_TOLERANCE = 1e-4


def first_prices(master: Master) -> Ints:
    """Give a price of every row: loads from the relaxation, firms from what its ceilings on persons earn."""
    program = _summed(master)
    guide = relax_roughly(program, _TOLERANCE)
    prices = np.zeros(len(master.high), np.int64)
    experts = len(master.request.capacity)
    prices[:experts] = np.rint(np.maximum(guide.prices[:experts], 0))
    kept = np.maximum(0, program.cost - program.matrix.T @ guide.prices)
    first = 0
    for number, seat in enumerate(master.seats):
        start = int(master.group_starts[number])
        for at, some in enumerate(master.groups[number]):
            prices[start + at] = round(float(kept[first + some].max()))
        first += len(seat.arcs)
    return prices


def _summed(master: Master) -> Program:
    """State the relaxation: candidates seat by seat, then the number of teams at each seat."""
    request, seats = master.request, master.seats
    arcs = np.concatenate([seat.arcs for seat in seats])
    count, experts = len(arcs), len(request.capacity)
    entries = (request.use[arcs], (request.expert[arcs], np.arange(count)))
    loads = sparse.csr_array(entries, shape=(experts, count))
    blocks = [_needs(seat) for seat in seats]
    needs = sparse.block_diag([matrix for matrix, _ in blocks], format="csr")
    per_team = sparse.block_diag([need.reshape(-1, 1) for _, need in blocks], format="csr")
    matrix = sparse.block_array([[loads, None], [needs, -per_team]], format="csr")
    further = matrix.shape[0] - experts
    return Program.of_rows(
        cost=np.concatenate([request.score[arcs], [seat.worth for seat in seats]]),
        upper=np.concatenate([np.ones(count, np.int64), [seat.count for seat in seats]]),
        matrix=matrix.astype(np.int64),
        low=np.concatenate([np.full(experts, -LIMIT), np.zeros(further, np.int64)]),
        high=np.concatenate([request.capacity, np.full(further, LIMIT)]),
    )


def _needs(seat: Seat) -> tuple[sparse.csr_array, Ints]:
    """Give rows over the candidates of a seat, and how much of each a team needs at least."""
    ones = np.ones(len(seat.arcs), np.int64)
    wanted: list[tuple[Sequence[int] | Ints, int]] = [(ones, seat.least), (-ones, -seat.most)]
    wanted += [
        ((seat.role == role).astype(np.int64), count)
        for role, count in enumerate(seat.required.tolist())
        if count
    ]
    wanted += [
        (seat.covers[:, skill].astype(np.int64), 1)
        for skill, lost in enumerate(seat.uncovered.tolist())
        if lost < 0
    ]
    wanted.append((seat.may_lead.astype(np.int64), 1))
    rows = np.array([row for row, _ in wanted])
    return sparse.csr_array(rows), np.array([least for _, least in wanted], np.int64)
