"""Pairs that can be dealt at several prices: which stand in a problem, and which a quantity has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching.candidates import broken_rules
from matching.market import BoolArray, IntArray, Market, Pairs
from matching.policy import Policy
from matching.practice import Terms


def with_prices(pairs: Pairs, policy: Policy) -> Pairs:
    """Give pairs once for each price they could be dealt at; a further price has to keep the rules."""
    every, broken = all_prices(pairs, policy)
    return every.take(~broken) if broken.any() else every


def all_prices(pairs: Pairs, policy: Policy) -> tuple[Pairs, BoolArray]:
    """Give pairs once for each price they could be dealt at, and where a further one breaks a rule."""
    every = policy.practice.prices(pairs)
    broken = np.zeros(len(every), bool)
    further = np.flatnonzero(every.tier > 0)
    if len(further):
        broken[further] = broken_rules(every.take(further), policy).any(axis=0)
    return every, broken


def prices_differ(pairs: Pairs, other: Market, policy: Policy) -> bool:
    """Tell whether some pairs have other prices, or prices for other quantities, in another market."""
    best = pairs.take(pairs.tier == 0)
    sides = [with_prices(replace(best, market=market, _facts={}), policy) for market in (pairs.market, other)]
    if len(sides[0]) != len(sides[1]):
        return True
    one, two = map(policy.practice.terms, sides)
    return not (np.array_equal(one.minimum, two.minimum) and np.array_equal(one.upper, two.upper))


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
