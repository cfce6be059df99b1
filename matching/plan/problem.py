"""From scored candidates to the arrays a kernel takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from matching.candidates import Candidates
from matching.market import BoolArray, IntArray, Pairs
from matching.plan.pins import Pins
from matching.plan.worth import points_per_step, worth_of
from matching.policy import Policy
from matching.practice import Terms
from matching.scoring import score

#: more firms than any market has, and more steps than any need
NO_LIMIT = 2**31 - 1
ALL_STEPS = 2**62


@dataclass(frozen=True)
class Problem:
    """One market under one policy, ready to be assigned.

    ``points`` int[P] 0..10000; ``worth`` int[N] with ``guessed`` where it was not known; ``terms``
    are the quantities in steps. ``added`` bool[P] marks pairs that are no candidates and only stand here
    because a hand decision names them.
    """

    policy: Policy
    candidates: Candidates
    points: IntArray
    terms: Terms
    worth: IntArray
    guessed: BoolArray
    pins: Pins
    added: BoolArray

    @property
    def pairs(self) -> Pairs:
        """The candidate pairs, sorted by need row and offer row."""
        return self.candidates.pairs

    @cached_property
    def bounds(self) -> tuple[IntArray, IntArray]:
        """Least and most quantity of each pair in steps; what only a hand decision adds needs one."""
        fixed, upper = self.pins.bounds(self.pairs, self.terms)
        return fixed, np.where(self.added & (fixed == 0), 0, upper)

    def without_pin(self, which: int) -> Problem:
        """Give the same problem with one hand decision taken back."""
        return replace(self, pins=self.pins.without(which))

    def under(self, policy: Policy) -> Problem:
        """Give the same candidates and points under other limits."""
        return replace(self, policy=policy)

    def kernel_arguments(self) -> dict[str, Any]:
        """Give the arguments of the practice's kernel."""
        pairs, terms, limits = self.pairs, self.terms, self.policy.limits
        fixed, upper = self.bounds
        arguments = {
            "need": pairs.need_row,
            "offer": pairs.offer_row,
            "score": points_per_step(self.points, pairs.need_row, self.worth, terms.demand),
            "demand": terms.demand,
            "capacity": _capacities(pairs, terms),
            "upper": upper,
            "minimum": terms.minimum,
            "partner": pairs.market.offers["partner"].to_numpy(np.int64),
            "use": terms.use,
        }
        if self.pins:
            arguments["fixed"] = fixed
        if limits.max_share is not None:
            arguments["max_share"] = np.where(terms.whole, 1.0, limits.max_share)
        partners = most_partners(terms, limits.max_partners)
        if (partners < NO_LIMIT).any():
            arguments["max_partners"] = partners
        if limits.max_deals is not None and terms.capped.any():
            arguments["max_deals"] = most_deals(pairs, terms, limits.max_deals)
        arguments |= _allowances(terms, fixed)
        return arguments


def pose(candidates: Candidates, policy: Policy, pins: Pins) -> Problem:
    """Score the candidates and state the problem; pairs pinned by hand join the candidates."""
    pairs = pins.join(candidates.pairs)
    added = ~np.isin(pairs.codes, candidates.pairs.codes)
    candidates = replace(candidates, pairs=pairs)
    worth, guessed = worth_of(pairs.market, policy)
    terms = policy.practice.terms(pairs)
    return Problem(policy, candidates, score(pairs, policy), terms, worth, guessed, pins, added)


def most_partners(terms: Terms, limit: int | None) -> IntArray:
    """Firms per need: the need's own limit and the policy's, whichever is less; tasks are never limited."""
    own = np.where(terms.partners < 0, NO_LIMIT, terms.partners)
    return np.where(terms.whole, NO_LIMIT, own if limit is None else np.minimum(own, limit))


def most_of_a_firm(terms: Terms, share: float | None) -> IntArray:
    """Steps of each need that one firm may have; all of what cannot be split."""
    if share is None:
        return np.full(len(terms.demand), ALL_STEPS)
    steps = np.floor(share * terms.demand + 1e-9).astype(np.int64)
    return np.where(terms.whole, ALL_STEPS, steps)


def most_deals(pairs: Pairs, terms: Terms, limit: int) -> IntArray:
    """Deals per firm: the policy's limit where any capacity of the firm is unknown or inferred, else -1."""
    partner = pairs.market.offers["partner"].to_numpy(np.int64)
    capped = np.zeros(partner.max(initial=-1) + 1, bool)
    capped[partner[terms.capped]] = True
    return np.where(capped, limit, -1)


def _allowances(terms: Terms, fixed: IntArray) -> dict[str, Any]:
    """Rows that hold what several pairs share (``upper`` holds one); what is fixed by hand stands above."""
    inside = np.flatnonzero(terms.shared >= 0)
    groups, at, counts = np.unique(terms.shared[inside], return_inverse=True, return_counts=True)
    several = counts[at] > 1
    if not several.any():
        return {}
    shape = (len(groups), len(terms.shared))
    entries = (terms.use[inside][several], (at[several], inside[several]))
    rows = sparse.csr_array(entries, shape=shape)
    return {"rows": rows, "high": np.maximum(terms.shared_most[groups], rows @ fixed)}


def _capacities(pairs: Pairs, terms: Terms) -> IntArray:
    """Give capacities in steps; one that does not bind is all that could ever be asked of the offer."""
    most = np.zeros(len(terms.capacity), np.int64)
    np.add.at(most, pairs.offer_row, terms.use * terms.upper)
    return np.where(terms.capacity < 0, most, terms.capacity)
