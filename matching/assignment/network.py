"""A flow network in arrays, and the potentials that show a flow to be optimal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.arrays import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs with capacity and unit cost; flow enters where ``supply`` > 0, the sink takes what is left."""

    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    supply: Ints
    sink: int

    def with_cost(self, cost: Ints) -> Network:
        """Give the same network with other costs."""
        return replace(self, cost=cost)

    def only(self, arcs: Bools, cost: Ints, supply: Ints) -> Network:
        """Give the network of some arcs, with their costs and other supplies."""
        return replace(
            self,
            tail=self.tail[arcs],
            head=self.head[arcs],
            capacity=self.capacity[arcs],
            cost=cost,
            supply=supply,
        )

    def balanced(self) -> Ints:
        """Give the supplies with the sink taking all."""
        supply = self.supply.copy()
        supply[self.sink] = 0
        supply[self.sink] = -int(supply.sum())
        return supply


@dataclass(frozen=True, slots=True)
class Bundle:
    """Many networks one after the other: arcs of network k at ``ends[k]:ends[k + 1]``, its nodes likewise.

    ``tail`` and ``head`` count the nodes of the whole bundle; the last node of each network is its sink.
    """

    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    supply: Ints
    ends: Ints
    starts: Ints

    def cut(self, first: int, last: int) -> Bundle:
        """Give the networks from ``first`` up to ``last``."""
        arcs = slice(int(self.ends[first]), int(self.ends[last]))
        nodes = slice(int(self.starts[first]), int(self.starts[last]))
        return Bundle(
            tail=self.tail[arcs] - nodes.start,
            head=self.head[arcs] - nodes.start,
            capacity=self.capacity[arcs],
            cost=self.cost[arcs],
            supply=self.supply[nodes],
            ends=self.ends[first : last + 1] - arcs.start,
            starts=self.starts[first : last + 1] - nodes.start,
        )

    def balanced(self) -> Ints:
        """Give the supplies with the sink of each network taking all of it."""
        supply = self.supply.copy()
        if len(supply):
            supply[self.starts[1:] - 1] = -np.add.reduceat(supply, self.starts[:-1])
        return supply

    def network(self, number: int) -> Network:
        """Give one network, its nodes counted from 0."""
        one = self.cut(number, number + 1)
        return Network(one.tail, one.head, one.capacity, one.cost, one.supply, len(one.supply) - 1)


def rough_potentials(bundle: Bundle, flow: Ints, rounds: int) -> Floats:
    """Give the potential of each node under a flow after some rounds of Bellman–Ford: rough prices."""
    more, less = flow < bundle.capacity, flow > 0
    start = np.concatenate([bundle.tail[more], bundle.head[less]])
    end = np.concatenate([bundle.head[more], bundle.tail[less]])
    cost = bundle.cost.astype(np.float64)
    length = np.concatenate([cost[more], -cost[less]])
    potential = np.zeros(len(bundle.supply))
    for _ in range(rounds):
        np.minimum.at(potential, end, potential[start] + length)
    return potential


def reduced_costs(network: Network, flow: Ints) -> tuple[Ints, Ints]:
    """Give each arc's reduced cost and each node's potential under an optimal flow (Bellman–Ford).

    Raises
    ------
    ArithmeticError
        If the flow is not optimal.
    """
    more, less = flow < network.capacity, flow > 0
    start = np.concatenate([network.tail[more], network.head[less]])
    end = np.concatenate([network.head[more], network.tail[less]])
    length = np.concatenate([network.cost[more], -network.cost[less]])
    potential = np.zeros(len(network.supply), dtype=np.int64)
    for _ in range(len(potential) + 1):
        nearer = potential.copy()
        np.minimum.at(nearer, end, potential[start] + length)
        if np.array_equal(nearer, potential):
            return network.cost + potential[network.tail] - potential[network.head], potential
        potential = nearer
    raise ArithmeticError("the flow is not of least cost")
