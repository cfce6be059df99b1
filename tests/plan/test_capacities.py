"""Plans on shared lines, in machine hours and by month: exact, and why what stays open does."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Plan
from matching.plan import Pin
from matching.supply.records import CapacityOffer, ProcurementNeed
from tests.plan.story import deals_of, need, offer, plan_of

HOURS = {"capacity_unit": "worker_hour", "product_unit": "piece", "line": "一号线"}
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def made_in_hours(offer_id: str, unit_hours: float, capacity: float = 100, **told: object) -> CapacityOffer:
    return offer(offer_id, "长江铸造", unit_hours=unit_hours, capacity=capacity, **{**HOURS, **told})


def pieces(need_id: str, quantity: float, title: str = "船用铸钢件", **told: object) -> ProcurementNeed:
    return need(need_id, title, quantity=quantity, unit="piece", **told)


@pytest.fixture(scope="module")
def full_line() -> Plan:
    """A line of 100 hours: castings take half an hour, propellers two; each need alone would fill it."""
    return plan_of(
        [
            pieces("N-1", 200, priority=9),
            pieces("N-2", 50, "船用螺旋桨", enterprise="海工装备"),
        ],
        [made_in_hours("O-1", 0.5), made_in_hours("O-2", 2, product="船用螺旋桨 铸造")],
    )


@pytest.fixture(scope="module")
def full_months() -> Plan:
    """March makes 300 t, April 200; April's need finds what those due earlier left."""
    return plan_of(
        [
            need("N-1", quantity=200, unit="t", need_by=date(2026, 3, 31), priority=9),
            need("N-2", quantity=200, unit="t", need_by=date(2026, 4, 15), enterprise="海工", priority=9),
            need("N-3", quantity=300, unit="t", need_from=APRIL, enterprise="渔船厂"),
        ],
        [offer("O-1", "长江铸造", monthly=(("2026-03", 300.0), ("2026-04", 200.0)), capacity_unit="t")],
    )


def test_a_line_is_never_used_twice(full_line: Plan) -> None:
    """Half an hour a casting: 200 castings are the whole line, whatever else it could make."""
    assert deals_of(full_line) == {("N-1", "O-1"): 200}
    (unmet,) = full_line.unmet
    assert (unmet.need, unmet.quantity) == ("N-2", 50)


def test_why_not_on_a_full_line_says_what_is_left(full_line: Plan) -> None:
    said = str(full_line.why_not("N-2", "O-2"))
    assert said.startswith("所在产线的工时已排满（共 100 工时，剩余 0）")
    assert "its production line are used up (100 工时, 0 left)" in full_line.why_not("N-2", "O-2").say("en")
    (reason,) = [reason for reason in full_line.unmet[0].reasons if reason.rule == "line_hours"]
    assert reason.sentence.zh.startswith("1 个候选所在产线的工时已排满")


def test_a_larger_capacity_of_the_line_would_be_enough(full_line: Plan) -> None:
    """The smallest change is told in hours of the line and verified with all that shares it."""
    said = str(full_line.why_not("N-2", "O-2"))
    assert "产能从 100 增加到 102 工时即可入选" in said


def test_why_a_need_stays_open_names_the_months(full_months: Plan) -> None:
    assert deals_of(full_months) == {("N-1", "O-1"): 200, ("N-2", "O-1"): 200, ("N-3", "O-1"): 100}
    (unmet,) = full_months.unmet
    assert (unmet.need, unmet.quantity) == ("N-3", 200)
    (reason,) = unmet.reasons
    assert reason.rule == "months"
    assert reason.sentence.zh == "1 个候选交货期内各月产能已排满（共 500 吨，剩余 0）"
    assert reason.sentence.en == (
        "1 candidate: the months within its delivery window are full (500 吨, 0 left)"
    )


def test_no_larger_capacity_is_offered_where_months_are_told() -> None:
    """Which month would have to make more is not for us to guess."""
    plan = plan_of(
        [
            need("N-1", quantity=300, unit="t", need_by=date(2026, 3, 31), priority=9),
            need("N-2", quantity=300, unit="t", need_by=date(2026, 3, 31), enterprise="海工"),
        ],
        [offer("O-1", "长江铸造", price=10.0, monthly=(("2026-03", 300.0),), capacity_unit="t")],
    )
    said = str(plan.why_not("N-2", "O-1"))
    assert said.startswith("交货期内各月产能已排满")
    assert "产能从" not in said
    assert "只改产能" not in said


def test_a_window_without_output_is_named() -> None:
    plan = plan_of(
        [need("N-1", quantity=5, unit="t", need_by=date(2026, 2, 1))],
        [offer("O-1", "长江铸造", monthly=(("2026-03", 300.0),), capacity_unit="t")],
    )
    assert not plan.deals
    assert str(plan.why_not("N-1", "O-1")).startswith("交货期内各月产能已排满（共 0 吨，剩余 0）")


def test_all_kinds_of_allowances_have_words_of_their_own() -> None:
    """A buyer's share is told apart from the line it is of."""
    line = [
        made_in_hours("O-1", 1, max_share_one_buyer=0.5),
        made_in_hours("O-2", 1, max_share_one_buyer=0.5),
    ]
    plan = plan_of([pieces("N-1", 80)], line)
    (unmet,) = plan.unmet
    assert unmet.quantity == 30
    assert [(reason.rule, reason.count) for reason in unmet.reasons] == [("buyer_share", 2)]
    assert unmet.reasons[0].sentence.zh == "2 个候选已达供方对单一客户的份额上限"


