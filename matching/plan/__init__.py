"""Plans: made, explained, changed by hand, compared, written out."""

from matching.plan.comparison import Comparison, compare_plans
from matching.plan.costs import Cost, PinCost
from matching.plan.deals import Deal, Suggestion, Unmet
from matching.plan.figures import Concentration, Summary
from matching.plan.making import make_plan
from matching.plan.pins import Pin, read_pins
from matching.plan.plan import Plan
from matching.plan.reasons import Obstacle, Reasons

__all__ = [
    "Comparison",
    "Concentration",
    "Cost",
    "Deal",
    "Obstacle",
    "Pin",
    "PinCost",
    "Plan",
    "Reasons",
    "Suggestion",
    "Summary",
    "Unmet",
    "compare_plans",
    "make_plan",
    "read_pins",
]
