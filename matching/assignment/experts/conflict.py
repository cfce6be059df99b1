"""Which demands and least loads cannot hold together: a minimal set of them."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order

from matching.assignment.arrays import Bools, Ints
from matching.assignment.conflict import thin_out
from matching.assignment.experts.assignment import Clash
from matching.assignment.experts.request import Request, problems_of
from matching.assignment.flow import bulk


def clash_of(request: Request) -> Clash:
    """Name problems whose demand, and experts whose least load, clash; without any one of them all can hold.

    A problem left out may have fewer experts than it wants, an expert left out may have no load at all.
    """
    problems = len(request.demand)
    elements = np.concatenate(
        [np.flatnonzero(request.demand), problems + np.flatnonzero(request.least)]
    ).astype(np.int64)
    asked = _asked(request, elements)
    around = elements[np.isin(elements, _reached(request, asked, _flow(request, asked)))]
    kept = thin_out(around, lambda some: _is_short(request, some))
    return Clash(kept[kept < problems], kept[kept >= problems] - problems)


def _asked(request: Request, elements: Ints) -> tuple[Ints, Ints]:
    """Give the demands and least loads of some elements; of the others none."""
    both = np.zeros(sum(request.shape), np.int64)
    both[elements] = np.concatenate([request.demand, request.least])[elements]
    return both[: len(request.demand)], both[len(request.demand) :]


def _is_short(request: Request, elements: Ints) -> bool:
    asked = _asked(request, elements)
    flow = _flow(request, asked)
    met = _served(request, flow)
    return bool(any((some < want).any() for some, want in zip(met, asked, strict=True)))


def _flow(request: Request, asked: tuple[Ints, Ints]) -> Ints:
    """Serve as many of the asked units as can be, others where they help: the flow of each arc.

    Arcs: source to problems (asked units, then others), candidates, experts to sink (asked, then others), and
    one from source to sink for what serves nobody. A unit that is asked for earns 1 at either end.
    """
    problems, experts = request.shape
    source, sink = problems + experts, problems + experts + 1
    size, total = len(request.expert), int(request.demand.sum())
    row, column = np.arange(problems), problems + np.arange(experts)
    tail = np.concatenate([np.full(2 * problems, source), problems_of(request), column, column, [source]])
    head = np.concatenate(
        [row, row, problems + request.expert.astype(np.int64), np.full(2 * experts, sink), [sink]]
    )
    capacity = np.concatenate(
        [
            *(asked[0], request.demand - asked[0], np.full(size, request.upper)),
            *(asked[1], request.most - asked[1], [total]),
        ]
    )
    cost = np.zeros(len(tail), np.int64)
    cost[:problems] = -1
    cost[2 * problems + size : 2 * problems + size + experts] = -1
    supply = np.zeros(sink + 1, np.int64)
    supply[source], supply[sink] = total, -total
    flow = bulk((tail, head, capacity, cost), np.arange(sink + 1), supply)
    if flow is None:
        raise ArithmeticError("a flow that may serve nobody always exists")
    return flow


def _served(request: Request, flow: Ints) -> tuple[Ints, Ints]:
    problems, experts, size = *request.shape, len(request.expert)
    at = 2 * problems + size
    return flow[:problems], flow[at : at + experts]


def _reached(request: Request, asked: tuple[Ints, Ints], flow: Ints) -> Ints:
    """Give all problems and experts that hang together, by candidates, with one whose ask is not met."""
    problems, experts = request.shape
    size = problems + experts
    ends = (problems_of(request), problems + request.expert.astype(np.int64))
    graph = sparse.csr_array((np.ones(len(ends[0]), np.int8), ends), shape=(size, size))
    met = np.concatenate(_served(request, flow))
    short: Bools = met < np.concatenate(asked)
    start = int(np.flatnonzero(short)[0])
    return np.asarray(breadth_first_order(graph, start, directed=False, return_predecessors=False))
