"""Hand decisions: obeyed, priced, read back from the workbook, refused where they make no sense."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from matching import ConflictError, InputError, Plan, RowsError, make_plan, read_pins, supply_policy
from matching.plan import Pin
from matching.plan.worth import scale_of
from matching.records import Listing
from matching.supply.records import NEEDS, OFFERS
from tests.plan.story import deals_of, need, offer, plan_of

TASKS = [need(f"N-{i}", "设备检测服务", enterprise=f"企业{i}", region="镇江市") for i in range(1, 7)]
LABS = [
    offer("O-1", "近检测所", "设备检测服务", region="镇江市"),
    offer("O-2", "中检测所", "设备检测服务", region="扬州市"),
    offer("O-3", "远检测所", "设备检测服务", region="宜昌市"),
]


def decide(path: Path, decisions: dict[tuple[str, str], tuple[str, float | None, str]]) -> None:
    """Write decisions into the workbook's 对接方案, as a person would."""
    book = openpyxl.load_workbook(path)
    sheet = book["对接方案"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "办理意见" for cell in row))
    at = {cell.value: cell.column for cell in header}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        key = (sheet.cell(row, at["需求编号"]).value, sheet.cell(row, at["供方编号"]).value)
        if key in decisions:
            opinion, quantity, reason = decisions[key]
            sheet.cell(row, at["办理意见"]).value = opinion
            sheet.cell(row, at["意见说明"]).value = reason
            if quantity is not None:
                sheet.cell(row, at["改后数量"]).value = quantity
    book.save(path)


def test_decisions_survive_the_round_through_excel(tmp_path: Path) -> None:
    """Lock three deals, exclude two, change one quantity: all six obeyed, each with its cost."""
    castings = [need("N-9", "船用铸钢件", quantity=100, unit="t")]
    foundries = [
        offer("O-8", "甲铸造", "船用铸钢件", capacity=70, capacity_unit="t"),
        offer("O-9", "乙铸造", "船用铸钢件", capacity=70, capacity_unit="t"),
    ]
    needs, offers = [*TASKS, *castings], [*LABS, *foundries]
    first = plan_of(needs, offers)
    tasks = [key for key in deals_of(first) if key[0] != "N-9"]
    (split, quantity), *_ = [(key, value) for key, value in deals_of(first).items() if key[0] == "N-9"]
    decisions: dict[tuple[str, str], tuple[str, float | None, str]] = dict.fromkeys(
        tasks[:3], ("锁定", None, "已谈妥")
    )
    decisions |= dict.fromkeys(tasks[3:5], ("排除", None, "对方不愿意"))
    decisions[split] = ("改量", quantity - 5, "先试一批")
    path = tmp_path / "对接建议.xlsx"
    first.to_sheet(path)
    decide(path, decisions)
    pins = read_pins(path)
    second = make_plan(Listing.of(NEEDS, needs), Listing.of(OFFERS, offers), supply_policy(), pins=pins)
    after = deals_of(second)
    assert all(after[key] == 1 for key in tasks[:3])
    assert not any(key in after for key in tasks[3:5])
    assert after[split] == quantity - 5
    costs = second.cost_of_pins()
    assert len(costs) == 6
    assert [cost.cost.exact for cost in costs] == [True] * 6
    assert {cost.pin.reason for cost in costs} == {"已谈妥", "对方不愿意", "先试一批"}
    for which, cost in enumerate(costs):
        without = plan_of(needs, offers, pins=[*pins[:which], *pins[which + 1 :]]).summary()
        scale = scale_of(second.solution.problem.worth)
        assert cost.cost.least == (without.objective - second.summary().objective) / scale >= 0


def test_decisions_are_still_there_in_the_next_workbook(tmp_path: Path) -> None:
    """A plan made under pins writes them out again: its own workbook gives the same plan."""
    pins = [
        Pin(need_id="N-1", offer_id="O-3", quantity=1, decision="lock"),
        Pin(need_id="N-2", offer_id="O-1", decision="exclude"),
    ]
    held = plan_of(TASKS, LABS, pins=pins)
    held.to_sheet(tmp_path / "plan.xlsx")
    again = plan_of(TASKS, LABS, pins=read_pins(tmp_path / "plan.xlsx"))
    assert deals_of(again) == deals_of(held)
    assert {(pin.need_id, pin.offer_id, pin.decision) for pin in read_pins(tmp_path / "plan.xlsx")} == {
        ("N-1", "O-3", "lock"),
        ("N-2", "O-1", "exclude"),
    }


