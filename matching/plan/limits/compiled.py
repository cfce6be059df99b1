"""Every limit of a policy through its one function: what comes out is what the kernel takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from matching.limits import DealSize, FirmDeals, FixedCost, Limits, Partners, Share, Total
from matching.market import IntArray
from matching.plan.limits.bounds import Bounds, bounds_of, deal_size, firm_deals, fixed_cost, partners
from matching.plan.limits.ground import Ground
from matching.plan.limits.rows import Block, Sum, block, penalty_at_most, total
from matching.plan.limits.shares import share
from matching.plan.worth import scale_of


@dataclass(frozen=True)
class Compiled:
    """Bounds on pairs, needs and firms, rows over many pairs, and the scale of the objective."""

    bounds: Bounds
    blocks: tuple[Block, ...]
    scale: int


def compile_limits(
    limits: Limits, ground: Ground, upper: IntArray, watched: Mapping[str, frozenset[int]]
) -> Compiled:
    """Compile all limits; a share of very many groups has rows for those that are ``watched``.

    Raises UnknownNameError and PolicyError where a limit does not fit the market.
    """
    bounds = bounds_of(ground, upper)
    for limit in limits.all.values():
        if isinstance(limit, Partners):
            bounds = partners(limit, ground, bounds)
        elif isinstance(limit, DealSize):
            bounds = deal_size(limit, ground, bounds)
        elif isinstance(limit, FirmDeals):
            bounds = firm_deals(limit, ground, bounds)
    sums: list[tuple[Share | Total, list[Sum]]] = [
        *((limit, list(share(limit, ground, watched.get(limit.name, ())))) for limit in limits.shares),
        *((limit, list(total(limit, ground))) for limit in limits.totals),
    ]
    missed = math.fsum(penalty_at_most(limit, ground, bounds.upper, len(rows)) for limit, rows in sums)
    missed += math.fsum((floor.penalty or 0) * len(ground.worth) for floor in limits.floors)
    scale = scale_of(ground.worth, missed + sum(_charge(limit, ground) for limit in limits.costs))
    for cost in limits.costs:
        bounds = fixed_cost(cost, ground, bounds, scale)
    blocks = tuple(block(limit, rows, ground, bounds.upper, scale) for limit, rows in sums)
    return Compiled(bounds, blocks, scale)


def _charge(limit: FixedCost, ground: Ground) -> float:
    """Points that fixed costs could take at most."""
    offers = len(ground.pairs.market.offers)
    return float((limit.pair or 0) * len(ground.pairs) + (limit.offer or 0) * offers)
