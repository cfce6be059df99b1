"""``min_share``: a firm has at least so much of a need, or nothing; all its offers there count together.

A firm with one offer at a need has a minimum of its pair; one with several has a switch of its own and a row.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.draft import Draft
from matching.assignment.exact_sums import group_sums
from matching.assignment.groups import grouped
from matching.assignment.request import Request


def with_minimums(request: Request) -> Request:
    """Write the least of a firm into the minimum of its pair where it has but one offer at the need."""
    if not request.least.any():
        return request
    least = np.where(_with_several(request), 0, request.least[request.need])
    return replace(request, minimum=np.maximum(request.minimum, least))


def below_portion(request: Request, most: Ints) -> Bools:
    """Tell of which pairs the firm cannot reach its least of the need, whatever its offers carry."""
    if not request.least.any():
        return np.zeros(len(most), dtype=np.bool_)
    firms = grouped(request.need, request.firm)
    together = np.bincount(firms.of, most.astype(np.float64), minlength=firms.count)[firms.of]
    # a hair of doubt keeps a pair: its row holds it
    return np.asarray((together * (1 + 1e-9) < request.least[request.need]) & (fixed_by_firm(request) == 0))


def shares_portion(request: Request) -> Bools:
    """Tell of which pairs the firm has to reach its least of the need by several offers."""
    if not request.least.any():
        return np.zeros(len(request.need), dtype=np.bool_)
    bound = (request.least[request.need] > 1) & (fixed_by_firm(request) == 0)
    return np.asarray(_with_several(request) & bound)


def hold_portions(draft: Draft, request: Request, pairs: Ints, used: Ints) -> None:
    """Hold the least of each firm over the pairs of ``shares_portion``; ``used`` are their 0/1 columns."""
    firms = grouped(request.need[pairs], request.firm[pairs])
    zeros = np.zeros(firms.count, dtype=np.int64)
    present = draft.add_columns(zeros, zeros + 1)
    draft.link(used, present[firms.of])
    rows = draft.add_rows(zeros - LIMIT, zeros)
    draft.enter(rows, present, request.least[request.need[pairs][firms.first]])
    draft.enter(rows[firms.of], pairs, np.full(len(pairs), -1, dtype=np.int64))


def _with_several(request: Request) -> Bools:
    """Tell of which pairs the firm has further offers at the need; another price of an offer is none."""
    firms = grouped(request.need, request.firm)
    offers = grouped(firms.of, request.offer)
    several: Ints = np.bincount(firms.of[offers.first], minlength=firms.count)
    return np.asarray(several[firms.of] > 1)


def fixed_by_firm(request: Request) -> Ints:
    """Give for each pair what its firm has of its need by fixed quantities, its own included."""
    if not request.fixed.any():
        return np.zeros(len(request.need), dtype=np.int64)
    every = grouped(request.need, request.firm)
    return group_sums(every.of, request.fixed, every.count)[every.of]
