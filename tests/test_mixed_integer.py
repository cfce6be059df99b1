"""The second proof of the allocation: never below the kernel's exact answer, and near it."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.mixed_integer import prove
from matching.assignment import allocate


@pytest.mark.parametrize("seed", range(12))
def test_its_bound_holds_and_lies_near_the_kernels_optimum(seed: int) -> None:
    rng = np.random.default_rng(seed)
    need, offer = (side.ravel() for side in np.indices((5, 6)))
    upper = rng.integers(1, 9, 30)
    asked = {
        "need": need,
        "offer": offer,
        "score": rng.integers(0, 100, 30),
        "demand": rng.integers(1, 12, 5),
        "capacity": rng.integers(0, 12, 6),
        "upper": upper,
        "minimum": rng.integers(0, upper + 1),
        "partner": np.array([0, 0, 1, 1, 2, 3]),
        "use": rng.integers(1, 3, 30),
        "max_partners": rng.integers(1, 4, 5),
        "max_deals": np.array([2, -1, 1, 3]),
        "rows": (rng.random((2, 30)) < 0.2).astype(int),
        "high": rng.integers(1, 9, 2),
    }
    exact, proof = allocate(**asked), prove(asked, 10)
    assert exact.gap == 0
    assert exact.objective <= proof.bound * (1 + 1e-6)
    assert proof.bound <= exact.objective * 1.2 + 1e-6


def test_what_it_cannot_tell_is_refused() -> None:
    with pytest.raises(ValueError, match="setup"):
        prove({"need": [], "setup": []}, 1)


@pytest.mark.parametrize("ends", [{"low": [1]}, {"penalty": [5]}])
def test_rows_that_ask_for_a_least_sum_or_cost_points_are_refused(ends: dict[str, list[int]]) -> None:
    with pytest.raises(ValueError, match="least sum"):
        prove({"need": [], "rows": [], "high": [], **ends}, 1)
