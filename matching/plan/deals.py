"""The deals of a solution, the candidates beside them, and what stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from matching.market import IntArray
from matching.plan.reasons import Obstacle, Reasons, obstacles, why
from matching.plan.solution import Solution

#: what a whole task is counted in
TASK_UNIT = "项"
#: what a quantity is counted in whose unit nobody told
UNKNOWN_UNIT = "单位未知"


@dataclass(frozen=True)
class Suggestion:
    """A candidate of a need with its score; ``quantity`` is what the plan gives it, in ``unit``.

    Of a deal with a team it is the lead, and ``others`` are the members besides, the best score first.
    """

    need: str
    offer: str
    enterprise: str
    score: int
    quantity: float
    unit: str
    pair: int
    solution: Solution = field(repr=False, compare=False)
    others: tuple[Suggestion, ...] = ()

    @property
    def members(self) -> tuple[Suggestion, ...]:
        """Everybody who takes part, the lead first."""
        return (replace(self, others=()), *self.others)

    @property
    def partners(self) -> tuple[str, ...]:
        """The firms of the deal, the first one leads."""
        return tuple(member.enterprise for member in self.members)

    @property
    def dealt(self) -> bool:
        """Tell whether the plan uses this candidate."""
        return self.quantity > 0

    def explain(self) -> Reasons:
        """Say what each criterion gave; the parts add up to the score."""
        return explained((self,))[0]


#: a deal is a suggestion that the plan uses
Deal = Suggestion


@dataclass(frozen=True)
class Unmet:
    """What stays open of a need, in its own unit, and why."""

    need: str
    quantity: float
    unit: str
    reasons: tuple[Obstacle, ...]


@dataclass(frozen=True)
class NeedOutcome:
    """What a plan does for one need: number of deals, what stays open in its own unit, why, proven gap.

    ``title`` is empty where the market has no such column.
    """

    need: str
    enterprise: str
    title: str
    deals: int
    unmet: float
    unit: str
    gap: float
    reasons: tuple[Obstacle, ...]


def deals_of(solution: Solution) -> tuple[Deal, ...]:
    """All deals, by need, the best score first; of teams that of the lead counts."""
    rows, allocation = solution.ranked, solution.allocation
    deals = _suggestions(solution, rows[solution.served_by[rows] > 0])
    if allocation.team is None:
        return deals
    others: dict[tuple[str, int], list[Suggestion]] = {}
    for item in _suggestions(solution, rows[(allocation.quantity > solution.served_by)[rows]]):
        others.setdefault((item.need, int(allocation.team[item.pair])), []).append(item)
    return tuple(
        replace(deal, others=tuple(others.get((deal.need, int(allocation.team[deal.pair])), ())))
        for deal in deals
    )


def suggestions_of(solution: Solution, need_row: int, most: int) -> tuple[Suggestion, ...]:
    """Give the best candidates of a need, the dealt ones always among them."""
    rows = _allowed(solution, need_row)
    keep = (np.arange(len(rows)) < most) | (solution.allocation.quantity[rows] > 0)
    return _suggestions(solution, rows[keep])


def alternates_of(solution: Solution, need_row: int, most: int) -> tuple[Suggestion, ...]:
    """Give the best candidates of a need that the plan does not use."""
    rows = _allowed(solution, need_row)
    return _suggestions(solution, rows[solution.allocation.quantity[rows] == 0][:most])


def _allowed(solution: Solution, need_row: int) -> IntArray:
    """Positions of a need's pairs that no hand decision rules out, best score first."""
    rows = solution.once_each(solution.ranked_of(need_row))
    return rows[solution.problem.bounds[1][rows] > 0]


def explained(items: Sequence[Suggestion]) -> tuple[Reasons, ...]:
    """Say of many candidates of one solution at once what each criterion gave, of a team its lead."""
    if not items:
        return ()
    problem = items[0].solution.problem
    return why(problem.pairs.take(np.array([item.pair for item in items])), problem.policy)


def partners_of(items: Sequence[Suggestion]) -> list[list[Any]]:
    """Say of many deals of one solution at once who takes part in each, as the practice tells it."""
    if not items:
        return []
    problem = items[0].solution.problem
    sizes = [len(item.members) for item in items]
    pairs = problem.pairs.take(np.array([member.pair for item in items for member in item.members]))
    told = list(problem.policy.practice.partner(pairs, np.repeat(np.arange(len(items)), sizes)))
    ends = np.cumsum(sizes).tolist()
    return [told[end - size : end] for end, size in zip(ends, sizes, strict=True)]


def unmet_of(solution: Solution) -> tuple[Unmet, ...]:
    """Needs that stay open, wholly or in part, with the reasons."""
    ids = solution.market.needs["id"].to_numpy()
    return tuple(
        Unmet(str(ids[row]), tidy(solution.unmet[row]), unit_of(solution, row), obstacles(solution, row))
        for row in np.flatnonzero(solution.unmet > 0).tolist()
    )


def outcomes_of(solution: Solution) -> tuple[NeedOutcome, ...]:
    """Say of every need, in the order of the market, what the plan does for it."""
    needs = solution.market.need_columns
    titles = needs.get("title", [""] * len(solution.market.needs))
    deals = np.bincount(solution.problem.pairs.need_row[solution.deals], minlength=len(titles))
    return tuple(
        NeedOutcome(
            need=str(name),
            enterprise=str(firm),
            title=str(title),
            deals=int(deals[row]),
            unmet=tidy(solution.unmet[row]),
            unit=unit_of(solution, row),
            gap=float(solution.need_gap[row]),
            reasons=obstacles(solution, row),
        )
        for row, (name, firm, title) in enumerate(zip(needs["id"], needs["enterprise"], titles, strict=True))
    )


def unit_of(solution: Solution, need_row: int) -> str:
    """Give the unit a need is counted in; a need without a quantity is a task, whatever its unit."""
    needs = solution.market.need_columns
    if "quantity" in needs and np.isnan(needs["quantity"][need_row]):
        return TASK_UNIT
    unit = needs["unit"][need_row] if "unit" in needs else TASK_UNIT
    return unit if isinstance(unit, str) and unit else UNKNOWN_UNIT


def tidy(quantity: float) -> float:
    """Take the noise of step × size out of a quantity (twelve significant digits stay)."""
    return float(f"{quantity:.12g}")


def _suggestions(solution: Solution, rows: IntArray) -> tuple[Suggestion, ...]:
    pairs, market = solution.problem.pairs, solution.market
    needs, offers = market.needs["id"].to_numpy(), market.offers["id"].to_numpy()
    firms = market.offers["enterprise"].to_numpy()
    return tuple(
        Suggestion(
            need=str(needs[need]),
            offer=str(offers[offer]),
            enterprise=str(firms[offer]),
            score=int(solution.problem.points[at]),
            quantity=tidy(solution.quantity[at]),
            unit=unit_of(solution, need),
            pair=at,
            solution=solution,
        )
        for at, need, offer in zip(
            rows.tolist(), pairs.need_row[rows].tolist(), pairs.offer_row[rows].tolist(), strict=True
        )
    )
