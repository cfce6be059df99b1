"""Plans of one market side by side: figures, and the needs whose deals differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.errors import InputError
from matching.plan.plan import Plan
from matching.words import Language, Words


@dataclass(frozen=True)
class Comparison:
    """Several plans of one market; the first one is what the others are compared with."""

    plans: Mapping[str, Plan]

    @property
    def changed(self) -> dict[str, tuple[str, ...]]:
        """Needs whose deals differ from the first plan's, by plan."""
        (_, first), *others = self.plans.items()
        base = _deals(first)
        return {
            name: tuple(need for need, deals in _deals(plan).items() if deals != base[need])
            for name, plan in others
        }

    def to_dict(self) -> dict[str, Any]:
        """Give figures and changed needs as plain data."""
        figures = {name: plan.summary().to_dict() for name, plan in self.plans.items()}
        return {"plans": figures, "changed": {name: list(needs) for name, needs in self.changed.items()}}

    def say(self, language: Language = "zh") -> str:
        """Give a table: one line a figure, one column a plan."""
        head = [Words("指标", "figure").say(language), *self.plans]
        columns = [plan.summary().lines() for plan in self.plans.values()]
        rows = [
            [lines[0][0].say(language), *(figure.say(language) for _, figure in lines)]
            for lines in zip(*columns, strict=True)
        ]
        rows += self._limits(language)
        counts = ["–", *(str(len(needs)) for needs in self.changed.values())]
        rows.append([Words("对接有变化的需求", "needs whose deals changed").say(language), *counts])
        return "\n".join(" | ".join(cells) for cells in [head, *rows])

    def _limits(self, language: Language) -> list[list[str]]:
        """One line a limit that any of the policies sets, with its state in each plan."""
        states = [
            {label.say(language): figure.say(language) for label, figure in plan.summary().limit_lines()}
            for plan in self.plans.values()
        ]
        labels = dict.fromkeys(label for some in states for label in some)
        return [[label, *(some.get(label, "–") for some in states)] for label in labels]

    def __str__(self) -> str:
        return self.say()


def compare_plans(plans: Mapping[str, Plan]) -> Comparison:
    """Put plans of one market side by side; plans of different markets raise InputError."""
    markets = {plan.solution.market.fingerprint for plan in plans.values()}
    if len(markets) != 1:
        raise InputError(Words("只能比较同一份清单的方案", "only plans of one market can be compared"))
    return Comparison(dict(plans))


def _deals(plan: Plan) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, tuple[tuple[str, float], ...]] = {
        str(need): () for need in plan.solution.market.needs["id"]
    }
    for deal in sorted(
        plan.deals, key=lambda deal: deal.offer
    ):  # by score their order differs between policies
        found[deal.need] += ((deal.offer, deal.quantity),)
    return found
