"""The instructors' practice at the size of a county: proven, within the load cap, in seconds."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from matching import Listing, Plan, Policy, make_plan
from tests.practices.instructors import DISTRICTS, INDUSTRIES, INSTRUCTORS, Company, Instructor


@pytest.fixture(scope="module")
def plan() -> Plan:
    """263 instructors, 1,383 enterprises, drawn with a seed; one instructor once worked at 企业0000."""
    draw = np.random.default_rng(26)
    firms = [
        Company(name=f"企业{i:04}", district=d, industry=k) for i, (d, k) in enumerate(_places(draw, 1383))
    ]
    people = [
        Instructor(name=f"指导员{i:03}", district=d, industry=k, employer="企业0000" if i == 0 else None)
        for i, (d, k) in enumerate(_places(draw, 263))
    ]
    started = time.process_time()
    made = make_plan(
        Listing.of(INSTRUCTORS.demand, firms), Listing.of(INSTRUCTORS.supply, people), Policy.of(INSTRUCTORS)
    )
    assert time.process_time() - started < 5
    return made


def _places(draw: np.random.Generator, count: int) -> list[tuple[str, str]]:
    return list(
        zip(draw.choice(DISTRICTS, count).tolist(), draw.choice(INDUSTRIES, count).tolist(), strict=True)
    )


def test_the_plan_is_proven_optimal(plan: Plan) -> None:
    """Objective and bound meet, and every enterprise has exactly one instructor."""
    assert plan.summary().status == "optimal"
    assert plan.summary().gap == 0
    assert pd.Series([deal.need for deal in plan.deals]).value_counts().eq(1).all()
    assert len(plan.deals) == 1383


def test_nobody_has_more_than_six(plan: Plan) -> None:
    """The load cap holds, and nobody looks after a former employer."""
    assert max(Counter(deal.offer for deal in plan.deals).values()) == 6
    assert "曾任职于企业0000" in str(plan.why_not("企业0000", "指导员000"))
