"""A plan as plain data: what ``--json`` prints and a service sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matching.plan.costs import PinCost
from matching.plan.deals import Deal, deals_of, explained, suggestions_of, tidy, unit_of
from matching.plan.figures import Summary
from matching.plan.reasons import Reasons, obstacles
from matching.plan.solution import Solution
from matching.words import Language

#: how many candidates of each need are listed
SUGGESTIONS = 10


def plain_plan(
    solution: Solution, summary: Summary, costs: Sequence[PinCost], language: Language
) -> dict[str, Any]:
    """Give the whole plan, every need under its own number; the same plan gives the same bytes."""
    figures = summary.to_dict(language)
    deals: dict[str, list[dict[str, Any]]] = {}
    dealt = deals_of(solution)
    for deal, reasons in zip(dealt, explained(dealt), strict=True):
        deals.setdefault(deal.need, []).append(_deal(deal, reasons, language))
    head = {name: figures[name] for name in ("status", "objective", "bound", "gap", "market", "policy")}
    return {
        **head,
        "summary": figures,
        "needs": [_need(solution, row, deals, language) for row in range(len(solution.market.needs))],
        "pins": [cost.to_dict(language) for cost in costs],
        "notes": [note.say(language) for note in solution.market.notes],
    }


def _need(
    solution: Solution, row: int, deals: Mapping[str, list[dict[str, Any]]], language: Language
) -> dict[str, Any]:
    needs, listed = solution.market.needs, suggestions_of(solution, row, SUGGESTIONS)
    return {
        "need": str(needs["id"].iloc[row]),
        "enterprise": str(needs["enterprise"].iloc[row]),
        "unmet": tidy(solution.unmet[row]),
        "unit": unit_of(solution, row),
        "gap": float(solution.need_gap[row]),
        "deals": deals.get(str(needs["id"].iloc[row]), []),
        "suggestions": [
            {"offer": item.offer, "enterprise": item.enterprise, "score": item.score} for item in listed
        ],
        "reasons": [
            {"rule": item.rule, "count": item.count, "sentence": item.sentence.say(language)}
            for item in obstacles(solution, row)
        ],
    }


def _deal(deal: Deal, reasons: Reasons, language: Language) -> dict[str, Any]:
    return {
        "offer": deal.offer,
        "enterprise": deal.enterprise,
        "partners": list(deal.partners),
        "quantity": deal.quantity,
        "unit": deal.unit,
        "score": deal.score,
        "parts": {part.criterion: part.points for part in reasons.parts},
        "reasons": [words.say(language) for words in reasons.sentences],
    }
