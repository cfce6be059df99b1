"""Arguments divided into components: each cut out alone has the plan it has in the whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse

from experiments.allocation_instances import make_instance
from matching.assignment import allocate
from matching.assignment.division import Groups, as_one, divide, gap_of, put_back, worth_of_plan


def two_islands() -> dict[str, Any]:
    """Two needs, each with two offers of its own; the first offers of both belong to one firm."""
    return {
        "need": np.array([0, 0, 1, 1]),
        "offer": np.array([0, 1, 2, 3]),
        "score": np.array([9, 5, 8, 7]),
        "demand": np.array([10, 10]),
        "capacity": np.array([6, 10, 6, 10]),
        "partner": np.array([7, 8, 7, 9]),
    }


def test_islands_are_components_and_a_limit_of_a_firm_joins_them() -> None:
    arguments = two_islands()
    assert divide(arguments).label.tolist() == [0, 0, 1, 1]
    unlimited = {**arguments, "max_deals": np.full(10, -1)}
    assert divide(unlimited).label.tolist() == [0, 0, 1, 1]
    counted = {**arguments, "max_deals": np.where(np.arange(10) == 7, 1, -1)}
    assert divide(counted).label.tolist() == [0, 0, 0, 0]


def test_a_row_joins_what_it_holds() -> None:
    row = {"rows": sparse.csr_array(np.array([[1, 0, 0, 1]])), "low": np.array([0]), "high": np.array([5])}
    row["penalty"] = np.array([-1])
    assert divide({**two_islands(), **row}).label.tolist() == [0, 0, 0, 0]
    local = {**row, "rows": sparse.csr_array(np.array([[0, 0, 1, 1]]))}
    division = divide({**two_islands(), **local})
    assert division.label.tolist() == [0, 0, 1, 1]
    part = division.part(np.array([1]))
    assert part.pairs.tolist() == [2, 3]
    assert part.arguments["rows"].toarray().tolist() == [[1, 1]]
    assert part.arguments["partner"].tolist() == [0, 1]
    assert divide({**two_islands(), **local}).part(np.array([0])).arguments["rows"].shape == (0, 2)


def test_members_know_their_component() -> None:
    groups = Groups.of(np.array([1, 0, 1, 2]), 3)
    assert [groups.number(member) for member in range(4)] == [1, 0, 1, 2]
    assert groups.among(np.array([1, 2])).tolist() == [0, 2, 3]


@pytest.mark.parametrize("orders", [False, True])
def test_the_parts_of_a_whole_earn_what_the_whole_does(orders: bool) -> None:
    """A clustered instance solved component by component and put back is the whole again."""
    instance = make_instance(1_500, 3, orders=orders)
    arguments = {**instance.bare, **instance.rules}
    whole = allocate(**arguments)
    division = divide(arguments)
    again = whole
    for number in range(int(division.label.max()) + 1):
        part = division.part(np.array([number]))
        again = put_back(again, part.pairs, allocate(**part.arguments))
    if whole.status == "optimal":
        assert (again.objective, again.bound) == (whole.objective, whole.bound)
    assert again.objective == worth_of_plan(arguments, again.quantity)
    assert again.objective == int(again.component_objective.sum())
    assert again.bound == int(again.component_bound.sum())
    assert gap_of(again, np.arange(len(again.quantity))) == pytest.approx(again.gap)


def test_what_a_plan_is_worth_counts_what_is_lost() -> None:
    """Points 9·6 + 5·4, less 3 for using pair 0, 2 for opening offer 1, and 4 for each of 2 units above."""
    arguments = {
        **two_islands(),
        "setup": np.array([3, 0, 0, 0]),
        "opening": np.array([0, 2, 0, 0]),
        "rows": sparse.csr_array(np.array([[1, 0, 0, 0]])),
        "low": np.array([0]),
        "high": np.array([4]),
        "penalty": np.array([4]),
    }
    assert worth_of_plan(arguments, np.array([6, 4, 0, 0])) == 54 + 20 - 3 - 2 - 8
    best = allocate(**arguments)
    assert worth_of_plan(arguments, best.quantity) == best.objective


def test_another_plan_of_a_part_keeps_the_proof() -> None:
    best = allocate(**two_islands())
    kept = as_one(best, np.array([0, 10, 6, 4]), 5 * 10 + 8 * 6 + 7 * 4)
    assert (kept.objective, kept.bound, kept.status) == (126, best.bound, "feasible")
    assert kept.component_objective.tolist() == [126]
