"""Several policies on one market at once; what they have in common is made once.

::

    lists ──► market, text vectors      once
      │  candidates                     once for policies with the same rules and retrieval
      │  points                         once for those with the same weights too
      ▼
    a problem and a plan for each policy ──► Comparison
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from matching.candidates import Candidates, find_candidates, index
from matching.errors import InputError
from matching.market import Market
from matching.plan.comparison import Comparison, compare_plans
from matching.plan.pins import Pin, Pins
from matching.plan.plan import Plan
from matching.plan.problem import Problem, pose
from matching.plan.solution import Effort, solve
from matching.policy import Policy
from matching.words import Words


def run_scenarios(
    market: Market, policies: Mapping[str, Policy], *, pins: Sequence[Pin] = (), effort: Effort = Effort()
) -> Comparison:
    """Plan a market under each of several policies and put the plans side by side, the first one first.

    The plans are those that the policies give one by one. Raises InputError where there is no policy or
    they are not all of one practice, ConflictError where one of them leaves no plan.
    """
    if len({policy.practice.name for policy in policies.values()}) != 1:
        raise InputError(
            Words("请给出同一业务的一个或多个权重方案", "give one policy or several, all of one practice")
        )
    resolved = Pins.of(pins, market)
    bench = _Bench(index(resolved.quote(market)), resolved)
    return compare_plans(
        {name: Plan(solve(bench.problem(policy), effort), effort) for name, policy in policies.items()}
    )


@dataclass(frozen=True)
class _Bench:
    """A market with what was made for earlier policies of it."""

    market: Market
    pins: Pins
    found: dict[Hashable, Candidates] = field(default_factory=dict)
    posed: dict[Hashable, Problem] = field(default_factory=dict)

    def problem(self, policy: Policy) -> Problem:
        """State the problem of one policy."""
        seeking = (policy.off, policy.retrieval)
        if seeking not in self.found:
            self.found[seeking] = find_candidates(self.market, policy)
        # what needs count for is no part of it: every policy has its own (see Problem.under)
        scoring = (seeking, tuple(policy.points.items()))
        if scoring not in self.posed:
            self.posed[scoring] = pose(self.found[seeking], policy, self.pins)
        return self.posed[scoring].under(policy)
