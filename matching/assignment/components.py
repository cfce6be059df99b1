"""Split a Program where no row holds columns together; solved apart the optimum is the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from matching.assignment.arrays import Bools, Ints
from matching.assignment.program import Program


@dataclass(frozen=True, slots=True)
class Piece:
    """One component of a Program: its columns and rows there, and itself."""

    columns: Ints
    rows: Ints
    program: Program


def label_columns(program: Program) -> Ints:
    """Number the connected components of the columns, in the order of their first column."""
    rows, columns = program.matrix.shape
    place = _places(program)
    live = program.upper > 0
    both = np.flatnonzero(live & program.arc & (program.tail >= 0) & (program.head >= 0))
    hung = np.flatnonzero(program.parent >= 0)
    other = np.flatnonzero(program.node == 0)
    entries = program.matrix[other].tocoo()
    kept = live[entries.coords[1]]
    linked = program.links[live[program.links].all(axis=1)]
    ends = (
        np.concatenate([program.tail[both], hung, other[entries.coords[0][kept]], place[linked[:, 0]]]),
        np.concatenate(
            [program.head[both], program.parent[hung], place[entries.coords[1][kept]], place[linked[:, 1]]]
        ),
    )
    return in_order(joined(*ends, rows + columns)[place])


def joined(tail: Ints, head: Ints, size: int) -> Ints:
    """Give the connected component of each node of a graph, in the library's own order."""
    if not size:
        return np.zeros(0, dtype=np.int64)
    ones = np.ones(len(tail))
    if bool((tail[1:] >= tail[:-1]).all()):  # rows one after the other: nothing to sort
        starts = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=size))])
        graph = sparse.csr_array((ones, head, starts), shape=(size, size))
    else:
        graph = sparse.coo_array((ones, (tail, head)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _places(program: Program) -> Ints:
    """Give for each column a node of the graph of rows and columns that stands for it: a node row, or itself.

    Columns without a place to go are nodes of their own; the others need none, which keeps the graph small.
    """
    rows, columns = program.matrix.shape
    place = np.where(program.tail >= 0, program.tail, program.head)
    own = (place < 0) | (program.upper <= 0) | ~program.arc
    return np.where(own, rows + np.arange(columns), place)


def split(program: Program, label: Ints, wanted: Bools) -> list[Piece]:
    """Cut the wanted components out of the Program, in order; no piece depends on what the others hold."""
    live = np.flatnonzero((program.upper > 0) & wanted[label])
    if not len(live):
        return []
    columns = live[np.argsort(label[live], kind="stable")]
    row_label = _row_labels(program, label)
    held = np.flatnonzero((row_label >= 0) & wanted[row_label])
    rows = held[np.argsort(row_label[held], kind="stable")]
    ordered = program.part(columns, rows)
    numbers = np.unique(label[live])
    ends = _ends(label[columns], numbers)
    row_ends = _ends(row_label[rows], numbers)
    pieces = ordered.slices(ends, row_ends)
    return [
        Piece(columns[slice(*ends[i : i + 2])], rows[slice(*row_ends[i : i + 2])], piece)
        for i, piece in enumerate(pieces)
    ]


def _ends(labels: Ints, numbers: Ints) -> list[int]:
    return [0, *np.searchsorted(labels, numbers, side="right").tolist()]


def _row_labels(program: Program, label: Ints) -> Ints:
    """Give the component of each row, −1 for a row of no live column."""
    entries, (met, node) = program.matrix.tocoo(), program.met()
    row, column = np.append(entries.coords[0], node), np.append(entries.coords[1], met)
    kept = program.upper[column] > 0
    row_label = np.full(len(program.low), -1, dtype=np.int64)
    row_label[row[kept]] = label[column[kept]]
    return row_label


def in_order(labels: Ints) -> Ints:
    """Renumber labels by first appearance, so that they do not depend on the library's own order."""
    size = len(labels)
    first = np.full(int(labels.max(initial=-1)) + 1, size, dtype=np.int64)
    first[labels[::-1]] = np.arange(size - 1, -1, -1)  # of several writes the last stays
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[labels]
