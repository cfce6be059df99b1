"""Figures of a plan, and what limits cost."""

from __future__ import annotations

import pytest

from matching import InputError, Plan, UnknownNameError, compare_plans, supply_policy
from tests.plan.story import need, offer, plan_of


def test_the_summary_counts(foundries: Plan) -> None:
    """Two of three needs are served; of 950,000 CNY dealt, 50,000 go to a firm of unknown capacity."""
    figures = foundries.summary()
    assert (figures.needs, figures.served_needs, figures.partly_served_needs, figures.unserved_needs) == (
        3,
        2,
        0,
        1,
    )
    assert (figures.status, figures.gap, figures.deals) == ("optimal", 0, 3)
    assert figures.coverage == pytest.approx(2 / 3, abs=1e-6)
    assert figures.money_dealt == 950_000
    assert figures.capped_money_share == pytest.approx(50 / 950, abs=1e-6)
    assert figures.max_deals == 3


def test_a_task_of_unknown_quantity_is_no_single_unit() -> None:
    """Cast steel for a million, quantity unknown, at 5,000 a tonne: one task of a million, not one tonne."""
    plan = plan_of(
        [need("N-1", unit="t", budget_cny=1_000_000)], [offer("O-1", "铸造", capacity_unit="t", price=5000)]
    )
    (deal,) = plan.deals
    assert (deal.quantity, deal.unit) == (1, "项")
    assert plan.summary().money_dealt == 1_000_000


def test_concentration_is_measured_in_worth(foundries: Plan) -> None:
    """Shares .6, .4 and 1 of three firms: the largest has half, the squares sum to .38."""
    spread = foundries.summary().concentration
    assert (spread.firms, spread.largest_firm) == (3, "检测所")
    assert (spread.largest_share, spread.top3_share, spread.hhi) == (0.5, 1.0, 0.38)


def test_the_summary_reads_in_both_languages(foundries: Plan) -> None:
    said = foundries.summary()
    assert "状态: 已证明最优" in str(said)
    assert "status: proven optimal" in said.say("en")
    assert not any("一" <= sign <= "鿿" for sign in said.say("en").replace("检测所", ""))


def test_price_of_a_limit_is_what_the_best_plan_without_it_gains() -> None:
    """Four like tasks, one firm of unknown capacity: without the limit of three deals a fourth is dealt."""
    tasks = [need(f"N-{i}", "设备检测", enterprise=f"企业{i}") for i in range(4)]
    plan = plan_of(tasks, [offer("O-1", "检测所", "设备检测")])
    (score,) = {item.score for item in plan.deals}
    cost = plan.price_of("max_deals")
    assert (cost.least, cost.most, cost.served) == (score, score, 1)
    assert cost.exact
    with pytest.raises(UnknownNameError, match="max_deals"):
        plan.price_of("max_share")


def test_comparing_names_the_needs_whose_deals_changed() -> None:
    """Price against distance: the cheap far foundry or the dear near one."""
    needs = [need("N-1", quantity=10, unit="t", price_max=1000, region="镇江市")]
    offers = [
        offer("O-1", "近铸造", capacity=10, capacity_unit="t", price=990, region="镇江市"),
        offer("O-2", "远铸造", capacity=10, capacity_unit="t", price=700, region="宜昌市"),
    ]
    flat = dict.fromkeys(supply_policy().weights, 0.0)
    cheap = plan_of(needs, offers, supply_policy().replace(weights={**flat, "price": 1}))
    near = plan_of(needs, offers, supply_policy().replace(weights={**flat, "distance": 1}))
    compared = compare_plans({"价格": cheap, "距离": near})
    assert compared.changed == {"距离": ("N-1",)}
    assert "对接有变化的需求" in str(compared)
    with pytest.raises(InputError, match="同一份清单"):
        compare_plans({"价格": cheap, "别的": plan_of(needs, offers[:1])})


def test_the_same_deals_in_another_order_are_no_change() -> None:
    """Both foundries are needed whatever weighs; only which of them scores higher differs."""
    needs = [need("N-1", quantity=20, unit="t", price_max=1000, region="镇江市")]
    offers = [
        offer("O-1", "近铸造", capacity=10, capacity_unit="t", price=990, region="镇江市"),
        offer("O-2", "远铸造", capacity=10, capacity_unit="t", price=850, region="宜昌市"),
    ]
    even = dict.fromkeys(supply_policy().weights, 1.0)
    cheap, near = (
        plan_of(needs, offers, supply_policy().replace(weights={**even, name: 20.0}))
        for name in ("price", "distance")
    )
    assert [deal.offer for deal in cheap.deals] == [deal.offer for deal in near.deals][::-1]
    assert compare_plans({"价格": cheap, "距离": near}).changed == {"距离": ()}
