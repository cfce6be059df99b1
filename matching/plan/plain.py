"""A plan as plain data: what ``--json`` prints and a service sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matching.plan.costs import PinCost
from matching.plan.deals import (
    Deal,
    NeedOutcome,
    Suggestion,
    deals_of,
    explained,
    outcomes_of,
    partners_of,
    suggestions_of,
)
from matching.plan.figures import Summary
from matching.plan.reasons import Reasons
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
    for deal, partners, reasons in zip(dealt, partners_of(dealt), explained(dealt), strict=True):
        deals.setdefault(deal.need, []).append(_deal(deal, partners, reasons, language))
    head = {name: figures[name] for name in ("status", "objective", "bound", "gap", "market", "policy")}
    return {
        **head,
        "summary": figures,
        "needs": [
            _need(item, deals.get(item.need, []), suggestions_of(solution, row, SUGGESTIONS), language)
            for row, item in enumerate(outcomes_of(solution))
        ],
        "pins": [cost.to_dict(language) for cost in costs],
        "notes": [note.say(language) for note in solution.market.notes],
    }


def _need(
    item: NeedOutcome,
    deals: list[dict[str, Any]],
    listed: Sequence[Suggestion],
    language: Language,
) -> dict[str, Any]:
    return {
        "need": item.need,
        "enterprise": item.enterprise,
        "unmet": item.unmet,
        "unit": item.unit,
        "gap": item.gap,
        "deals": deals,
        "suggestions": [
            {"offer": other.offer, "enterprise": other.enterprise, "score": other.score} for other in listed
        ],
        "reasons": [
            {"rule": reason.rule, "count": reason.count, "sentence": reason.sentence.say(language)}
            for reason in item.reasons
        ],
    }


def _deal(deal: Deal, partners: list[Any], reasons: Reasons, language: Language) -> dict[str, Any]:
    return {
        "offer": deal.offer,
        "enterprise": deal.enterprise,
        "partners": partners,
        "quantity": deal.quantity,
        "unit": deal.unit,
        "score": deal.score,
        "parts": {part.criterion: part.points for part in reasons.parts},
        "reasons": [words.say(language) for words in reasons.sentences],
    }
