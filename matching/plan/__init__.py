"""Plans: made, explained, changed by hand, compared, written out."""

from matching.plan.comparison import Comparison, compare_plans
from matching.plan.costs import Cost, PinCost
from matching.plan.deals import Deal, NeedOutcome, Suggestion, Unmet, explained
from matching.plan.figures import Concentration, Summary
from matching.plan.making import make_plan, recall_market
from matching.plan.pins import Pin, read_pins
from matching.plan.plan import Plan
from matching.plan.reasons import Obstacle, Reasons

__all__ = [
    "Comparison",
    "Concentration",
    "Cost",
    "Deal",
    "NeedOutcome",
    "Obstacle",
    "Pin",
    "PinCost",
    "Plan",
    "Reasons",
    "Suggestion",
    "Summary",
    "Unmet",
    "compare_plans",
    "explained",
    "make_plan",
    "read_pins",
    "recall_market",
]
