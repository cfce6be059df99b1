"""What a flow cannot hold: the least a used column carries, and how many may be used together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.assignment.arrays import LIMIT, Bools, Ints
from matching.assignment.program import Program


@dataclass(frozen=True, slots=True)
class Lots:
    """The least of each column, and counts of used columns.

    ``least`` int64[C]; ``counts`` 0/1 CSC of rows × columns: of those in a row at most ``most`` int64[rows]
    are used. Columns that share a switch count one by one: a little strict.
    """

    least: Ints
    counts: sparse.csc_array
    most: Ints

    def only(self, columns: Ints) -> Lots:
        """Give the lots of some columns."""
        return Lots(self.least[columns], self.counts[:, columns], self.most)

    def slivers(self, values: Ints) -> Bools:
        """Tell which columns carry something, but less than their least."""
        return np.asarray((values > 0) & (values < self.least))

    def excess(self, used: Bools, worth: Ints) -> Bools:
        """Tell which used columns pass a count when the columns of most ``worth`` are counted first."""
        columns = np.flatnonzero(used)
        row, at = self.counts[:, columns].tocoo().coords
        order = np.lexsort((at, -worth[columns[at]], row))
        ordered = row[order]
        rank = np.arange(len(ordered)) - np.searchsorted(ordered, ordered)
        over = np.zeros(len(used), dtype=np.bool_)
        over[columns[at[order][rank >= self.most[ordered]]]] = True
        return over

    def crowded(self, used: Bools, share: int = 0) -> Bools:
        """Tell which columns stand in a count that the used ones fill (but for ``share`` places)."""
        full = self.counts @ used.astype(np.int64) >= self.most - share
        return np.asarray(self.counts.T @ full.astype(np.int64) > 0)

    def trimmed(self, cost: Ints, values: Ints) -> Ints:
        """Drop slivers, then what passes a count, the least earning first."""
        kept = np.where(self.slivers(values), 0, values)
        return np.where(self.excess(kept > 0, cost * kept), 0, kept)


def read_lots(program: Program) -> Lots:
    """Read lots off links, switches and counting rows; other rows are not looked at."""
    size = len(program.cost)
    least = np.ones(size, dtype=np.int64)
    first = program.arc[program.links[:, 0]]
    column, switch = program.links[first].T
    # less than this would not earn the setup back
    earning = -program.cost[switch] // np.maximum(program.cost[column], 1) + 1
    np.maximum.at(least, column, np.maximum(program.least[first], earning))
    return Lots(least, *_counts(program))


def _counts(program: Program) -> tuple[sparse.csc_array, Ints]:
    matrix, size = program.matrix, len(program.cost)
    filled = np.diff(matrix.indptr) > 0
    odd = np.zeros(len(filled), dtype=np.bool_)
    entry_row = np.repeat(np.arange(len(filled)), np.diff(matrix.indptr))
    odd[entry_row[(matrix.data != 1) | (program.upper[matrix.indices] > 1)]] = True
    rows = np.flatnonzero(filled & ~odd & (program.low <= -LIMIT) & (program.high < LIMIT))
    links = sparse.csr_array(
        (np.ones(len(program.links), dtype=np.int64), program.links.T), shape=(size, size)
    )
    users = sparse.csr_array((program.arc.astype(np.int64), (np.arange(size),) * 2), shape=(size, size))
    counted = matrix[rows]
    for _ in range(3):  # a column itself, its switch, and the switch of that
        users = users + users @ links
    counts = sparse.csc_array(counted @ users.T)
    counts.eliminate_zeros()
    counts.data[:] = 1
    return counts, program.high[rows]
