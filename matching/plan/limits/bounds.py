"""Limits on single pairs, needs and firms: each changes one or two arrays of the kernel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.limits import DealSize, FirmDeals, FixedCost, Partners
from matching.market import BoolArray, FloatArray, IntArray
from matching.plan.limits.ground import Ground

#: more firms than any market has
NO_LIMIT = 2**31 - 1
#: quantities that agree to this share are equal
_EXACT = 1e-9
#: more steps than any need has, and still exact as a float
_MOST_STEPS = 2.0**53


@dataclass(frozen=True)
class Bounds:
    """Arrays of the kernel that limits change.

    upper, minimum, setup int[P]; max_share (1 = no limit), min_share float[N]; max_partners (NO_LIMIT =
    none), min_partners int[N]; max_deals int[firms] (−1 = no limit); opening int[M].
    """

    upper: IntArray
    minimum: IntArray
    setup: IntArray
    max_share: FloatArray
    min_share: FloatArray
    max_partners: IntArray
    min_partners: IntArray
    max_deals: IntArray
    opening: IntArray


def bounds_of(ground: Ground, upper: IntArray) -> Bounds:
    """Give what holds without any limit of the policy: the needs' own limits, tasks exempt."""
    terms, market = ground.terms, ground.pairs.market
    firms = int(market.offers["partner"].max()) + 1 if len(market.offers) else 0
    own = np.where(terms.partners < 0, NO_LIMIT, terms.partners)
    return Bounds(
        upper=upper,
        minimum=terms.minimum,
        setup=np.zeros(len(upper), np.int64),
        max_share=np.ones(len(terms.demand)),
        min_share=np.zeros(len(terms.demand)),
        max_partners=np.where(terms.whole, NO_LIMIT, own),
        min_partners=np.zeros(len(terms.demand), np.int64),
        max_deals=np.full(firms, -1, np.int64),
        opening=np.zeros(len(market.offers), np.int64),
    )


def partners(limit: Partners, ground: Ground, bounds: Bounds) -> Bounds:
    """Hold the number of firms, and the share of one, of the needs that can be split."""
    held = ground.of_side(limit.where, "need") & ~ground.terms.whole
    most, least, share = limit.most or NO_LIMIT, limit.least or 0, limit.most_share or 1.0
    part = limit.least_share or 0.0
    return replace(
        bounds,
        max_partners=np.where(held, np.minimum(bounds.max_partners, most), bounds.max_partners),
        min_partners=np.where(held, np.maximum(bounds.min_partners, least), bounds.min_partners),
        max_share=np.where(held, np.minimum(bounds.max_share, share), bounds.max_share),
        min_share=np.where(held, np.maximum(bounds.min_share, part), bounds.min_share),
    )


def deal_size(limit: DealSize, ground: Ground, bounds: Bounds) -> Bounds:
    """Hold what one deal may carry; of whole tasks nothing but a forbidden pair is held."""
    need = ground.pairs.need_row
    demand, step = ground.terms.demand[need], ground.terms.step[need]
    inside = ground.inside(limit.where)
    split = inside & ~ground.terms.whole[need]
    least, most = bounds.minimum, bounds.upper
    if limit.least is not None:
        least = np.where(split, np.maximum(least, _up(limit.least / step)), least)
    if limit.least_share is not None:
        least = np.where(split, np.maximum(least, _up(limit.least_share * demand)), least)
    if limit.most is not None:
        held = inside if limit.most == 0 else split
        most = np.where(held, np.minimum(most, _down(limit.most / step)), most)
    if limit.most_share is not None:
        most = np.where(split, np.minimum(most, _down(limit.most_share * demand)), most)
    return replace(bounds, minimum=least, upper=most)


def firm_deals(limit: FirmDeals, ground: Ground, bounds: Bounds) -> Bounds:
    """Hold the deals of a firm where any of its capacities is unknown or inferred, or of everyone."""
    partner = ground.pairs.market.offers["partner"].to_numpy(np.int64)
    offers: BoolArray = ground.of_side(limit.where, "offer")
    if not limit.everyone:
        offers = offers & ground.terms.capped
    held = np.zeros(len(bounds.max_deals), bool)
    held[partner[offers]] = True
    most = np.where(bounds.max_deals < 0, limit.most, np.minimum(bounds.max_deals, limit.most))
    return replace(bounds, max_deals=np.where(held, most, bounds.max_deals))


def fixed_cost(limit: FixedCost, ground: Ground, bounds: Bounds, scale: int) -> Bounds:
    """Charge points for a pair that is used, for an offer that is used at all."""
    if limit.pair is not None:
        setup = bounds.setup + np.where(ground.inside(limit.where), limit.pair * scale, 0)
        bounds = replace(bounds, setup=setup)
    if limit.offer is not None:
        charged = ground.of_side(limit.where, "offer")
        bounds = replace(bounds, opening=bounds.opening + np.where(charged, limit.offer * scale, 0))
    return bounds


def _up(steps: NDArray[np.floating[Any]]) -> IntArray:
    exact = np.minimum(steps, _MOST_STEPS)
    return np.asarray(np.ceil(exact - _EXACT * np.maximum(exact, 1)), np.int64)


def _down(steps: NDArray[np.floating[Any]]) -> IntArray:
    exact = np.minimum(steps, _MOST_STEPS)
    return np.asarray(np.floor(exact + _EXACT * np.maximum(exact, 1)), np.int64)
