"""Plans of one market side by side: figures, and the deals that differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.errors import InputError
from matching.plan.deals import tidy
from matching.plan.plan import Plan
from matching.words import UNKNOWN, Language, Words

#: need and offer of a deal → its quantity
Deals = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Comparison:
    """Several plans of one market; the first one is what the others are compared with."""

    plans: Mapping[str, Plan]

    @property
    def changed(self) -> dict[str, tuple[str, ...]]:
        """Needs whose deals differ from the first plan's, by plan."""
        changed = self.changed_deals.items()
        return {name: tuple(dict.fromkeys(need for need, _ in pairs)) for name, pairs in changed}

    @property
    def changed_deals(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Need and offer of every deal that is not as in the first plan, by plan."""
        first, *others = ((name, _deals(plan)) for name, plan in self.plans.items())
        return {name: tuple(sorted(_differing(first[1], deals))) for name, deals in others}

    @property
    def measures(self) -> dict[str, dict[str, float | None]]:
        """The practice's figures of each plan; None where nothing is known."""
        return {name: measures_of(plan) for name, plan in self.plans.items()}

    def to_dict(self) -> dict[str, Any]:
        """Give figures and what changed as plain data."""
        measures = self.measures
        return {
            "plans": {
                name: {**plan.summary().to_dict(), "measures": measures[name]}
                for name, plan in self.plans.items()
            },
            "changed": {name: list(needs) for name, needs in self.changed.items()},
            "changed_deals": {name: list(map(list, some)) for name, some in self.changed_deals.items()},
        }

    def say(self, language: Language = "zh") -> str:
        """Give a table: one line a figure, one column a plan."""
        head = [Words("指标", "figure").say(language), *self.plans]
        columns = [plan.summary().lines() for plan in self.plans.values()]
        rows = [
            [lines[0][0].say(language), *(figure.say(language) for _, figure in lines)]
            for lines in zip(*columns, strict=True)
        ]
        rows += self._measures(language)
        rows += self._limits(language)
        for label, changes in (
            (Words("对接有变化的需求", "needs whose deals changed"), self.changed),
            (Words("有变化的对接", "deals changed"), self.changed_deals),
        ):
            rows.append([label.say(language), "–", *(str(len(some)) for some in changes.values())])
        return "\n".join(" | ".join(cells) for cells in [head, *rows])

    def _measures(self, language: Language) -> list[list[str]]:
        """One line a figure of the practice."""
        rows, measures = [], self.measures
        first = next(iter(self.plans.values()))
        for figure in first.solution.problem.policy.practice.figures:
            values = [some[figure.name] for some in measures.values()]
            told = [
                UNKNOWN.say(language) if value is None else figure.shown.format(value) for value in values
            ]
            rows.append([figure.label.say(language), *told])
        return rows

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


def measures_of(plan: Plan) -> dict[str, float | None]:
    """Give the practice's figures of a plan: means over its deals by worth; None where nothing is known."""
    solution = plan.solution
    problem = solution.problem
    dealt = problem.pairs.take(solution.deals)
    share = solution.served_by[solution.deals] / np.maximum(1, problem.terms.demand[dealt.need_row])
    worth = share * problem.worth[dealt.need_row]
    found: dict[str, float | None] = {}
    for figure in problem.policy.practice.figures:
        value = np.asarray(figure.measure(dealt), float) if len(dealt) else np.zeros(0)
        known = ~np.isnan(value)
        weight = float(worth[known].sum())
        found[figure.name] = round(float(value[known] @ worth[known]) / weight, 6) if weight else None
    return found


def _deals(plan: Plan) -> Deals:
    solution = plan.solution
    pairs = solution.problem.pairs.take(solution.dealt)
    quantities = map(tidy, solution.quantity[solution.dealt].tolist())
    return dict(zip(zip(pairs.need.id, pairs.offer.id, strict=True), quantities, strict=True))


def _differing(first: Deals, other: Deals) -> set[tuple[str, str]]:
    return {key for key in first.keys() | other.keys() if first.get(key) != other.get(key)}
