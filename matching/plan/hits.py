"""Which limits the candidates of a need ran into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matching.market import BoolArray, IntArray
from matching.plan.problem import ALL_STEPS
from matching.plan.solution import Solution
from matching.words import Words


@dataclass(frozen=True)
class Hit:
    """A limit, which of some candidates ran into it, and what is said of them."""

    limit: str
    by: BoolArray
    words: Words


def hits_of(solution: Solution, need_row: int, rows: IntArray) -> tuple[Hit, ...]:
    """Tell for each limit which of a need's candidates ran into it; limits on sums come last."""
    single = (Hit(name, by, words) for name, (by, words) in _single(solution, need_row, rows).items())
    return (*single, *_sums(solution, rows))


def _sums(solution: Solution, rows: IntArray) -> Iterator[Hit]:
    """Find the limits on sums that the least more of a candidate would break."""
    problem, quantity = solution.problem, solution.allocation.quantity[rows]
    bounds, limits = problem.limited.bounds, problem.policy.limits.all
    least = _least(solution, rows)
    free = quantity + least <= bounds.upper[rows]
    for broken in solution.held.broken(rows, np.where(free, least, 0)):
        words = broken.words(limits[broken.limit])
        yield Hit(broken.limit, broken.by, words)


def _least(solution: Solution, rows: IntArray) -> IntArray:
    """Steps that a candidate would get at least, if it got any more."""
    new = solution.allocation.quantity[rows] == 0
    return np.where(new, np.maximum(1, solution.problem.limited.bounds.minimum[rows]), 1)


def _single(solution: Solution, need_row: int, rows: IntArray) -> dict[str, tuple[BoolArray, Words]]:
    """Tell for each limit of one pair, need, offer or firm which of a need's candidates ran into it."""
    problem, quantity = solution.problem, solution.allocation.quantity
    terms, limits, pairs = problem.terms, problem.limited.bounds, problem.pairs
    offer = pairs.offer_row[rows]
    firms = solution.market.offers["partner"].to_numpy(np.int64)
    firm, new, left = firms[offer], quantity[rows] == 0, solution.left[offer]
    mine = solution.ranked_of(need_row)
    held = np.bincount(firms[pairs.offer_row[mine]], quantity[mine], minlength=int(firms.max()) + 1)
    most = limits.max_deals[firm]
    share = _most_of_a_firm(solution, need_row)
    crowded = (held > 0).sum() >= limits.max_partners[need_row]
    least = _least(solution, rows)
    use, upper = np.maximum(1, terms.use[rows]), problem.bounds[1][rows]
    by_hand = upper < terms.upper[rows]
    still = problem.terms.demand[need_row] - quantity[mine].sum()
    return {
        "pinned": (by_hand & (upper == 0), Words("已被人工排除", "excluded by hand")),
        "pinned_quantity": (
            by_hand & (upper > 0),
            Words("数量已由人工意见确定", "the quantity is set by hand"),
        ),
        "forbidden": (
            limits.upper[rows] < np.minimum(least, upper),
            Words("被限制排除", "kept out by a limit"),
        ),
        "deal_size": (
            ~new & (quantity[rows] == limits.upper[rows]) & (limits.upper[rows] < upper),
            Words("已达单笔对接的数量上限", "the deal has its largest size"),
        ),
        "max_deals": (
            new & (most >= 0) & (solution.deals_of_firm[firm] >= most),
            Words("企业对接数已达上限", "the firm has reached its number of deals"),
        ),
        "max_share": (
            share - held[firm] < least,
            Words("已达单个供方份额上限", "the firm has its largest share"),
        ),
        "min_share": (
            (held[firm] == 0) & _below_portion(solution, need_row, firm),
            Words("达不到单个供方的最低份额", "the firm cannot reach the least share that one must have"),
        ),
        **_shared(solution, rows, least, of_capacity=True),
        "capacity": (
            (left >= 0) & (terms.use[rows] > 0) & (left // use < least),
            Words("剩余产能不足", "too little capacity is left"),
        ),
        **_shared(solution, rows, least, of_capacity=False),
        "max_partners": (new & crowded, Words("该需求的供方数已达上限", "the need has all its partners")),
        "minimum_left": (
            new & (still > 0) & (still < least),
            Words("起订量或最小分量大于剩余数量", "the minimum order exceeds what is left of the need"),
        ),
        "score": (problem.points[rows] <= 0, Words("匹配分为0", "the score is 0")),
    }


def _shared(
    solution: Solution, rows: IntArray, least: IntArray, of_capacity: bool
) -> dict[str, tuple[BoolArray, Words]]:
    """Tell for each kind of allowance which candidates find too little left of one."""
    found, kinds = {}, solution.problem.terms.allowances.kinds
    for number, kind in enumerate(kinds):
        if kind.of_capacity == of_capacity:
            by = solution.rooms[number][rows] < least
            told = of_capacity and len(rows) == 1 and by[0]
            words = _what_is_left(solution, number, int(rows[0])) if told else kind.words
            found[kind.name] = (by, words)
    return found


def _what_is_left(solution: Solution, kind: int, pair: int) -> Words:
    """Say of one candidate how much is left of the allowance that leaves it least."""
    shared = solution.problem.terms.allowances
    row, words = shared.tightest(solution.allowed, kind, pair), shared.kinds[kind].words
    told = {"left": solution.allowed[row] * shared.size[row], "most": shared.most[row] * shared.size[row]}
    return Words(
        words.zh + "（共 {most:,.10g} {unit}，剩余 {left:,.10g}）",
        words.en + " ({most:,.10g} {unit}, {left:,.10g} left)",
    ).fill(unit=shared.unit[row], **told)


def _below_portion(solution: Solution, need_row: int, firm: IntArray) -> BoolArray:
    """Tell which firms cannot reach the least share of a need by what is left of it and of their offers."""
    problem = solution.problem
    if not problem.limited.bounds.min_share[need_row]:
        return np.zeros(len(firm), bool)
    mine = solution.once_each(solution.ranked_of(need_row))
    demand, offer = int(problem.terms.demand[need_row]), problem.pairs.offer_row[mine]
    least = np.ceil(problem.limited.bounds.min_share[need_row] * demand - 1e-9)
    left, use = solution.left[offer], problem.terms.use[mine]
    room = np.where((left < 0) | (use == 0), ALL_STEPS, left // np.maximum(1, use))
    room = np.minimum(room, problem.bounds[1][mine]).astype(float)
    firms = solution.market.offers["partner"].to_numpy(np.int64)
    still = demand - solution.allocation.quantity[solution.ranked_of(need_row)].sum()
    reached = np.bincount(firms[offer], room, minlength=int(firms.max()) + 1)
    return np.asarray(np.minimum(reached, still)[firm] < least)


def _most_of_a_firm(solution: Solution, need_row: int) -> int:
    """Steps of a need that one firm may have; all of what has no limit of a share."""
    share = float(solution.problem.limited.bounds.max_share[need_row])
    demand = int(solution.problem.terms.demand[need_row])
    return ALL_STEPS if share == 1 else int(np.floor(share * demand + 1e-9))