def test_a_lock_stands_above_the_rules() -> None:
    """A pair that a rule removed is dealt when a person locks it."""
    far = offer("O-4", "限距检测所", "设备检测服务", region="宜昌市", max_km=10)
    assert "服务半径" in str(plan_of(TASKS[:1], [far]).why_not("N-1", "O-4"))
    pinned = plan_of(TASKS[:1], [far], pins=[Pin(need_id="N-1", offer_id="O-4", quantity=1, decision="lock")])
    assert deals_of(pinned) == {("N-1", "O-4"): 1}
    (cost,) = pinned.cost_of_pins()
    assert "越过规则 服务半径" in cost.words.zh
    assert cost.cost.served == -1


def test_what_a_hand_excluded_is_no_alternate() -> None:
    """Neither a candidate nor a stranger to the rules comes back as 候补 or suggestion."""
    far = offer("O-4", "限距检测所", "设备检测服务", region="宜昌市", max_km=10)
    pins = [Pin(need_id="N-1", offer_id=name, decision="exclude") for name in ("O-1", "O-4")]
    plan = plan_of(TASKS[:1], [*LABS, far], pins=pins)
    assert {item.offer for item in plan.alternates("N-1")} == {"O-2", "O-3"} - {plan.deals[0].offer}
    assert {item.offer for item in plan.suggestions("N-1")} == {"O-2", "O-3"}


def test_an_exclusion_costs_what_the_next_best_lacks() -> None:
    """Excluding the chosen lab costs its points less those of the next."""
    free = plan_of(TASKS[:1], LABS)
    best, second, *_ = free.suggestions("N-1")
    held = plan_of(TASKS[:1], LABS, pins=[Pin(need_id="N-1", offer_id=best.offer, decision="exclude")])
    (cost,) = held.cost_of_pins()
    assert cost.cost.least == cost.cost.most == best.score - second.score


@pytest.mark.parametrize(
    ("pin", "sentence"),
    [
        (Pin(need_id="N-77", offer_id="O-1", quantity=1, decision="lock"), "需求编号“N-77”不在本次清单中"),
        (Pin(need_id="N-1", offer_id="O-77", quantity=1, decision="lock"), "供方编号“O-77”不在本次清单中"),
        (Pin(need_id="N-1", offer_id="O-1", decision="lock"), "缺少数量"),
        (Pin(need_id="N-1", offer_id="O-1", quantity=0.5, decision="lock"), "不是最小单位"),
    ],
)
def test_senseless_decisions_are_refused(pin: Pin, sentence: str) -> None:
    """A decision on a stranger, without a quantity or on half a task says what is wrong."""
    with pytest.raises(InputError, match=sentence):
        plan_of(TASKS, LABS, pins=[pin])


def test_two_decisions_on_one_deal_are_refused() -> None:
    """One row locks, another excludes the same deal."""
    lock = Pin(need_id="N-1", offer_id="O-1", quantity=1, decision="lock")
    with pytest.raises(InputError, match="同一对接有两条办理意见"):
        plan_of(TASKS, LABS, pins=[lock, lock.model_copy(update={"decision": "exclude"})])


def test_contradicting_locks_are_named() -> None:
    """One task locked with two labs: no plan exists, and both locks are named."""
    pins = [Pin(need_id="N-1", offer_id=name, quantity=1, decision="lock") for name in ("O-1", "O-2")]
    with pytest.raises(ConflictError, match="N-1 – O-1；N-1 – O-2"):
        plan_of(TASKS, LABS, pins=pins)


def test_one_lock_beyond_its_need_contradicts_nothing_but_the_need() -> None:
    pin = Pin(need_id="N-1", offer_id="O-1", quantity=41, decision="lock")
    with pytest.raises(ConflictError, match="锁定的对接超出需求量、产能或限制，不存在可行方案：N-1 – O-1"):
        plan_of([need("N-1", quantity=40, unit="t")], [offer("O-1", "铸造")], pins=[pin])


def test_an_unknown_opinion_is_an_error_of_its_cell(tmp_path: Path) -> None:
    """办理意见 = 再说 names the cell and what is allowed."""
    path = tmp_path / "plan.xlsx"
    plan: Plan = plan_of(TASKS[:1], LABS)
    plan.to_sheet(path)
    decide(path, {next(iter(deals_of(plan))): ("再说", None, "")})
    with pytest.raises(RowsError, match="锁定, 排除, 改量"):
        read_pins(path)
