"""How much each pair could ever carry, and whether every sum then stays within 2⁶²."""

from __future__ import annotations

import numpy as np

from matching.assignment.arrays import LIMIT, Bools, Ints, refuse
from matching.assignment.portions import below_portion, shares_portion
from matching.assignment.request import Request
from matching.assignment.tiers import settled_elsewhere

_SAFE = 2.0**60


def reach(request: Request) -> Ints:
    """Give the most each pair can carry on its own: int64[P], never below ``fixed``."""
    most = np.minimum(request.upper, request.demand[request.need])
    if (request.share < request.demand).any():
        most = np.minimum(most, request.share[request.need])
    room = request.capacity[request.offer]
    if not (request.use == 1).all():
        room = np.where(request.use == 0, LIMIT, room // np.maximum(request.use, 1))
    most = np.minimum(most, room)
    blocked = _blocked(request, most)
    most = np.maximum(np.where(blocked, 0, np.minimum(most, LIMIT)), request.fixed)
    return np.where(below_portion(request, most), 0, most) if request.least.any() else most


def _blocked(request: Request, most: Ints) -> Bools:
    """Tell which pairs no plan uses but for what is fixed; a rule nobody asked for is not looked at."""
    company = (request.min_partners > 1)[request.need] | shares_portion(request)
    blocked = ~in_rows(request) & ~company & _never_pays(request, most)
    if (request.max_partners == 0).any():
        blocked |= (request.max_partners == 0)[request.need]
    if len(request.max_deals):
        blocked |= deal_limits(request) == 0
    if request.minimum.any():
        blocked |= (most < request.minimum) & (request.fixed == 0)
    return np.asarray(blocked | settled_elsewhere(request) if request.tier.any() else blocked)


def deal_limits(request: Request) -> Ints:
    """Give ``max_deals`` of the partner behind each pair."""
    if not len(request.max_deals):
        return np.full(len(request.need), LIMIT, dtype=np.int64)
    return request.max_deals[request.firm]


def in_rows(request: Request) -> Bools:
    """Tell which pairs stand in a row that can cost anything: for them a low score may pay."""
    counted = np.repeat(request.penalty != 0, np.diff(request.rows.indptr))
    found = np.zeros(len(request.need), dtype=np.bool_)
    found[request.rows.indices[counted]] = True
    return found


def check_sums(request: Request, most: Ints) -> None:
    """Raise ``ArrayError`` when a sum over some plan could pass 2⁶²."""
    if _surely_fits(request, most):
        return
    total = _total("demand", request, most, np.ones_like(most))
    worth = _total("score", request, most, request.score)
    used = most > 0
    worth += _sum(request.setup[used]) + _sum(request.opening[np.unique(request.offer[used])])
    worth += _penalties(request, most, total)
    if worth > LIMIT:
        raise refuse("score", "与数量之积的总和超过 2^62", "times quantity adds up to more than 2^62")
    load = _by_group(request.offer, most, request.use, len(request.capacity))
    if any(min(load[j], int(request.capacity[j])) > LIMIT for j in _large(load)):
        raise refuse("capacity", "超过 2^62", "exceeds 2^62")


def _surely_fits(request: Request, most: Ints) -> bool:
    """Tell by one rough look that nothing comes near 2⁶²; rows are looked at one by one."""
    if request.rows.shape[0]:
        return False
    carried = float(most.astype(np.float64).sum())
    largest = (float(np.abs(values).max(initial=0)) for values in (request.score, request.use))
    lost = float(request.setup.sum(dtype=np.float64)) + float(request.opening.sum(dtype=np.float64))
    return carried * (1 + sum(largest)) + lost < _SAFE


def _never_pays(request: Request, most: Ints) -> Bools:
    # score·most <= setup without the product, which could overflow; a fixed pair has paid its setup already
    paid = request.setup // np.maximum(request.score, 1) if request.setup.any() else 0
    return np.asarray((request.score <= 0) | (request.fixed == 0) & (most <= paid))


def _total(name: str, request: Request, most: Ints, weight: Ints) -> int:
    """Bound Σ |weight|·quantity over any plan, by needs; raise when it may pass 2⁶²."""
    size = np.abs(weight)
    boxes = _by_group(request.need, most, size, len(request.demand))
    top = np.zeros(len(request.demand), dtype=np.int64)
    np.maximum.at(top, request.need[most > 0], size[most > 0])
    total = sum(min(int(box), int(d) * int(t)) for box, d, t in zip(boxes, request.demand, top, strict=True))
    by_offer = _by_offer(request, most, size) if total > LIMIT else total
    if min(total, by_offer) > LIMIT:
        raise refuse(name, "与数量之积的总和超过 2^62", "times quantity adds up to more than 2^62")
    return min(total, by_offer)


def _by_offer(request: Request, most: Ints, size: Ints) -> int:
    boxes = _by_group(request.offer, most, size, len(request.capacity))
    top = np.zeros(len(request.capacity), dtype=np.int64)
    least = np.full(len(request.capacity), LIMIT, dtype=np.int64)
    np.maximum.at(top, request.offer[most > 0], size[most > 0])
    np.minimum.at(least, request.offer, request.use)
    rooms = [int(c) // int(u) if u else LIMIT for c, u in zip(request.capacity, least, strict=True)]
    return sum(min(int(box), room * int(t)) for box, room, t in zip(boxes, rooms, top, strict=True))


def _by_group(group: Ints, left: Ints, right: Ints, size: int) -> list[int]:
    """Sum left·right by group, exactly: in int64 where certain to fit, else in Python's integers."""
    rough = np.bincount(group, left.astype(np.float64) * right.astype(np.float64), minlength=size)
    if not len(rough) or float(rough.max()) < _SAFE:
        exact = np.zeros(size, dtype=np.int64)
        np.add.at(exact, group, left * right)
        return [int(v) for v in exact]
    sums = [0] * size
    for g, a, b in zip(group.tolist(), left.tolist(), right.tolist(), strict=True):
        sums[g] += a * b
    return sums


def _large(sums: list[int]) -> list[int]:
    return [position for position, value in enumerate(sums) if value > LIMIT]


def _sum(values: Ints) -> int:
    return sum(values.tolist()) if float(values.astype(np.float64).sum()) > _SAFE else int(values.sum())


def _penalties(request: Request, most: Ints, total: int) -> int:
    """Bound the sum of all penalties, and check that no row's own sum passes 2⁶²."""
    worst = 0
    rows = request.rows
    for row in range(rows.shape[0]):
        inside = slice(rows.indptr[row], rows.indptr[row + 1])
        size = np.abs(rows.data[inside])
        box = sum(a * b for a, b in zip(size.tolist(), most[rows.indices[inside]].tolist(), strict=True))
        activity = min(box, total * int(size.max(initial=0)))
        if activity > LIMIT:
            raise refuse("rows", f"第 {row} 行之和可能超过 2^62", f"row {row} may add up to more than 2^62")
        low, high, penalty = int(request.low[row]), int(request.high[row]), int(request.penalty[row])
        missing = max(0, low + activity) if low > -LIMIT else 0
        excess = max(0, activity - high) if high < LIMIT else 0
        worst += max(0, penalty) * (missing + excess if low > high else max(missing, excess))
    return worst
