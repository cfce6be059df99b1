"""One problem's part of the summed relaxation: its columns, and rows that are never negative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse

from matching.assignment.arrays import Ints
from matching.assignment.teams.seat import Seat

#: columns of a row and their factors
_Row = tuple[Ints, Ints]


@dataclass(frozen=True, slots=True)
class Block:
    """Columns and rows of one seat: ``matrix @ x ≥ 0``.

    ``candidate`` and ``leading`` int64[C] name whom a column lets in, and whom it lets lead, or hold −1.
    """

    cost: Ints
    upper: Ints
    candidate: Ints
    leading: Ints
    matrix: sparse.csr_array


@dataclass(frozen=True, slots=True)
class _Columns:
    """Numbers of a seat's columns: members, teams, leads, skills that stay open, pairs of friends."""

    member: Ints
    team: Ints
    lead: Ints
    open: Ints
    friends: Ints


def block_of(seat: Seat) -> Block:
    """State one seat."""
    able = np.flatnonzero(seat.may_lead) if seat.leads_count else np.zeros(0, np.int64)
    soft = np.flatnonzero(seat.uncovered > 0)
    ends = np.cumsum([0, len(seat.arcs), 1, len(able), len(soft), len(seat.friends)])
    columns = _Columns(*(np.arange(first, last) for first, last in pairwise(ends.tolist())))
    candidate, leading = np.full(ends[-1], -1), np.full(ends[-1], -1)
    candidate[columns.member], leading[columns.lead] = seat.arcs, seat.arcs[able]
    upper = np.ones(ends[-1], np.int64)
    upper[columns.team] = upper[columns.open] = seat.count
    worth = np.array([seat.worth])
    cost = [seat.score, worth, seat.lead_score[able], -seat.uncovered[soft], seat.cohesion]
    rows = [*_of_teams(seat, columns, soft), *_of_leads(seat, columns, able), *_of_pairs(seat, columns)]
    return Block(np.concatenate(cost), upper, candidate, leading, _stacked(rows, int(ends[-1])))


def _of_teams(seat: Seat, columns: _Columns, soft: Ints) -> Iterator[_Row]:
    """Size, roles and skills: so much for each team."""
    yield _row((columns.member, 1), (columns.team, -seat.least))
    yield _row((columns.member, -1), (columns.team, seat.most))
    for role in np.flatnonzero(seat.required).tolist():
        yield _row((columns.member[seat.role == role], 1), (columns.team, -int(seat.required[role])))
    for skill in np.flatnonzero(seat.uncovered).tolist():
        able, left_open = columns.member[seat.covers[:, skill]], columns.open[soft == skill]
        yield _row((able, 1), (left_open, 1), (columns.team, -1))


def _of_leads(seat: Seat, columns: _Columns, able: Ints) -> Iterator[_Row]:
    """One lead for each team, who is in it."""
    if not seat.leads_count:
        yield _row((columns.member[seat.may_lead], 1), (columns.team, -1))
        return
    yield _row((columns.lead, 1), (columns.team, -1))
    yield _row((columns.lead, -1), (columns.team, 1))
    for lead, member in zip(columns.lead, columns.member[able], strict=True):
        yield _row((member, 1), (lead, -1))


def _of_pairs(seat: Seat, columns: _Columns) -> Iterator[_Row]:
    """Two who must not meet need two teams; friends count where both are in."""
    for pair in seat.pairs:
        yield _row((columns.member[pair], -1), (columns.team, 1))
    for both, pair in zip(columns.friends, seat.friends, strict=True):
        for one in columns.member[pair]:
            yield _row((one, 1), (both, -1))


def _row(*parts: tuple[Ints, int]) -> _Row:
    columns = [np.atleast_1d(some) for some, _ in parts]
    return np.concatenate(columns), np.repeat([factor for _, factor in parts], [*map(len, columns)])


def _stacked(rows: list[_Row], width: int) -> sparse.csr_array:
    starts = np.cumsum([0, *[len(columns) for columns, _ in rows]])
    data = np.concatenate([factors for _, factors in rows])
    columns = np.concatenate([columns for columns, _ in rows])
    return sparse.csr_array((data, columns, starts), shape=(len(rows), width))
