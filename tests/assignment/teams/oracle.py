"""An independent oracle: try every set of teams of a tiny instance, read straight from the definition."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

#: members and lead of a team, by position of the candidate
Made = tuple[tuple[int, ...], int]


def best_objective(case: dict[str, Any]) -> int | None:
    """Give the most that any set of teams earns; None where no set has everybody in who is fixed."""
    ways = [list(_ways(case, number)) for number in range(len(case["teams"]))]
    return max(
        (
            sum(value(case, number, team) for number, teams in enumerate(plan) for team in teams)
            for plan in itertools.product(*ways)
            if _shared_rules(case, [team for teams in plan for team in teams])
        ),
        default=None,
    )


def value(case: dict[str, Any], number: int, team: Made) -> int:
    """Give what one team earns."""
    members, lead = set(team[0]), team[1]
    earned = int(case["worth"][number]) + sum(int(case["score"][one]) for one in members)
    earned += int(case["lead_score"][lead])
    for (one, other), points in zip(case["together"], case["cohesion"], strict=True):
        earned += int(points) if one in members and other in members else 0
    for skill, owner in enumerate(case["skill_of"]):
        if owner == number and not any(case["covers"][one, skill] for one in members):
            earned -= max(0, int(case["uncovered"][skill]))
    return earned


def _ways(case: dict[str, Any], number: int) -> Iterator[tuple[Made, ...]]:
    made = list(_teams(case, number))
    yield ()
    for count in range(1, int(case["teams"][number]) + 1):
        for teams in itertools.combinations(made, count):
            firms = [{int(case["firm"][one]) for one in members} for members, _ in teams]
            if sum(map(len, firms)) == len(set().union(*firms)):
                yield teams


def _teams(case: dict[str, Any], number: int) -> Iterator[Made]:
    candidates = np.flatnonzero(case["problem"] == number).tolist()
    for size in range(int(case["least"][number]), int(case["most"][number]) + 1):
        for members in itertools.combinations(candidates, size):
            if _keeps(case, number, members):
                yield from ((members, lead) for lead in members if case["may_lead"][lead])


def _keeps(case: dict[str, Any], number: int, members: tuple[int, ...]) -> bool:
    roles = Counter(int(case["role"][one]) for one in members)
    if any(roles[role] < count for role, count in enumerate(case["required"][number])):
        return False
    if any(one in members and other in members for one, other in case["apart"]):
        return False
    return all(
        any(case["covers"][one, skill] for one in members)
        for skill, owner in enumerate(case["skill_of"])
        if owner == number and case["uncovered"][skill] < 0
    )


def _shared_rules(case: dict[str, Any], teams: list[Made]) -> bool:
    inside = {one for members, _ in teams for one in members}
    if not inside.issuperset(np.flatnonzero(case["fixed"]).tolist()):
        return False
    load: Counter[int] = Counter()
    leads: Counter[int] = Counter()
    for members, lead in teams:
        leads[int(case["expert"][lead])] += 1
        for one in members:
            load[int(case["expert"][one])] += int(case["use"][one])
    return all(case["capacity"][expert] >= sum_of for expert, sum_of in load.items()) and all(
        case["max_leads"][expert] < 0 or count <= case["max_leads"][expert] for expert, count in leads.items()
    )
