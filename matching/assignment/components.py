"""Split a Program where no row holds its columns together; the parts are solved apart with the same optimum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from matching.assignment.checks import Ints
from matching.assignment.program import Program

_BATCH = 4096


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a Program: its columns and rows there, and the label of the component of each column."""

    columns: Ints
    rows: Ints
    program: Program


def label_columns(program: Program) -> Ints:
    """Number the connected components of the columns, in the order of their first column."""
    rows, columns = program.matrix.shape
    live = program.upper > 0
    entries = program.matrix.tocoo()
    kept = live[entries.coords[1]]
    ends = (entries.coords[0][kept], rows + entries.coords[1][kept])
    size = rows + columns
    graph = sparse.coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    return in_order(labels)[rows:] if rows == 0 else in_order(labels[rows:])


def split(program: Program, label: Ints) -> list[Piece]:
    """Cut the Program at its components; small networks travel together, since one flow solves them all."""
    live = np.flatnonzero(program.upper > 0)
    if not len(live):
        return []
    row_label = _row_labels(program, label)
    count = int(label.max()) + 1
    batch = _batches(program, label, row_label, count)
    columns = _gather(batch[label[live]], live)
    rows_at = np.flatnonzero(row_label >= 0)
    rows = _gather(batch[row_label[rows_at]], rows_at)
    none = np.zeros(0, dtype=np.int64)
    return [Piece(c, r, program.part(c, r)) for key, c in columns.items() for r in (rows.get(key, none),)]


def _row_labels(program: Program, label: Ints) -> Ints:
    """Give the component of each row, −1 for a row of no live column."""
    entries = program.matrix.tocoo()
    kept = program.upper[entries.coords[1]] > 0
    row_label = np.full(len(program.low), -1, dtype=np.int64)
    row_label[entries.coords[0][kept]] = label[entries.coords[1][kept]]
    return row_label


def _batches(program: Program, label: Ints, row_label: Ints, count: int) -> Ints:
    """Number the pieces: each lumpy component is one, networks are gathered up to a good size."""
    lumpy = np.zeros(count, dtype=np.bool_)
    lumpy[label[~program.arc & (program.upper > 0)]] = True
    lumpy[row_label[(program.node == 0) & (row_label >= 0)]] = True
    size = np.bincount(label, program.upper > 0, minlength=count)
    smooth = np.where(lumpy, 0, size)
    filled = np.cumsum(smooth) // _BATCH
    key = np.where(lumpy, count + np.arange(count), filled)
    return in_order(key)


def _gather(key: Ints, positions: Ints) -> dict[int, Ints]:
    order = np.argsort(key, kind="stable")
    cuts = np.flatnonzero(np.diff(key[order])) + 1
    parts = np.split(positions[order], cuts)
    return {int(key[order][start]): part for start, part in zip([0, *cuts.tolist()], parts, strict=True) if len(part)}


def in_order(labels: Ints) -> Ints:
    """Renumber labels by first appearance, so that they do not depend on the library's own order."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]
