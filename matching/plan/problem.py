"""From scored candidates to the arrays a kernel takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from matching.candidates import Candidates
from matching.market import BoolArray, IntArray, Pairs
from matching.plan.limits.bounds import NO_LIMIT
from matching.plan.limits.compiled import Compiled, compile_limits
from matching.plan.limits.ground import Ground
from matching.plan.limits.rows import Block, Floor
from matching.plan.pins import Pins
from matching.plan.prices import all_prices
from matching.plan.worth import points_per_step, worth_of
from matching.policy import Policy
from matching.practice import TeamTerms, Terms
from matching.scoring import score

#: more steps than any need has
ALL_STEPS = 2**62
#: below this floats hold sums of whole numbers exactly
EXACT_FLOATS = 2.0**53


@dataclass(frozen=True)
class Problem:
    """One market under one policy, ready to be assigned.

    ``points`` int[P] 0..10000; ``worth`` int[N] with ``guessed`` where it was not known; ``terms``
    are the quantities in steps. ``added`` bool[P] marks pairs that are no candidates and only stand here
    because a hand decision names them. ``floors`` are rows that hold what each need gets at least,
    ``watched`` groups of a share that has a row for each group a plan has broken.
    """

    policy: Policy
    candidates: Candidates
    points: IntArray
    terms: Terms
    worth: IntArray
    guessed: BoolArray
    pins: Pins
    added: BoolArray
    floors: tuple[Floor, ...] = ()
    watched: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def pairs(self) -> Pairs:
        """The candidate pairs, sorted by need row and offer row."""
        return self.candidates.pairs

    @cached_property
    def bounds(self) -> tuple[IntArray, IntArray]:
        """Least and most quantity of each pair in steps; what only a hand decision adds needs one."""
        fixed, upper = self.pins.bounds(self.pairs, self.terms)
        return fixed, np.where(self.added & (fixed == 0), 0, upper)

    @cached_property
    def ground(self) -> Ground:
        """What the limits are compiled on."""
        return Ground(self.policy.practice, self.pairs, self.terms, self.worth)

    @cached_property
    def limited(self) -> Compiled:
        """The limits of the policy as what the kernel takes."""
        return compile_limits(self.policy.limits, self.ground, self.bounds[1], self.watched)

    @cached_property
    def teams(self) -> TeamTerms | None:
        """What needs want of teams; None where none wants any."""
        return self.policy.practice.teams(self.pairs)

    def without_pin(self, which: int) -> Problem:
        """Give the same problem with one hand decision taken back."""
        return replace(self, pins=self.pins.without(which))

    def watching(self, groups: Mapping[str, frozenset[int]]) -> Problem:
        """Give the same problem with rows for some more groups of shares."""
        merged = {name: self.watched.get(name, frozenset()) | keys for name, keys in groups.items()}
        return replace(self, watched={**self.watched, **merged})

    def under(self, policy: Policy) -> Problem:
        """Give the same candidates and points under other limits, needs counting what they do there."""
        worth, guessed = worth_of(self.pairs.market, policy)
        return replace(self, policy=policy, worth=worth, guessed=guessed, watched={})

    def kernel_arguments(self) -> dict[str, Any]:
        """Give the arguments of the practice's kernel; what limits nothing is left out."""
        pairs, terms, held = self.pairs, self.terms, self.limited.bounds
        weight = self.worth * self.limited.scale
        arguments = {
            "need": pairs.need_row,
            "offer": pairs.offer_row,
            "score": points_per_step(self.points, pairs.need_row, weight, terms.demand),
            "demand": terms.demand,
            "capacity": _capacities(pairs, terms),
            "upper": held.upper,
            "minimum": held.minimum,
            "partner": pairs.market.offers["partner"].to_numpy(np.int64),
            "use": terms.use,
        }
        some = {
            "fixed": (self.bounds[0], bool(self.pins)),
            "max_share": (held.max_share, (held.max_share < 1).any()),
            "min_share": (held.min_share, held.min_share.any()),
            "max_partners": (held.max_partners, (held.max_partners < NO_LIMIT).any()),
            "min_partners": (held.min_partners, (held.min_partners > 1).any()),
            "max_deals": (held.max_deals, (held.max_deals >= 0).any()),
            "setup": (held.setup, held.setup.any()),
            "opening": (held.opening, held.opening.any()),
            "tier": (pairs.tier, pairs.tier.any()),
        }
        arguments |= {name: values for name, (values, limits) in some.items() if limits}
        return arguments | _rows(self.rows)

    @cached_property
    def rows(self) -> tuple[Block, ...]:
        """All rows: allowances that several pairs share, and limits on sums."""
        allowances = _allowances(self.pairs, self.terms, self.bounds[0])
        floors = [floor.rows for floor in self.floors]
        return tuple(block for block in (allowances, *self.limited.blocks, *floors) if len(block.low))


