"""Capacity by month: what a window holds, and which sums it bounds."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from matching.supply import PRACTICE
from matching.supply.records import CapacityOffer, ProcurementNeed
from tests.supply.market_of import day, every_pair, market_of, need, pair
from tests.supply.months_of import monthly, tonnes


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("..", 670),
        ("2026-03-01..2026-03-31", 310),
        ("2026-04-01..2026-04-15", 150),
        ("2026-03-22..2026-04-15", 100 + 150),
        ("..2026-03-15", 150),
        ("2026-06-16..", 30),
        ("2026-05-01..2026-05-31", 0),
        ("2026-04-16..2026-06-10", 150 + 20),
        ("2026-04-10..2026-04-10", 10),
        ("..2026-02-28", 0),
        ("2026-07-01..", 0),
    ],
)
def test_what_a_window_holds(window: str, expected: float) -> None:
    """A month accrues evenly over its days; an unknown end is open; what is not listed makes nothing."""
    found = pair(tonnes(window=window), monthly())
    assert found.room.tolist() == [pytest.approx(expected)]
    assert PRACTICE.terms(found).upper.tolist() == [min(100, expected) * 1000]


def test_a_window_begins_with_the_first_possible_delivery() -> None:
    """Published on 1 March with 21 days of lead time: from 22 March on; a later need_from is later."""
    published = {"published_on": day("2026-03-01")}
    assert pair(tonnes(**published, window="..2026-03-31"), monthly(lead_days=21)).room.tolist() == [100]
    late = tonnes(**published, window="2026-04-01..2026-04-30")
    assert pair(late, monthly(lead_days=21)).room.tolist() == [300]


def test_months_know_no_period() -> None:
    """120 days take all of it, not a quarter."""
    found = pair(tonnes(duration_days=120), monthly())
    assert found.load.tolist() == [100]
    assert found.load_share.tolist() == [pytest.approx(100 / 670)]


def test_capacity_fit_reads_the_window() -> None:
    (criterion,) = (one for one in PRACTICE.criteria if one.name == "capacity")
    full = pair(tonnes(window="2026-03-01..2026-03-31"), monthly())
    tenth = pair(tonnes(window="2026-04-10..2026-04-10"), monthly())
    none = pair(tonnes(window="2026-05-01..2026-05-31"), monthly())
    assert [float(criterion.measure(one)[0]) for one in (full, tenth, none)] == [1, pytest.approx(2 / 3), 0]
    said = [
        criterion.sentence.fill_rows(partial(one.values, which=np.array([0])), 1)[0].zh
        for one in (tenth, none)
    ]
    assert said[0].startswith("任务占其交货期内规模的 1000%（产能 10 吨，本需求占 100）")
    assert said[1].startswith("交货期内没有排产")


def test_a_tier_is_reached_by_what_the_window_holds() -> None:
    held = monthly(price=9, price_tiers=((50, 8), (200, 7)))
    found = pair(tonnes(quantity=500, window="2026-04-01..2026-04-15"), held)
    assert found.unit_price.tolist() == [8]


def rows_of(needs: list[ProcurementNeed], offers: list[CapacityOffer]) -> list[tuple[list[int], float]]:
    """Positions and most of each allowance of months, in the unit of the capacity."""
    shared = PRACTICE.terms(every_pair(market_of(needs, offers))).allowances
    assert {shared.kinds[kind].name for kind in shared.kind} <= {"months"}
    found = zip(shared.rows, shared.most * shared.size, strict=True)
    return sorted((np.sort(row.indices).tolist(), most) for row, most in found)


def test_windows_that_lie_within_another_are_bounded_together() -> None:
    """200 t of March, 200 t until mid April, 400 t of April: three single windows, one pair, all."""
    needs = [
        tonnes("N-1", 350, window="2026-03-01..2026-03-31"),
        tonnes("N-2", 480, window="2026-03-01..2026-04-15"),
        tonnes("N-3", 400, window="2026-04-01..2026-04-30"),
    ]
    assert rows_of(needs, [monthly()]) == [
        ([0], 310),
        ([0, 1], 460),
        ([0, 1, 2], 610),
        ([2], 300),
    ]


def test_of_equal_windows_there_is_one_row() -> None:
    needs = [tonnes(f"N-{at}", 200, window="2026-03-01..2026-03-31") for at in range(3)]
    assert rows_of(needs, [monthly()]) == [([0, 1, 2], 310)]


def test_what_cannot_run_short_has_no_row() -> None:
    assert (
        rows_of([tonnes("N-1", 100), tonnes("N-2", 200, window="2026-03-01..2026-04-30")], [monthly()]) == []
    )


def test_months_in_hours_on_a_shared_line() -> None:
    """March has 100 hours; a piece takes half an hour or a whole one of the same line."""
    line = {
        "monthly": (("2026-03", 100.0), ("2026-04", 50.0)),
        **{"capacity_unit": "worker_hour", "product_unit": "piece", "line": "一号"},
    }
    held = [monthly("O-1", unit_hours=0.5, **line), monthly("O-2", unit_hours=1, **line)]
    asked = need(quantity=180, unit="piece", need_by=day("2026-03-31"))
    terms = PRACTICE.terms(every_pair(market_of([asked], held)))
    shared = terms.allowances
    assert (shared.rows.toarray() * shared.size[:, None]).tolist() == [[0.5, 1]]
    assert (shared.most * shared.size).tolist() == [100]
    assert terms.upper.tolist() == [180, 100]


def test_inferred_months_do_not_bind() -> None:
    terms = PRACTICE.terms(pair(tonnes(quantity=999), monthly(note="按历史推算")))
    assert (terms.capacity.tolist(), terms.capped.tolist(), terms.upper.tolist()) == ([-1], [True], [999_000])


def test_a_minimum_order_beyond_the_window_is_no_deal() -> None:
    terms = PRACTICE.terms(pair(tonnes(quantity=100, window="2026-04-01..2026-04-05"), monthly(moq=80)))
    assert (terms.minimum.tolist(), terms.upper.tolist()) == ([80_000], [50_000])


def test_a_whole_task_needs_room_for_all_of_it() -> None:
    """Money by month: 500,000 fit into April, 700,000 do not."""
    held = monthly(capacity_unit="CNY", monthly=(("2026-03", 1e6), ("2026-04", 6e5)))
    april = {"need_from": day("2026-04-01"), "need_by": day("2026-04-30")}
    needs = [need(need_id=f"N-{at}", budget_cny=at * 1e5, **april) for at in (5, 7)]
    terms = PRACTICE.terms(every_pair(market_of(needs, [held])))
    assert (terms.demand.tolist(), terms.upper.tolist()) == ([1, 1], [1, 0])


def test_months_and_a_buyers_share() -> None:
    """A tenth of all the months list, for all needs of a buyer together."""
    terms = PRACTICE.terms(pair(tonnes(), monthly(max_share_one_buyer=0.1)))
    assert terms.upper.tolist() == [67_000]
