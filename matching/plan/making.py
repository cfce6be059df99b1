"""make_plan: from two listings and a policy to a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from matching.assignment import Allocation
from matching.candidates import find_candidates
from matching.errors import InputError
from matching.market import Market
from matching.plan.pins import Pin, Pins
from matching.plan.plan import Plan
from matching.plan.problem import Problem, pose
from matching.plan.solution import Effort, Solution, solve
from matching.policy import Policy
from matching.records import Listing
from matching.vocabulary import Vocabulary
from matching.words import Words

READING = Words("整理清单", "reading the lists")
SEEKING = Words("检索候选并套用规则", "finding candidates")
SCORING = Words("评分", "scoring")
NOT_OF_THIS = Words(
    "保存的分配结果不属于这些清单和权重方案", "the stored allocation is not of these lists and this policy"
)


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
    return Plan(solve(posed(market, policy, pins, effort), effort), effort)


def recall_market(market: Market, policy: Policy, pins: Sequence[Pin], allocation: Allocation) -> Plan:
    """Put the allocation of an earlier plan of the same market back in place, without solving.

    Raises InputError where it belongs to another market or policy.
    """
    problem = posed(market, policy, pins, Effort())
    if len(allocation.quantity) != len(problem.pairs):
        raise InputError(NOT_OF_THIS)
    return Plan(Solution(problem, allocation))


def posed(market: Market, policy: Policy, pins: Sequence[Pin], effort: Effort) -> Problem:
    """Find and score the candidates of a market, and state the problem."""
    resolved = Pins.of(pins, market)
    effort.tell(SEEKING, 0.1)
    candidates = find_candidates(resolved.quote(market), policy)
    effort.tell(SCORING, 0.5)
    return pose(candidates, policy, resolved)
