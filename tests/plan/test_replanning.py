"""Plans made again after answers and new rows: what is kept, released, promoted, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Answer, InputError, Listing, Plan, Policy, UnknownNameError, replan, supply_policy
from matching.assignment.division import divide
from matching.plan import Pin
from matching.supply.records import NEEDS, OFFERS, CapacityOffer, ProcurementNeed
from tests.plan.story import deals_of, need, offer, plan_of

TOWNS = ("镇江市", "扬州市", "南京市", "宜昌市", "武汉市")


def foundry(number: int, town: str, **fields: Any) -> CapacityOffer:
    return offer(f"O-{number}", f"铸造{number}", region=town, capacity_unit="t", **fields)


@pytest.fixture(scope="module")
def yard() -> Plan:
    """100 t of castings from 60 t near and 80 t farther off; a third foundry, farthest, is not needed.

    A lab's task stands apart: nothing ties it to the castings.
    """
    return plan_of(
        [need("N-1", quantity=100, unit="t", region="镇江市"), need("N-2", "设备检测服务", region="镇江市")],
        [
            foundry(1, "镇江市", capacity=60),
            foundry(2, "扬州市", capacity=80),
            foundry(3, "宜昌市", capacity=50),
            offer("O-4", "检测所", "设备检测服务", region="镇江市"),
        ],
    )


def test_a_decline_promotes_the_first_alternate_and_leaves_the_rest(yard: Plan) -> None:
    """The near foundry declines 60 t: the second has 80 t, the third, first alternate, the last 20 t."""
    assert deals_of(yard) == {("N-1", "O-1"): 60, ("N-1", "O-2"): 40, ("N-2", "O-4"): 1}
    plan, changes = replan(yard, [Answer("N-1", "O-1", "decline", reason="设备检修")])
    assert deals_of(plan) == {("N-1", "O-2"): 80, ("N-1", "O-3"): 20, ("N-2", "O-4"): 1}
    assert plan.summary().status == "optimal"
    (released,), (promoted,), (changed,) = changes.released, changes.promoted, changes.changed
    assert (released.offer, released.before, released.after) == ("O-1", 60, 0)
    assert released.reason.zh == "谢绝：设备检修"
    assert (promoted.offer, promoted.after, promoted.place) == ("O-3", 20, 1)
    assert "O-1 已答复（原候补第 1 位）" in promoted.reason.zh
    assert (changed.offer, changed.before, changed.after) == ("O-2", 40, 80)
    assert (changes.kept, changes.solved, changes.needs, changes.coupled) == (1, 1, 2, ())
    assert "释放 N-1 – O-1（铸造1）：60 → 0 吨，谢绝：设备检修" in str(changes)
    assert "promoted N-1 – O-3" in changes.say("en")


def test_what_was_accepted_stays_whatever_comes_after(yard: Plan) -> None:
    """The second foundry accepts its 40 t; after the first declines only the third is left for the rest."""
    first, changes = replan(yard, [Answer("N-1", "O-2", "accept")])
    assert deals_of(first) == deals_of(yard)
    assert (changes.kept, changes.accepted, changes.all) == (3, 1, ())
    second, changes = replan(first, [Answer("N-1", "O-1", "decline")])
    assert deals_of(second) == {("N-1", "O-2"): 40, ("N-1", "O-3"): 50, ("N-2", "O-4"): 1}
    assert changes.accepted == 1


def test_a_counter_offer_of_a_quantity_is_a_ceiling(yard: Plan) -> None:
    """The near foundry can give 25 t only: the farther one takes over 35 t."""
    plan, changes = replan(yard, [Answer("N-1", "O-1", "counter", quantity=25)])
    assert deals_of(plan) == {("N-1", "O-1"): 25, ("N-1", "O-2"): 75, ("N-2", "O-4"): 1}
    assert [change.reason.zh for change in changes.changed] == ["还价 数量 25", "同一需求中 O-1 已答复"]


def test_a_counter_offer_of_a_price_holds_for_its_pair_and_may_break_a_rule() -> None:
    """At 1,100 CNY the near foundry is above one need's ceiling, and still sells to the other."""
    plan = plan_of(
        [
            need("N-1", quantity=10, unit="t", region="镇江市", price_max=1000),
            need("N-2", quantity=10, unit="t", region="镇江市", price_max=2000),
        ],
        [foundry(1, "镇江市", capacity=20, price=900), foundry(2, "宜昌市", capacity=20, price=900)],
    )
    assert deals_of(plan) == {("N-1", "O-1"): 10, ("N-2", "O-1"): 10}
    again, changes = replan(plan, [Answer("N-1", "O-1", "counter", price=1100)])
    assert deals_of(again) == {("N-1", "O-2"): 10, ("N-2", "O-1"): 10}
    assert "还价 单价 1,100；限价：报价 1,100 元/吨，高于限价 1,000 元/吨" in changes.released[0].reason.zh
    assert str(again.why_not("N-1", "O-1")).startswith("限价：")
    dearer, _ = replan(plan, [Answer("N-1", "O-1", "counter", price=950)])
    (deal,) = dearer.deals_for("N-1")
    assert sum(part.points for part in deal.explain().parts) == deal.score
    assert "报价 950 元/吨" in str(deal.explain())
    back, changes = replan(again, [Answer("N-1", "O-1", "counter", price=900)])
    assert deals_of(back) == deals_of(plan)


