"""What a hand decision or a limit costs: the best plan without it, less the plan with it.

A priority changes what needs count for, so both plans are counted as if it were not there: what the plan
gives up of other needs for those it puts first. That is a price of the plan as it stands, for plans that are
equally good under a priority may differ without it; what it falls short of its own bound is part of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from matching.limits import Priority, can_conflict
from matching.plan.asking import points_in
from matching.plan.pins import DECISIONS, Pin
from matching.plan.problem import Problem
from matching.plan.reasons import broken
from matching.plan.solution import Effort, Solution, solve
from matching.words import Language, Words


@dataclass(frozen=True)
class Cost:
    """Points × worth lost, between ``least`` and ``most`` (equal when both plans are proven optimal).

    Only a priority may cost less than nothing: where limits counted in worth hold differently without it.
    ``served`` is how many more needs (counted by their served shares) the plan without it would serve.
    """

    least: float
    most: float
    served: float

    @property
    def exact(self) -> bool:
        """Tell whether the cost is known exactly."""
        return self.least == self.most

    @property
    def words(self) -> Words:
        """Say the cost in one sentence."""
        points = f"{self.least:,.10g}" if self.exact else f"{self.least:,.10g}~{self.most:,.10g}"
        if not self.served:
            return Words(f"代价 {points} 分", f"costs {points} points")
        return Words(
            f"代价 {points} 分（放开后多满足 {self.served:+.2f} 项需求）",
            f"costs {points} points (without it {self.served:+.2f} needs more served)",
        )

    def say(self, language: Language = "zh") -> str:
        """Give the sentence in one language."""
        return self.words.say(language)

    def __str__(self) -> str:
        return self.say()


@dataclass(frozen=True)
class PinCost:
    """What one hand decision cost; ``overruled`` says which rules the deal it keeps breaks."""

    pin: Pin
    cost: Cost
    overruled: tuple[Words, ...] = ()

    @property
    def words(self) -> Words:
        """Say decision and cost in one sentence."""
        assert self.pin.decision, "only rows with a decision become pins"
        decision, said = DECISIONS[self.pin.decision], self.cost.words
        place = f"{self.pin.need_id} – {self.pin.offer_id}"
        zh = "；".join((said.zh, *(f"越过规则 {rule.zh}" for rule in self.overruled)))
        en = "; ".join((said.en, *(f"overrules {rule.en}" for rule in self.overruled)))
        return Words(f"{decision.zh} {place}：{zh}", f"{decision.en} {place}: {en}")

    def to_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Give the decision and its cost as plain data."""
        return {
            "need": self.pin.need_id,
            "offer": self.pin.offer_id,
            "decision": self.pin.decision,
            "quantity": self.pin.pinned_quantity,
            "reason": self.pin.reason,
            "cost": {"least": self.cost.least, "most": self.cost.most, "served": self.cost.served},
            "sentence": self.words.say(language),
        }


def costs_of_pins(solution: Solution, effort: Effort) -> tuple[PinCost, ...]:
    """Re-solve without each hand decision, the others held."""
    problem = solution.problem
    return tuple(
        PinCost(
            pin, _difference(solution, solve(problem.without_pin(which), effort)), _overruled(problem, which)
        )
        for which, pin in enumerate(problem.pins.decisions)
    )


def _overruled(problem: Problem, which: int) -> tuple[Words, ...]:
    pins = problem.pins
    if pins.decisions[which].decision in ("exclude", "cap"):
        return ()
    pair = problem.pairs.market.pairs([pins.need_row[which]], [pins.offer_row[which]])
    return tuple(broken(pair, problem.policy))


def price_of_limit(solution: Solution, limit: str, effort: Effort) -> Cost:
    """Re-solve without one limit; an unknown name, or a limit that is not set, raises UnknownNameError.

    What was lost by missing a target is no part of its price. ConflictError where limits counted in worth can
    hold only with the priority that is asked for.
    """
    before = solution.problem.policy
    free = solve(solution.problem.under(before.without_limit(limit)), effort)
    if isinstance(before.limits.all[limit], Priority):
        return _given_up(solution, free)
    return _difference(solution, free, solution.lost_to(limit))


def _given_up(held: Solution, free: Solution) -> Cost:
    """Cost of a priority that ``held`` follows and ``free`` does not, both counted as ``free`` counts."""
    limits = free.problem.policy.limits
    value = points_in(free.problem, held.allocation) / free.problem.limited.scale
    by_worth = (limit for limit in (*limits.shares, *limits.totals) if limit.by == "worth")
    # without such limits the plan could be made there as well, so it is worth no more than the best one
    least = -math.inf if any(can_conflict(limit) for limit in by_worth) else 0.0
    low, high = free.span
    return Cost(
        round(max(least, low - value), 3),
        round(max(least, high - value), 3),
        round(float(free.served.sum() - held.served.sum()), 6),
    )


def _difference(held: Solution, free: Solution, missed: float = 0.0) -> Cost:
    """Cost of what ``held`` obeys and ``free`` does not, as an interval from both bounds.

    ``missed`` are points that ``held`` lost by missing a target: no price of keeping it.
    """
    (low, high), (free_low, free_high) = held.span, free.span
    return Cost(
        round(max(0.0, free_low - high - missed), 3),
        round(max(0.0, free_high - low - missed), 3),
        round(float(free.served.sum() - held.served.sum()), 6),
    )
