"""Priorities of a policy: the needs that count more, told by their own columns before anything is limited."""

from __future__ import annotations

from functools import partial

import numpy as np

from matching.errors import ChainMatchError
from matching.limits import Limits, Priority, try_all
from matching.market import AnyArray, IntArray, Market
from matching.plan.columns import Columns, side_of
from matching.practice import Practice


def factors_of(limits: Limits, practice: Practice, market: Market) -> AnyArray:
    """Give what the worth of each need is multiplied by: Python's whole numbers, which never overflow.

    Raises UnknownNameError and PolicyError where priorities do not fit the needs, all of them at once.
    """
    factors = np.ones(len(market.needs), object)
    if limits.priorities:
        needs = side_of(practice, market, "need")
        try_all(partial(check_priority, limit, needs) for limit in limits.priorities)
        for limit in limits.priorities:
            factors = factors * priority(limit, needs)
    return factors


def check_priority(limit: Priority, needs: Columns) -> None:
    """Raise, all at once, what the needs do not have of a priority: UnknownNameError, PolicyError."""
    try:
        try_all(partial(needs.among, path, values) for path, values in limit.where.items())
    except ChainMatchError as error:
        error.where = limit.name
        raise


def priority(limit: Priority, needs: Columns) -> IntArray:
    """Give the factor of each need, 1 where it is another or not known to be of those meant."""
    return np.where(needs.inside(limit.where), limit.times or 1, 1)
