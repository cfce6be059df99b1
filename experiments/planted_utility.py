"""Tell how much of the best possible planted utility a plan reaches on an invented market.

::

    python -m experiments.planted_utility [--needs 1500] [--offers 1500] [--seed 0] [--seconds 60]

Each plan counts the share of each need that it serves × what the need counts for × the planted utility of
the pair. The optimum is that of the same quantities, limits and rules with the planted utilities as scores,
over all pairs of the same product or of siblings. It lies between the best plan found and the ceiling, the
lesser of two proven bounds: that of the kernel and that of ``experiments.mixed_integer``; shares of both are
told, and that of the ceiling is the one proven. Beside our plan stand equal weights, the same candidates
served in the order of their TF-IDF likeness or in random order, and the ceiling without the hard rules.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import sparse

from datasets.chain import ChainMarket, make_chain_market
from experiments.mixed_integer import prove
from experiments.retrieval_quality import plain_tfidf
from matching.assignment import allocate
from matching.candidates import Candidates, broken_rules
from matching.market import FloatArray, IntArray, Market, Pairs
from matching.plan import Plan, make_plan
from matching.plan.pins import Pins
from matching.plan.problem import Problem, pose
from matching.policy import FULL_SCORE, Policy
from matching.supply import supply_policy


def worth_of(problem: Problem, quantity: IntArray, chain: ChainMarket) -> float:
    """Sum share served × worth × planted utility over the deals of a plan."""
    pairs = problem.pairs
    share = quantity / np.maximum(problem.terms.demand, 1)[pairs.need_row]
    used = np.flatnonzero(quantity)
    utility = chain.utility(pairs.need_row[used], pairs.offer_row[used])
    return float((share[used] * problem.worth[pairs.need_row[used]] * utility).sum())


def posed(pairs: Pairs, policy: Policy) -> Problem:
    """State the problem of some pairs, whatever was looked at."""
    needs = len(pairs.market.needs)
    none = np.zeros((needs, len(policy.rules)), np.int64)
    names = tuple(rule.name for rule in policy.rules)
    candidates = Candidates(pairs, none, np.zeros(needs, np.int64), names)
    return pose(candidates, policy, Pins.of((), pairs.market))


def optimum(
    market: Market, policy: Policy, chain: ChainMarket, *, ruled: bool, seconds: float
) -> tuple[float, float]:
    """Give the best plan found on the planted utilities and the most that any plan can reach, proven."""
    pairs = market.pairs(*chain.related_pairs)
    if ruled:
        pairs = pairs.take(np.asarray(~broken_rules(pairs, policy).any(axis=0)))
    problem = posed(pairs, policy)
    utility = chain.utility(problem.pairs.need_row, problem.pairs.offer_row)
    points = np.rint(utility / max(1.0, utility.max()) * FULL_SCORE).astype(np.int64)
    problem = replace(problem, points=points)
    asked = problem.kernel_arguments()
    found = allocate(**asked, seconds=seconds)
    best = worth_of(problem, found.quantity, chain)
    bound = min(float(found.bound), prove(asked, seconds).bound)
    return best, best * bound / found.objective


def served_in_order(problem: Problem, order: IntArray) -> IntArray:
    """Serve pairs one after the other as far as demand, capacity, minimum and limits still allow."""
    asked = problem.kernel_arguments()
    demand, capacity = asked["demand"].copy(), asked["capacity"].copy()
    firm = asked["partner"][asked["offer"]]
    deals = asked.get("max_deals", np.full(firm.max(initial=-1) + 1, -1)).copy()
    partners = asked.get("max_partners", np.full(len(demand), 10**9)).copy()
    quantity = np.zeros(len(firm), np.int64)
    dealt: set[tuple[int, int]] = set()
    columns = [asked[name] for name in ("need", "offer", "upper", "minimum", "use")]
    rows = zip(order.tolist(), *(column[order].tolist() for column in (*columns, firm)), strict=True)
    for at, need, offer, upper, minimum, use, partner in rows:
        room = min(demand[need], upper, capacity[offer] // use if use else upper)
        if room < max(1, minimum) or deals[partner] == 0 or partners[need] < 1 or (need, offer) in dealt:
            continue
        dealt.add((need, offer))
        quantity[at] = room
        demand[need] -= room
        capacity[offer] -= room * use
        deals[partner] -= deals[partner] > 0
        partners[need] -= 1
    return quantity


def likeness(market: Market, pairs: Pairs) -> FloatArray:
    """Give the plain TF-IDF cosine of pairs."""
    needs, offers = plain_tfidf(list(market.needs["text"]), list(market.offers["text"]))
    return np.asarray(
        sparse.csr_matrix(needs[pairs.need_row].multiply(offers[pairs.offer_row])).sum(axis=1)
    ).ravel()


def planned(chain: ChainMarket, policy: Policy, seconds: float) -> Plan:
    """Make a plan of all lists of a market."""
    past, firms = chain.history, chain.enterprises
    return make_plan(chain.needs, chain.offers, policy, history=past, enterprises=firms, seconds=seconds)


def compare(chain: ChainMarket, seconds: float, seed: int = 0) -> pd.DataFrame:
    """Give planted utility and its share of the ceiling for each way to plan."""
    policy = supply_policy()
    even = Policy(policy.practice, dict.fromkeys(policy.weights, 1.0), policy.limits)
    plans = {
        "ours": planned(chain, policy, seconds),
        "equal weights": planned(chain, even, seconds),
    }
    ours = plans["ours"].solution
    problem, market = ours.problem, ours.market
    reached = {
        name: worth_of(plan.solution.problem, plan.solution.allocation.quantity, chain)
        for name, plan in plans.items()
    }
    alike = np.argsort(-likeness(market, problem.pairs), kind="stable")
    reached["TF-IDF, greedy"] = worth_of(problem, served_in_order(problem, alike), chain)
    mixed = np.random.default_rng(seed).permutation(len(problem.pairs))
    reached["random"] = worth_of(problem, served_in_order(problem, mixed), chain)
    best, most = optimum(market, policy, chain, ruled=True, seconds=seconds)
    _, free = optimum(market, policy, chain, ruled=False, seconds=seconds)
    reached |= {"best plan found": best, "ceiling": most, "ceiling without rules": free}
    told = pd.DataFrame({"planted utility": reached})
    told["share of the ceiling"] = told["planted utility"] / most
    told["share of the best found"] = told["planted utility"] / best
    told.attrs["gap"] = float(plans["ours"].solution.allocation.gap)
    return told


def main() -> None:
    """Print the comparison on one market."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (("needs", 1500), ("offers", 1500), ("seed", 0), ("seconds", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    told = parser.parse_args()
    table = compare(make_chain_market(told.seed, told.needs, told.offers), told.seconds, told.seed)
    print(table.round(4).to_string())
    print(f"gap of our plan under its own scores: {table.attrs['gap']:.4%}")


if __name__ == "__main__":
    main()
