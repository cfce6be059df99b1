"""Capacity by month: what a window holds, which sums it bounds, and the months a deal is delivered in."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.market import Pairs
from matching.practice import Dealt, Terms
from matching.supply import PRACTICE
from matching.supply.records import CapacityOffer, ProcurementNeed
from matching.supply.schedule import schedule
from matching.supply.takes import Takes
from tests.supply.market_of import day, every_pair, market_of, need, offer, pair

SPRING = (("2026-03", 310.0), ("2026-04", 300.0), ("2026-06", 60.0))


def monthly(offer_id: str = "O-1", **told: Any) -> CapacityOffer:
    return offer(**{"offer_id": offer_id, "monthly": SPRING, "capacity_unit": "t", **told})


def tonnes(need_id: str = "N-1", quantity: float = 100, **told: Any) -> ProcurementNeed:
    """A need of tonnes; two days written as 2026-03-01..2026-03-31 are its window."""
    first, _, last = told.pop("window", "..").partition("..")
    days = {"need_from": day(first) if first else None, "need_by": day(last) if last else None}
    return need(**{"need_id": need_id, "quantity": quantity, "unit": "t", **days, **told})


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


def laid_out(pairs: Pairs, quantity: list[float]) -> tuple[dict[tuple[int, str], float], float]:
    """Deliveries in tonnes by deal and month, and what finds no room."""
    terms = PRACTICE.terms(pairs)
    steps = np.rint(np.array(quantity) / terms.step[pairs.need_row]).astype(np.int64)
    takes = Takes.of(pairs, terms.demand)
    found = schedule(pairs, takes, steps)
    size = takes.size[0] / 1000
    entries = zip(found.pair.tolist(), found.month.tolist(), found.steps.tolist(), strict=True)
    told = {(at, str(np.datetime64(month, "M"))): steps * size for at, month, steps in entries}
    return told, float(found.beyond.sum() * size)


def test_the_earliest_deadline_is_delivered_first() -> None:
    needs = [
        tonnes("N-1", 310, window="2026-03-01..2026-04-30"),
        tonnes("N-2", 200, window="..2026-03-31"),
        tonnes("N-3", 100, window="2026-04-01.."),
    ]
    told, beyond = laid_out(every_pair(market_of(needs, [monthly()])), [310, 200, 100])
    assert told == {(0, "2026-03"): 110, (0, "2026-04"): 200, (1, "2026-03"): 200, (2, "2026-04"): 100}
    assert beyond == 0


def test_what_the_months_cannot_make_is_told() -> None:
    told, beyond = laid_out(pair(tonnes(quantity=400, window="..2026-03-31"), monthly()), [400])
    assert (told, beyond) == ({(0, "2026-03"): 310}, 90)


def test_the_sheet_shows_deals_months_and_what_is_left() -> None:
    needs = [tonnes("N-1", 200, window="..2026-03-31"), tonnes("N-2", 200)]
    pairs = every_pair(market_of(needs, [monthly(), offer(offer_id="O-2", capacity=9, capacity_unit="t")]))
    terms = PRACTICE.terms(pairs)
    quantity = np.array([200_000, 0, 200_000, 9_000])
    (table,) = PRACTICE.tables(Dealt(pairs, terms, quantity, np.flatnonzero(quantity)))
    assert [heading.title for heading in table.columns][7:] == ["2026-03", "2026-04", "2026-06", "超出产能"]
    shown = [
        (row[0], row[2], row[3], *row[5:]) for row in map(tuple, np.asarray(table.rows, object).tolist())
    ]
    assert shown == [
        ("O-1", "交付", "N-1", 200, "吨", 200, 0, 0, None),
        ("O-1", "交付", "N-2", 200, "吨", 110, 90, 0, None),
        ("O-1", "月度产能", "", 670, "吨", 310, 300, 60, None),
        ("O-1", "剩余产能", "", 270, "吨", 0, 210, 60, None),
    ]


def test_there_is_no_sheet_without_months() -> None:
    pairs = pair(tonnes(), offer(capacity=9, capacity_unit="t"))
    terms = PRACTICE.terms(pairs)
    assert PRACTICE.tables(Dealt(pairs, terms, np.array([9]), np.array([0]))) == ()


def made_by_day(amounts: dict[str, int]) -> dict[date, int]:
    """Whole pieces finished on each day: a month's output so far, rounded down, less what was before."""
    found = {}
    for month, amount in amounts.items():
        first = day(f"{month}-01")
        length = ((first + timedelta(days=32)).replace(day=1) - first).days
        for at in range(length):
            found[first + timedelta(days=at)] = amount * (at + 1) // length - amount * at // length
    return found


