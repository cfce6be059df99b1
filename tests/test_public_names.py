"""What the library offers by name: a name that comes or goes is a decision, not an accident."""

from __future__ import annotations

import matching
import matching.plan

#: names for planning again, for what would get an offer in, and for several policies at once
PLANNING = {
    "Answer",
    "Changes",
    "Changeable",
    "Comparison",
    "Figure",
    "compare_plans",
    "replan",
    "run_scenarios",
}
INSIDE = {"Answer", "Changes", "DealChange", "Effort", "Entry", "Replanned", "replan", "run_scenarios"}


def test_names_for_planning_again_are_public() -> None:
    assert set(matching.__all__) >= PLANNING
    assert set(matching.plan.__all__) >= INSIDE


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    for package in (matching, matching.plan):
        for name in package.__all__:
            assert getattr(package, name).__doc__, name
