"""``min_partners``: a need that is served at all is served by at least so many firms.

A firm counts only by what it delivers, so its switch may be 1 only where a quantity is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.draft import Draft
from matching.assignment.exact_sums import group_sums
from matching.assignment.program import Program
from matching.assignment.request import Request


def missing_firms(request: Request) -> tuple[Ints, Bools]:
    """Give how many firms each need lacks beyond those of fixed quantities, and whether it has such."""
    held = np.flatnonzero(request.fixed > 0)
    firms = np.unique(np.column_stack([request.need[held], request.firm[held]]), axis=0)
    taken = np.bincount(firms[:, 0], minlength=len(request.demand)).astype(np.int64)
    return request.min_partners - taken, taken > 0


def needs_company(request: Request, live: Ints, held: Bools) -> Bools:
    """Tell which live pairs help their need to its number of firms; ``held``: their firm is there already."""
    if not (request.min_partners > 1).any():
        return np.zeros(len(live), dtype=np.bool_)
    missing, served = missing_firms(request)
    need = request.need[live]
    return ~held & (missing[need] > np.where(served[need], 0, 1))


def hold_company(draft: Draft, request: Request, pairs: Ints, used: Ints) -> None:
    """Hold ``min_partners`` over the pairs of ``needs_company``; ``used`` are their 0/1 columns."""
    if not len(pairs):
        return
    switched = used != pairs
    _deliver(draft, pairs[switched], used[switched])
    keys = np.column_stack([request.need[pairs], request.firm[pairs]])
    firms, of = np.unique(keys, axis=0, return_inverse=True)
    firm = _presences(draft, used, of.ravel(), len(firms))
    needs, of_need = np.unique(firms[:, 0], return_inverse=True)
    missing, served = missing_firms(request)
    started = served[needs]
    low = np.where(started, missing[needs], 0)
    rows = draft.add_rows(low, np.full(len(needs), LIMIT, dtype=np.int64))
    draft.enter(rows[of_need], firm, np.ones(len(firm), dtype=np.int64))
    fresh = np.flatnonzero(~started)
    open_at = np.full(len(needs), -1, dtype=np.int64)
    open_at[fresh] = draft.add_columns(np.zeros_like(fresh), np.ones_like(fresh))
    draft.enter(rows[fresh], open_at[fresh], -missing[needs[fresh]])
    some = open_at[of_need] >= 0
    draft.link(firm[some], open_at[of_need][some])


def _deliver(draft: Draft, column: Ints, switch: Ints) -> None:
    """Let a switch be 1 only where its column is positive."""
    count = len(column)
    rows = draft.add_rows(np.full(count, -LIMIT, dtype=np.int64), np.zeros(count, dtype=np.int64))
    draft.enter(rows, switch, np.ones(count, dtype=np.int64))
    draft.enter(rows, column, np.full(count, -1, dtype=np.int64))


def _presences(draft: Draft, used: Ints, of: Ints, firms: int) -> Ints:
    """Give a 0/1 column of each firm at a need: that of its one pair, or one that several pairs share."""
    ones = np.ones(len(used), dtype=np.int64)
    several = group_sums(of, ones, firms) > 1
    present = np.zeros(firms, dtype=np.int64)
    present[of] = used
    present[several] = draft.add_columns(np.zeros(int(several.sum()), np.int64), ones[: int(several.sum())])
    inside = several[of]
    draft.link(used[inside], present[of][inside])
    count = int(several.sum())
    number = np.cumsum(several) - 1
    rows = draft.add_rows(np.full(count, -LIMIT, dtype=np.int64), np.zeros(count, dtype=np.int64))
    draft.enter(rows, present[several], ones[:count])
    draft.enter(rows[number[of][inside]], used[inside], -ones[inside])
    return present


@dataclass(frozen=True, slots=True)
class Company:
    """A need of a Program that must have ``least`` firms: the quantities of each firm it may have."""

    firms: list[Ints]
    least: int


def companies(program: Program) -> Iterator[Company]:
    """Find the needs of ``hold_company`` that no fixed quantity has started."""
    row, column = program.matrix.tocoo().coords
    data = program.matrix.tocoo().data
    ours = (program.low[row] == 0) & (program.high[row] >= LIMIT) & ~program.arc[column] & (data < 0)
    at = np.full(len(program.low), -1, dtype=np.int64)
    at[row[ours]] = np.arange(int(ours.sum()))
    inside = (at[row] >= 0) & (data > 0)
    firm = np.full(len(program.cost), -1, dtype=np.int64)
    firm[column[inside]] = column[inside]
    need = np.full(len(program.cost), -1, dtype=np.int64)
    need[column[inside]] = at[row[inside]]
    for _ in range(2):  # from a firm's switch to those of its pairs, and on to their quantities
        known = program.links[firm[program.links[:, 1]] >= 0]
        firm[known[:, 0]], need[known[:, 0]] = firm[known[:, 1]], need[known[:, 1]]
    arcs = np.flatnonzero(program.arc & (firm >= 0))
    arcs = arcs[np.lexsort((arcs, firm[arcs], need[arcs]))]
    for members in np.split(arcs, _changes(need[arcs])) if len(arcs) else ():
        least = -int(data[ours][need[members[0]]])
        yield Company(np.split(members, _changes(firm[members])), least)


def _changes(values: Ints) -> Ints:
    return np.flatnonzero(np.diff(values)) + 1
