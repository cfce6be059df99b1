"""What a plan comes to in the terms of each limit: the number that its least or most is compared with."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matching.limits import DealSize, FirmDeals, Limit, Partners, Share, Total
from matching.market import FloatArray, IntArray
from matching.plan.limits.ground import Ground
from matching.plan.limits.rows import total
from matching.plan.limits.shares import split_of


def attained(limit: Limit, ground: Ground, quantity: IntArray) -> dict[str, float]:
    """Give for each field that is set the value at which the plan would just keep it; none if nothing counts.

    The largest of all firms, needs or groups for what must not be exceeded, the least for what must be
    reached.
    """
    if isinstance(limit, Share):
        return _set(limit, _shares(limit, ground, quantity))
    if isinstance(limit, Total):
        return _set(limit, _totals(limit, ground, quantity))
    if isinstance(limit, Partners):
        return _set(limit, _firms(limit, ground, quantity))
    if isinstance(limit, DealSize):
        return _set(limit, _sizes(limit, ground, quantity))
    if isinstance(limit, FirmDeals):
        return _set(limit, {"most": _loads(limit, ground, quantity)})
    return {}


def _shares(limit: Share, ground: Ground, quantity: IntArray) -> dict[str, FloatArray]:
    shares = split_of(limit, ground).shares(quantity)
    shares = shares[~np.isnan(shares)]
    return {"least": shares, "most": shares}


def _totals(limit: Total, ground: Ground, quantity: IntArray) -> dict[str, FloatArray]:
    sums = np.array([float(item.weight @ quantity[item.at]) for item in total(limit, ground)])
    return {"least": sums, "most": sums}


def _firms(limit: Partners, ground: Ground, quantity: IntArray) -> dict[str, FloatArray]:
    held = ground.of_side(limit.where, "need") & ~ground.terms.whole
    need = ground.pairs.need_row
    firm = ground.pairs.market.offers["partner"].to_numpy(np.int64)[ground.pairs.offer_row]
    used = np.flatnonzero((quantity > 0) & held[need])
    keys, of = np.unique(np.column_stack([need[used], firm[used]]), axis=0, return_inverse=True)
    of = of.ravel()
    steps = np.bincount(of, quantity[used], minlength=len(keys))
    counts = np.unique(keys[:, 0], return_counts=True)[1].astype(float)
    shares = steps / np.maximum(1, ground.terms.demand[keys[:, 0]])
    return {"least": counts, "most": counts, "least_share": shares, "most_share": shares}


def _sizes(limit: DealSize, ground: Ground, quantity: IntArray) -> dict[str, FloatArray]:
    need = ground.pairs.need_row
    inside = ground.inside(limit.where) & (quantity > 0)
    at = np.flatnonzero(inside & (~ground.terms.whole[need] | (limit.most == 0)))
    sizes = quantity[at] * ground.terms.step[need[at]]
    shares = quantity[at] / np.maximum(1, ground.terms.demand[need[at]])
    return {"least": sizes, "most": sizes, "least_share": shares, "most_share": shares}


def _loads(limit: FirmDeals, ground: Ground, quantity: IntArray) -> FloatArray:
    offers = ground.of_side(limit.where, "offer")
    if not limit.everyone:
        offers = offers & ground.terms.capped
    partner = ground.pairs.market.offers["partner"].to_numpy(np.int64)
    used = partner[ground.pairs.offer_row[quantity > 0]]
    used = used[np.isin(used, partner[offers])]
    return np.bincount(used).astype(float) if len(used) else np.zeros(1)


def _set(limit: Limit, values: Mapping[str, FloatArray]) -> dict[str, float]:
    told = {which: some for which, some in values.items() if getattr(limit, which) is not None and len(some)}
    return {
        which: float(np.min(some) if which.startswith("least") else np.max(some))
        for which, some in told.items()
    }