def pose(candidates: Candidates, policy: Policy, pins: Pins) -> Problem:
    """Score the candidates and state the problem; pairs pinned by hand join the candidates."""
    pairs, broken = all_prices(pins.join(candidates.pairs), policy)
    if broken.any():
        # a quantity set by hand has its price whatever the rules
        kept = ~broken | np.isin(pairs.codes, pins.codes(pairs.market))
        pairs, broken = pairs.take(kept), broken[kept]
    added = broken | ~np.isin(pairs.codes, candidates.pairs.codes)
    candidates = replace(candidates, pairs=pairs)
    worth, guessed = worth_of(pairs.market, policy)
    terms = policy.practice.terms(pairs)
    return Problem(policy, candidates, score(pairs, policy), terms, worth, guessed, pins, added)


def _rows(blocks: Sequence[Block]) -> dict[str, Any]:
    if not blocks:
        return {}
    ends = {name: np.concatenate([getattr(block, name) for block in blocks]) for name in ("low", "high")}
    penalty = np.concatenate([block.penalty for block in blocks])
    return {"rows": sparse.vstack([block.rows for block in blocks], format="csr"), **ends, "penalty": penalty}


def _allowances(pairs: Pairs, terms: Terms, fixed: IntArray) -> Block:
    """Rows that hold what several pairs share; what is fixed by hand stands above.

    Those that can never bind are left out, by the terms alone: hand decisions change no rows.
    """
    shared = terms.allowances
    kept = np.flatnonzero(_may_bind(pairs, terms)) if len(shared) else np.empty(0, np.int64)
    rows = sparse.csr_array(shared.rows[kept] if len(kept) else (0, len(fixed)), dtype=np.int64)
    high = np.maximum(shared.most[kept], rows @ fixed)
    none = np.full(len(kept), -ALL_STEPS)
    return Block("", rows, none, high, np.full(len(kept), -1), ("",) * len(kept))


def _may_bind(pairs: Pairs, terms: Terms) -> BoolArray:
    """Tell which allowances say more than upper bounds and capacities do.

    One says no more that has a single pair, whose pairs all fit at their upper bounds, or that is of one
    offer and no smaller than its capacity.
    """
    shared, rows = terms.allowances, terms.allowances.rows
    reach = rows.astype(float) @ terms.upper.astype(float)
    exact = reach < EXACT_FLOATS
    offer, start = pairs.offer_row[rows.indices], rows.indptr[:-1]
    first, counts = offer[start], np.diff(rows.indptr)
    alone = np.logical_and.reduceat(offer == np.repeat(first, counts), start)
    capacity = terms.capacity[first]
    implied = alone & (capacity >= 0) & (shared.most >= capacity)
    return np.asarray((counts > 1) & ~implied & (~exact | (reach > shared.most)))


def _capacities(pairs: Pairs, terms: Terms) -> IntArray:
    """Give capacities in steps; one that does not bind is all that could ever be asked of the offer."""
    most = np.zeros(len(terms.capacity), np.int64)
    np.add.at(most, pairs.offer_row, terms.use * terms.upper)
    return np.where(terms.capacity < 0, most, terms.capacity)
