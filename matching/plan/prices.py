"""Pairs that can be dealt at several prices: which stand in a problem, and which a quantity has."""

from __future__ import annotations

import numpy as np

from matching.candidates import broken_rules
from matching.market import IntArray, Pairs
from matching.policy import Policy
from matching.practice import Terms


def with_prices(pairs: Pairs, policy: Policy) -> Pairs:
    """Give pairs once for each price they could be dealt at; a further price has to keep the rules."""
    every = policy.practice.prices(pairs)
    further = np.flatnonzero(every.tier > 0)
    if not len(further):
        return every
    kept = np.ones(len(every), bool)
    kept[further] = ~broken_rules(every.take(further), policy).any(axis=0)
    return every.take(kept)


def at_price_of(pairs: Pairs, terms: Terms, first: IntArray, steps: IntArray) -> IntArray:
    """Give the positions of some pairs at the price of a quantity; ``first`` are those of their best price.

    It is the best one but where a lesser one is for so little.
    """
    at, codes = first.copy(), pairs.codes
    for _ in range(int(pairs.tier.max(initial=0))):
        following = np.minimum(at + 1, len(codes) - 1)
        more = (following > at) & (codes[following] == codes[at]) & (steps <= terms.upper[following])
        at = np.where(more, following, at)
    return at
