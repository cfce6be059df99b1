"""Windows of very many different days: few spans of them, and still nothing that cannot be made."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Plan
from matching.supply import allowances
from matching.supply.records import CapacityOffer, ProcurementNeed
from matching.supply.schedule import schedule
from matching.supply.takes import Takes
from tests.plan.story import need, offer, plan_of

_NUMBERS = st.lists(st.tuples(st.integers(0, 9_000), st.integers(1, 1_000)), min_size=1, max_size=120)


@given(_NUMBERS)
def test_windows_are_moved_inwards_and_not_far(told: list[tuple[int, int]]) -> None:
    start = np.array([first for first, _ in told])
    end = start + np.array([length for _, length in told])
    later, sooner = allowances.narrowed(start, end)
    assert (later >= start).all()
    assert (sooner <= end).all()
    assert (sooner - later >= allowances.NEAR * (end - start)).all()
    if len(np.unique(start)) <= allowances.MOMENTS and len(np.unique(end)) <= allowances.MOMENTS:
        assert (later == start).all()
        assert (sooner == end).all()


def many(seed: int) -> tuple[list[ProcurementNeed], list[CapacityOffer]]:
    """Sixty needs of windows all different, two foundries whose months are all different."""
    draw, first = np.random.default_rng(seed), date(2026, 1, 1)

    def later(low: int, high: int) -> date:
        return first + timedelta(int(draw.integers(low, high)))

    needs = [
        need(
            f"N-{at}", enterprise=f"船厂{at}", quantity=int(draw.integers(20, 300)), unit="件",
            published_on=later(0, 60), need_by=later(90, 330),
        )
        for at in range(60)
    ]  # fmt: skip
    offers = [
        offer(
            f"O-{at}", f"铸造{at}", capacity_unit="件", capacity_basis="declared",
            monthly=tuple((f"2026-{month:02d}", int(draw.integers(100, 500))) for month in range(1, 13)),
        )
        for at in range(2)
    ]  # fmt: skip
    return needs, offers


def beyond(plan: Plan) -> int:
    """Give the steps of a plan's deals that no month has room for."""
    problem = plan.solution.problem
    takes = Takes.of(problem.pairs, problem.terms.demand)
    return int(schedule(problem.pairs, takes, plan.solution.allocation.quantity).beyond.sum())


@pytest.mark.parametrize("seed", [0, 1])
def test_what_is_dealt_can_be_made_and_little_is_given_up(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of(*many(seed))
    rows = plan.solution.problem.kernel_arguments()["rows"].shape[0]
    assert beyond(plan) == 0
    monkeypatch.setattr(allowances, "MOMENTS", 1_000)
    exact = plan_of(*many(seed))
    assert beyond(exact) == 0
    assert exact.solution.problem.kernel_arguments()["rows"].shape[0] > 1.5 * rows
    assert 0.97 * exact.solution.span[0] <= plan.solution.span[0] <= exact.solution.span[1]
