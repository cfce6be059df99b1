"""The bare solver under an allocation: minimum-cost flow in bulk, by components or on the whole graph."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from experiments.allocation_instances import Instance
from matching.assignment.flow import bulk
from matching.market import FloatArray, IntArray


def whole_flow(instance: Instance) -> int:
    """Give the optimum without rules by one call on the whole graph."""
    bare = instance.bare
    return _optimum(bare["need"], bare["offer"], bare["score"], bare["demand"], bare["capacity"])


def component_flows(instance: Instance) -> int:
    """Give the optimum without rules by one call a component."""
    need, offer, score = (instance.bare[name] for name in ("need", "offer", "score"))
    demand, capacity = instance.bare["demand"], instance.bare["capacity"]
    size = len(demand) + len(capacity)
    graph = sparse.coo_array((np.ones(len(need), np.int8), (need, len(demand) + offer)), shape=(size, size))
    home = connected_components(graph, directed=False)[1][need]
    order = np.argsort(home, kind="stable")
    need, offer, score, home = (values[order] for values in (need, offer, score, home))
    total = 0
    for start, end in pairwise([*np.flatnonzero(np.diff(home, prepend=-1)).tolist(), len(home)]):
        needs, at = np.unique(need[start:end], return_inverse=True)
        offers, to = np.unique(offer[start:end], return_inverse=True)
        total += _optimum(at, to, score[start:end], demand[needs], capacity[offers])
    return total


def expert_flow(score: FloatArray, demand: int, load: int, parts: int = 10**6) -> float:
    """Give the best total of ``demand`` experts a problem within ``load``, scores cut to 1/``parts``."""
    problems, experts = score.shape
    problem, expert = np.divmod(np.arange(score.size), experts)
    sink, ends = problems + experts, problems + np.arange(experts)
    arcs = (
        np.concatenate([problem, ends]),
        np.concatenate([problems + expert, np.full(experts, sink)]),
        np.concatenate([np.ones(score.size, np.int64), np.full(experts, load)]),
        np.concatenate([-np.rint(score.ravel() * parts).astype(np.int64), np.zeros(experts, np.int64)]),
    )
    supply = np.concatenate([np.full(problems, demand), np.zeros(experts, np.int64), [-demand * problems]])
    flow = bulk(arcs, np.arange(sink + 1), supply)
    if flow is None:
        raise ArithmeticError("the bare solver found no optimum")
    return -int(arcs[3] @ flow) / parts


def _optimum(need: IntArray, offer: IntArray, score: IntArray, demand: IntArray, capacity: IntArray) -> int:
    """Solve one network: needs send demand over pairs to offers, offers to the sink, the rest past them."""
    needs, sink = len(demand), len(demand) + len(capacity)
    none = np.zeros(sink, np.int64)
    arcs = (
        np.concatenate([need, np.arange(needs, sink), np.arange(needs)]),
        np.concatenate([needs + offer, np.full(sink, sink)]),
        np.concatenate([np.minimum(demand[need], capacity[offer]), capacity, demand]),
        np.concatenate([-score, none]),
    )
    flow = bulk(arcs, np.arange(sink + 1), np.concatenate([demand, none[needs:], [-demand.sum()]]))
    if flow is None:
        raise ArithmeticError("the bare solver found no optimum")
    return -int(arcs[3] @ flow)