def fits(quantity: list[int], windows: list[tuple[date, date]], output: dict[date, int]) -> bool:
    """Tell day by day whether all can be delivered within their windows, the earliest deadline first."""
    left = list(quantity)
    for today in sorted(output):
        for _ in range(output[today]):
            ready = [at for at, (first, last) in enumerate(windows) if left[at] and first <= today <= last]
            if ready:
                left[min(ready, key=lambda at: windows[at][1])] -= 1
    return not any(left)


days = st.dates(date(2026, 1, 25), date(2026, 4, 5))
windows_of = st.lists(st.tuples(days, days).map(lambda two: (min(two), max(two))), min_size=1, max_size=3)


def pieces_of(windows: list[tuple[date, date]], amounts: dict[str, int]) -> tuple[Pairs, Terms]:
    needs = [
        need(need_id=f"N-{at}", quantity=5, unit="piece", need_from=first, need_by=last)
        for at, (first, last) in enumerate(windows)
    ]
    months = tuple((month, float(amount)) for month, amount in amounts.items())
    pairs = every_pair(market_of(needs, [monthly(monthly=months, capacity_unit="piece")]))
    return pairs, PRACTICE.terms(pairs)


@settings(max_examples=60, deadline=None)
@given(windows_of, st.lists(st.integers(0, 6), min_size=2, max_size=2))
def test_the_rows_hold_exactly_what_can_be_scheduled_day_by_day(
    windows: list[tuple[date, date]], made: list[int]
) -> None:
    """Every choice of quantities keeps the rows and bounds if and only if it can be delivered in time."""
    amounts = dict(zip(("2026-02", "2026-03"), made, strict=True))
    pairs, terms = pieces_of(windows, amounts)
    output = made_by_day(amounts)
    shared = terms.allowances
    takes = Takes.of(pairs, terms.demand)
    for chosen in product(range(6), repeat=len(windows)):
        quantity = np.array(chosen)
        in_rows = not len(shared) or bool((shared.rows @ quantity <= shared.most).all())
        inside = in_rows and bool(
            (terms.use @ quantity <= terms.capacity[0]) & (quantity <= terms.upper).all()
        )
        assert inside == fits(list(chosen), windows, output), chosen
        if inside:
            keeps_the_schedule(pairs, takes, quantity)


def keeps_the_schedule(pairs: Pairs, takes: Takes, quantity: np.ndarray) -> None:
    """Nothing is left over, sums are the deals', no month makes more than it can."""
    found = schedule(pairs, takes, quantity)
    assert not found.beyond.any()
    assert (found.steps > 0).all()
    whole = np.bincount(found.pair, found.steps, minlength=len(pairs))
    assert (whole == takes.use * quantity).all()
    can = dict(zip(takes.made.month.tolist(), takes.made.amount.tolist(), strict=True))
    for month in np.unique(found.month).tolist():
        assert found.steps[found.month == month].sum() <= can[month]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(days, days, st.floats(0.5, 400)), min_size=1, max_size=6),
    st.lists(st.floats(0, 500), min_size=1, max_size=3),
    st.sampled_from([None, 0.5, 0.3, 1 / 60]),
)
def test_whatever_keeps_the_rows_has_a_schedule(
    asked: list[tuple[date, date, float]], made: list[float], per_piece: float | None
) -> None:
    """Needs dealt one after another as far as the rows allow, in tonnes or in pieces by the hour."""
    unit = "t" if per_piece is None else "piece"
    needs = [
        need(
            need_id=f"N-{at}",
            quantity=round(quantity, 3) if per_piece is None else max(1, round(quantity)),
            unit=unit,
            need_from=min(first, last),
            need_by=max(first, last),
        )
        for at, (first, last, quantity) in enumerate(asked)
    ]
    months = tuple((f"2026-{at:02d}", round(amount, 2)) for at, amount in enumerate(made, 1))
    in_hours = {"unit_hours": per_piece, "product_unit": "piece", "capacity_unit": "worker_hour"}
    held = monthly(monthly=months, **(in_hours if per_piece else {}))
    pairs = every_pair(market_of(needs, [held]))
    terms = PRACTICE.terms(pairs)
    quantity = np.zeros(len(pairs), np.int64)
    for at in range(len(pairs)):
        left = terms.allowances.left(quantity)
        room = terms.allowances.room(left, None, terms.upper)
        spare = (terms.capacity[0] - terms.use @ quantity) // terms.use[at]
        quantity[at] = max(0, min(room[at], spare))
    keeps_the_schedule(pairs, Takes.of(pairs, terms.demand), quantity)
