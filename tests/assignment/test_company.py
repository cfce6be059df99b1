"""``min_partners``: served by enough firms or not at all; a firm counts by what it delivers."""

from __future__ import annotations

from typing import Any

import pytest

from matching.assignment import allocate

PAIRS: dict[str, Any] = {"need": [0, 0], "offer": [0, 1], "score": [5, 3]}


def test_two_firms_share_what_one_could_carry() -> None:
    """Ten pieces, each firm could make them all: the dearer firm gets the one piece that makes it count."""
    found = allocate(**PAIRS, demand=[10], capacity=[10, 10], min_partners=[2])
    assert found.quantity.tolist() == [9, 1]
    assert (found.objective, found.status) == (48, "optimal")


def test_it_does_not_bind_where_two_firms_are_used_anyway() -> None:
    found = allocate(**PAIRS, demand=[10], capacity=[6, 10], min_partners=[2])
    assert found.quantity.tolist() == [6, 4]


def test_a_need_that_cannot_have_two_firms_is_not_served() -> None:
    """Only one firm has any capacity."""
    found = allocate(**PAIRS, demand=[10], capacity=[10, 0], min_partners=[2])
    assert found.quantity.tolist() == [0, 0]
    assert found.status == "optimal"


def test_two_offers_of_one_firm_are_one_firm() -> None:
    found = allocate(**PAIRS, demand=[10], capacity=[10, 10], partner=[7, 7], min_partners=[2])
    assert found.quantity.tolist() == [0, 0]


def test_minimum_orders_count_for_the_second_firm() -> None:
    """The second firm delivers no less than 4, so the first has 6."""
    found = allocate(**PAIRS, demand=[10], capacity=[10, 10], minimum=[2, 4], min_partners=[2])
    assert found.quantity.tolist() == [6, 4]


def test_a_worthless_second_firm_makes_the_first_one_pay() -> None:
    """One piece at −2 lets nine be dealt at 5."""
    found = allocate([0, 0], [0, 1], [5, -2], demand=[10], capacity=[10, 10], min_partners=[2])
    assert (found.quantity.tolist(), found.objective) == ([9, 1], 43)


def test_a_fixed_firm_asks_for_a_second() -> None:
    """What is fixed serves the need, so another firm must come in, though it costs points."""
    arrays: dict[str, Any] = {"demand": [10], "capacity": [10, 10], "min_partners": [2]}
    found = allocate([0, 0], [0, 1], [5, -2], fixed=[4, 0], upper=[4, 10], **arrays)
    assert (found.quantity.tolist(), found.objective) == ([4, 1], 18)


@pytest.mark.parametrize("capacity", [[10, 0], [10, 10]])
def test_a_fixed_deal_that_leaves_no_room_for_a_second_firm_is_the_conflict(capacity: list[int]) -> None:
    """The whole need is fixed with one firm."""
    found = allocate(**PAIRS, demand=[10], capacity=capacity, fixed=[10, 0], min_partners=[2])
    assert (found.status, found.conflict_fixed.tolist()) == ("infeasible", [0])


def test_more_at_least_than_at_most_serves_nothing() -> None:
    found = allocate(**PAIRS, demand=[10], capacity=[10, 10], min_partners=[2], max_partners=[1])
    assert found.quantity.tolist() == [0, 0]


def test_many_needs_have_two_firms_each() -> None:
    """Three hundred needs in one component, two firms each: beyond what is searched at once."""
    needs, firms = 300, 8
    arrays: dict[str, Any] = {
        "need": [n for n in range(needs) for _ in range(firms)],
        "offer": list(range(firms)) * needs,
        "score": [(7 * n + 3 * f) % 11 + 1 for n in range(needs) for f in range(firms)],
    }
    found = allocate(
        **arrays, demand=[10] * needs, capacity=[300] * firms, min_partners=[2] * needs, gap=0.02
    )
    assert found.gap <= 0.02
