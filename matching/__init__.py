"""Match supply with demand between chain enterprises: score, assign, explain."""

from matching.errors import (
    ArrayError,
    CellProblem,
    ChainMatchError,
    ConflictError,
    FileError,
    InputError,
    PolicyError,
    RowsError,
    UnknownNameError,
)
from matching.experts import expert_policy, read_experts, read_problems
from matching.limits import Limits
from matching.market import Market, Pairs
from matching.plan import (
    Answer,
    Changes,
    Comparison,
    Deal,
    Pin,
    Plan,
    Summary,
    compare_plans,
    make_plan,
    read_pins,
    replan,
    run_scenarios,
)
from matching.policy import Policy, Retrieval, policy_from, read_policy
from matching.practice import Changeable, Criterion, Figure, Practice, Rule, Terms
from matching.records import Column, Form, Listing, Record
from matching.supply import read_enterprises, read_history, read_needs, read_offers, supply_policy
from matching.vocabulary import Vocabulary, read_vocabulary
from matching.words import Words

__all__ = [
    "Answer",
    "ArrayError",
    "CellProblem",
    "ChainMatchError",
    "Changeable",
    "Changes",
    "Column",
    "Comparison",
    "ConflictError",
    "Criterion",
    "Deal",
    "Figure",
    "FileError",
    "Form",
    "InputError",
    "Limits",
    "Listing",
    "Market",
    "Pairs",
    "Pin",
    "Plan",
    "Policy",
    "PolicyError",
    "Practice",
    "Record",
    "Retrieval",
    "RowsError",
    "Rule",
    "Summary",
    "Terms",
    "UnknownNameError",
    "Vocabulary",
    "Words",
    "compare_plans",
    "expert_policy",
    "make_plan",
    "policy_from",
    "read_enterprises",
    "read_experts",
    "read_history",
    "read_needs",
    "read_offers",
    "read_pins",
    "read_policy",
    "read_problems",
    "read_vocabulary",
    "replan",
    "run_scenarios",
    "supply_policy",
]
