"""Who earned what: the objective of a plan by component, in the same places whatever the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.arrays import Ints
from matching.assignment.components import in_order, joined
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
    dead_last = np.argsort(span <= 0, kind="stable") if (span <= 0).any() else slice(None)
    offer = _first_of(request.offer[dead_last], pair[dead_last], len(request.capacity))
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
    needs, of_pair = len(request.demand), label[: len(span)]
    home = np.zeros(needs, dtype=np.int64)
    home[request.need] = of_pair
    if bool((home[request.need] == of_pair).all()):  # no need lies in several components, as is usual
        return in_order(of_pair)
    live = span > 0
    size = needs + int(label.max(initial=-1)) + 1
    return in_order(joined(request.need[live], needs + of_pair[live], size)[request.need])


def _first_of(key: Ints, value: Ints, size: int) -> Ints:
    found = np.full(size, -1, dtype=np.int64)
    found[key[::-1]] = value[::-1]
    return found
