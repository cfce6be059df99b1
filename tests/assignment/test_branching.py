"""Lumpy quantities: branch and cut finds the plan, the exact ceiling stays what proves it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching.assignment import allocate, solve
from tests.assignment.oracle import RULES, best, call, draw


def lumpy(seed: int, needs: int = 20, offers: int = 16) -> dict[str, Any]:
    """Needs of thousands of steps, least deals of a third, at most two firms, at most three deals a firm."""
    rng = np.random.default_rng(seed)
    need, offer = (side.ravel() for side in np.indices((needs, offers)))
    demand = rng.integers(1000, 9000, needs)
    return {
        "need": need, "offer": offer, "score": rng.integers(1, 10_000, len(need)), "demand": demand,
        "capacity": rng.integers(1000, 12_000, offers), "minimum": demand[need] // 3,
        "partner": np.arange(offers) // 2, "max_partners": np.full(needs, 2),
        "max_deals": np.full((offers + 1) // 2, 3),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_a_lumpy_market_ends_close_to_its_ceiling_and_repeats_itself(seed: int) -> None:
    case = lumpy(seed)
    one, other = allocate(**case), allocate(**case)
    assert 0 <= one.gap < 0.05
    assert not one.timed
    assert np.array_equal(one.quantity, other.quantity)


@pytest.mark.parametrize("seed", range(40))
def test_branching_on_any_mix_of_rules_equals_the_oracle(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "SMALL", 0)
    monkeypatch.setattr(solve, "LUMPY", 0)
    case = draw(np.random.default_rng(seed), [rule for rule in RULES if rule != "fixed"])
    want, found = best(case), allocate(**call(case))
    assert (found.status == "infeasible") == (want is None)
    assert want is None or found.objective == want == found.bound


def test_the_clock_that_ends_a_branching_is_told() -> None:
    assert allocate(**lumpy(3, 150, 100), seconds=0.3).timed
