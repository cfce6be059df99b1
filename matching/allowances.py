"""What several deals draw on together, such as the hours of a line: rows over quantities, with words."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from matching.market import AnyArray, FloatArray, IntArray
from matching.words import Words


@dataclass(frozen=True)
class AllowanceKind:
    """What an allowance is for, and what is said of a candidate that finds too little left of it.

    ``of_capacity``: it says more exactly where a capacity went, and is told before that.
    """

    name: str
    words: Words
    of_capacity: bool = False


def no_rows() -> sparse.csr_array:
    """Give a matrix without rows."""
    return sparse.csr_array((0, 0), dtype=np.int64)


def no_numbers() -> IntArray:
    """Give no numbers."""
    return np.empty(0, np.int64)


@dataclass(frozen=True)
class Allowances:
    """What several pairs draw on together: rows·quantity ≤ most.

    ``rows`` CSR int64[G, P], none empty, of steps taken per step of quantity: no more than the pair takes of
    its offer's capacity. ``most`` int64[G]; ``kind`` int64[G] positions in ``kinds``; ``size`` float[G] is
    one step of a row in the ``unit`` object[G] it is told in.
    """

    rows: sparse.csr_array = field(default_factory=no_rows)
    most: IntArray = field(default_factory=no_numbers)
    kind: IntArray = field(default_factory=no_numbers)
    size: FloatArray = field(default_factory=lambda: np.empty(0))
    unit: AnyArray = field(default_factory=lambda: np.empty(0, object))
    kinds: tuple[AllowanceKind, ...] = ()

    def __len__(self) -> int:
        return len(self.most)

    def left(self, quantity: IntArray) -> IntArray:
        """Give what some quantities leave of each allowance, in its steps."""
        return np.maximum(self.most - self.rows @ quantity, 0) if len(self) else self.most

    def room(self, left: IntArray, kind: int | None, otherwise: IntArray) -> IntArray:
        """Give the steps of each pair that the rest of a kind (None: of all) holds, or ``otherwise``."""
        room = otherwise.copy()
        if len(self):
            row = np.repeat(np.arange(len(self)), np.diff(self.rows.indptr))
            some = slice(None) if kind is None else np.flatnonzero(self.kind[row] == kind)
            pair, take = self.rows.indices[some], self.rows.data[some]
            np.minimum.at(room, pair, left[row[some]] // take)
        return room

    def tightest(self, left: IntArray, kind: int, pair: int) -> int:
        """Give the row of a kind that leaves one pair the fewest steps."""
        entries = np.flatnonzero(self.rows.indices == pair)
        row = np.searchsorted(self.rows.indptr, entries, side="right") - 1
        of_kind = self.kind[row] == kind
        row, take = row[of_kind], self.rows.data[entries[of_kind]]
        return int(row[np.argmin(left[row] // take)])
