"""Sums that are exact: in int64 where they certainly fit, else in Python's own integers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.assignment.arrays import Floats, Ints

_SAFE = 2.0**61
#: below this floats hold sums of whole numbers exactly
_EXACT = 2.0**53
ENDLESS = 2**63 - 1


def dot(left: Ints, right: Ints) -> int:
    """Give Σ left·right."""
    if float(np.abs(left.astype(np.float64)) @ np.abs(right.astype(np.float64))) < _SAFE:
        return int(left @ right)
    return sum(a * b for a, b in zip(left.tolist(), right.tolist(), strict=True))


def times(matrix: sparse.csr_array, values: NDArray[Any]) -> NDArray[Any]:
    """Give matrix·values, as int64 or as Python integers."""
    if not matrix.nnz:  # by far the most common case, and small parts are solved in milliseconds
        return np.zeros(matrix.shape[0], dtype=np.int64)
    rough = abs(matrix).astype(np.float64) @ np.abs(values.astype(np.float64))
    if values.dtype != np.object_ and (not len(rough) or float(rough.max()) < _SAFE):
        return np.asarray(matrix @ values)
    sums = np.zeros(matrix.shape[0], dtype=np.object_)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    np.add.at(sums, rows, matrix.data.astype(np.object_) * values[matrix.indices].astype(np.object_))
    return sums


def group_sums(group: Ints, values: Ints, size: int) -> Ints:
    """Sum ``values`` by group; the sums must fit int64."""
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, group, values)
    return sums


def capped_sums(group: Ints, values: Ints, size: int) -> Ints:
    """Sum ``values`` of at least 0 by group; ``ENDLESS`` where the sum might not fit."""
    rough = rough_sums(group, values, size)
    if float(rough.max(initial=0.0)) < _EXACT:
        return rough.astype(np.int64)
    fits = rough < _SAFE
    return np.where(fits, group_sums(group, np.where(fits[group], values, 0), size), ENDLESS)


def exact_sums(group: Ints, values: Ints, size: int) -> NDArray[Any]:
    """Sum ``values`` by group, as int64 or as Python integers."""
    rough = rough_sums(group, np.abs(values), size)
    if not len(rough) or float(rough.max()) < _SAFE:
        return group_sums(group, values, size)
    sums = np.zeros(size, dtype=np.object_)
    np.add.at(sums, group, values.astype(np.object_))
    return sums


def rough_sums(group: Ints, values: Ints, size: int) -> Floats:
    """Sum ``values`` by group in floats: good enough to tell whether the exact sums fit int64."""
    return np.asarray(np.bincount(group, values.astype(np.float64), minlength=size), dtype=np.float64)


def gcd(values: Ints) -> int:
    """Give the greatest common divisor, 1 for nothing but zeros."""
    return max(1, int(np.gcd.reduce(np.abs(values)))) if len(values) else 1
