"""One offer changed: its component cut out of a plan, its row exchanged, its pairs scored again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from matching.assignment import Allocation
from matching.candidates import broken_rules, index
from matching.market import IntArray, Market, Pairs
from matching.plan.asking import ask
from matching.plan.fairness import Asking, floored
from matching.plan.pins import Pins
from matching.plan.prices import with_prices
from matching.plan.problem import Problem
from matching.plan.solution import Solution
from matching.scoring import score


@dataclass(frozen=True)
class Found:
    """What came of a trial: whether every best plan deals the pair, and whether that is proven."""

    inside: bool
    proven: bool


@dataclass(frozen=True)
class Trial:
    """A problem of one component, with the rows of a need and an offer in it that are to come together."""

    problem: Problem
    need: int
    offer: int
    seed: int

    @property
    def market(self) -> Market:
        """The component's own market."""
        return self.problem.pairs.market

    @cached_property
    def pair(self) -> Pairs:
        """The pair by itself."""
        return self.market.pairs([self.need], [self.offer])

    def with_offer(self, cells: Mapping[str, Any]) -> Trial:
        """Give the same trial with some cells of the offer exchanged."""
        practice = self.problem.policy.practice
        market = practice.refresh(self.market.with_offer(self.offer, cells))
        return replace(self, problem=_reposed(self.problem, market, self.offer, self.need))

    def breaks(self, cells: Mapping[str, Any]) -> bool:
        """Tell whether the pair would break a rule with some cells of the offer exchanged."""
        practice = self.problem.policy.practice
        alone = self.market.part(np.array([self.need]), np.array([self.offer])).with_offer(0, cells)
        return bool(broken_rules(practice.refresh(alone).pairs([0], [0]), self.problem.policy).any())

    def solve(self, seconds: float | None) -> Found:
        """Tell whether every best plan deals the pair: the best plan without it is worth less.

        Points are rounded once per step of a need, so less has to mean by more than there are steps.
        """
        at = self._positions()
        problem = floored(replace(self.problem, floors=(), watched={}), Asking(seconds, self.seed))
        problem, free = ask(problem, seconds=seconds, seed=self.seed, explain=False)
        if free.status == "infeasible" or not free.quantity[at].any():
            return Found(False, free.status == "optimal")
        without = self._without(problem, at, seconds)
        rounding = int(problem.terms.demand.sum())
        inside = without.status == "infeasible" or without.objective + rounding < free.objective
        return Found(inside, free.status == "optimal" and without.status != "feasible")

    def _without(self, problem: Problem, at: IntArray, seconds: float | None) -> Allocation:
        closed = problem.added.copy()
        closed[at] = True
        _, found = ask(replace(problem, added=closed), seconds=seconds, seed=self.seed, explain=False)
        return found

    def _positions(self) -> IntArray:
        return self.problem.pairs.positions(self.need, self.offer)


def trial_of(solution: Solution, need_row: int, offer_row: int, seed: int) -> Trial:
    """Cut the components of a need and an offer out; limits over the whole plan keep it whole."""
    needs, offers = _members(solution, need_row, offer_row)
    problem, practice = solution.problem, solution.problem.policy.practice
    market = practice.refresh(solution.market.part(needs, offers))
    rows = np.flatnonzero(np.isin(problem.pairs.need_row, needs))
    pairs = problem.pairs.take(rows)
    need_rows, offer_rows = np.searchsorted(needs, pairs.need_row), np.searchsorted(offers, pairs.offer_row)
    part = replace(pairs, market=market, need_row=need_rows, offer_row=offer_rows, _facts={})
    decisions = [
        pin
        for pin in problem.pins.decisions
        if pin.need_id in market.need_rows and pin.offer_id in market.offer_rows
    ]
    candidates = replace(
        problem.candidates,
        pairs=part,
        removed=problem.candidates.removed[needs],
        looked_at=problem.candidates.looked_at[needs],
    )
    cut = Problem(
        policy=problem.policy,
        candidates=candidates,
        points=problem.points[rows],
        terms=problem.terms,
        worth=problem.worth[needs],
        guessed=problem.guessed[needs],
        pins=Pins.of(decisions, market),
        added=problem.added[rows],
    )
    need, offer = int(np.searchsorted(needs, need_row)), int(np.searchsorted(offers, offer_row))
    return Trial(_reposed(cut, market, offer, need), need, offer, seed)


def _members(solution: Solution, need_row: int, offer_row: int) -> tuple[IntArray, IntArray]:
    """Give the rows of needs and offers that hang together with a need, an offer, or what the offer is like.

    A changed offer may become a candidate of needs whose rules kept it out before.
    """
    market, limits = solution.market, solution.problem.policy.limits
    if limits.shares or limits.totals or limits.floors:
        return np.arange(len(market.needs)), np.arange(len(market.offers))
    division, need_of = solution.division, solution.problem.pairs.need_row
    sought = np.append(_sought(market, solution.problem, offer_row), need_row)
    numbers = division.touched(np.flatnonzero(np.isin(need_of, sought)))
    numbers = np.union1d(numbers, [division.offers.number(row) for row in _together(solution, offer_row)])
    needs = np.union1d(division.needs.among(numbers), sought)
    return needs, np.union1d(division.offers.among(numbers), [offer_row])


def _together(solution: Solution, offer_row: int) -> list[int]:
    """Give the offers that share the capacity of one, which need not have run short so far."""
    pool = solution.problem.terms.pool
    rows: list[int] = np.flatnonzero(pool == pool[offer_row]).tolist() if len(pool) else [offer_row]
    return rows


def _reposed(problem: Problem, market: Market, offer: int, need: int) -> Problem:
    """State the problem again after a change of one offer's row: only its pairs are tested and scored."""
    policy, old = problem.policy, problem.pairs
    kept = np.flatnonzero(old.offer_row != offer)
    rows = np.union1d(_sought(market, problem, offer), [need]).astype(np.int64)
    alone = policy.practice.refresh(market.part(rows, np.array([offer])))  # measures of no row but these
    mine = with_prices(alone.pairs(np.arange(len(rows)), np.zeros(len(rows), np.int64)), policy)
    needs = np.append(old.need_row[kept], rows[mine.need_row])
    offers = np.append(old.offer_row[kept], np.full(len(mine), offer))
    tier = np.append(old.tier[kept], mine.tier)
    order = np.argsort(needs * len(market.offers) + offers, kind="stable")
    pairs = replace(
        old, market=market, need_row=needs[order], offer_row=offers[order], tier=tier[order], _facts={}
    )
    return replace(
        problem,
        candidates=replace(problem.candidates, pairs=pairs),
        points=np.append(problem.points[kept], score(mine, policy))[order],
        terms=policy.practice.terms(pairs),
        added=np.append(problem.added[kept], broken_rules(mine, policy).any(axis=0))[order],
    )


def _sought(market: Market, problem: Problem, offer: int) -> IntArray:
    """Give the needs an offer may be paired with: those it was a candidate of, and the likest others."""
    needs, offers = index(market).vectors["text"]
    likeness = np.asarray((needs @ offers[[offer]].T).todense()).ravel()
    likest = np.argsort(-likeness, kind="stable")[: problem.policy.retrieval.top]
    mine = problem.pairs.need_row[problem.pairs.offer_row == offer]
    return np.union1d(mine, likest[likeness[likest] > 0])
