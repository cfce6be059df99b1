"""Pairs grouped by what they share: a need, an offer, a firm at a need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.assignment.arrays import Ints


@dataclass(frozen=True, slots=True)
class Groups:
    """Pairs grouped by a key: ``of`` group of each pair, ``first`` a pair of each group, ``count`` groups."""

    of: Ints
    first: Ints

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.first)

    @property
    def size(self) -> Ints:
        """How many pairs each group holds."""
        return np.bincount(self.of, minlength=self.count)


def grouped(*keys: Ints) -> Groups:
    """Number the distinct combinations of ``keys``."""
    if len(keys) == 1:
        return _counted(keys[0])
    order = np.lexsort(keys[::-1])
    new = np.zeros(len(order), dtype=np.bool_)
    new[:1] = True
    for key in keys:
        new[1:] |= key[order][1:] != key[order][:-1]
    of = np.empty(len(order), dtype=np.int64)
    of[order] = np.cumsum(new) - 1
    return Groups(of, order[new])


def _counted(key: Ints) -> Groups:
    first = np.full(int(key.max(initial=-1)) + 1, -1, dtype=np.int64)
    first[key[::-1]] = np.arange(len(key) - 1, -1, -1)  # of several writes the last stays
    number = np.cumsum(first >= 0) - 1
    return Groups(number[key], first[first >= 0])
