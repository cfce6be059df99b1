"""0/1 knapsacks by exact tables over the room: what is best for each room, what forcing an item costs."""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import Bools, Ints


def best_by_room(profit: Ints, use: Ints, room: Ints | int) -> tuple[Ints, Bools]:
    """Give the most profit within 0..room, int64[room + 1], and the items taken, bool[items, room + 1].

    Items are taken in order; every ``use`` lies within 0..room and every ``profit`` is above 0.
    """
    best = np.zeros(int(room) + 1, dtype=np.int64)
    taken = np.zeros((len(profit), len(best)), dtype=np.bool_)
    for item, (gain, size) in enumerate(zip(profit.tolist(), use.tolist(), strict=True)):
        with_it = best[: len(best) - size] + gain
        rest = best[size:]
        np.greater(with_it, rest, out=taken[item, size:])
        best[size:] = np.maximum(with_it, rest)
    return best, taken


def chosen(taken: Bools, use: Ints) -> Ints:
    """Trace back the items of a best choice within the whole room."""
    at, items = taken.shape[1] - 1, []
    for item in range(len(use) - 1, -1, -1):
        if taken[item, at]:
            items.append(item)
            at -= int(use[item])
    return np.array(items[::-1], dtype=np.int64)


def forced(profit: Ints, use: Ints, room: int) -> tuple[Ints, Ints]:
    """Give the best total with each item in, and with it out, by tables from both ends: int64[items]."""
    before = _tables(profit, use, room)
    after = _tables(profit[::-1], use[::-1], room)[::-1]
    inside, outside = np.zeros(len(profit), dtype=np.int64), np.zeros(len(profit), dtype=np.int64)
    for item, (gain, size) in enumerate(zip(profit.tolist(), use.tolist(), strict=True)):
        first, last = before[item], after[item + 1]
        outside[item] = int((first + last[::-1]).max())
        inside[item] = gain + int((first[: room + 1 - size] + last[: room + 1 - size][::-1]).max())
    return inside, outside


def _tables(profit: Ints, use: Ints, room: int) -> Ints:
    """Give the best by room of the first 0, 1, 2, ... items: int64[items + 1, room + 1]."""
    tables = np.zeros((len(profit) + 1, room + 1), dtype=np.int64)
    for item, (gain, size) in enumerate(zip(profit.tolist(), use.tolist(), strict=True)):
        tables[item + 1] = tables[item]
        with_it = tables[item, : room + 1 - size] + gain
        np.maximum(tables[item + 1, size:], with_it, out=tables[item + 1, size:])
    return tables
