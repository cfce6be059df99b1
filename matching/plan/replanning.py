"""Plan again after answers or a changed list: only what is touched, and as little of it as pays.

::

    answers ──► decisions (accepted: fixed; declined: closed; counter-offer: ceiling, price of its pair)
      ▼
    the components of the answered pairs, cut out of the kernel's arguments by an index kept with the plan
      │  solved with a bonus on every present deal: a deal moves only where that gains more than the bonus
      │  solved without it: what could be had at most, so that the proof stays honest
      ▼
    put back ──► Plan, and Changes: what was released, who came in for it, what became of the rest

Limits over the whole plan (shares, totals, floors) tie all components together, teams are formed for all
needs at once, another market has other texts and so other scores everywhere, and a price quoted for a pair
may do away with its tiers: then all is solved, under the same bonus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from matching.assignment import Allocation
from matching.assignment.division import Part, as_one, gap_of, put_back, worth_of_plan
from matching.candidates import broken_rules
from matching.errors import InputError
from matching.limits import Limit
from matching.market import BoolArray, IntArray, Market
from matching.plan.answers import Answer, pins_after, positions_of
from matching.plan.asking import points_in
from matching.plan.changes import Changes, Revision, changes_of
from matching.plan.making import posed
from matching.plan.pins import Pins
from matching.plan.plan import Plan
from matching.plan.prices import at_price_of, prices_differ
from matching.plan.problem import Problem
from matching.plan.solution import Effort, Solution, solve
from matching.plan.worth import points_per_step
from matching.scoring import score
from matching.words import Words

#: points by which another deal has to be better, per need wholly served, before a present one is moved
KEEP = 500
#: more than this could take the kernel's sums out of exact arithmetic
MOST_KEEP = 5_000


class Replanned(NamedTuple):
    """A plan after answers, and what became of the deals of the one before."""

    plan: Plan
    changes: Changes


def replan(
    plan: Plan, answers: Sequence[Answer] = (), *, market: Market | None = None, keep: int = KEEP
) -> Replanned:
    """Plan again after answers, and on another ``market`` where needs or offers were added or changed.

    What was accepted stays as it is. Any other deal stays too unless moving it gains more than ``keep``
    points per need wholly served (0 to 5,000). Raises InputError where an answer is not about a candidate of
    the plan or an accepted deal left the market, ConflictError where no plan is left.
    """
    if not 0 <= keep <= MOST_KEEP:
        text = f"应为0至{MOST_KEEP}，得到 {keep}", f"must be within 0..{MOST_KEEP}, got {keep}"
        raise InputError(Words(f"keep {text[0]}", f"keep {text[1]}"))
    before = plan.solution
    at = positions_of(before, answers)
    pins = pins_after(before, answers, at)
    if market is None and _reprices(before.problem, pins, at):
        market = before.problem.pairs.market
    if market is None:
        problem, present = _answered(before.problem, pins, at), before.allocation.quantity
    else:
        problem = posed(market, before.problem.policy, pins.decisions, plan.effort)
        present = _carried(before, problem)
    trial = _Trial(problem, present, keep, plan.effort)
    coupled = tuple(limit.name for limit in _coupling(problem)) if market is None else ()
    if market is None and not coupled and problem.teams is None:
        after, solved = _by_part(before, trial, at)
    else:
        after, solved = _whole(trial), len(problem.pairs.market.needs)
    revision = Revision(before, after, tuple(answers), coupled, keep, solved)
    return Replanned(Plan(after, plan.effort), changes_of(revision))


@dataclass(frozen=True)
class _Trial:
    """A problem, the steps each of its pairs has at present, and the points that moving a deal must gain."""

    problem: Problem
    present: IntArray
    keep: int
    effort: Effort

    def bonus(self) -> IntArray:
        """Give the points per step that keep a pair that is dealt at present."""
        problem = self.problem
        held = np.where(self.held(), self.keep, 0)
        weight = problem.worth * problem.limited.scale
        return points_per_step(held, problem.pairs.need_row, weight, problem.terms.demand)

    def held(self) -> BoolArray:
        """Tell which pairs are dealt at present, at whatever price."""
        pairs, dealt = self.problem.pairs, self.present > 0
        return np.isin(pairs.codes, pairs.codes[dealt]) if pairs.tier.any() else dealt


def _reprices(problem: Problem, pins: Pins, at: IntArray) -> bool:
    """Tell whether answers give pairs other prices by quantity: the kernel's pairs are others then."""
    old = problem.pairs.market
    new = pins.quote(old)
    if new is old:
        return False
    pairs = problem.pairs.take(np.isin(problem.pairs.codes, problem.pairs.codes[at]))
    return prices_differ(pairs, new, problem.policy)


def _coupling(problem: Problem) -> tuple[Limit, ...]:
    """Give the limits that look at pairs of more than one need and offer."""
    limits = problem.policy.limits
    return (*limits.shares, *limits.totals, *limits.floors)


