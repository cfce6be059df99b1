"""Tiny seeded instances that use every argument of ``form_teams``."""

from __future__ import annotations

from typing import Any

import numpy as np


def small_case(seed: int) -> dict[str, Any]:
    """Give two problems with five candidates of seven experts each, every rule in play for some seeds."""
    draws = np.random.default_rng(seed)
    expert = np.concatenate([draws.choice(7, 5, replace=False) for _ in range(2)])
    least = draws.integers(1, 3, 2)
    skill_of = np.array([0, 0, 1])
    problem = np.repeat([0, 1], 5)
    pairs = np.array(
        [(first + one, first + other) for first in (0, 5) for one in range(5) for other in range(one)]
    )
    friends = pairs[draws.random(len(pairs)) < 0.2]
    return {
        "problem": problem,
        "expert": expert,
        "score": draws.integers(-3, 20, 10),
        "capacity": draws.integers(1, 4, 7),
        "teams": draws.integers(1, 3, 2),
        "least": least,
        "most": least + draws.integers(0, 2, 2),
        "use": draws.integers(1, 3, 10),
        "worth": draws.integers(-5, 10, 2),
        "role": draws.integers(-1, 2, 10),
        "required": (draws.random((2, 2)) < 0.3).astype(np.int64),
        "skill_of": skill_of,
        "covers": (draws.random((10, 3)) < 0.5) & (skill_of == problem[:, None]),
        "uncovered": draws.choice([-1, 0, 4], 3, p=[0.2, 0.4, 0.4]),
        "may_lead": draws.random(10) < 0.7,
        "lead_score": draws.integers(0, 5, 10) * draws.integers(0, 2),
        "max_leads": draws.choice([-1, 0, 1], 7, p=[0.4, 0.2, 0.4]),
        "apart": pairs[draws.random(len(pairs)) < 0.15],
        "together": friends,
        "cohesion": draws.integers(0, 6, len(friends)),
        "firm": draws.integers(0, 5, 7)[expert],
        "fixed": (draws.random(10) < 0.15) & (seed % 3 == 0),
    }
