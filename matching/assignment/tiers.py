"""``tier``: a pair that stands several times, once for each price, has one deal at one of them."""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.draft import Draft
from matching.assignment.exact_sums import group_sums
from matching.assignment.groups import Groups, grouped
from matching.assignment.request import Request


def priced_twice(request: Request, pairs: Ints) -> Bools:
    """Tell which of some pairs stand among them at another price too."""
    if not request.tier.any():
        return np.zeros(len(pairs), dtype=np.bool_)
    same = _same(request, pairs)
    return np.asarray(same.size[same.of] > 1)


def settled_elsewhere(request: Request) -> Bools:
    """Tell which pairs are fixed at another price already."""
    held = request.fixed > 0
    if not (request.tier.any() and held.any()):
        return np.zeros(len(held), dtype=np.bool_)
    same = _same(request, np.arange(len(held)))
    return np.asarray(~held & (group_sums(same.of, held.astype(np.int64), same.count)[same.of] > 0))


def hold_tiers(draft: Draft, request: Request, pairs: Ints, used: Ints) -> None:
    """Let one price of each pair be used at most; ``used`` are the 0/1 columns of ``priced_twice`` pairs."""
    same = _same(request, pairs)
    draft.limit(same.of, used, np.ones(same.count, dtype=np.int64))


def _same(request: Request, pairs: Ints) -> Groups:
    return grouped(request.need[pairs], request.offer[pairs])