def _by_part(before: Solution, trial: _Trial, at: IntArray) -> tuple[Solution, int]:
    """Solve the components of some pairs and put them back into the rest; tell how many needs they hold."""
    division = before.division.under(trial.problem.kernel_arguments())
    part = division.part(division.touched(at))
    bonus = trial.bonus()[part.pairs]
    # a part that was proven to some gap need not be proven further for the whole to be as good as it was
    gap = max(trial.effort.gap, gap_of(before.allocation, part.pairs))
    trial = replace(trial, effort=replace(trial.effort, gap=gap))
    free = _asked(trial, part.arguments)
    if free.status == "infeasible":
        return solve(trial.problem, trial.effort), len(division.arguments["demand"])  # names what clashes
    found = free
    if bonus.any():
        held = _kept(trial, part, bonus)
        found = _held_to(free, held, worth_of_plan(part.arguments, held))
    after = put_back(before.allocation, part.pairs, found)
    return Solution(trial.problem, after, division), len(part.arguments["demand"])


def _kept(trial: _Trial, part: Part, bonus: IntArray) -> IntArray:
    """Give the plan of a part that is worth most with the bonus: one that moves nothing unless it is beaten.

    Within a gap the kernel may end at any plan, so the one with every present deal fixed is asked for too.
    """
    given, present = part.arguments, trial.present[part.pairs]
    favoured = {**given, "score": given["score"] + bonus}
    fixed = np.where(present <= given["upper"], present, 0)
    plans = [
        _asked(trial, {**favoured, "fixed": np.maximum(fixed, given.get("fixed", 0))}),
        _asked(trial, favoured),
    ]
    quantities = [plan.quantity for plan in plans if plan.status != "infeasible"]
    return max(quantities, key=lambda quantity: worth_of_plan(favoured, quantity))


def _whole(trial: _Trial) -> Solution:
    """Solve everything."""
    free = solve(trial.problem, trial.effort)
    if not (trial.keep and trial.present.any()):
        return free
    points = trial.problem.points + np.where(trial.held(), trial.keep, 0)
    held = solve(replace(trial.problem, points=points), trial.effort).allocation
    kept = _held_to(free.allocation, held.quantity, points_in(free.problem, held))
    if kept is free.allocation:
        return free
    return Solution(free.problem, replace(kept, team=held.team, lead=held.lead))


def _asked(trial: _Trial, arguments: dict[str, Any]) -> Allocation:
    effort = trial.effort
    found: Allocation = trial.problem.policy.practice.kernel(
        **arguments, gap=effort.gap, seconds=effort.seconds, seed=effort.seed, executor=effort.executor
    )
    return found


def _held_to(free: Allocation, quantity: IntArray, worth: int) -> Allocation:
    """Take the plan that keeps the present deals, under the proof of the one that need not."""
    return free if np.array_equal(free.quantity, quantity) else as_one(free, quantity, worth)


def _answered(problem: Problem, pins: Pins, at: IntArray) -> Problem:
    """Give the problem under other decisions, the answered pairs scored and tested at the prices quoted."""
    market = pins.quote(problem.pairs.market)
    if market is problem.pairs.market:
        return replace(problem, pins=pins, watched={}, floors=())
    candidates, policy = problem.candidates, problem.policy
    at = np.flatnonzero(np.isin(problem.pairs.codes, problem.pairs.codes[at]))  # at whatever price
    earlier, pairs = problem.pairs.take(at), replace(problem.pairs, market=market, _facts={})
    points, added, removed = problem.points.copy(), problem.added.copy(), candidates.removed.copy()
    points[at] = score(pairs.take(at), policy)
    for some, sign in ((earlier, -1), (pairs.take(at), 1)):
        broken = broken_rules(some, policy)
        out = broken.any(axis=0)
        counted = out & (some.tier == 0)
        np.add.at(removed, (some.need_row[counted], broken[:, counted].argmax(axis=0)), sign)
        added[at] = out
    return replace(
        problem,
        candidates=replace(candidates, pairs=pairs, removed=removed),
        points=points,
        added=added,
        pins=pins,
        watched={},
        floors=(),
    )


def _carried(before: Solution, problem: Problem) -> IntArray:
    """Give what each pair of another market has at present, by the numbers of need and offer."""
    pairs, market = problem.pairs, problem.pairs.market
    present = np.zeros(len(pairs), np.int64)
    old, quantity = before.problem.pairs.take(before.dealt), before.quantity[before.dealt]
    need, offer = (
        np.array([rows.get(name, -1) for name in names], np.int64)
        for rows, names in ((market.need_rows, old.need.id), (market.offer_rows, old.offer.id))
    )
    code = need * len(market.offers) + offer
    there = (need >= 0) & (offer >= 0) & np.isin(code, pairs.codes)
    first = np.searchsorted(pairs.codes, code[there])
    steps = np.rint(quantity[there] / problem.terms.step[need[there]]).astype(np.int64)
    present[at_price_of(pairs, problem.terms, first, steps)] = steps
    return present
