"""The most score in all: a minimum-cost flow on few candidates, proven for all of them by prices.

Scores become whole numbers by a power of two as large as the flow takes (2⁴⁵ and more for scores up to 1 and
thousands of experts), so that the best sum is missed by no more than the last bits of a double.

Source: Ahuja, Magnanti and Orlin, Network Flows (1993), chapters 9 and 11.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.experts.request import Request, problems_of
from matching.assignment.flow import bulk
from matching.assignment.network import Network, reduced_costs

#: candidates of each problem in the first round, and times its demand
FIRST, TIMES = 32, 4
#: the flow solver takes costs up to this over the number of nodes
_ROOM = 2.0**61
#: candidates priced in one go
_CHUNK = 2**17


@dataclass(frozen=True, slots=True)
class Transport:
    """Candidates that are used, by how much, and the price of each expert's load, float[M], in points.

    ``ceiling``: no assignment has a greater sum of (weighed) scores.
    """

    used: Ints
    amount: Ints
    price: Floats
    ceiling: float


def best_total(request: Request, weight: Floats | None = None) -> Transport | None:
    """Give the assignment of the most score, each problem's scores times its ``weight``; None: none exists.

    Solved on the best candidates of each problem; those left out come in where their reduced cost says so.
    """
    score = request.score if weight is None else request.score * weight[problems_of(request)]
    bits = _bits(request, score)
    width = max(FIRST, TIMES * int(request.demand.max(initial=0)))
    kept = best_candidates(request, score, width)
    while True:
        found = _solved(request, score, kept, bits)
        if found is None and bool(kept.all()):
            return None
        if found is None:
            width *= 4
            kept |= best_candidates(request, score, width)
            continue
        flow, potential = found
        missed = _missed(request, score, kept, potential, bits)
        if not len(missed):
            break
        kept[missed] = True
    at = np.flatnonzero(kept)
    amount = flow[: len(at)]
    used, amount = at[amount > 0], amount[amount > 0]
    experts = potential[len(request.demand) :]
    price = np.ldexp((experts[-1] - experts[:-1]).astype(np.float64), -bits)
    rounding = math.ldexp(float(request.demand.sum()), -bits - 1)
    return Transport(used, amount, np.maximum(price, 0.0), math.fsum(score[used] * amount) + 2 * rounding)


def _bits(request: Request, score: Floats) -> int:
    """Give the power of two that scores are multiplied by."""
    nodes = sum(request.shape) + 3
    largest = float(np.abs(score).max(initial=0.0))
    return 1000 if largest == 0 else min(1000, math.frexp(_ROOM / nodes / largest)[1] - 2)


def best_candidates(request: Request, score: Floats, width: int) -> Bools:
    """Mark the ``width`` best candidates of each problem, and of each expert that has a least load."""
    kept = np.zeros(len(score), np.bool_)
    for start, end in zip(request.start[:-1].tolist(), request.start[1:].tolist(), strict=True):
        if end - start <= width:
            kept[start:end] = True
        else:
            kept[start + np.argpartition(-score[start:end], width)[:width]] = True
    if request.least.any():
        kept[_best_of_busy(request, score, width)] = True
    return kept


def _best_of_busy(request: Request, score: Floats, width: int) -> Ints:
    at = np.flatnonzero(request.least[request.expert] > 0)
    order = at[np.lexsort((at, -score[at], request.expert[at]))]
    expert = request.expert[order]
    place = np.arange(len(order)) - np.searchsorted(expert, expert)
    kept: Ints = order[place < np.maximum(width, 2 * request.least[expert])]
    return kept


def _solved(request: Request, score: Floats, kept: Bools, bits: int) -> tuple[Ints, Ints] | None:
    """Give the flow of the arcs (kept candidates, then loads) and the potentials of the nodes."""
    network, supply = _network(request, score, np.flatnonzero(kept), bits)
    if supply[network.sink] > 0:
        return None  # least loads want more than all demands
    arcs = (network.tail, network.head, network.capacity, network.cost)
    flow = bulk(arcs, np.arange(len(supply)), supply)
    return None if flow is None else (flow, reduced_costs(network, flow)[1])


def _network(request: Request, score: Floats, at: Ints, bits: int) -> tuple[Network, Ints]:
    """Nodes: problems, experts, and a sink for loads beyond the least ones."""
    problems, experts = request.shape
    sink = problems + experts
    nodes = problems + np.arange(experts)
    network = Network(
        tail=np.concatenate([request.problem_of(at), nodes]),
        head=np.concatenate([problems + request.expert[at].astype(np.int64), np.full(experts, sink)]),
        capacity=np.concatenate([np.full(len(at), request.upper), request.most - request.least]),
        cost=np.concatenate([-_whole(score[at], bits), np.zeros(experts, np.int64)]),
        supply=np.concatenate([request.demand, -request.least, [0]]),
        sink=sink,
    )
    return network, network.balanced()


def _whole(score: Floats, bits: int) -> Ints:
    return np.rint(np.ldexp(score, bits)).astype(np.int64)


def _missed(request: Request, score: Floats, kept: Bools, potential: Ints, bits: int) -> Ints:
    """Give the candidates left out that would improve the flow: a negative reduced cost."""
    found: list[Any] = [np.zeros(0, np.int64)]
    problems = len(request.demand)
    for start in range(0, len(score), _CHUNK):
        at = start + np.flatnonzero(~kept[start : start + _CHUNK])
        ends = potential[request.problem_of(at)] - potential[problems + request.expert[at]]
        found.append(at[ends < _whole(score[at], bits)])
    missed: Ints = np.concatenate(found)
    return missed
