"""Invented markets for teams: problems, members with roles and skills, conflicts, friends, scarce time."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

#: shares of members in each role; the last three every team needs one of
ROLES = (0.58, 0.14, 0.14, 0.14)
#: shares of candidates that cover a skill, and that may lead
COVERED, LEADS = 0.3, 0.4


def team_market(  # noqa: PLR0913
    seed: int,
    *,
    problems: int = 200,
    members: int = 2000,
    candidates: int = 60,
    skills: int = 4,
    conflicts: float = 0.05,
    sizes: tuple[int, int] = (4, 7),
) -> dict[str, Any]:
    """Give the arrays of ``form_teams``: one to three teams a problem, a share of pairs kept apart."""
    draws = np.random.default_rng(seed)
    roles = draws.choice(len(ROLES), members, p=ROLES)
    ability = draws.random(members)
    expert = np.concatenate(
        [np.sort(draws.choice(members, candidates, replace=False)) for _ in range(problems)]
    )
    count = len(expert)
    problem = np.repeat(np.arange(problems), candidates)
    firsts = range(0, count, candidates)
    apart = np.concatenate([first + _pairs(draws, candidates, conflicts) for first in firsts])
    row, skill = np.nonzero(draws.random((count, skills)) < COVERED)
    column = problem[row] * skills + skill
    entries = (np.ones(len(row), bool), (row, column))
    covers = sparse.csr_array(entries, shape=(count, problems * skills))
    points = 10_000 * (0.35 * ability[expert] + 0.65 * draws.random(count))
    return {
        "problem": problem,
        "expert": expert,
        "score": np.rint(points).astype(np.int64),
        "capacity": draws.choice([1, 2], members, p=[0.75, 0.25]),
        "teams": draws.choice([1, 2, 3], problems, p=[0.3, 0.5, 0.2]),
        "least": sizes[0],
        "most": sizes[1],
        "worth": 5000,
        "role": roles[expert],
        "required": np.tile([0, 1, 1, 1], (problems, 1)),
        "skill_of": np.repeat(np.arange(problems), skills),
        "covers": covers,
        "may_lead": draws.random(count) < LEADS,
        "apart": apart,
        "firm": draws.integers(0, max(1, members // 3), members)[expert],
    }


def _pairs(draws: np.random.Generator, candidates: int, share: float) -> np.ndarray:
    one, other = np.triu_indices(candidates, 1)
    some = draws.random(len(one)) < share
    return np.column_stack([one[some], other[some]])
