"""Limits on sums: each binds by an exact amount, and does not bind where there is room."""

from __future__ import annotations

import pytest

from matching import PolicyError, UnknownNameError
from matching.plan.limits import shares
from tests.plan.limits.market import BY_DISTANCE, FAR, LABS, NEAR, TASKS, under, won
from tests.plan.story import contract, deals_of, need, offer

SMALL = {"name": "sme", "of": "offer.size", "among": ["小型", "微型"]}


def test_without_limits_the_nearest_takes_all() -> None:
    assert won(under()) == {"近检测所": 10}


def test_a_least_share_moves_exactly_that_share() -> None:
    """Three of ten tasks go to the small firm that scores less."""
    assert won(under(shares=[{**SMALL, "least": 0.3}])) == {"近检测所": 7, "远检测所": 3}


def test_a_least_share_that_is_kept_anyway_changes_nothing() -> None:
    large = {"name": "large", "of": "offer.size", "among": ["large"], "least": 0.9}
    assert won(under(shares=[large])) == {"近检测所": 10}


def test_a_least_share_that_nobody_can_fill_leaves_nothing_to_deal() -> None:
    """A share of what is dealt: no micro firm offers, so nothing may be dealt."""
    assert won(under(shares=[{"name": "micro", "of": "offer.size", "among": ["微型"], "least": 0.1}])) == {}


def test_a_target_is_met_where_missing_it_costs_more() -> None:
    """Each task moved to the far firm loses its points; 10,000 a task missed outweigh them."""
    assert won(under(shares=[{**SMALL, "least": 0.3, "penalty": 10_000}]))["远检测所"] == 3


def test_a_target_is_missed_where_that_costs_less() -> None:
    assert won(under(shares=[{**SMALL, "least": 0.3, "penalty": 100}])) == {"近检测所": 10}


def test_no_firm_may_have_more_than_its_share_of_the_plan() -> None:
    """Four, four and two of ten: 40 % for each firm at most."""
    spread = won(under(shares=[{"name": "firm", "of": "offer.enterprise", "most": 0.4}]))
    assert spread == {"不详检测所": 4, "近检测所": 4, "远检测所": 2}


def test_a_largest_share_of_the_plan_that_nobody_reaches_changes_nothing() -> None:
    assert won(under(shares=[{"name": "firm", "of": "offer.enterprise", "most": 1.0}])) == {"近检测所": 10}


def test_a_region_is_named_by_its_code_with_all_that_lies_in_it() -> None:
    """Half of all worth stays in Yangzhou (3210)."""
    local = {"name": "local", "of": "offer.adcode", "among": ["321000"], "least": 0.5}
    assert won(under(shares=[local])) == {"不详检测所": 5, "近检测所": 5}


def test_a_share_by_money_counts_yuan() -> None:
    """The tasks are worth 550,000 yuan: at least 275,000 to Yangzhou, three of the largest are 270,000."""
    local = {"name": "local", "of": "offer.adcode", "among": ["321000"], "least": 0.5, "by": "money"}
    plan = under(shares=[local])
    money = sum(10_000 * (int(deal.need[2:]) + 1) for deal in plan.deals if deal.offer == "O-3")
    assert won(plan)["不详检测所"] == 4
    assert money >= 275_000


def test_a_distance_may_be_a_group() -> None:
    """At most a fifth of the plan from within 50 km; the rest from farther away."""
    near = {"name": "near", "of": "distance_km", "between": [0, 50], "most": 0.2}
    assert won(under(shares=[near])) == {"近检测所": 2, "远检测所": 8}


def test_past_partners_keep_a_share_of_each_need() -> None:
    """The yard has bought from the far foundry: it keeps 30 t of 100 t, and needs without such are free."""
    past = [contract("远铸造", "江湾船厂")]
    needs = [need("N-1", quantity=100, unit="t", region="镇江市")]
    offers = [
        offer("O-1", "近铸造", capacity=100, capacity_unit="t", region="镇江市"),
        offer("O-2", "远铸造", capacity=100, capacity_unit="t", region="宜昌市"),
    ]
    kept = {
        "name": "kept",
        "of": "earlier_contracts",
        "between": [1, 99],
        "least": 0.3,
        "within": "need.id",
    }
    assert deals_of(under(offers=offers, needs=needs, history=past, shares=[kept])) == {
        ("N-1", "O-1"): 70,
        ("N-1", "O-2"): 30,
    }
    stranger = [*needs, need("N-2", enterprise="海安船厂", quantity=40, unit="t", region="镇江市")]
    free = deals_of(under(offers=offers, needs=stranger, history=past, shares=[kept]))
    assert free[("N-2", "O-1")] + free.get(("N-2", "O-2"), 0) == 40


