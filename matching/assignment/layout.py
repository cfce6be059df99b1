"""Lay the network part of a Program out as arcs, one component after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.components import in_order, joined
from matching.assignment.exact_sums import ENDLESS, capped_sums
from matching.assignment.network import Bundle
from matching.assignment.program import Program


@dataclass(frozen=True, slots=True)
class Layout:
    """Paying columns by what holds them, the most that can pass each node, and the nodes' components.

    ``columns``: those in a component of several nodes, numbered in ``label`` (−1 for other rows); ``lone``:
    those of a node that stands by itself; ``free``: those that no node holds.
    """

    columns: Ints
    lone: Ints
    free: Ints
    room: Ints
    label: Ints
    place: Ints
    starts: Ints

    @property
    def count(self) -> int:
        """How many components of several nodes there are."""
        return int(self.label.max(initial=-1)) + 1


def survey(program: Program, home: Ints | None = None) -> Layout:
    """Find the paying columns, the components of the nodes, and the most that can pass each node.

    ``home``: the component of each column, where that is known.
    """
    paying = program.arc & (program.cost > 0) & (program.upper > 0)
    at = meeting(program, slice(None))
    held = np.flatnonzero(paying & (at >= 0))
    free = np.flatnonzero(paying & (at < 0))
    room = _rooms(program, held)
    label = _node_labels(program, held) if home is None else _labels_from(program, held, home)
    alone = _lone(program, held, label)
    numbers = np.full(len(label), -1, dtype=np.int64)
    kept = np.flatnonzero((label >= 0) & ~alone)
    numbers[kept] = in_order(label[kept])
    lone = alone[at[held]]
    return Layout(held[~lone], held[lone], free, room, numbers, *_places(numbers))


def _places(label: Ints) -> tuple[Ints, Ints]:
    count = int(label.max(initial=-1)) + 1
    rows = np.argsort(label, kind="stable")[int((label < 0).sum()) :]
    sizes = np.bincount(label[rows], minlength=count) + 2
    place = np.zeros(len(label), dtype=np.int64)
    place[rows] = np.arange(len(rows)) + 2 * label[rows]
    return place, np.concatenate([[0], np.cumsum(sizes)])


def meeting(program: Program, columns: Ints | slice) -> Ints:
    """Give a node row of each column, −1 for none."""
    tail = program.tail[columns]
    return np.where(tail >= 0, tail, program.head[columns])


def _lone(program: Program, columns: Ints, label: Ints) -> Bools:
    """Tell which nodes stand by themselves, the sum over their columns within int64."""
    size = np.bincount(label[label >= 0], minlength=1)
    single = (label >= 0) & (size[label] == 1)
    if not single.any():
        return np.asarray(single)
    sums = capped_sums(meeting(program, columns), program.upper[columns], len(label))
    return np.asarray(single & (sums < ENDLESS))


def _rooms(program: Program, columns: Ints) -> Ints:
    """Give the most that can pass each node: its limit, or all that the nodes and columns below it bring."""
    room = np.where(program.node != 0, program.high, 0)
    hung = np.flatnonzero(program.parent >= 0)
    for _ in range(2 if len(hung) else 1):  # a node may hang on a node, and that is as deep as it goes
        for side, ends in ((1, program.tail[columns]), (-1, program.head[columns])):
            below = hung[program.node[hung] == side]
            keys, amounts = ends, program.upper[columns]
            if len(below):
                keys, amounts = np.append(keys, program.parent[below]), np.append(amounts, room[below])
            here = program.node == side
            # what hangs on no node is summed up in a place of its own before all others
            room[here] = np.minimum(room, capped_sums(keys + 1, amounts, len(room) + 1)[1:])[here]
    return room


def _labels_from(program: Program, columns: Ints, home: Ints) -> Ints:
    # the last place takes what is said of position −1
    label = np.full(len(program.low) + 1, -1, dtype=np.int64)
    parent, home_of = np.append(program.parent, -1), home[columns]
    nested = bool((program.parent >= 0).any())
    for ends in (program.tail, program.head):
        node = ends[columns]
        label[node] = home_of
        while nested and (node >= 0).any():
            node = parent[node]
            label[node] = home_of
    return label[:-1]


def _node_labels(program: Program, columns: Ints) -> Ints:
    """Number the components of the nodes that have any column, −1 for other rows."""
    size = len(program.low)
    tail, head = program.tail[columns], program.head[columns]
    both = (tail >= 0) & (head >= 0)
    hung = np.flatnonzero(program.parent >= 0)
    ends = (np.append(tail[both], hung), np.append(head[both], program.parent[hung]))
    label = joined(*ends, size)
    used = np.zeros(size, dtype=np.bool_)
    used[label[meeting(program, columns)]] = True
    return np.where(used[label] & (program.node != 0), label, -1)


def lay_out(program: Program, layout: Layout) -> tuple[Bundle, Ints]:
    """Lay out arcs from source over nodes to sink of each component; give the arc of each column."""
    label, count, place, starts = layout.label, layout.count, layout.place, layout.starts
    roots = np.flatnonzero((label >= 0) & (program.node > 0) & (program.parent < 0))
    supply = np.zeros(int(starts[-1]), dtype=np.int64)
    supply[place[roots]] = layout.room[roots]
    groups = [_columns(program, layout, place, starts), *_nodes(program, layout, place, starts)]
    groups.append(_unsourced(groups[0], starts, supply))
    tail, head, capacity, cost = (np.concatenate([group[part] for group in groups]) for part in range(4))
    component = np.repeat(np.arange(count, dtype=np.uint16 if count < 2**16 else np.int64), np.diff(starts))
    home = component[tail]
    order = np.argsort(home, kind="stable")  # of 16 bits by radix: no comparisons
    where = np.empty(len(order), dtype=np.int64)
    where[order] = np.arange(len(order))
    ends = np.concatenate([[0], np.cumsum(np.bincount(home, minlength=count))])
    arcs = (tail[order], head[order], capacity[order], cost[order])
    return Bundle(*arcs, supply, ends, starts), where[: len(layout.columns)]


_Arcs: TypeAlias = tuple[Ints, Ints, Ints, Ints]


def _columns(program: Program, layout: Layout, place: Ints, starts: Ints) -> _Arcs:
    columns = layout.columns
    tail, head = program.tail[columns], program.head[columns]
    ends = []
    for node, other, beyond in ((tail, head, 2), (head, tail, 1)):
        end = place[node]
        loose = np.flatnonzero(node < 0)
        end[loose] = starts[1:][layout.label[other[loose]]] - beyond
        ends.append(end)
    return ends[0], ends[1], program.upper[columns], -program.cost[columns]


def _nodes(program: Program, layout: Layout, place: Ints, starts: Ints) -> list[_Arcs]:
    """Give the arcs from nodes to nodes, from offers to the sink, and past everything to the sink."""
    used, hung = layout.label >= 0, program.parent >= 0
    feeds = np.flatnonzero(used & (program.node > 0) & hung)
    drains = np.flatnonzero(used & (program.node < 0))
    unused = np.flatnonzero(used & (program.node > 0) & ~hung)
    sink = np.append(starts[1:], 0)[layout.label] - 1  # the appended place answers for rows left out
    up = place[program.parent]
    # what a need does not send over its pairs leaves it straight for the sink, at no cost
    return [
        (tail, head, layout.room[at], np.zeros(len(at), dtype=np.int64))
        for at, tail, head in (
            (feeds, up[feeds], place[feeds]),
            (drains, place[drains], np.where(hung, up, sink)[drains]),
            (unused, place[unused], sink[unused]),
        )
    ]


def _unsourced(columns: _Arcs, starts: Ints, supply: Ints) -> _Arcs:
    """Supply the source of each component with what leaves it, and give its arc straight to the sink."""
    source = starts[1:] - 2
    is_source = np.zeros(len(supply), dtype=np.bool_)
    is_source[source] = True
    free = np.flatnonzero(is_source[columns[0]])
    sums = capped_sums(columns[0][free], columns[2][free], len(supply))
    supply[source] = np.minimum(sums, LIMIT)[source]
    at = source[supply[source] > 0]
    return at, at + 1, supply[at], np.zeros(len(at), dtype=np.int64)