def test_a_deal_moves_only_where_that_gains_more_than_what_keeps_it() -> None:
    """N-1's near foundry declines. Both needs want the second; its present deal moves only for the points.

    N-2 could go to the third foundry, so that N-1 gets the second: worth it or not is a matter of ``keep``.
    """
    town = {"N-1": "镇江市", "N-2": "武汉市"}
    plan = plan_of(
        [need(name, quantity=10, unit="t", region=place) for name, place in town.items()],
        [
            foundry(1, "镇江市", capacity=10),
            foundry(2, "武汉市", capacity=10, service_regions=["镇江市"]),
            foundry(3, "宜昌市", capacity=10),
        ],
    )
    assert deals_of(plan) == {("N-1", "O-1"): 10, ("N-2", "O-2"): 10}
    decline = [Answer("N-1", "O-1", "decline")]
    free, _ = replan(plan, decline, keep=0)
    held, changes = replan(plan, decline, keep=5000)
    assert deals_of(held) == {("N-1", "O-3"): 10, ("N-2", "O-2"): 10}
    assert free.solution.allocation.objective >= held.solution.allocation.objective
    assert free.solution.allocation.bound == held.solution.allocation.bound
    lost = free.solution.span[0] - held.solution.span[0]
    assert changes.given_up == pytest.approx(lost, abs=1e-3)
    for keep in (max(0, int(lost) - 1), int(lost) + 1):
        moved, _ = replan(plan, decline, keep=keep)
        assert deals_of(moved) == deals_of(held if keep > lost else free)


def test_a_limit_over_the_plan_ties_all_needs_together(yard: Plan) -> None:
    policy = supply_policy().limit(totals=[{"name": "件数", "by": "count", "most": 2}])
    tied = plan_of(
        [need("N-1", quantity=100, unit="t", region="镇江市"), need("N-2", "设备检测服务", region="镇江市")],
        [foundry(1, "镇江市", capacity=60), offer("O-4", "检测所", "设备检测服务", region="镇江市")],
        policy,
    )
    plan, changes = replan(tied, [Answer("N-1", "O-1", "decline")])
    assert deals_of(plan) == {("N-2", "O-4"): 1}
    assert (changes.solved, changes.coupled) == (2, ("件数",))
    assert "限制 件数 牵动全部需求" in str(changes)


