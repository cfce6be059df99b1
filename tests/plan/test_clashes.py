"""Every clash of random policies is real and minimal, and the changes named with it work."""

from __future__ import annotations

from itertools import count

import pytest

from matching import ConflictError
from matching.plan import Pin
from tests.plan.clashes import Case
from tests.plan.story import plan_of


def clash_of(case: Case) -> ConflictError | None:
    """Plan the case; the oracle has to agree on whether a plan exists."""
    try:
        plan_of(case.needs, case.offers, case.policy, pins=case.pins)
    except ConflictError as error:
        assert not case.feasible(case.policy, case.pins)
        return error
    assert case.feasible(case.policy, case.pins)
    return None


def holds(case: Case, error: ConflictError) -> None:
    """Assert that the clash is one, that none of it is to spare, and that the changes leave a plan."""
    deals = {f"{pin.need_id} – {pin.offer_id}": pin for pin in case.pins}

    def feasible(names: list[str]) -> bool:
        limits = case.policy.limits
        policy = case.policy.without_limit(*(name for name in limits.all if name not in names))
        return case.feasible(policy, [pin for name, pin in deals.items() if name in names])

    names = list(error.conflict)
    assert not feasible(names)
    assert all(feasible([name for name in names if name != spare]) for spare in names)
    kept: list[Pin] = [pin for pin in case.pins if (pin.need_id, pin.offer_id) not in error.released]
    relaxed = case.policy.relaxed(error.changes)
    assert case.feasible(relaxed, kept)
    plan_of(case.needs, case.offers, relaxed, pins=kept)


def clashes(start: int, wanted: int) -> int:
    """Check as many clashing cases as wanted; give how many were."""
    found = 0
    for seed in count(start):
        case = Case(seed)
        error = clash_of(case)
        if error is not None:
            holds(case, error)
            found += 1
        if found == wanted:
            return found
    return found


def test_some_clashes_are_minimal_and_their_changes_work() -> None:
    assert clashes(0, 3) == 3


@pytest.mark.slow
def test_many_clashes_are_minimal_and_their_changes_work() -> None:
    assert clashes(1_000, 60) == 60
