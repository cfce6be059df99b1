"""Why no plan exists: a smallest set of mandatory rows and fixed quantities that cannot hold together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from matching.assignment.arrays import Bools, Ints
from matching.assignment.components import joined
from matching.assignment.effort import Effort, left
from matching.assignment.formulation import build
from matching.assignment.integer import solve_integer
from matching.assignment.reach import deal_limits, reach
from matching.assignment.request import Request
from matching.assignment.request_rows import broken_alone

_WORK = 20.0

_Load: TypeAlias = tuple[tuple[int, ...], int, int]  # what it counts against, how much, and the limit


@dataclass(frozen=True, slots=True)
class Conflict:
    """Row numbers and pair positions; taking any one of them away leaves something that can be kept."""

    rows: Ints
    fixed: Ints


def fixed_conflict(request: Request) -> Conflict | None:
    """Find fixed quantities that break a limit by themselves; None when all fit."""
    if not request.fixed.any():
        return None
    pairs = _clash(request)
    if not pairs:
        return None

    def impossible(kept: Ints) -> bool:
        return bool(_clash(replace(request, fixed=_only_at(kept, request.fixed))))

    # the pairs break one limit with none to spare, yet fewer of them may break another
    kept = thin_out(np.sort(np.array(pairs, dtype=np.int64)), impossible)
    return Conflict(np.zeros(0, dtype=np.int64), kept)


def row_conflict(request: Request, rows: Ints, stuck: Bools, seed: int, deadline: float | None) -> Conflict:
    """Thin out the mandatory rows and fixed pairs around ``rows`` and the ``stuck`` pairs."""
    pairs, near = _around(request, rows, stuck)
    small = _only(request, pairs, near)
    elements = np.concatenate([np.arange(len(near)), len(near) + np.flatnonzero(small.fixed)])

    def impossible(kept: Ints) -> bool:
        return _impossible(_keeping(small, kept, len(near)), seed, deadline)

    kept = thin_out(elements, impossible)
    return Conflict(near[kept[kept < len(near)]], pairs[kept[kept >= len(near)] - len(near)])


def thin_out(elements: Ints, impossible: Callable[[Ints], bool]) -> Ints:
    """Take away ever smaller chunks while the rest stays impossible, until none is to spare.

    What is fixed is exempt from its minimum, so taking one away may make another one spare: single
    elements are tried again until all have to stay.
    """
    kept = elements
    size = max(1, len(kept) // 2)
    while len(kept):
        count, at = len(kept), 0
        while at < len(kept):
            rest = np.concatenate([kept[:at], kept[at + size :]])
            if impossible(rest):
                kept = rest
            else:
                at += size
        if size == 1 and len(kept) == count:
            break
        size = max(1, size // 2)
    return kept


def _impossible(request: Request, seed: int, deadline: float | None) -> bool:
    if _clash(request):
        return True
    most = reach(request)
    if broken_alone(request, most - request.fixed).any():
        return True
    program = build(request, most).spelled_out()
    program = replace(program, cost=np.zeros_like(program.cost))
    if program.holds(program.complete(np.zeros_like(program.cost))):
        return False
    solved = solve_integer(program, Effort(0.0, _WORK, left(deadline), seed))
    return solved is not None and solved.infeasible


def _around(request: Request, rows: Ints, stuck: Bools) -> tuple[Ints, Ints]:
    """Give the pairs and mandatory rows tied to some rows and pairs through any need, offer, firm or row."""
    needs, offers, firms = (
        len(request.demand),
        len(request.capacity),
        int(request.partner.max(initial=-1)) + 1,
    )
    entries = request.rows.tocoo()
    counted = request.penalty[entries.coords[0]] < 0
    first = needs + offers + firms
    starts = np.concatenate([request.need, request.offer + needs, first + entries.coords[0][counted]])
    ends = np.concatenate(
        [request.offer + needs, request.firm + needs + offers, request.need[entries.coords[1][counted]]]
    )
    size = first + request.rows.shape[0]
    label = joined(starts, ends, size)
    wanted = np.isin(label, label[np.concatenate([first + rows, request.need[stuck]])])
    near = np.flatnonzero(wanted[first:] & (request.penalty < 0))
    return np.flatnonzero(wanted[request.need]), near


def _only(request: Request, pairs: Ints, rows: Ints) -> Request:
    kept = {
        name: getattr(request, name)[pairs]
        for name in ("need", "offer", "score", "upper", "minimum", "use", "tier")
    }
    return replace(
        request,
        **kept,
        setup=np.zeros_like(request.setup[pairs]),
        opening=np.zeros_like(request.opening),
        fixed=request.fixed[pairs],
        rows=request.rows[rows][:, pairs],
        low=request.low[rows],
        high=request.high[rows],
        penalty=request.penalty[rows],
    )


def _keeping(request: Request, kept: Ints, rows: int) -> Request:
    stay = np.zeros(rows + len(request.need), dtype=np.bool_)
    stay[kept] = True
    return replace(
        request,
        penalty=np.where(stay[:rows], request.penalty, 0),
        fixed=np.where(stay[rows:], request.fixed, 0),
    )


def _only_at(positions: Ints, values: Ints) -> Ints:
    chosen = np.zeros_like(values)
    chosen[positions] = values[positions]
    return chosen


def _clash(request: Request) -> list[int]:
    """Give fixed pairs that together break a limit, an empty list when there are none."""
    return next((pairs for found in (_over_upper, _over_sums, _over_counts) if (pairs := found(request))), [])


def _over_upper(request: Request) -> list[int]:
    over = np.flatnonzero(request.fixed > np.minimum(request.upper, request.share[request.need]))
    return [int(pair) for pair in over[:1]]


def _over_sums(request: Request) -> list[int]:
    held = np.flatnonzero(request.fixed).tolist()
    fixed, need, offer, firm = (
        a.tolist() for a in (request.fixed, request.need, request.offer, request.firm)
    )
    use = request.use.tolist()
    keys: tuple[list[_Load], ...] = (
        [((need[p],), fixed[p], int(request.demand[need[p]])) for p in held],
        [((offer[p],), fixed[p] * use[p], int(request.capacity[offer[p]])) for p in held],
        [((need[p], firm[p]), fixed[p], int(request.share[need[p]])) for p in held],
        [((need[p], offer[p]), 1, 1) for p in held],  # one price of a pair
    )
    for loads in keys:
        pairs = _first_over(held, loads)
        if pairs:
            return pairs
    return []


def _first_over(held: list[int], loads: list[_Load]) -> list[int]:
    """Give pairs of one key whose loads pass its limit: the largest first, so that none is to spare."""
    groups: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    limits = {}
    for pair, (key, load, limit) in zip(held, loads, strict=True):
        groups.setdefault(key, []).append((-load, pair))
        limits[key] = limit
    for key, members in groups.items():
        total = 0
        taken: list[int] = []
        for load, pair in sorted(members):
            total, taken = total - load, [*taken, pair]
            if total > limits[key]:
                return taken
    return []


def _over_counts(request: Request) -> list[int]:
    held = np.flatnonzero(request.fixed).tolist()
    firms: dict[int, dict[int, int]] = {}
    deals: dict[int, list[int]] = {}
    for pair in held:
        need, firm = int(request.need[pair]), int(request.firm[pair])
        firms.setdefault(need, {}).setdefault(firm, pair)
        deals.setdefault(firm, []).append(pair)
    for need, pairs in firms.items():
        if len(pairs) > request.max_partners[need]:
            return list(pairs.values())[: int(request.max_partners[need]) + 1]
    limits = deal_limits(request)
    over = [pairs[: int(limits[pairs[0]]) + 1] for pairs in deals.values() if len(pairs) > limits[pairs[0]]]
    return over[0] if over else _too_lonely(request, firms)


def _too_lonely(request: Request, firms: dict[int, dict[int, int]]) -> list[int]:
    """Give a fixed pair of a need that could never have as many firms as it must."""
    most = reach(request) > 0
    for need, pairs in firms.items():
        reachable = len({*request.firm[most & (request.need == need)].tolist()})
        if min(reachable, int(request.max_partners[need])) < request.min_partners[need]:
            return [next(iter(pairs.values()))]
    return []
