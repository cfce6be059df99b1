"""make_plan: from two listings and a policy to a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from matching.candidates import find_candidates
from matching.market import Market
from matching.plan.pins import Pin, Pins
from matching.plan.plan import Plan
from matching.plan.problem import pose
from matching.plan.solution import Effort, solve
from matching.policy import Policy
from matching.records import Listing
from matching.vocabulary import Vocabulary
from matching.words import Words

READING = Words("整理清单", "reading the lists")
SEEKING = Words("检索候选并套用规则", "finding candidates")
SCORING = Words("评分", "scoring")


def make_plan(  # noqa: PLR0913 - the public face: every keyword is one thing a user may want to say
    needs: Listing,
    offers: Listing,
    policy: Policy,
    *,
    history: Listing | None = None,
    enterprises: Listing | None = None,
    pins: Sequence[Pin] = (),
    vocabulary: Vocabulary | None = None,
    seconds: float | None = None,
    gap: float = 0.0,
    seed: int = 0,
    executor: Executor | None = None,
    progress: Callable[[Words, float], None] | None = None,
) -> Plan:
    """Match needs with offers under a policy.

    ``history`` are past contracts, ``enterprises`` a directory of firms, ``pins`` hand decisions that
    the plan must obey, ``vocabulary`` the terms to know (by default the library's own). The solver
    stops once the proven ``gap`` is reached, or after ``seconds``. The same input, policy and seed give
    the same plan. Raises InputError where pins do not fit the
    lists and ConflictError where they contradict each other.
    """
    effort = Effort(gap, seconds, seed, executor, progress)
    effort.tell(READING, 0.0)
    market = policy.practice.market(needs, offers, history, enterprises)
    if vocabulary is not None:
        market = market.replace(vocabulary=vocabulary)
    return plan_market(market, policy, pins, effort)


def plan_market(market: Market, policy: Policy, pins: Sequence[Pin], effort: Effort) -> Plan:
    """Plan a market that stands in columns already."""
    resolved = Pins.of(pins, market)
    effort.tell(SEEKING, 0.1)
    candidates = find_candidates(market, policy)
    effort.tell(SCORING, 0.5)
    problem = pose(candidates, policy, resolved)
    return Plan(solve(problem, effort), effort)
