"""Why, why not, and why not yet."""

from __future__ import annotations

import pytest

from matching import Plan, UnknownNameError, supply_policy
from matching.plan import Pin
from tests.plan.story import need, offer, plan_of


def test_the_parts_of_a_deal_add_up_to_its_score(foundries: Plan) -> None:
    """The explanation is the arithmetic."""
    for deal in foundries.deals:
        assert sum(part.points for part in deal.explain().parts) == deal.score


def test_one_pair_explained_alone_has_the_points_of_the_batch(foundries: Plan) -> None:
    """Explaining one deal and all deals at once gives the same sentences."""
    listed = {
        (row["need"], deal["offer"]): deal for row in foundries.to_dict()["needs"] for deal in row["deals"]
    }
    for deal in foundries.deals:
        assert (
            list(map(str, (words.zh for words in deal.explain().sentences)))
            == listed[deal.need, deal.offer]["reasons"]
        )


def test_the_unknown_is_called_unknown(foundries: Plan) -> None:
    """No price was told: the sentence says so."""
    (deal, *_) = foundries.deals_for("N-1")
    assert "未知" in str(deal.explain())


def test_why_not_names_the_rule_with_its_figures(foundries: Plan) -> None:
    assert str(foundries.why_not("N-3", "O-4")).startswith("限价：")


def test_why_not_of_a_dealt_pair_says_so(foundries: Plan) -> None:
    assert str(foundries.why_not("N-1", "O-1")).startswith("已列入方案")


def test_why_not_of_a_losing_candidate_says_what_it_lacks() -> None:
    """Two labs for one task: the far one would have to gain the difference and one point."""
    labs = [
        offer("O-1", "近检测所", "设备检测", region="镇江市"),
        offer("O-2", "远检测所", "设备检测", region="宜昌市"),
    ]
    plan = plan_of([need("N-1", "设备检测", region="镇江市")], labs)
    near, far = plan.suggestions("N-1")
    assert (near.offer, far.offer) == ("O-1", "O-2")
    assert f"还需提高 {near.score - far.score + 1} 分" in str(plan.why_not("N-1", "O-2"))


def test_why_not_of_a_full_offer_says_where_its_capacity_went() -> None:
    """One foundry of 50 t, two needs of 50 t: the loser reads that the capacity went elsewhere."""
    plan = plan_of(
        [
            need("N-1", quantity=50, unit="t", region="镇江市"),
            need("N-2", quantity=50, unit="t", region="宜昌市"),
        ],
        [offer("O-1", "铸造", capacity=50, capacity_unit="t", region="镇江市")],
    )
    (loser,) = plan.unmet
    assert [reason.rule for reason in loser.reasons] == ["capacity"]
    assert "剩余产能不足" in str(plan.why_not(loser.need, "O-1"))


def test_a_need_without_any_candidate_is_a_reasoned_unmet_need() -> None:
    plan = plan_of([need("N-1", "甲乙丙")], [offer("O-1", "铸造厂", "丁戊己")])
    (open_need,) = plan.unmet
    assert [reason.rule for reason in open_need.reasons] == ["no_candidate"]


def test_a_share_limit_that_leaves_a_rest_says_so() -> None:
    """One firm may have 40 t of 100 t, and there is no other."""
    plan = plan_of(
        [need("N-1", quantity=100, unit="t")],
        [offer("O-1", "铸造", capacity=500, capacity_unit="t")],
        supply_policy().limit(max_share=0.4),
    )
    (open_need,) = plan.unmet
    assert open_need.quantity == 60
    assert "max_share" in [reason.rule for reason in open_need.reasons]


def test_a_share_for_one_buyer_that_is_used_up_says_so() -> None:
    """O-1 gives one buyer 30 t of its 100 t; the yard's two needs of 40 t share them."""
    plan = plan_of(
        [need(f"N-{at}", quantity=40, unit="t") for at in (1, 2)],
        [offer("O-1", "铸造", capacity=100, capacity_unit="t", max_share_one_buyer=0.3)],
    )
    assert sum(deal.quantity for deal in plan.deals) == 30
    assert [[reason.rule for reason in item.reasons] for item in plan.unmet] == [["buyer_share"]] * 2
    assert "对单一客户的份额" in str(plan.why_not("N-1", "O-1")) + str(plan.why_not("N-2", "O-1"))


def test_a_task_beyond_the_share_of_a_buyer_was_not_excluded_by_hand() -> None:
    plan = plan_of(
        [need("N-1", quantity=40, unit="t", splittable=False)],
        [offer("O-1", "铸造", capacity=100, capacity_unit="t", max_share_one_buyer=0.3)],
    )
    assert [reason.rule for reason in plan.unmet[0].reasons] == ["buyer_share"]


def test_a_rest_below_every_minimum_order_says_so() -> None:
    """15 t are left after the one foundry's 85 t, and the other takes no order below 20 t."""
    plan = plan_of(
        [need("N-1", quantity=100, unit="t")],
        [
            offer("O-1", "铸造", capacity=85, capacity_unit="t", moq=85),
            offer("O-2", "小铸造", capacity=50, capacity_unit="t", moq=20),
        ],
    )
    reasons = [(reason.rule, reason.count) for reason in plan.unmet[0].reasons]
    assert reasons == [("capacity", 1), ("minimum_left", 1)]


def test_a_share_below_the_minimum_order_leaves_nothing() -> None:
    """One firm may have 40 t, and the need is not cut into less than 45 t; nor is an order forced below."""
    plan = plan_of(
        [need("N-1", quantity=100, unit="t", min_split=45)],
        [offer("O-1", "铸造", capacity=500, capacity_unit="t")],
        supply_policy().limit(max_share=0.4),
    )
    assert [reason.rule for reason in plan.unmet[0].reasons] == ["max_share"]
    assert plan.unmet[0].reasons[0].sentence.en.startswith("1 candidate: ")


def test_a_share_for_one_buyer_lowers_no_minimum_order() -> None:
    """O-1 gives one buyer 30 t and takes no order below 40 t."""
    plan = plan_of(
        [need("N-1", quantity=100, unit="t")],
        [offer("O-1", "铸造", capacity=100, capacity_unit="t", moq=40, max_share_one_buyer=0.3)],
    )
    assert plan.deals == ()
    assert [reason.rule for reason in plan.unmet[0].reasons] == ["buyer_share"]


def test_a_quantity_set_by_hand_is_the_reason_for_the_rest() -> None:
    pin = Pin(need_id="N-1", offer_id="O-1", decision="change", new_quantity=20)
    plan = plan_of([need("N-1", quantity=40, unit="t")], [offer("O-1", "铸造")], pins=[pin])
    assert [reason.rule for reason in plan.unmet[0].reasons] == ["pinned_quantity"]


def test_without_a_share_limit_no_quantity_is_too_large_for_a_firm() -> None:
    """5·10⁹ steps of kilograms at one firm: the rest is open for want of capacity, not of a share."""
    plan = plan_of(
        [need("N-1", quantity=6_000_000, unit="t")],
        [offer("O-1", "铸造", capacity=5_000_000, capacity_unit="t")],
    )
    assert [reason.rule for reason in plan.unmet[0].reasons] == ["capacity"]


def test_unknown_ids_name_some_that_exist(foundries: Plan) -> None:
    with pytest.raises(UnknownNameError, match="N-1, N-2, N-3"):
        foundries.why_not("N-8", "O-1")
    with pytest.raises(UnknownNameError, match="O-1, O-2, O-3, O-4"):
        foundries.why_not("N-1", "O-8")
