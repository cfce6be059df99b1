"""The caller's own rows: mandatory ones as they are, soft ones with a slack that costs its penalty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.draft import Draft
from matching.assignment.exact_sums import times
from matching.assignment.request import Request


def add_request_rows(draft: Draft, request: Request, span: Ints) -> None:
    """Append every side of every row that some plan could break."""
    if not request.rows.shape[0]:
        return
    least, most = activity_range(request, span)
    base = times(request.rows, request.fixed).astype(np.object_)
    for side in (-1, 1):
        limit = request.low if side < 0 else request.high
        breach = (request.low - base) - least if side < 0 else most - (request.high - base)
        bites = (np.abs(limit) < LIMIT) & (breach > 0).astype(np.bool_) & (request.penalty != 0)
        _add_side(draft, request, np.flatnonzero(bites), _within(limit - base), _within(breach), side)


def activity_range(request: Request, span: Ints) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Give the least and the most that can come to each row's sum beyond the fixed quantities."""
    up, down = request.rows.copy(), request.rows.copy()
    up.data = np.maximum(up.data, 0)
    down.data = np.minimum(down.data, 0)
    return times(down, span).astype(np.object_), times(up, span).astype(np.object_)


def broken_alone(request: Request, span: Ints) -> Bools:
    """Tell which mandatory rows no plan can keep, whatever else holds."""
    if not request.rows.shape[0]:
        return np.zeros(0, dtype=np.bool_)
    least, most = activity_range(request, span)
    base = times(request.rows, request.fixed).astype(np.object_)
    short = (request.low > -LIMIT) & (base + most < request.low).astype(np.bool_)
    over = (request.high < LIMIT) & (base + least > request.high).astype(np.bool_)
    return np.asarray((request.penalty < 0) & (short | over | (request.low > request.high)))


def _within(sums: NDArray[np.object_]) -> Ints:
    return np.clip(sums, -LIMIT, LIMIT).astype(np.int64)


def _add_side(draft: Draft, request: Request, rows: Ints, limit: Ints, breach: Ints, side: int) -> None:
    open_low, open_high = (
        np.full(len(rows), -LIMIT, dtype=np.int64),
        np.full(len(rows), LIMIT, dtype=np.int64),
    )
    added = draft.add_rows(limit[rows], open_high) if side < 0 else draft.add_rows(open_low, limit[rows])
    part = request.rows[rows]
    draft.enter(np.repeat(added, np.diff(part.indptr)), part.indices.astype(np.int64), part.data)
    soft = np.flatnonzero(request.penalty[rows] > 0)
    slack = draft.add_columns(-request.penalty[rows[soft]], breach[rows[soft]])
    draft.enter(added[soft], slack, np.full(len(soft), -side, dtype=np.int64))
    draft.slacks.append(slack)
