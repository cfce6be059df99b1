"""A flow network in arrays, and the potentials that show a flow to be optimal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matching.assignment.arrays import Bools, Ints


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
