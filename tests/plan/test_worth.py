"""What needs count for, and that the kernel's numbers stay exact."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import InputError, Market, supply_policy
from matching.plan.worth import CEILING, points_per_step, scale_of, worth_of
from matching.policy import FULL_SCORE


def market(**columns: list[float]) -> Market:
    """Needs with the columns that worth reads."""
    return Market(pd.DataFrame(columns), pd.DataFrame())


def test_equal_worth_is_priority() -> None:
    worth, unknown = worth_of(market(priority=[1, 3], budget_cny=[1e6, np.nan]), supply_policy())
    assert worth.tolist() == [1, 3]
    assert unknown.tolist() == [False, False]


def test_budget_worth_is_thousands_and_the_unknown_count_as_the_median() -> None:
    by_budget = supply_policy().replace(worth="budget")
    worth, unknown = worth_of(market(priority=[1, 2, 1, 1], budget_cny=[5e6, 1e6, np.nan, 400.0]), by_budget)
    assert worth.tolist() == [5000, 2000, 1000, 1]
    assert unknown.tolist() == [False, False, True, False]


def test_no_known_budget_counts_one() -> None:
    worth, unknown = worth_of(
        market(priority=[1], budget_cny=[np.nan]), supply_policy().replace(worth="budget")
    )
    assert worth.tolist() == [1]
    assert unknown.all()


def test_worths_beyond_exact_arithmetic_are_refused() -> None:
    by_budget = supply_policy().replace(worth="budget")
    with pytest.raises(InputError, match="优先级与预算之积过大"):
        worth_of(market(priority=[10**6], budget_cny=[1e12]), by_budget)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=40))
def test_the_scale_is_the_largest_power_of_ten_below_the_ceiling(worth: list[int]) -> None:
    scale = scale_of(np.array(worth))
    assert FULL_SCORE * sum(worth) * scale < CEILING <= FULL_SCORE * sum(worth) * scale * 10


@given(st.integers(0, FULL_SCORE), st.integers(1, 10**6), st.integers(1, 10**9))
def test_a_need_fully_served_counts_points_times_worth(points: int, worth: int, demand: int) -> None:
    """What rounding down takes is less than one unit of demand."""
    worths, demands = np.array([worth]), np.array([demand])
    step = points_per_step(np.array([points]), np.array([0]), worths * scale_of(worths), demands)
    exact = points * worth * scale_of(worths)
    assert exact - demand < int(step[0]) * demand <= exact
