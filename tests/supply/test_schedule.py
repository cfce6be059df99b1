"""The months a deal is delivered in, against walking through the days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.market import Pairs
from matching.practice import Dealt, Terms
from matching.supply import PRACTICE
from matching.supply.schedule import schedule
from matching.supply.takes import Takes
from tests.supply.market_of import day, every_pair, market_of, need, offer, pair
from tests.supply.months_of import monthly, tonnes


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


def test_the_sheet_counts_in_the_unit_that_nobody_told() -> None:
    """What five of an unnamed unit take of a capacity in another one is not known."""
    pairs = pair(need(quantity=5), offer(monthly=(("2026-03", 300.0), ("2026-05", 200.0))))
    terms = PRACTICE.terms(pairs)
    (table,) = PRACTICE.tables(Dealt(pairs, terms, np.array([5]), np.array([0])))
    shown = [row[7:9] for row in map(tuple, np.asarray(table.rows, object).tolist())]
    assert shown == [("未知", "未知"), (300, 200), (300, 200)]


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
