"""Check a plan against the request, rule by rule in plain Python, sharing no code with what made the plan."""

from __future__ import annotations

from collections import defaultdict

from matching.assignment.arrays import Ints
from matching.assignment.request import Request


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
    amounts = {pair: int(quantity[pair]) for pair in quantity.nonzero()[0].tolist()}
    return [
        *_pair_faults(request, amounts),
        *_load_faults(request, amounts),
        *_count_faults(request, amounts),
        *_row_faults(request, amounts),
    ]


def worth_of(request: Request, quantity: Ints) -> int:
    """Give Σ score·quantity − Σ setup − Σ opening − Σ penalties."""
    amounts = {pair: int(quantity[pair]) for pair in quantity.nonzero()[0].tolist()}
    worth = sum(
        int(request.score[pair]) * amount - int(request.setup[pair]) for pair, amount in amounts.items()
    )
    worth -= sum(int(request.opening[offer]) for offer in {int(request.offer[pair]) for pair in amounts})
    for row, activity in enumerate(_activities(request, amounts)):
        if request.penalty[row] > 0:
            breach = max(0, int(request.low[row]) - activity) + max(0, activity - int(request.high[row]))
            worth -= int(request.penalty[row]) * breach
    return worth


def _pair_faults(request: Request, amounts: dict[int, int]) -> list[str]:
    found = [
        f"pair {pair} carries {amounts.get(pair, 0)}, fixed is {request.fixed[pair]}"
        for pair in request.fixed.nonzero()[0].tolist()
        if amounts.get(pair, 0) < request.fixed[pair]
    ]
    for pair, amount in amounts.items():
        if amount < 0:
            found.append(f"pair {pair} carries {amount}")
        if amount > request.upper[pair]:
            found.append(f"pair {pair} carries {amount}, upper is {request.upper[pair]}")
        if amount < request.minimum[pair] and not request.fixed[pair]:
            found.append(f"pair {pair} carries {amount}, minimum is {request.minimum[pair]}")
    return found


def _load_faults(request: Request, amounts: dict[int, int]) -> list[str]:
    served: dict[int, int] = defaultdict(int)
    loaded: dict[int, int] = defaultdict(int)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for pair, amount in amounts.items():
        need, offer = int(request.need[pair]), int(request.offer[pair])
        served[need] += amount
        loaded[offer] += amount * int(request.use[pair])
        shared[need, int(request.partner[offer])] += amount
    found = [f"need {n} gets {s}" for n, s in served.items() if s > request.demand[n]]
    found += [f"offer {o} is loaded with {v}" for o, v in loaded.items() if v > request.capacity[o]]
    return found + [f"firm {f} has {s} of need {n}" for (n, f), s in shared.items() if s > request.share[n]]


def _count_faults(request: Request, amounts: dict[int, int]) -> list[str]:
    firms: dict[int, set[int]] = defaultdict(set)
    deals: dict[int, int] = defaultdict(int)
    for pair in amounts:
        firm = int(request.partner[request.offer[pair]])
        firms[int(request.need[pair])].add(firm)
        deals[firm] += 1
    found = [
        f"need {n} has {len(f)} firms"
        for n, f in firms.items()
        if not request.min_partners[n] <= len(f) <= request.max_partners[n]
    ]
    if not len(request.max_deals):
        return found
    return found + [f"firm {f} has {d} deals" for f, d in deals.items() if d > request.max_deals[f]]


def _row_faults(request: Request, amounts: dict[int, int]) -> list[str]:
    return [
        f"row {row} adds up to {activity}"
        for row, activity in enumerate(_activities(request, amounts))
        if request.penalty[row] < 0 and not request.low[row] <= activity <= request.high[row]
    ]


def _activities(request: Request, amounts: dict[int, int]) -> list[int]:
    rows = request.rows
    sums = []
    for row in range(rows.shape[0]):
        entries = range(rows.indptr[row], rows.indptr[row + 1])
        sums.append(sum(int(rows.data[e]) * amounts.get(int(rows.indices[e]), 0) for e in entries))
    return sums
