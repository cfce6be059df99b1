"""Shares of groups in a whole, and the rows that hold them.

Where every firm may have so much of the plan, each firm has a row over all pairs: on a large market more than
memory holds. Then only the groups that are *watched* have their row; a plan that breaks none of the others
is as good as one under all rows, and the bound stays a bound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.limits import Share
from matching.market import BoolArray, FloatArray, IntArray
from matching.plan.limits.ground import Ground, Groups
from matching.plan.limits.rows import Sum, known

#: more matrix entries than this, and groups get their row only once a plan breaks it
_WIDE = 2_000_000
#: shares that agree to this are equal; coarser than the rounding of the rows
_EXACT = 1e-7


@dataclass(frozen=True)
class Split:
    """Pairs split into wholes and, in each, groups: ``base``, ``key`` int[P] (−1: in none)."""

    base: IntArray
    key: IntArray
    weight: FloatArray
    base_of: IntArray
    names: tuple[str, ...]

    @cached_property
    def is_wide(self) -> bool:
        """Tell whether a row for each group would be more than is wise."""
        sizes = np.bincount(self.base[self.base >= 0], minlength=int(self.base_of.max(initial=-1)) + 1)
        return int(sizes[self.base_of].sum()) > _WIDE

    def shares(self, quantity: IntArray) -> FloatArray:
        """Give each group's share of what its whole carries; NaN where that is nothing."""
        carried = self.weight * quantity
        inside, member = self.base >= 0, self.key >= 0
        whole = np.bincount(self.base[inside], carried[inside], int(self.base_of.max(initial=-1)) + 1)
        part = np.bincount(self.key[member], carried[member], len(self.names))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(whole[self.base_of] > 0, part / whole[self.base_of], np.nan)

    def rows(self, keys: Collection[int]) -> Iterator[tuple[int, IntArray, BoolArray]]:
        """Give for some groups the positions of their whole, and which of them are members."""
        order = np.argsort(self.base, kind="stable")
        starts = np.searchsorted(self.base[order], np.arange(int(self.base_of.max(initial=-1)) + 2))
        for key in sorted(keys):
            base = int(self.base_of[key])
            at = order[starts[base] : starts[base + 1]]
            yield key, at, self.key[at] == key


def split_of(limit: Share, ground: Ground) -> Split:
    """Split the pairs that a share looks at; ``within`` a need column each value is a whole of its own.

    A whole within a column that has no member of a group has no row for it.
    """
    groups = ground.groups(limit.of, limit.among, limit.between)
    whole = ground.groups(limit.within, (), None)
    base = np.where(ground.inside(limit.where), whole.of, -1)
    weight = known(ground.weights(limit.by))
    if not limit.within and len(groups.names) == 1:
        key = np.where((base >= 0) & (groups.of == 0), 0, -1)
        return Split(base, key, weight, np.zeros(1, np.int64), groups.names)
    both = np.where((base >= 0) & (groups.of >= 0), base * len(groups.names) + groups.of, -1)
    some = both >= 0
    codes, numbers = np.unique(both[some], return_inverse=True)
    key = np.full(len(base), -1, np.int64)
    key[some] = numbers
    return Split(base, key, weight, codes // len(groups.names), _names(codes, whole, groups))


def share(limit: Share, ground: Ground, watched: Collection[int] = ()) -> Iterator[Sum]:
    """Σ (1 if in the group − share)·weight·quantity ≥ 0 for the least share, ≤ 0 for the most."""
    split = split_of(limit, ground)
    for key, at, member in split.rows(watched if split.is_wide else range(len(split.names))):
        weight = split.weight[at]
        if limit.least is not None:
            yield Sum(at, (member - limit.least) * weight, 0.0, np.inf, split.names[key])
        if limit.most is not None:
            yield Sum(at, (member - limit.most) * weight, -np.inf, 0.0, split.names[key])


def overlooked(limit: Share, ground: Ground, quantity: IntArray) -> IntArray:
    """Give the groups of a wide split whose share a plan breaks."""
    split = split_of(limit, ground)
    if not split.is_wide:
        return np.zeros(0, np.int64)
    shares = split.shares(quantity)
    least, most = limit.least or 0.0, 1.0 if limit.most is None else limit.most
    return np.flatnonzero((shares < least - _EXACT) | (shares > most + _EXACT))


def _names(codes: IntArray, whole: Groups, groups: Groups) -> tuple[str, ...]:
    pairs = (divmod(int(code), len(groups.names)) for code in codes)
    return tuple(" ".join(filter(None, (whole.names[base], groups.names[group]))) for base, group in pairs)
