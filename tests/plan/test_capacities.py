"""Plans on shared lines, in machine hours and by month: exact, and why what stays open does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from matching import Answer, Plan, replan
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


def test_a_declined_deal_frees_the_line_for_another_product(full_line: Plan) -> None:
    """Both products are one component: what the castings give up the propellers get."""
    after = replan(full_line, [Answer("N-1", "O-1", "decline")]).plan
    assert deals_of(after) == {("N-2", "O-2"): 50}


def test_a_change_is_tried_with_all_that_shares_the_line() -> None:
    """A cheaper price alone would let O-2 in, were the line not full of what O-1 makes for a better need."""
    line = {"capacity_unit": "t", "line": "一号线", "capacity": 100}
    plan = plan_of(
        [
            need("N-1", quantity=100, unit="t", priority=9),
            need("N-2", "船用螺旋桨", quantity=50, unit="t", enterprise="海工装备", price_max=8.0),
        ],
        [
            offer("O-1", "长江铸造", **line),
            offer("O-2", "长江铸造", "船用螺旋桨 铸造", price=10.0, **line),
        ],
    )
    said = str(plan.why_not("N-2", "O-2"))
    assert said.startswith("限价：")
    assert "报价从 10 元降到 8 元可满足规则，但改到最多也不能入选" in said


def test_locked_deals_stand_above_a_line() -> None:
    """110 of 100 hours are locked by hand: both stay, nobody else gets any."""
    pins = [
        Pin(need_id="N-1", offer_id="O-1", quantity=120, decision="lock"),
        Pin(need_id="N-2", offer_id="O-2", quantity=50, decision="lock"),
    ]
    needs = [pieces("N-1", 200), pieces("N-2", 90, enterprise="海工装备")]
    plan = plan_of(needs, [made_in_hours("O-1", 0.5), made_in_hours("O-2", 1)], pins=pins)
    assert deals_of(plan) == {("N-1", "O-1"): 120, ("N-2", "O-2"): 50}


def test_rows_that_say_no_more_than_capacities_are_left_out() -> None:
    """One window for all is the offer's capacity; two windows that can both be full need no sum."""
    months = (("2026-03", 300.0), ("2026-04", 200.0))
    held = [offer("O-1", "长江铸造", monthly=months, capacity_unit="t")]
    march = [need(f"N-{at}", quantity=200, unit="t", enterprise=f"船厂{at}") for at in range(3)]
    assert "rows" not in plan_of(march, held).solution.problem.kernel_arguments()
    apart = [
        need("N-1", quantity=900, unit="t", need_by=date(2026, 3, 31)),
        need("N-2", quantity=900, unit="t", need_from=APRIL, enterprise="海工"),
    ]
    plan = plan_of(apart, held)
    assert "rows" not in plan.solution.problem.kernel_arguments()
    assert deals_of(plan) == {("N-1", "O-1"): 300, ("N-2", "O-1"): 200}
