"""What a plan must do whatever the market: units, order of rows, strangers, shares, whole tasks."""

from __future__ import annotations

import json
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Plan, supply_policy
from tests.plan.story import deals_of, need, offer, plan_of

NEEDS = [need(f"N-{i}", quantity=q, unit="t", region="镇江市") for i, q in enumerate((40, 75, 120), 1)]
OFFERS = [
    offer("O-1", "甲铸造", capacity=90, capacity_unit="t", region="镇江市"),
    offer("O-2", "乙铸造", capacity=70, capacity_unit="t", region="扬州市", moq=20),
    offer("O-3", "丙铸造", capacity=60, capacity_unit="t", region="宜昌市"),
]


def test_quantities_are_split_over_what_is_there(foundries: Plan) -> None:
    """100 t are served by 60 t and 40 t, the nearer foundry first."""
    assert deals_of(foundries)[("N-1", "O-1")] == 60
    assert deals_of(foundries)[("N-1", "O-2")] == 40


def test_a_need_without_a_quantity_is_one_task(foundries: Plan) -> None:
    """N-2 has exactly one deal of one task, and says that a consortium is welcome."""
    (deal,) = foundries.deals_for("N-2")
    assert (deal.offer, deal.quantity, deal.unit) == ("O-3", 1, "项")
    assert "可组联合体" in str(deal.explain())


def test_an_open_need_is_explained(foundries: Plan) -> None:
    """N-3 stays open by 10 km because the only price is above the ceiling."""
    (open_need,) = [item for item in foundries.unmet if item.need == "N-3"]
    assert (open_need.quantity, open_need.unit) == (10, "千米")
    assert ("price", 1) in [(reason.rule, reason.count) for reason in open_need.reasons]


def test_kilograms_and_tonnes_give_the_same_plan() -> None:
    """The same market written in kg and in t has the same deals, scores and objective."""
    in_kg = [item.model_copy(update={"quantity": item.quantity * 1000, "unit": "kg"}) for item in NEEDS]  # type: ignore[operator]
    offers_kg = [
        item.model_copy(
            update={
                "capacity": item.capacity * 1000,  # type: ignore[operator]
                "capacity_unit": "kg",
                "moq": item.moq and item.moq * 1000,
            }
        )
        for item in OFFERS
    ]
    tonnes, kilograms = plan_of(NEEDS, OFFERS), plan_of(in_kg, offers_kg)
    assert {key: value * 1000 for key, value in deals_of(tonnes).items()} == deals_of(kilograms)
    assert tonnes.summary().objective == kilograms.summary().objective


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(order: random.Random) -> None:
    """Shuffled lists give byte-identical JSON."""
    needs, offers = list(NEEDS), list(OFFERS)
    order.shuffle(needs)
    order.shuffle(offers)
    assert json.dumps(plan_of(needs, offers).to_dict()) == json.dumps(plan_of(NEEDS, OFFERS).to_dict())


def test_a_large_stranger_changes_nothing() -> None:
    """A need of 50,000 pieces that no other offer can serve changes no other deal and no other gap."""
    stranger = need("N-9", "标准螺栓", quantity=50_000, unit="件")
    bolts = offer("O-9", "螺栓厂", "标准螺栓", capacity=60_000, capacity_unit="件")
    alone, together = plan_of(NEEDS, OFFERS), plan_of([*NEEDS, stranger], [*OFFERS, bolts])
    assert deals_of(together).items() > deals_of(alone).items()
    gaps = [{row["need"]: row["gap"] for row in plan.to_dict()["needs"]} for plan in (alone, together)]
    assert gaps[1].items() > gaps[0].items()
    assert deals_of(together)[("N-9", "O-9")] == 50_000


def test_a_share_limit_binds_what_can_be_split_and_no_task(foundries: Plan) -> None:
    """At most 40 % of 100 t to one firm; the whole task N-2 is dealt as before."""
    limited = plan_of(
        [need("N-1", quantity=100, unit="t"), need("N-2", "设备检测服务")],
        [*OFFERS, offer("O-4", "检测所", "设备检测服务")],
        supply_policy().limit(max_share=0.4),
    )
    shares = {offer_id: quantity for (name, offer_id), quantity in deals_of(limited).items() if name == "N-1"}
    assert max(shares.values()) == 40
    assert sum(shares.values()) == 100
    assert ("N-2", "O-4") in deals_of(limited)


def test_firms_of_unknown_capacity_get_at_most_max_deals() -> None:
    """Five like tasks and one firm that told no capacity: three deals, two needs open for that reason."""
    tasks = [need(f"N-{i}", "设备检测服务", enterprise=f"企业{i}") for i in range(5)]
    plan = plan_of(tasks, [offer("O-1", "检测所", "设备检测服务")])
    assert len(plan.deals) == 3
    assert [item.reasons[-1].rule for item in plan.unmet] == ["max_deals", "max_deals"]
    assert plan.summary().most_deals_of_a_capped_firm == 3


def test_a_need_that_must_not_be_split_has_one_partner_or_none() -> None:
    """100 t unsplittable: the firm with 120 t gets all of it, two firms with 60 t each would get nothing."""
    whole = [need("N-1", quantity=100, unit="t", splittable=False)]
    small = [offer(f"O-{i}", f"铸造{i}", capacity=60, capacity_unit="t") for i in (1, 2)]
    large = offer("O-3", "铸造3", capacity=120, capacity_unit="t")
    assert deals_of(plan_of(whole, [*small, large])) == {("N-1", "O-3"): 100}
    assert not plan_of(whole, small).deals
