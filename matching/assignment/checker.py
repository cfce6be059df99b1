"""Check a plan against the request, rule by rule over columns, sharing no code with what made the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.assignment.arrays import Ints
from matching.assignment.request import Request

_SURE = 2.0**61

#: whole numbers: int64 where nothing can overflow, else Python's own
Whole = NDArray[Any]


class PlanFault(AssertionError):
    """A plan breaks a rule or is worth something else: a defect of this library."""


def check(request: Request, quantity: Ints, objective: int, bound: int) -> None:
    """Raise ``PlanFault`` unless the plan keeps every rule, is worth ``objective`` and within ``bound``."""
    found = faults(request, quantity)
    worth = worth_of(request, quantity)
    if worth != objective:
        found.append(f"objective is {worth}, not {objective}")
    if worth > bound:
        found.append(f"objective {worth} is above the bound {bound}")
    if found:
        raise PlanFault("; ".join(found))


def faults(request: Request, quantity: Ints) -> list[str]:
    """Name every broken rule of a plan."""
    deals = _deals(request, quantity)
    firms = _by_firm_of_need(deals)
    return [
        *_pair_faults(request, quantity, deals),
        *_load_faults(request, deals, *firms),
        *_count_faults(request, deals, firms[0]),
        *_row_faults(request, quantity),
    ]


def worth_of(request: Request, quantity: Ints) -> int:
    """Give Σ score·quantity − Σ setup − Σ opening − Σ penalties."""
    deals = _deals(request, quantity)
    worth = _sum(_product(request.score[deals.pair], deals.amount)) - _sum(request.setup[deals.pair])
    worth -= _sum(request.opening[np.unique(deals.offer)])
    for row, activity in enumerate(_activities(request, quantity)):
        if request.penalty[row] > 0:
            breach = max(0, int(request.low[row]) - activity) + max(0, activity - int(request.high[row]))
            worth -= int(request.penalty[row]) * breach
    return worth


@dataclass(frozen=True, slots=True)
class _Deals:
    """The pairs that carry something: their positions, amounts, needs, offers and firms."""

    pair: Ints
    amount: Ints
    need: Ints
    offer: Ints
    firm: Ints


def _deals(request: Request, quantity: Ints) -> _Deals:
    pair = np.flatnonzero(quantity)
    offer = request.offer[pair]
    return _Deals(pair, quantity[pair], request.need[pair], offer, request.partner[offer])


def _pair_faults(request: Request, quantity: Ints, deals: _Deals) -> list[str]:
    below = np.flatnonzero(quantity < request.fixed).tolist()
    found = [f"pair {pair} carries {quantity[pair]}, fixed is {request.fixed[pair]}" for pair in below]
    upper, minimum = request.upper[deals.pair], request.minimum[deals.pair]
    negative = np.flatnonzero(deals.amount < 0).tolist()
    found += [f"pair {deals.pair[at]} carries {deals.amount[at]}" for at in negative]
    short = (deals.amount < minimum) & (request.fixed[deals.pair] == 0)
    for wrong, name, limit in ((deals.amount > upper, "upper", upper), (short, "minimum", minimum)):
        for at in np.flatnonzero(wrong).tolist():
            found.append(f"pair {deals.pair[at]} carries {deals.amount[at]}, {name} is {limit[at]}")
    return found


def _load_faults(request: Request, deals: _Deals, first: Ints, shared: Whole) -> list[str]:
    load = _product(deals.amount, request.use[deals.pair])
    share = request.share[deals.need[first]]
    found = [
        *_over("need {} gets {}", *_sums(deals.need, deals.amount), request.demand),
        *_over("offer {} is loaded with {}", *_sums(deals.offer, load), request.capacity),
    ]
    for at in np.flatnonzero(shared > share).tolist():
        found.append(f"firm {deals.firm[first[at]]} has {shared[at]} of need {deals.need[first[at]]}")
    accepted = np.flatnonzero(request.fixed)
    exempt = set(zip(request.need[accepted].tolist(), request.firm[accepted].tolist(), strict=True))
    for at in np.flatnonzero(shared < request.least[deals.need[first]]).tolist():
        need, firm = int(deals.need[first[at]]), int(deals.firm[first[at]])
        if (need, firm) not in exempt:
            found.append(f"firm {firm} has only {shared[at]} of need {need}")
    return found


def _count_faults(request: Request, deals: _Deals, first: Ints) -> list[str]:
    needs, firms = np.unique(deals.need[first], return_counts=True)
    found = _over("need {} has {} firms", needs, firms, request.max_partners)
    if request.tier.any():
        pairs, prices = np.unique(np.column_stack([deals.need, deals.offer]), axis=0, return_counts=True)
        for at in np.flatnonzero(prices > 1).tolist():
            found.append(f"need {pairs[at, 0]} deals with offer {pairs[at, 1]} at {prices[at]} prices")
    few = np.flatnonzero(firms < request.min_partners[needs]).tolist()
    found += [f"need {needs[at]} has {firms[at]} firms" for at in few]
    if not len(request.max_deals):
        return found
    return found + _over(
        "firm {} has {} deals", *np.unique(deals.firm, return_counts=True), request.max_deals
    )


def _row_faults(request: Request, quantity: Ints) -> list[str]:
    return [
        f"row {row} adds up to {activity}"
        for row, activity in enumerate(_activities(request, quantity))
        if request.penalty[row] < 0 and not request.low[row] <= activity <= request.high[row]
    ]


def _activities(request: Request, quantity: Ints) -> list[int]:
    rows, sums = request.rows, []
    for row in range(rows.shape[0]):
        entries = slice(rows.indptr[row], rows.indptr[row + 1])
        amounts = quantity[rows.indices[entries]]
        used = amounts != 0
        sums.append(_sum(_product(rows.data[entries][used], amounts[used])))
    return sums


def _by_firm_of_need(deals: _Deals) -> tuple[Ints, Whole]:
    """Give of each firm at a need its first deal, and what all its deals there carry."""
    order = np.lexsort((deals.firm, deals.need))
    need, firm = deals.need[order], deals.firm[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (need[1:] != need[:-1]) | (firm[1:] != firm[:-1])
    _, shared = _sums(np.cumsum(new), deals.amount[order])
    return order[new], shared


def _over(told: str, keys: Ints, sums: Whole, limit: Ints) -> list[str]:
    wrong = np.flatnonzero(sums > limit[keys])
    return [told.format(keys[at], sums[at]) for at in wrong.tolist()]


def _sums(keys: Ints, values: Whole) -> tuple[Ints, Whole]:
    """Sum by key, exactly; give the keys and the sums."""
    found, place = np.unique(keys, return_inverse=True)
    sure = float(np.abs(values.astype(np.float64)).sum()) < _SURE
    sums = np.zeros(len(found), dtype=np.int64 if sure else np.object_)
    np.add.at(sums, place, values.astype(sums.dtype))
    return found, sums


def _product(left: Ints, right: Ints) -> Whole:
    sizes = np.abs(left.astype(np.float64)) * np.abs(right.astype(np.float64))
    if float(sizes.max(initial=0.0)) < _SURE:
        return left * right
    return np.asarray(left.astype(np.object_) * right.astype(np.object_))


def _sum(values: Whole) -> int:
    if float(np.abs(values.astype(np.float64)).sum()) < _SURE:
        return int(values.sum())
    return sum(int(value) for value in values)
