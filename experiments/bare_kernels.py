"""The bare kernels under a plan, measured on its own matrices, rows and arcs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from experiments.measuring import cpu_seconds
from experiments.retrieval_quality import plain_tfidf
from matching.assignment import allocate
from matching.assignment.flow import cheapest
from matching.assignment.network import Network
from matching.candidates import most_similar
from matching.market import AnyArray, FloatArray, Market, Pairs
from matching.plan.solution import Solution
from matching.policy import Policy
from matching.practice import Criterion
from matching.scoring import score
from matching.supply import PRACTICE
from matching.words import Words

#: numeric criteria of the made-up practice; pairs it scores at least
CRITERIA, PAIRS = 10, 200_000


def compare(solution: Solution, seconds: Mapping[str, float], seed: int) -> dict[str, float]:
    """Give what retrieval and scoring do per CPU second, and each stage as a multiple of its bare kernel."""
    return {**_retrieval(solution, seconds), **_scoring(solution, seconds, seed), **_flow(solution, seconds)}


def _retrieval(solution: Solution, seconds: Mapping[str, float]) -> dict[str, float]:
    market, top = solution.market, solution.problem.policy.retrieval.top
    needs, offers = market.vectors["text"]
    bare = _top_products(needs, offers, top) + _top_products(offers, needs, top)
    plain = plain_tfidf(list(market.needs["text"]), list(market.offers["text"]))
    rows = len(market.needs)
    return {
        "top": float(top),
        "queries": rows / cpu_seconds(lambda: most_similar(needs, offers, top)),
        "plain_queries": rows / cpu_seconds(lambda: most_similar(*plain, top)),
        "retrieve_ratio": seconds["retrieve"] / bare,
    }


def _top_products(rows: AnyArray, others: AnyArray, top: int) -> float:
    from sparse_dot_topn import sp_matmul_topn

    columns = sparse.csr_matrix(others.T)
    return cpu_seconds(lambda: sp_matmul_topn(rows, columns, top_n=top, threshold=0.0, sort=True))


def _scoring(solution: Solution, seconds: Mapping[str, float], seed: int) -> dict[str, float]:
    pairs, policy = solution.problem.pairs, solution.problem.policy
    market = numeric_market(len(solution.market.needs), seed)
    some = market.pairs(*(np.resize(rows, max(PAIRS, len(pairs))) for rows in _rows(pairs, market)))
    two, mixed = (cpu_seconds(partial(score, some, numeric_policy(one_sided))) for one_sided in (0, 5))
    gathers, own = cpu_seconds(lambda: gather(some, CRITERIA)), seconds["score"]
    as_many = cpu_seconds(lambda: gather(some, len(policy.criteria))) * len(pairs) / len(some)
    return {
        "two_sided": len(some) / two,
        "mixed": len(some) / mixed,
        "gathers": len(some) / gathers,
        "numeric_ratio": two / gathers,
        "own": len(pairs) / own,
        "own_count": float(len(policy.criteria)),
        "score_ratio": own / as_many,
    }


def _rows(pairs: Pairs, market: Market) -> tuple[AnyArray, AnyArray]:
    return pairs.need_row % len(market.needs), pairs.offer_row % len(market.offers)


def numeric_market(rows: int, seed: int) -> Market:
    """Make a market of as many numeric columns as there are criteria, drawn from a seed."""
    draws = np.random.default_rng(seed)
    columns = {f"column{at}": at for at in range(CRITERIA)}
    names = pd.DataFrame({"id": np.arange(rows).astype(str), "enterprise": "", "text": ""})
    needs, offers = (names.assign(**{name: draws.random(rows) for name in columns}) for _ in range(2))
    return Market(needs, offers.assign(partner=np.arange(rows)))


def numeric_policy(one_sided: int) -> Policy:
    """Give a policy of ten criteria on numeric columns, the first of which read the offer alone."""
    criteria = tuple(_criterion(f"column{at}", at < one_sided) for at in range(CRITERIA))
    weights = {criterion.name: 1.0 for criterion in criteria}
    practice = replace(PRACTICE, rules=(), criteria=criteria, weights=weights)
    return Policy.of(practice)


def _criterion(name: str, one_sided: bool) -> Criterion:
    def own(pairs: Pairs) -> FloatArray:
        return np.asarray(getattr(pairs.offer, name), float)

    def nearness(pairs: Pairs) -> FloatArray:
        return np.asarray(1 - np.abs(getattr(pairs.need, name) - getattr(pairs.offer, name)))

    words, side = Words(name, name), _side(one_sided)
    return Criterion(name, words, own if one_sided else nearness, words, missing=0.5, side=side)


def _side(one_sided: bool) -> Literal["pair", "offer"]:
    return "offer" if one_sided else "pair"


def gather(pairs: Pairs, columns: int) -> None:
    """Pick a column of each side for every pair, as often as there are criteria, in the library's chunks."""
    need, offer = (
        [np.ascontiguousarray(side[f"column{at % CRITERIA}"]) for at in range(columns)]
        for side in (pairs.market.need_columns, pairs.market.offer_columns)
    )
    for chunk in pairs.chunks():
        for asked, held in zip(need, offer, strict=True):
            asked.take(chunk.need_row)
            held.take(chunk.offer_row)


def _flow(solution: Solution, seconds: Mapping[str, float]) -> dict[str, float]:
    """Compare on the run's arcs without what a flow cannot hold: minimums, counts, shares, uses above 1."""
    asked = solution.problem.kernel_arguments()
    # of a pair that stands at several prices, the best one
    best = np.flatnonzero(asked.get("tier", np.zeros(len(asked["need"]))) == 0)
    arcs = {name: asked[name][best] for name in ("need", "offer", "score", "upper")}
    arcs |= {name: asked[name] for name in ("demand", "capacity")}
    network = network_of(arcs)
    bare = cpu_seconds(lambda: cheapest(network), repeats=1)
    ours = cpu_seconds(lambda: allocate(**arcs), repeats=1)
    return {"flow_ratio": ours / bare, "assign_ratio": seconds["assign"] / bare}


def network_of(arcs: Mapping[str, AnyArray]) -> Network:
    """Lay the arcs out: needs send their demand over pairs to offers, offers to the sink."""
    demand, capacity = arcs["demand"], arcs["capacity"]
    needs, sink = len(demand), len(demand) + len(capacity)
    paying = np.flatnonzero(arcs["score"] > 0)
    asking, offering = np.arange(needs), needs + np.arange(len(capacity))
    need, none = arcs["need"][paying], np.zeros(sink, np.int64)
    return Network(
        tail=np.concatenate([need, offering, asking]),
        head=np.concatenate([needs + arcs["offer"][paying], np.full(sink, sink)]),
        capacity=np.concatenate([np.minimum(arcs["upper"][paying], demand[need]), capacity, demand]),
        cost=np.concatenate([-arcs["score"][paying], none]),
        supply=np.concatenate([demand, np.zeros(len(capacity) + 1, np.int64)]),
        sink=sink,
    )