def test_new_rows_come_in_beside_what_there_is(yard: Plan) -> None:
    """A new need takes what the second foundry has left; a new near foundry takes no deal for few points."""
    needs = [
        need("N-1", quantity=100, unit="t", region="镇江市"),
        need("N-2", "设备检测服务", region="镇江市"),
        need("N-3", quantity=30, unit="t", region="扬州市"),
    ]
    offers = [
        foundry(1, "镇江市", capacity=60),
        foundry(2, "扬州市", capacity=80),
        foundry(3, "宜昌市", capacity=50),
        offer("O-4", "检测所", "设备检测服务", region="镇江市"),
    ]
    practice = supply_policy().practice
    market = practice.market(Listing.of(NEEDS, needs), Listing.of(OFFERS, offers), None, None)
    plan, changes = replan(yard, [Answer("N-1", "O-1", "accept")], market=market)
    assert deals_of(plan) == {**deals_of(yard), ("N-3", "O-2"): 30}
    (new,) = changes.promoted
    assert (new.need, new.reason.zh) == ("N-3", "需求为新增")
    assert (changes.kept, changes.accepted, changes.solved) == (3, 1, 3)
    fewer = practice.market(Listing.of(NEEDS, needs[:1]), Listing.of(OFFERS, offers), None, None)
    _, changes = replan(plan, market=fewer)
    assert {change.reason.zh for change in changes.released} == {"需求已不在清单中"}


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (("N-1", "O-4", "decline"), "方案中没有这一候选"),
        (("N-9", "O-1", "decline"), "方案中没有这一候选"),
        (("N-1", "O-3", "accept"), "方案中没有这笔对接可接受"),
    ],
)
def test_answers_to_what_is_not_there_are_refused(yard: Plan, answer: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        replan(yard, [Answer(*answer)])


def test_senseless_answers_are_refused(yard: Plan) -> None:
    with pytest.raises(UnknownNameError, match="accept, decline, counter"):
        Answer("N-1", "O-1", "maybe")
    for fields in ({}, {"quantity": 0}, {"price": -1}):
        with pytest.raises(InputError, match="还价应给出大于0的数量或单价"):
            Answer("N-1", "O-1", "counter", **fields)
    with pytest.raises(InputError, match="keep 应为0至5000"):
        replan(yard, keep=-1)


def test_a_plan_after_answers_can_be_made_from_its_decisions_alone(yard: Plan) -> None:
    """The decisions a plan holds are all there is to it: planning under them from scratch is as good."""
    plan, _ = replan(yard, [Answer("N-1", "O-1", "counter", quantity=25), Answer("N-1", "O-2", "accept")])
    pins: tuple[Pin, ...] = plan.solution.problem.pins.decisions
    assert [(pin.decision, pin.pinned_quantity) for pin in pins] == [("cap", 25), ("lock", 40)]


_SIZES = st.integers(1, 9).map(lambda tens: 10 * tens)


@st.composite
def markets(draw: st.DrawFn) -> tuple[list[ProcurementNeed], list[CapacityOffer], Policy]:
    """Two to four needs, two to five foundries, some with minimum orders, at most two firms a need or any."""
    needs = [
        need(f"N-{i}", quantity=draw(_SIZES), unit="t", region=draw(st.sampled_from(TOWNS)))
        for i in range(draw(st.integers(2, 4)))
    ]
    offers = [
        foundry(
            i, draw(st.sampled_from(TOWNS)), capacity=draw(_SIZES), moq=draw(st.sampled_from((None, 5, 20)))
        )
        for i in range(draw(st.integers(2, 5)))
    ]
    policy: Policy = supply_policy()
    if draw(st.booleans()):
        policy = policy.limit(max_partners=2)
    return needs, offers, policy


@given(markets(), st.data())
@settings(max_examples=40)
def test_a_decline_changes_no_accepted_deal(
    market: tuple[list[ProcurementNeed], list[CapacityOffer], Policy], data: st.DataObject
) -> None:
    """Answers one after the other: accepted deals stand, declined pairs stay out, every proof holds."""
    plan = plan_of(*market)
    accepted: dict[tuple[str, str], float] = {}
    declined: set[tuple[str, str]] = set()
    for _ in range(3):
        open_deals = sorted(set(deals_of(plan)) - set(accepted))
        if not open_deals:
            break
        key = data.draw(st.sampled_from(open_deals))
        kind = data.draw(st.sampled_from(("accept", "decline")))
        plan, changes = replan(plan, [Answer(*key, kind)])
        if kind == "accept":
            accepted[key] = deals_of(plan)[key]
        else:
            declined.add(key)
        now = deals_of(plan)
        assert accepted.items() <= now.items()
        assert declined.isdisjoint(now)
        assert changes.accepted == len(accepted)
        allocation = plan.solution.allocation
        assert allocation.objective <= allocation.bound
        assert int(allocation.component_objective.sum()) == allocation.objective
        fresh = plan.solution.problem.kernel_arguments()
        held = plan.solution.division.arguments
        assert fresh.keys() == held.keys()
        assert all(np.array_equal(fresh[name], held[name]) for name in fresh if name != "rows")
        best = plan.solution.problem.policy.practice.kernel(**fresh)
        assert best.objective == allocation.bound or best.status != "optimal"


def test_the_index_of_a_plan_is_that_of_its_arguments(yard: Plan) -> None:
    """Castings and the lab's task are two components; each cut out has its own pairs alone."""
    division = divide(yard.solution.problem.kernel_arguments())
    sizes = [len(division.part(np.array([number])).pairs) for number in range(int(division.label.max()) + 1)]
    assert sizes == [3, 1]
    assert replace(yard.solution).division.label.tolist() == division.label.tolist()
