"""Fill the needs and offers that compete with nobody: best paid first, all at once."""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import Ints


def fill_stars(cost: Ints, upper: Ints, node: Ints, room: Ints) -> Ints:
    """Give what each column carries when the columns of a node share its ``room``; sums must fit int64.

    ``cost``, ``upper``, ``node`` int64[C]; ``room`` int64 per node.
    """
    order = np.lexsort((-cost, node))
    most = np.minimum(upper, room[node])[order]
    before = np.cumsum(most) - most
    first = np.flatnonzero(np.diff(node[order], prepend=-1))
    spent = before - np.repeat(before[first], np.diff(np.append(first, len(order))))
    filled = np.empty_like(upper)
    filled[order] = np.clip(room[node[order]] - spent, 0, most)
    return filled