def test_the_workbook_has_the_months(full_months: Plan, tmp_path: Path) -> None:
    full_months.to_sheet(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames[-2:] == ["交付排期", "汇总"]
    rows = [row[:9] for row in book["交付排期"].iter_rows(values_only=True) if row[2] in ("交付", "剩余产能")]
    assert [(row[3], *row[5:]) for row in rows] == [
        ("N-1", 200, "吨", 200, 0),
        ("N-2", 200, "吨", 100, 100),
        ("N-3", 100, "吨", 0, 100),
        (None, 0, "吨", 0, 0),
    ]


def test_a_locked_deal_stands_above_the_months(tmp_path: Path) -> None:
    """350 t are locked where March makes 300: others get nothing, and the sheet says what is beyond."""
    needs = [
        need("N-1", quantity=400, unit="t", need_by=date(2026, 3, 31)),
        need("N-2", quantity=100, unit="t", need_by=date(2026, 3, 31), enterprise="海工"),
    ]
    months = (("2026-03", 300.0), ("2026-04", 200.0))
    held = [offer("O-1", "长江铸造", monthly=months, capacity_unit="t")]
    plan = plan_of(needs, held, pins=[Pin(need_id="N-1", offer_id="O-1", quantity=350, decision="lock")])
    assert deals_of(plan) == {("N-1", "O-1"): 350}
    plan.to_sheet(tmp_path / "plan.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "plan.xlsx")["交付排期"].iter_rows(values_only=True))
    assert [row[5:10] for row in rows if row[2] == "交付"] == [(350, "吨", 300, 0, 50)]


def best(plan: Plan, allowed: object) -> int:
    """Best objective of all whole quantities that keep the needs and what is allowed, by trying all."""
    given = plan.solution.problem.kernel_arguments()
    need_row, score, demand = given["need"], given["score"], given["demand"]
    ranges = [range(int(demand[row]) + 1) for row in need_row]
    worth = [0]
    for chosen in product(*ranges):
        quantity = np.array(chosen)
        if (np.bincount(need_row, quantity, minlength=len(demand)) <= demand).all() and allowed(quantity):
            worth.append(int(score @ quantity))
    return max(worth)


quantities = st.integers(1, 4)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(quantities, min_size=1, max_size=2),
    st.lists(
        st.sampled_from([Fraction(1, 2), Fraction(3, 10), Fraction(1, 3), Fraction(2)]),
        min_size=2,
        max_size=2,
    ),
    st.integers(1, 5),
)
def test_plans_in_hours_are_the_best_there_are(
    asked: list[int], per_piece: list[Fraction], hours: int
) -> None:
    """Two products of one line and one beside it, against trying all quantities."""
    needs = [pieces(f"N-{at}", quantity, enterprise=f"船厂{at}") for at, quantity in enumerate(asked)]
    held = [made_in_hours(f"O-{at}", float(each), hours) for at, each in enumerate(per_piece)]
    held.append(offer("O-9", "别的铸造厂", capacity=1, capacity_unit="piece"))
    plan = plan_of(needs, held)
    rows = plan.solution.problem.pairs.offer_row

    def allowed(quantity: np.ndarray) -> bool:
        taken = [int(quantity[rows == at].sum()) for at in range(3)]
        return (
            sum(each * some for each, some in zip(per_piece, taken[:2], strict=True)) <= hours
            and taken[2] <= 1
        )

    assert plan.solution.allocation.objective == best(plan, allowed)


def output_of(months: list[int]) -> list[int]:
    """Whole pieces finished on each day of March and April."""
    found = []
    for amount, length in zip(months, (31, 30), strict=True):
        found += [amount * (at + 1) // length - amount * at // length for at in range(length)]
    return found


def delivers(quantity: list[int], windows: list[tuple[int, int]], output: list[int]) -> bool:
    """Walk through the days, each piece to whoever is due first."""
    left = list(quantity)
    for today, made in enumerate(output):
        for _ in range(made):
            ready = [at for at, (first, last) in enumerate(windows) if left[at] and first <= today <= last]
            if ready:
                left[min(ready, key=lambda at: windows[at][1])] -= 1
    return not any(left)


spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two)))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(quantities, spans), min_size=1, max_size=3),
    st.lists(st.integers(0, 5), min_size=2, max_size=2),
    st.integers(0, 3),
)
def test_plans_by_month_are_the_best_there_are(
    asked: list[tuple[int, tuple[int, int]]], months: list[int], other: int
) -> None:
    """One capacity by month and one per piece beside it, against trying all quantities day by day."""
    needs = [
        pieces(
            f"N-{at}",
            quantity,
            enterprise=f"船厂{at}",
            need_from=MARCH + timedelta(days=first),
            need_by=MARCH + timedelta(days=last),
        )
        for at, (quantity, (first, last)) in enumerate(asked)
    ]
    by_month = (("2026-03", float(months[0])), ("2026-04", float(months[1])))
    held = [offer("O-1", "长江铸造", monthly=by_month, capacity_unit="piece")]
    if other:
        held.append(offer("O-9", "别的铸造厂", capacity=other, capacity_unit="piece"))
    plan = plan_of(needs, held)
    pairs, output = plan.solution.problem.pairs, output_of(months)

    def allowed(quantity: np.ndarray) -> bool:
        mine = pairs.offer_row == 0
        windows = [asked[row][1] for row in pairs.need_row[mine]]
        return quantity[~mine].sum() <= other and delivers(quantity[mine].tolist(), windows, output)

    assert plan.solution.allocation.objective == best(plan, allowed)
