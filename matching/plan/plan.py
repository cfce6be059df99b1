"""A plan: the deals, what stays open, the reasons, and answers to questions about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from matching.errors import UnknownNameError
from matching.plan.costs import Cost, PinCost, costs_of_pins, price_of_limit
from matching.plan.deals import (
    Deal,
    NeedOutcome,
    Suggestion,
    Unmet,
    alternates_of,
    deals_of,
    outcomes_of,
    suggestions_of,
    unmet_of,
)
from matching.plan.entering import Entry, entries_of
from matching.plan.figures import Summary, summarise
from matching.plan.plain import plain_plan
from matching.plan.reasons import Reasons, why_not
from matching.plan.solution import Effort, Solution
from matching.plan.workbook import write_plan
from matching.words import Language, Words


@dataclass(frozen=True)
class Plan:
    """What the engine proposes for a market under a policy.

    Ids that the market does not hold raise UnknownNameError.
    """

    solution: Solution
    effort: Effort = Effort()

    def summary(self) -> Summary:
        """Give coverage, concentration, money, status and gap."""
        return self._summary

    @cached_property
    def _summary(self) -> Summary:
        return summarise(self.solution)

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """All deals, by need, the best score first."""
        return deals_of(self.solution)

    def deals_for(self, need: str) -> tuple[Deal, ...]:
        """Give the deals of one need."""
        self._need_row(need)
        return tuple(deal for deal in self.deals if deal.need == need)

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        """Needs that stay open, wholly or in part, with the reasons."""
        return unmet_of(self.solution)

    @cached_property
    def needs(self) -> tuple[NeedOutcome, ...]:
        """What the plan does for every need, by their numbers."""
        return outcomes_of(self.solution)

    def suggestions(self, need: str, most: int = 10) -> tuple[Suggestion, ...]:
        """Give the best candidates of a need, the dealt ones always among them."""
        return suggestions_of(self.solution, self._need_row(need), most)

    def alternates(self, need: str, most: int = 5) -> tuple[Suggestion, ...]:
        """Give the best candidates of a need that the plan does not use."""
        return alternates_of(self.solution, self._need_row(need), most)

    def why_not(self, need: str, offer: str) -> Reasons:
        """Say which rule removed a pair, or what it lacks; then what little change alone would get it in."""
        said = why_not(self.solution, self._need_row(need), self._offer_row(offer))
        ways = tuple(entry.words for entry in self.ways_in(need, offer))
        return replace(said, sentences=(*said.sentences, *ways))

    def ways_in(self, need: str, offer: str) -> tuple[Entry, ...]:
        """Say of each thing a firm could change how little of it alone would get a pair into the plan.

        Every answer is verified by solving again; nothing is said of a pair that is in, or decided by hand.
        """
        return entries_of(self.solution, self._need_row(need), self._offer_row(offer), self.effort)

    def price_of(self, limit: str) -> Cost:
        """Say what one limit of the policy costs, a priority too: re-solved without it.

        Raises UnknownNameError where it is not set; ConflictError where only a priority made a plan possible.
        """
        return price_of_limit(self.solution, limit, self.effort)

    def cost_of_pins(self) -> tuple[PinCost, ...]:
        """Say what each hand decision cost: re-solved without it, the others held."""
        return self._cost_of_pins

    @cached_property
    def _cost_of_pins(self) -> tuple[PinCost, ...]:
        return costs_of_pins(self.solution, self.effort)

    def to_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Give the plan as plain data: no time stamp, no duration, no path."""
        return plain_plan(self.solution, self.summary(), self.cost_of_pins(), language)

    def to_sheet(self, path: str | Path) -> None:
        """Write the workbook an office sends out."""
        write_plan(Path(path), self.solution, self.summary(), self.cost_of_pins())

    def _offer_row(self, offer: str) -> int:
        return _row(Words("供方编号", "offer"), offer, self.solution.market.offer_rows)

    def _need_row(self, need: str) -> int:
        return _row(Words("需求编号", "need"), need, self.solution.market.need_rows)


def _row(kind: Words, name: str, rows: dict[str, int]) -> int:
    if name not in rows:
        raise UnknownNameError(kind, name, _some(rows))
    return rows[name]


def _some(names: Iterable[str], most: int = 8) -> list[str]:
    """Give the first few names, so that a message stays readable."""
    listed = sorted(names)
    return [*listed[:most], "…"] if len(listed) > most else listed
