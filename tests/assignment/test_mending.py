"""A plan that breaks a row is mended; a large component under rows has a plan at all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching.assignment import allocate
from matching.assignment.formulation import build
from matching.assignment.mending import mended
from matching.assignment.reach import reach
from tests.assignment.test_checker import request_of

#: three tasks; the last carries half of all: x2 ≥ x0 + x1
CASE: dict[str, Any] = {
    "need": [0, 1, 2],
    "offer": [0, 1, 2],
    "score": [5, 3, 4],
    "demand": [1, 1, 1],
    "capacity": [1, 1, 1],
    "rows": [[-1, -1, 1]],
    "low": [0],
}


def test_the_least_earning_that_weighs_is_dropped() -> None:
    request = request_of(CASE)
    program = build(request, reach(request))
    assert mended(program, np.array([1, 1, 1])).tolist() == [1, 0, 1]


def test_what_passes_a_ceiling_is_dropped() -> None:
    request = request_of({**CASE, "rows": [[1, 1, 1]], "low": [0], "high": [2]})
    program = build(request, reach(request))
    assert mended(program, np.array([1, 1, 1])).tolist() == [1, 0, 1]


@pytest.mark.parametrize("plan", [[1, 0, 1], [0, 0, 0], [0, 0, 1]])
def test_a_plan_that_keeps_its_rows_stays(plan: list[int]) -> None:
    request = request_of(CASE)
    program = build(request, reach(request))
    assert mended(program, np.array(plan)).tolist() == plan


def test_shares_and_two_firms_leave_a_plan_on_a_large_component() -> None:
    """A hundred needs, dual sourcing and a share of 30 % for firms that score less."""
    rng = np.random.default_rng(3)
    needs, firms = 100, 12
    need = np.repeat(np.arange(needs), firms)
    offer = np.tile(np.arange(firms), needs)
    small = offer % 3 == 0
    score = rng.integers(1, 100, needs * firms) - 40 * small
    found = allocate(
        need,
        offer,
        np.maximum(score, 1),
        demand=np.full(needs, 10),
        capacity=np.full(firms, 70),
        min_partners=np.full(needs, 2),
        rows=np.where(small, 7, -3)[None, :],
        low=[0],
        gap=0.1,
    )
    assert found.status == "feasible"
    assert found.objective > 0.7 * found.bound
