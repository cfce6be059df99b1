"""Plans: made, explained, changed by hand, made again after answers, compared, written out."""

from matching.plan.answers import Answer
from matching.plan.changes import Changes, DealChange
from matching.plan.comparison import Comparison, compare_plans
from matching.plan.costs import Cost, PinCost
from matching.plan.deals import Deal, NeedOutcome, Suggestion, Unmet, explained
from matching.plan.entering import Entry
from matching.plan.figures import Concentration, Summary
from matching.plan.making import make_plan, recall_market
from matching.plan.pins import Pin, read_pins
from matching.plan.plan import Plan
from matching.plan.reasons import Obstacle, Reasons
from matching.plan.replanning import Replanned, replan
from matching.plan.scenarios import run_scenarios
from matching.plan.solution import Effort

__all__ = [
    "Answer",
    "Changes",
    "Comparison",
    "Concentration",
    "Cost",
    "Deal",
    "DealChange",
    "Effort",
    "Entry",
    "NeedOutcome",
    "Obstacle",
    "Pin",
    "PinCost",
    "Plan",
    "Reasons",
    "Replanned",
    "Suggestion",
    "Summary",
    "Unmet",
    "compare_plans",
    "explained",
    "make_plan",
    "read_pins",
    "recall_market",
    "replan",
    "run_scenarios",
]
