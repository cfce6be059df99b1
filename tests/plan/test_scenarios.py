"""Several policies on one market: the plans they give one by one, side by side."""

from __future__ import annotations

import pytest

from matching import Comparison, InputError, Listing, Policy, run_scenarios, supply_policy
from matching.market import Market
from matching.plan import Pin
from matching.plan.comparison import measures_of
from matching.supply.figures import in_county
from matching.supply.records import NEEDS, OFFERS
from tests.plan.story import deals_of, need, offer, plan_of
from tests.practices.instructors import INSTRUCTORS

FLAT = dict.fromkeys(supply_policy().weights, 0.0)
NEED_LIST = [
    need("N-1", quantity=10, unit="t", price_max=1000, region="丹阳市", adcode="321181"),
    need("N-2", quantity=30, unit="t", price_max=1000, region="丹阳市", adcode="321181"),
]
OFFER_LIST = [
    offer(
        "O-1",
        "近铸造",
        capacity=30,
        capacity_unit="t",
        price=990,
        region="丹阳市",
        adcode="321181",
        size="大型",
    ),
    offer(
        "O-2",
        "远铸造",
        capacity=30,
        capacity_unit="t",
        price=700,
        region="宜昌市",
        adcode="420500",
        size="小型",
    ),
]


@pytest.fixture(scope="module")
def market() -> Market:
    """10 t and 30 t wanted in one county; 30 t there, dear, from a large firm; 30 t far off, cheap, small."""
    return supply_policy().practice.market(
        Listing.of(NEEDS, NEED_LIST), Listing.of(OFFERS, OFFER_LIST), None, None
    )


def policies() -> dict[str, Policy]:
    near = supply_policy().replace(weights={**FLAT, "distance": 1})
    return {
        "就近": near,
        "低价": supply_policy().replace(weights={**FLAT, "price": 1}),
        "限两成": near.limit(max_share=0.2),
        "不看限价": near.without("price"),
    }


@pytest.fixture(scope="module")
def compared(market: Market) -> Comparison:
    return run_scenarios(market, policies())


def test_each_plan_is_the_one_its_policy_gives_alone(compared: Comparison) -> None:
    """Candidates and points are shared; nothing of it shows in the plans."""
    for name, policy in policies().items():
        alone = plan_of(NEED_LIST, OFFER_LIST, policy)
        assert deals_of(compared.plans[name]) == deals_of(alone)
        assert compared.plans[name].summary() == alone.summary()


def test_what_can_be_shared_is_made_once(compared: Comparison) -> None:
    problems = {name: plan.solution.problem for name, plan in compared.plans.items()}
    assert problems["就近"].pairs is problems["低价"].pairs is problems["限两成"].pairs
    assert problems["就近"].points is problems["限两成"].points
    assert problems["就近"].pairs is not problems["不看限价"].pairs


def test_figures_of_the_practice_are_means_by_worth(compared: Comparison, market: Market) -> None:
    """Near: N-1 and 20 of N-2's 30 t stay in the county, so a sixth of the worth goes far."""
    assert deals_of(compared.plans["就近"]) == {("N-1", "O-1"): 10, ("N-2", "O-1"): 20, ("N-2", "O-2"): 10}
    near = compared.measures["就近"]
    assert near["local_share"] == pytest.approx(5 / 6, abs=1e-6)
    assert near["sme_share"] == pytest.approx(1 / 6, abs=1e-6)
    far = float(market.pairs([0], [1]).distance_km[0])
    assert near["distance"] == pytest.approx(far / 6, abs=1e-6)
    assert compared.measures["低价"]["sme_share"] == pytest.approx(5 / 6, abs=1e-6)


def test_a_county_is_told_only_by_its_own_code(market: Market) -> None:
    """321181 and the city code 420500 lie apart; two places of one city may or may not be one county."""
    offers = market.offers.assign(adcode=["321181", "321100"])
    needs = market.needs.assign(adcode=["321181", ""])
    other = market.replace(needs=needs, offers=offers)
    told = in_county(other.pairs([0, 0, 1], [0, 1, 0])).tolist()
    assert told[0] == 1
    assert all(value != value for value in told[1:])
    assert in_county(market.pairs([0, 0], [0, 1])).tolist() == [1, 0]


def test_changes_are_counted_against_the_first_plan(compared: Comparison) -> None:
    first = deals_of(compared.plans["就近"])
    for name, changed in compared.changed_deals.items():
        other = deals_of(compared.plans[name])
        assert set(changed) == {key for key in {*first, *other} if first.get(key) != other.get(key)}
    assert compared.changed_deals["不看限价"] == ()
    assert compared.changed["限两成"] == ("N-1", "N-2")


def test_the_table_and_the_data_hold_every_figure(compared: Comparison) -> None:
    table = str(compared)
    assert table.startswith("指标 | 就近 | 低价 | 限两成 | 不看限价")
    for label in (
        "价值覆盖率",
        "已对接金额",
        "平均距离",
        "中小微企业占比",
        "本县（市、区）占比",
        "集中度 HHI",
    ):
        assert label in table
    assert "share of SMEs | " in compared.say("en")
    plain = compared.to_dict()
    assert plain["plans"]["就近"]["measures"] == compared.measures["就近"]
    assert set(plain["changed_deals"]) == {"低价", "限两成", "不看限价"}


def test_a_plan_without_deals_has_no_figures() -> None:
    plan = plan_of(NEED_LIST[:1], [offer("O-1", "铸造", capacity=10, capacity_unit="t", price=5000)])
    assert measures_of(plan) == {"distance": None, "sme_share": None, "local_share": None}


def test_hand_decisions_hold_in_every_scenario(market: Market) -> None:
    pins = [Pin(need_id="N-1", offer_id="O-2", quantity=10, decision="lock")]
    two = {name: policy for name, policy in policies().items() if name in ("就近", "低价")}
    held = run_scenarios(market, two, pins=pins)
    assert [deals_of(plan)["N-1", "O-2"] for plan in held.plans.values()] == [10, 10]


def test_policies_of_two_practices_or_none_are_refused(market: Market) -> None:
    for some in ({}, {"甲": supply_policy(), "乙": Policy.of(INSTRUCTORS)}):
        with pytest.raises(InputError, match="同一业务"):
            run_scenarios(market, some)
