"""Limits on single deals, needs and firms: each binds by an exact amount, and does not bind elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from matching import Plan, PolicyError
from tests.plan.limits.market import TASKS, under, won
from tests.plan.story import deals_of, need, offer

STEEL = [need("N-1", quantity=100, unit="t", region="镇江市")]
FOUNDRIES = [
    offer("O-1", "近铸造", capacity=100, capacity_unit="t", region="镇江市"),
    offer("O-2", "中铸造", capacity=100, capacity_unit="t", region="扬州市"),
    offer("O-3", "远铸造", capacity=100, capacity_unit="t", region="宜昌市"),
]


def steel(needs: Any = STEEL, **limits: Any) -> dict[tuple[str, str], float]:
    """Deals of the steel under some limits."""
    return deals_of(under(offers=FOUNDRIES, needs=needs, **limits))


def test_without_limits_the_nearest_casts_all() -> None:
    assert steel() == {("N-1", "O-1"): 100}


def test_max_share_leaves_the_rest_to_the_next() -> None:
    assert steel(max_share=0.6) == {("N-1", "O-1"): 60, ("N-1", "O-2"): 40}
    assert steel(max_share=1.0) == steel()


def test_min_partners_asks_for_two_firms() -> None:
    """One kilogram is the least that makes the second firm count."""
    assert steel(min_partners=2) == {("N-1", "O-1"): 99.999, ("N-1", "O-2"): 0.001}
    assert steel(min_partners=1) == steel()


def test_min_share_is_the_least_of_a_deal() -> None:
    """Two firms, each with at least a quarter."""
    assert steel(min_partners=2, min_share=0.25) == {("N-1", "O-1"): 75, ("N-1", "O-2"): 25}
    assert steel(min_share=0.25) == steel()


def test_min_share_holds_for_each_deal_of_a_firm() -> None:
    """Two offers of 15 t of one firm: 30 t together would be a quarter of 100 t, neither alone is."""
    offers = [offer(f"O-{at}", "近铸造", capacity=15, capacity_unit="t", region="镇江市") for at in (1, 2)]
    assert sum(deals_of(under(offers=offers, needs=STEEL)).values()) == 30
    assert deals_of(under(offers=offers, needs=STEEL, min_share=0.25)) == {}
    assert sum(deals_of(under(offers=offers, needs=STEEL, min_share=0.15)).values()) == 30


def test_least_share_of_partners_holds_for_all_offers_of_a_firm() -> None:
    """The same two offers together: 30 t are a quarter of 100 t, and a third is out of reach."""
    offers = [offer(f"O-{at}", "近铸造", capacity=15, capacity_unit="t", region="镇江市") for at in (1, 2)]
    for share, dealt in ((0.25, 30), (0.34, 0)):
        firms = {"name": "firms", "least_share": share}
        plan = under(offers=offers, needs=STEEL, partners=[firms])
        assert sum(deals_of(plan).values()) == dealt
    (unmet,) = plan.unmet
    assert [(one.rule, one.count) for one in unmet.reasons] == [("min_share", 2)]
    (state,) = (state for state in plan.summary().limits if state.name == "firms")
    assert (state.field, state.limit) == ("least_share", 0.34)


def test_max_partners_keeps_the_third_firm_out() -> None:
    assert steel(max_share=0.4, max_partners=2) == {("N-1", "O-1"): 40, ("N-1", "O-2"): 40}
    assert sum(steel(max_share=0.4, max_partners=3).values()) == 100


def test_tasks_have_no_partners_to_count() -> None:
    assert won(under(min_partners=2, max_share=0.1, min_share=0.5)) == {"近检测所": 10}


def test_partners_may_be_limited_for_some_needs_only() -> None:
    """Dual sourcing for the large need alone."""
    needs = [*STEEL, need("N-2", quantity=50, unit="t", region="镇江市")]
    dual = {"name": "dual", "where": {"need.id": ["N-1"]}, "least": 2, "most_share": 0.5}
    assert steel(needs, partners=[dual]) == {
        ("N-1", "O-1"): 50,
        ("N-1", "O-2"): 50,
        ("N-2", "O-1"): 50,
    }
    nobody = {**dual, "where": {"need.id": ["N-9"]}}
    assert sum(value for (_, name), value in steel(needs, partners=[nobody]).items() if name == "O-1") == 100


def test_partners_are_chosen_by_columns_of_needs() -> None:
    with pytest.raises(PolicyError, match=r"where 只能用 need\. 开头的列"):
        steel(partners=[{"name": "dual", "where": {"offer.id": ["O-1"]}, "least": 2}])


def test_a_deal_may_have_a_least_and_a_largest_quantity() -> None:
    """At most 70 t from the near firm; nobody delivers less than 40 t, so the near one has 60 t."""
    most = {"name": "most", "where": {"offer.enterprise": ["近铸造"]}, "most": 70}
    assert steel(deals=[most]) == {("N-1", "O-1"): 70, ("N-1", "O-2"): 30}
    assert steel(deals=[most, {"name": "least", "least": 40}]) == {("N-1", "O-1"): 60, ("N-1", "O-2"): 40}
    assert steel(deals=[{"name": "least", "least": 100}]) == steel()


def test_a_pair_may_be_forbidden_by_the_names_of_the_firms() -> None:
    """The yard does not buy from the near foundry, however its name is written."""
    names = {"need.enterprise": ["江湾船厂"], "offer.enterprise": ["近 铸造"]}
    plan: Plan = under(offers=FOUNDRIES, needs=STEEL, deals=[{"name": "feud", "where": names, "most": 0}])
    assert deals_of(plan) == {("N-1", "O-2"): 100}
    other = {**names, "need.enterprise": ["海安船厂"]}
    assert steel(deals=[{"name": "feud", "where": other, "most": 0}]) == steel()


def test_a_forbidden_candidate_says_so() -> None:
    feud = {"name": "feud", "where": {"offer.enterprise": ["近铸造"]}, "most": 0}
    plan = under(offers=FOUNDRIES, needs=STEEL, deals=[feud])
    assert "被限制排除" in str(plan.why_not("N-1", "O-1"))


def test_a_firm_may_have_a_number_of_deals() -> None:
    four = {"name": "four", "where": {"offer.enterprise": ["近检测所"]}, "most": 4, "everyone": True}
    assert won(under(loads=[four]))["近检测所"] == 4
    assert won(under(loads=[{**four, "most": 10}])) == {"近检测所": 10}


def test_tooling_is_paid_once_a_pair() -> None:
    """10,001 points of tooling are more than the near firm can earn; one point is not."""
    near = {"offer.enterprise": ["近铸造"]}
    assert steel(costs=[{"name": "tooling", "where": near, "pair": 10_001}]) == {("N-1", "O-2"): 100}
    assert steel(costs=[{"name": "tooling", "where": near, "pair": 1}]) == steel()


def test_approval_is_paid_once_an_offer() -> None:
    """Ten tasks pay for the approval of the near firm, one does not."""
    near = {"name": "approval", "where": {"offer.enterprise": ["近检测所"]}, "offer": 9_000}
    assert won(under(costs=[near])) == {"近检测所": 10}
    assert "近检测所" not in won(under(needs=TASKS[:1], costs=[near]))
