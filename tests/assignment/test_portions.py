"""``min_share``: what a firm has of a need by all its offers is at least so much, or nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.assignment import allocate
from matching.assignment.checker import faults
from matching.assignment.division import divide
from matching.errors import ArrayError
from tests.assignment.oracle import RULES, best, call, draw, request_of

#: a need of 10, two offers of firm 0 that have 3 each, and one of firm 1
FIRMS: dict[str, Any] = {
    "need": [0, 0, 0], "offer": [0, 1, 2], "score": [5, 4, 3], "demand": [10], "capacity": [3, 3, 10],
    "partner": [0, 0, 1],
}  # fmt: skip


@pytest.mark.parametrize(
    ("share", "plan"), [(0.3, [3, 3, 4]), (0.5, [3, 2, 5]), (0.6, [0, 0, 10]), (1.0, [0, 0, 10])]
)
def test_two_offers_of_a_firm_reach_its_share_together(share: float, plan: list[int]) -> None:
    """Of half the need firm 1 has 5, so firm 0 has 5 too; of six tenths each there is room for one firm."""
    found = allocate(**FIRMS, min_share=[share])
    assert (found.quantity.tolist(), found.status) == (plan, "optimal")


def test_a_firm_with_one_offer_has_a_minimum() -> None:
    """4 of 10 at least: firm 0 has 3 and is out."""
    found = allocate([0, 0], [0, 1], [5, 3], demand=[10], capacity=[3, 10], min_share=[0.4])
    assert found.quantity.tolist() == [0, 10]


def test_the_share_is_rounded_up_to_whole_steps() -> None:
    """A third of 10 is 4 steps: 3 are too few."""
    found = allocate([0], [0], [5], demand=[10], capacity=[3], min_share=[1 / 3])
    assert found.quantity.tolist() == [0]
    found = allocate([0], [0], [5], demand=[10], capacity=[4], min_share=[1 / 3])
    assert found.quantity.tolist() == [4]


def test_a_worthless_offer_helps_a_firm_to_its_share() -> None:
    """Two pieces at −1 let three be dealt at 5."""
    found = allocate(
        [0, 0], [0, 1], [5, -1], demand=[10], capacity=[3, 9], partner=[0, 0], min_share=[0.5]
    )  # fmt: skip
    assert (found.quantity.tolist(), found.objective) == ([3, 2], 13)


def test_what_is_fixed_is_exempt() -> None:
    found = allocate(**FIRMS, min_share=[0.8], fixed=[1, 0, 0], upper=[1, 0, 10])
    assert found.quantity.tolist() == [1, 0, 9]


def test_the_checker_names_a_firm_with_too_little() -> None:
    request = request_of({**FIRMS, "min_share": [0.5]})
    assert faults(request, np.array([3, 1, 6])) == ["firm 0 has only 4 of need 0"]
    assert faults(request, np.array([3, 2, 5])) == []


def test_a_component_cut_out_keeps_the_share() -> None:
    arguments = call({**FIRMS, "min_share": [0.5]})
    assert divide(arguments).part(np.array([0])).arguments["min_share"].tolist() == [0.5]


def test_a_share_lies_between_none_and_all() -> None:
    with pytest.raises(ArrayError, match="min_share must lie between 0 and 1"):
        allocate(**FIRMS, min_share=[1.5])


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32), rules=st.lists(st.sampled_from(RULES), unique=True))
def test_it_is_as_good_as_trying_all(seed: int, rules: list[str]) -> None:
    case = draw(np.random.default_rng(seed), [*{*rules, "partner", "min_share"}])
    found, most = allocate(**call(case)), best(case)
    if most is None:
        assert found.status == "infeasible"
    else:
        assert (found.objective, found.status) == (most, "optimal")