def test_a_budget_of_a_buyer_holds_for_all_its_needs() -> None:
    """The yard's six tasks cost 210,000; 60,000 pay for the three smallest."""
    budget = {"name": "budget", "of": "need.enterprise", "among": ["江湾船厂"], "most": 60_000, "by": "money"}
    plan = under(totals=[budget])
    assert sorted(deal.need for deal in plan.deals)[:3] == ["N-00", "N-01", "N-02"]
    assert won(plan) == {"近检测所": 7}


def test_a_budget_that_suffices_changes_nothing() -> None:
    budget = {"name": "budget", "of": "need.enterprise", "most": 340_000, "by": "money"}
    assert won(under(totals=[budget])) == {"近检测所": 10}


def test_each_need_may_hold_its_own_budget() -> None:
    """100 t at 1,000 yuan would cost 100,000, the budget is 60,000: 60 t are dealt."""
    needs = [need("N-1", quantity=100, unit="t", price_max=1_000, budget_cny=60_000)]
    offers = [offer("O-1", "铸造", capacity=100, capacity_unit="t", price=1_000)]
    own = {"name": "own", "of": "need.id", "most": "need.budget_cny", "by": "money"}
    assert deals_of(under(offers=offers, needs=needs, totals=[own])) == {("N-1", "O-1"): 60}
    richer = [needs[0].model_copy(update={"budget_cny": 100_000.0})]
    assert deals_of(under(offers=offers, needs=richer, totals=[own])) == {("N-1", "O-1"): 100}


def test_a_pair_may_be_kept_by_a_least_quantity() -> None:
    """30 t of the need go to the far foundry whatever it scores."""
    needs = [need("N-1", quantity=100, unit="t", region="镇江市")]
    offers = [
        offer("O-1", "近铸造", capacity=100, capacity_unit="t", region="镇江市"),
        offer("O-2", "远铸造", capacity=100, capacity_unit="t", region="宜昌市"),
    ]
    pair = {"need.id": ["N-1"], "offer.enterprise": ["远铸造"]}
    kept = {"name": "pair", "where": pair, "least": 30, "by": "quantity"}
    assert deals_of(under(offers=offers, needs=needs, totals=[kept]))[("N-1", "O-2")] == 30
    none = {**kept, "least": 0}
    assert deals_of(under(offers=offers, needs=needs, totals=[none])) == {("N-1", "O-1"): 100}


def test_a_cap_on_a_group_counts_needs() -> None:
    """No more than four needs for the near firm."""
    cap = {"name": "cap", "of": "offer.enterprise", "among": ["近检测所"], "most": 4, "by": "count"}
    assert won(under(totals=[cap]))["近检测所"] == 4


def test_tonnes_and_pieces_are_not_added() -> None:
    needs = [need("N-1", quantity=1, unit="t"), need("N-2", quantity=5, unit="件")]
    offers = [offer("O-1", "铸造", capacity=9, capacity_unit="t"), offer("O-2", "铸件厂")]
    with pytest.raises(PolicyError, match="数量单位不同"):
        under(offers=offers, needs=needs, totals=[{"name": "sum", "most": 3, "by": "quantity"}])


@pytest.mark.parametrize(
    ("share", "error", "sentence"),
    [
        ({"of": "offer.sise", "least": 0.3}, UnknownNameError, r"列“offer\.sise”不在允许范围内"),
        ({"of": "nearness_km", "least": 0.3}, UnknownNameError, "列“nearness_km”"),
        ({**SMALL, "among": ["小小型"], "least": 0.3}, PolicyError, r"offer\.size 没有“小小型”这样的值"),
    ],
)
def test_what_the_market_does_not_know_is_refused(
    share: dict[str, object], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        under(shares=[{"name": "x", **share}])


def test_an_unknown_size_is_in_no_group() -> None:
    """The firm that never told its size counts in the whole and in no group."""
    plan = under(offers=[NEAR, LABS[2]], shares=[{"name": "large", "of": "offer.size", "most": 0.5}])
    assert won(plan) == {"不详检测所": 5, "近检测所": 5}


def test_a_worth_by_budget_is_what_shares_count() -> None:
    """55 units of worth: at least 16.5 for the far firm, that is two to five of the ten tasks."""
    plan = under(
        BY_DISTANCE.replace(worth="budget"), shares=[{**SMALL, "least": 0.3}], offers=[NEAR, FAR], needs=TASKS
    )
    worth = sum(int(deal.need[2:]) + 1 for deal in plan.deals if deal.offer == "O-2")
    assert (worth, len(plan.deals)) == (17, 10)


def test_rows_that_come_in_as_plans_break_them_give_the_same_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rows for all firms would be too many, a firm has one once a plan gives it too much."""
    firm = {"name": "firm", "of": "offer.enterprise", "most": 0.4}
    at_once = under(shares=[firm])
    monkeypatch.setattr(shares, "_WIDE", 0)
    bit_by_bit = under(shares=[firm])
    assert bit_by_bit.solution.problem.watched == {"firm": {0, 1}}
    assert won(bit_by_bit) == won(at_once)
    assert bit_by_bit.solution.span == at_once.solution.span
