"""Solve a Program that is a network as a minimum-cost flow: exact, whatever the size of its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from matching.assignment.arrays import Bools, Floats, Ints
from matching.assignment.exact_sums import gcd
from matching.assignment.layout import Layout, lay_out, meeting, survey
from matching.assignment.network import Bundle, Network, reduced_costs, rough_potentials
from matching.assignment.program import Program
from matching.assignment.shortest_paths import augment
from matching.assignment.stars import fill_stars

_SAFE = 2**61
_PART = 100_000


@dataclass(frozen=True, slots=True)
class Flow:
    """An optimal plan of a network Program, and how it lies in the arcs of the components."""

    values: Ints
    layout: Layout
    bundle: Bundle
    amounts: Ints

    def prices(self, rounds: int = 12) -> Floats:
        """Give rough prices of the nodes: what a unit more of room would earn."""
        potential = rough_potentials(self.bundle, self.amounts, rounds)
        sink = self.bundle.starts[1:] - 1
        nodes = np.flatnonzero(self.layout.label >= 0)
        place, home = self.layout.place[nodes], self.layout.label[nodes]
        prices = np.zeros(len(self.layout.label))
        prices[nodes] = np.abs(potential[place] - potential[sink[home]])
        return prices


def solve_flow(program: Program, executor: Executor | None = None) -> Ints:
    """Give an optimal plan of a network Program: int64[C]. Each component is solved by itself."""
    return flow_of(program, executor).values


def flow_of(program: Program, executor: Executor | None = None, home: Ints | None = None) -> Flow:
    """Solve a network Program, component by component; ``home`` of each column where that is known."""
    layout = survey(program, home)
    values = np.zeros(len(program.cost), dtype=np.int64)
    values[layout.free] = program.upper[layout.free]
    columns = layout.lone
    values[columns] = fill_stars(
        program.cost[columns], program.upper[columns], meeting(program, columns), layout.room
    )
    bundle, arcs = lay_out(program, layout)
    parts = [bundle.cut(*span) for span in _spans(bundle.ends)]
    flows = map(solve_bundle, parts) if executor is None else executor.map(solve_bundle, parts)
    amounts = np.concatenate([arcs[:0], *flows])
    values[layout.columns] = amounts[arcs]
    return Flow(values, layout, bundle, amounts)


def _spans(ends: Ints) -> Iterator[tuple[int, int]]:
    """Cut a bundle where about ``_PART`` arcs are full: enough for one journey to another process."""
    cuts = np.searchsorted(ends, np.arange(0, int(ends[-1]) + _PART, _PART))
    return pairwise(np.unique(np.minimum(cuts, len(ends) - 1)).tolist())


def solve_bundle(bundle: Bundle) -> Ints:
    """Give the flow of least cost of each network: in bulk where its numbers certainly fit, else exactly."""
    flow = np.zeros(len(bundle.tail), dtype=np.int64)
    first = np.repeat(bundle.starts[:-1], np.diff(bundle.ends))
    tail, head = bundle.tail - first, bundle.head - first
    fits, supply = _fits(bundle).tolist(), bundle.balanced()
    nodes = np.arange(int(np.diff(bundle.starts).max(initial=0)))
    spans = zip(pairwise(bundle.ends.tolist()), pairwise(bundle.starts.tolist()), strict=True)
    for number, ((arc, last), (node, stop)) in enumerate(spans):
        at = slice(arc, last)
        arcs = (tail[at], head[at], bundle.capacity[at], bundle.cost[at])
        found = bulk(arcs, nodes[: stop - node], supply[node:stop]) if fits[number] else None
        flow[at] = exact(bundle.network(number)) if found is None else found
    return flow


def _fits(bundle: Bundle) -> Bools:
    """Tell which networks the bulk solver can certainly take as they are."""
    if not len(bundle.tail):
        return np.zeros(0, dtype=np.bool_)
    most = np.maximum.reduceat(np.abs(bundle.cost), bundle.ends[:-1]).astype(np.float64)
    total = np.add.reduceat(bundle.supply.astype(np.float64), bundle.starts[:-1])
    return np.asarray((most * (np.diff(bundle.starts) + 2) < _SAFE) & (total < _SAFE))


def exact(network: Network) -> Ints:
    """Give the flow of least cost, whatever the size of its numbers."""
    unit = gcd(np.concatenate([network.capacity, network.supply]))
    return cheapest(replace(network, capacity=network.capacity // unit, supply=network.supply // unit)) * unit


def cheapest(network: Network) -> Ints:
    """Give the flow of least cost: one bulk call where its numbers fit, else exact refinement."""
    unit = gcd(network.cost)
    reduced = network.with_cost(network.cost // unit)
    size = len(network.supply) + 2
    if sum(network.supply.tolist()) >= _SAFE:
        return augment(reduced)
    if int(np.abs(reduced.cost).max()) * size < _SAFE:
        flow = _alone(reduced)
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
    flow = _alone(coarse)
    if flow is None or cut * (size + 1) * size >= _SAFE:
        return augment(network)
    cost, potential = reduced_costs(coarse, flow)
    open_arcs = np.abs(cost) < size
    exact = network.cost + cut * (potential[network.tail] - potential[network.head])
    supply = network.supply.copy()
    np.subtract.at(supply, network.tail[~open_arcs], flow[~open_arcs])
    np.add.at(supply, network.head[~open_arcs], flow[~open_arcs])
    again = _alone(network.only(open_arcs, exact[open_arcs], supply))
    if again is None:
        return augment(network)
    flow[open_arcs] = again
    return flow


def _alone(network: Network) -> Ints | None:
    arcs = (network.tail, network.head, network.capacity, network.cost)
    return bulk(arcs, np.arange(len(network.supply)), network.balanced())


def bulk(arcs: tuple[Ints, Ints, Ints, Ints], nodes: Ints, supply: Ints) -> Ints | None:
    """Give the flow of arcs (tail, head, capacity, cost), None where the solver takes it for too large."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    solver = SimpleMinCostFlow()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(*arcs)
    solver.set_nodes_supplies(nodes, supply)
    if solver.solve() != SimpleMinCostFlow.OPTIMAL:
        return None
    return np.asarray(solver.flows(numbers), dtype=np.int64)
