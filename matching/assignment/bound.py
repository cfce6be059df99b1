"""A ceiling for every feasible plan by weak duality, in whole numbers, whatever the prices came from.

For any prices y (one per row) max cost·x is at most
Σ_r y_r·(high_r if y_r > 0 else low_r) + Σ_c max(0, cost_c − y·column_c)·upper_c.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.assignment.arrays import LIMIT, Bools, Floats, Ints
from matching.assignment.exact_sums import gcd
from matching.assignment.program import Program

_SAFE = 2.0**61
_FINE = 2**40


@dataclass(frozen=True, slots=True)
class Certificate:
    """A ceiling, the same as ``total`` parts of ``scale``, and each column's ``reduced`` cost × scale."""

    bound: int
    scale: int
    total: int
    reduced: NDArray[Any]


def certify(program: Program, prices: Floats) -> Certificate:
    """Turn rough prices into the best ceiling that can be proven from them, rounded in a few ways."""
    clean = _signed(program, np.nan_to_num(prices, nan=0.0, posinf=0.0, neginf=0.0))
    tries = [certificate(program, clean, scale) for scale in (1, 2, _FINE)]
    return min(tries, key=lambda found: found.bound)


def certificate(program: Program, prices: Floats, scale: int) -> Certificate:
    """Give the exact ceiling that ``prices``, rounded to whole parts of ``scale``, prove."""
    whole = _rounded(prices, scale)
    side = np.where(whole > 0, program.high, program.low)
    used = np.flatnonzero(whole != 0)
    rows = sum(int(price) * limit for price, limit in zip(whole[used], side[used].tolist(), strict=True))
    reduced = _reduced(program, whole, scale)
    columns = _dot(np.maximum(reduced, 0), program.upper)
    total = rows + columns
    unit = gcd(program.cost)
    return Certificate(total // scale // unit * unit, scale, total, reduced)


def cannot_improve(found: Certificate, value: int) -> Bools:
    """Tell which columns are 0 in every plan worth more than ``value``."""
    spare = found.total - found.scale * (value + 1)
    return (
        np.asarray(found.reduced < -spare, dtype=np.bool_)
        if spare >= 0
        else np.ones(len(found.reduced), np.bool_)
    )


def prices_of_needs(program: Program, cost: Ints) -> Floats:
    """Give prices that need no solver: on each row of a need the best cost among its columns."""
    top = np.zeros(len(program.low), dtype=np.float64)
    entries = program.matrix.tocoo()
    row, column = entries.coords
    inside = (program.node[row] > 0) & (program.tail[column] == row)
    np.maximum.at(top, row[inside], cost[column[inside]].astype(np.float64))
    # columns of a group are held by its own row alone, so nothing is counted twice
    return top


def _signed(program: Program, prices: Floats) -> Floats:
    """Drop prices on the side where a row has no limit."""
    wrong = ((prices > 0) & (program.high >= LIMIT)) | ((prices < 0) & (program.low <= -LIMIT))
    return np.where(wrong, 0.0, prices)


def _rounded(prices: Floats, scale: int) -> NDArray[Any]:
    if float(np.abs(prices).max(initial=0.0)) * scale < _SAFE:
        return np.rint(prices * scale).astype(np.int64)
    return np.array([round(float(price) * scale) for price in prices], dtype=np.object_)


def _reduced(program: Program, prices: NDArray[Any], scale: int) -> NDArray[Any]:
    columns = sparse.csr_array(program.matrix.T)
    rough = abs(columns).astype(np.float64) @ np.abs(prices.astype(np.float64))
    rough += np.abs(program.cost.astype(np.float64)) * scale
    if float(rough.max(initial=0.0)) < _SAFE:
        return np.asarray(program.cost * scale - columns @ prices.astype(np.int64))
    reduced = program.cost.astype(np.object_) * scale
    at = np.repeat(np.arange(len(reduced)), np.diff(columns.indptr))
    np.subtract.at(reduced, at, columns.data.astype(np.object_) * prices[columns.indices].astype(np.object_))
    return np.asarray(reduced)


def _dot(left: NDArray[Any], right: Ints) -> int:
    if float(np.abs(left.astype(np.float64)) @ right.astype(np.float64)) < _SAFE:
        return int(left.astype(np.int64) @ right)
    some = np.flatnonzero(left != 0)
    return sum(int(a) * b for a, b in zip(left[some], right[some].tolist(), strict=True))
