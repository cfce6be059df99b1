"""Who earned what: the objective of a plan by component, in the same places whatever the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from matching.assignment.arrays import Ints
from matching.assignment.components import in_order
from matching.assignment.exact_sums import group_sums, times
from matching.assignment.request import Request


@dataclass(frozen=True, slots=True)
class Ledger:
    """The component of each pair, offer and row; −1 for an offer or row without pairs."""

    pair: Ints
    offer: Ints
    row: Ints
    count: int


def open_ledger(request: Request, span: Ints, label: Ints) -> Ledger:
    """Join the components of the columns through the needs, and place offers and rows in them."""
    pair = _by_need(request, span, label)
    order = np.lexsort((np.arange(len(span)), span <= 0))
    offer = _first_of(request.offer[order], pair[order], len(request.capacity))
    entries = request.rows.tocoo()
    row_order = np.lexsort((entries.coords[1], span[entries.coords[1]] <= 0))
    row = _first_of(entries.coords[0][row_order], pair[entries.coords[1][row_order]], request.rows.shape[0])
    return Ledger(pair, offer, row, int(pair.max(initial=-1)) + 1)


def earned(request: Request, ledger: Ledger, quantity: Ints) -> Ints:
    """Give the objective of a plan per component; a last entry takes what belongs to none."""
    used = quantity > 0
    total = group_sums(
        ledger.pair, request.score * quantity - np.where(used, request.setup, 0), ledger.count + 1
    )
    opened = np.zeros(len(request.capacity), dtype=np.bool_)
    opened[request.offer[used]] = True
    np.subtract.at(total, ledger.offer, np.where(opened, request.opening, 0))
    np.subtract.at(total, ledger.row, _penalties(request, quantity))
    return total


def _penalties(request: Request, quantity: Ints) -> Ints:
    # Python integers: a limit of almost −2^62 under a sum of almost 2^62 leaves int64
    activity = times(request.rows, quantity).astype(np.object_)
    breach = np.maximum(request.low - activity, 0) + np.maximum(activity - request.high, 0)
    return np.asarray(np.maximum(request.penalty, 0) * breach, dtype=np.int64)


def _by_need(request: Request, span: Ints, label: Ints) -> Ints:
    needs = len(request.demand)
    live = span > 0
    size = needs + int(label.max(initial=-1)) + 1
    ends = (request.need[live], needs + label[: len(span)][live])
    graph = sparse.coo_array((np.ones(int(live.sum()), dtype=np.int8), ends), shape=(size, size))
    joined = connected_components(graph, directed=False)[1] if size else np.zeros(0, dtype=np.int64)
    return in_order(joined[request.need])


def _first_of(key: Ints, value: Ints, size: int) -> Ints:
    found = np.full(size, -1, dtype=np.int64)
    found[key[::-1]] = value[::-1]
    return found
