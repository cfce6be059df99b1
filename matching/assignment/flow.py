"""Solve a Program that is a network as a minimum-cost flow: exact, whatever the size of its numbers."""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import LIMIT, Ints
from matching.assignment.exact_sums import gcd, times
from matching.assignment.network import Network, reduced_costs
from matching.assignment.program import Program
from matching.assignment.shortest_paths import augment

_SAFE = 2**61


def solve_flow(program: Program) -> Ints:
    """Give an optimal plan of a network Program: int64[C]."""
    values = np.zeros(len(program.cost), dtype=np.int64)
    paying = np.flatnonzero((program.cost > 0) & (program.upper > 0))
    if len(paying):
        unit = gcd(np.concatenate([program.upper[paying], program.high]))
        flow = cheapest(lay_out(program, paying, unit))
        values[paying] = flow[: len(paying)] * unit
    return values


def lay_out(program: Program, paying: Ints, unit: int) -> Network:
    """Lay columns and node rows out as arcs from the source over the nodes to the sink, the columns first."""
    source, sink = len(program.low), len(program.low) + 1
    upper = program.upper[paying] // unit
    tail, head = program.tail[paying], program.head[paying]
    room = np.minimum(times(program.matrix[:, paying], upper), program.high // unit).astype(np.int64)
    hung = program.parent >= 0
    feeds = np.flatnonzero((program.node > 0) & hung)
    roots = np.flatnonzero((program.node > 0) & ~hung)
    drains = np.flatnonzero(program.node < 0)
    supply = np.zeros(len(program.low) + 2, dtype=np.int64)
    supply[roots] = room[roots]
    supply[source] = np.minimum(upper[tail < 0].astype(np.object_).sum(), LIMIT)
    # what a source does not send over its pairs leaves it straight for the sink, at no cost
    unused = np.append(roots, source)
    rest = np.zeros(len(feeds) + len(drains) + len(unused), dtype=np.int64)
    return Network(
        tail=np.concatenate([np.where(tail < 0, source, tail), program.parent[feeds], drains, unused]),
        head=np.concatenate(
            [
                np.where(head < 0, sink, head),
                feeds,
                np.where(hung, program.parent, sink)[drains],
                np.full(len(unused), sink),
            ]
        ),
        capacity=np.concatenate([upper, room[feeds], room[drains], supply[unused]]),
        cost=np.concatenate([-program.cost[paying], rest]),
        supply=supply,
        sink=sink,
    )


def cheapest(network: Network) -> Ints:
    """Give the flow of least cost: one bulk call where its numbers fit, else exact refinement."""
    unit = gcd(network.cost)
    reduced = network.with_cost(network.cost // unit)
    size = len(network.supply) + 2
    if sum(network.supply.tolist()) >= _SAFE:
        return augment(reduced)
    if int(np.abs(reduced.cost).max()) * size < _SAFE:
        flow = _bulk(reduced)
        return augment(reduced) if flow is None else flow
    return _refined(reduced, size)


def _refined(network: Network, size: int) -> Ints:
    """Solve with costs cut short, then again exactly among the arcs that the cut could have misjudged.

    A cycle of residual arcs that improves the cut solution has at most ``size`` arcs, each misjudged by less
    than one cut unit: an arc whose reduced cost is ``size`` units or more is on no such cycle and keeps
    its flow.
    """
    cut = int(np.abs(network.cost).max()) * size // 2**59 + 1
    coarse = network.with_cost(network.cost // cut)
    flow = _bulk(coarse)
    if flow is None or cut * (size + 1) * size >= _SAFE:
        return augment(network)
    cost, potential = reduced_costs(coarse, flow)
    open_arcs = np.abs(cost) < size
    exact = network.cost + cut * (potential[network.tail] - potential[network.head])
    supply = network.supply.copy()
    np.subtract.at(supply, network.tail[~open_arcs], flow[~open_arcs])
    np.add.at(supply, network.head[~open_arcs], flow[~open_arcs])
    again = _bulk(network.only(open_arcs, exact[open_arcs], supply))
    if again is None:
        return augment(network)
    flow[open_arcs] = again
    return flow


def _bulk(network: Network) -> Ints | None:
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tail, network.head, network.capacity, network.cost
    )
    solver.set_nodes_supplies(np.arange(len(network.supply)), network.balanced())
    if solver.solve() != SimpleMinCostFlow.OPTIMAL:
        return None
    return np.asarray(solver.flows(arcs), dtype=np.int64)
