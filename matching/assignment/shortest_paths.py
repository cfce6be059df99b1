"""Minimum-cost flow by successive shortest paths in Python's integers: slow, exact for numbers of any size.

Source: Ahuja, Magnanti, Orlin, Network Flows (1993), chapter 9.7, with node potentials.
"""

from __future__ import annotations

import heapq

import numpy as np

from matching.assignment.arrays import Ints
from matching.assignment.network import Network


def augment(network: Network) -> Ints:
    """Give the flow of least cost: int64 per arc."""
    search = _Search(network)
    while search.nearest():
        search.push()
    return np.array(search.room[1 : 2 * len(network.tail) : 2], dtype=np.int64)


class _Search:
    """The residual network as lists: 2k is arc k forward, 2k+1 backward; then arcs from one source."""

    def __init__(self, network: Network) -> None:
        self.sink = network.sink
        self.source = len(network.supply)
        self.head: list[int] = []
        self.cost: list[int] = []
        self.room: list[int] = []
        self.out: list[list[int]] = [[] for _ in range(self.source + 1)]
        columns = (network.tail, network.head, network.capacity, network.cost)
        for tail, head, room, cost in zip(*(c.tolist() for c in columns), strict=True):
            self._add(tail, head, room, cost)
        for node in np.flatnonzero(network.supply > 0).tolist():
            if node != self.sink:
                self._add(self.source, node, int(network.supply[node]), 0)
        self.potential = self._first_potential()
        self.reached: list[int] = []

    def _add(self, tail: int, head: int, room: int, cost: int) -> None:
        for start, end, space, price in ((tail, head, room, cost), (head, tail, 0, -cost)):
            self.out[start].append(len(self.head))
            self.head.append(end)
            self.room.append(space)
            self.cost.append(price)

    def _first_potential(self) -> list[int]:
        distance = [0] * (self.source + 1)
        changed = True
        while changed:
            changed = False
            for arc in range(0, len(self.head), 2):
                start, end = self.head[arc + 1], self.head[arc]
                if self.room[arc] and distance[start] + self.cost[arc] < distance[end]:
                    distance[end] = distance[start] + self.cost[arc]
                    changed = True
        return distance

    def nearest(self) -> bool:
        """Find the cheapest way from source to sink (Dijkstra); tell whether there is one."""
        distance: list[int | None] = [None] * (self.source + 1)
        self.reached = [-1] * (self.source + 1)
        distance[self.source] = 0
        heap = [(0, self.source)]
        done = [False] * (self.source + 1)
        while heap:
            far, node = heapq.heappop(heap)
            if done[node]:
                continue
            done[node] = True
            for arc in self.out[node]:
                end = self.head[arc]
                step = far + self.cost[arc] + self.potential[node] - self.potential[end]
                known = distance[end]
                if self.room[arc] and (known is None or step < known):
                    distance[end] = step
                    self.reached[end] = arc
                    heapq.heappush(heap, (step, end))
        # nodes out of reach now stay so only until a reverse arc opens: lift them as far as the farthest one
        most = max(d for d in distance if d is not None)
        self.potential = [
            p + (most if d is None else d) for p, d in zip(self.potential, distance, strict=True)
        ]
        return self.reached[self.sink] >= 0

    def push(self) -> None:
        """Send as much as fits along the way found."""
        way = []
        node = self.sink
        while node != self.source:
            arc = self.reached[node]
            way.append(arc)
            node = self.head[arc ^ 1]
        amount = min(self.room[arc] for arc in way)
        for arc in way:
            self.room[arc] -= amount
            self.room[arc ^ 1] += amount
