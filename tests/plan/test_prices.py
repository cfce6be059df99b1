"""Price tiers as alternatives: a smaller deal at its dearer price stands beside the larger one."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Plan, Policy, supply_policy
from matching.plan import Answer, Pin, replan
from matching.supply.records import CapacityOffer, ProcurementNeed
from tests.plan.story import deals_of, need, offer, plan_of

#: what is 5 % below a ceiling of 1,000 has 2,500 points, 10 % below 5,000, 15 % below 7,500
PRICE_ONLY: Policy = supply_policy().replace(
    weights={**dict.fromkeys(supply_policy().weights, 0.0), "price": 1.0}
)


def asked(need_id: str = "N-1", quantity: float = 12, **fields: Any) -> ProcurementNeed:
    return need(need_id, **{"quantity": quantity, "unit": "件", "price_max": 1000, **fields})


def tiered(offer_id: str = "O-1", **fields: Any) -> CapacityOffer:
    """A foundry that asks 950, and 850 from ten pieces on."""
    told = {"capacity": 100, "capacity_unit": "件", "price": 950, "price_tiers": ((10, 850),), **fields}
    return offer(offer_id, f"{offer_id}铸造", **told)


def plain(offer_id: str, price: float, **fields: Any) -> CapacityOffer:
    return offer(
        offer_id, f"{offer_id}铸造", **{"capacity": 100, "capacity_unit": "件", "price": price, **fields}
    )


def scores(plan: Plan) -> dict[tuple[str, str], int]:
    return {(deal.need, deal.offer): deal.score for deal in plan.deals}


def test_who_is_held_to_less_than_his_tier_sells_at_the_dearer_price() -> None:
    """One firm may have half of 12: 6 pieces at 950 each, though all 12 would cost 850."""
    plan = plan_of([asked()], [tiered()], PRICE_ONLY.limit(max_share=0.5))
    assert deals_of(plan) == {("N-1", "O-1"): 6}
    assert scores(plan) == {("N-1", "O-1"): 2500}
    assert "报价 950 元/件" in str(plan.deals[0].explain())


def test_the_rest_of_a_split_need_is_bought_at_the_dearer_price() -> None:
    """The cheap rival has 10; the other 2 come at 950, better than from the one who asks 960."""
    plan = plan_of([asked()], [tiered(), plain("O-2", 800, capacity=10), plain("O-3", 960)], PRICE_ONLY)
    assert deals_of(plan) == {("N-1", "O-1"): 2, ("N-1", "O-2"): 10}
    assert scores(plan) == {("N-1", "O-1"): 2500, ("N-1", "O-2"): 10_000}


def test_as_much_as_the_tier_asks_for_has_its_price() -> None:
    """12 pieces at 850 (7,500 each) beat 8 at 840 and 4 at 950 (8,000 and 2,500)."""
    plan = plan_of([asked()], [tiered(), plain("O-2", 840, capacity=8, moq=4)], PRICE_ONLY)
    assert deals_of(plan) == {("N-1", "O-1"): 12}
    assert "报价 850 元/件" in str(plan.deals[0].explain())


def test_a_dearer_price_above_the_ceiling_is_none() -> None:
    plan = plan_of([asked()], [tiered(price=1100)], PRICE_ONLY.limit(max_share=0.5))
    assert deals_of(plan) == {}
    plan = plan_of([asked()], [tiered(price=1100)], PRICE_ONLY)
    assert deals_of(plan) == {("N-1", "O-1"): 12}


def test_a_price_nobody_told_is_no_alternative() -> None:
    """Below ten pieces the firm names no price."""
    plan = plan_of([asked()], [tiered(price=None)], PRICE_ONLY.limit(max_share=0.5))
    assert deals_of(plan) == {}


def test_an_offer_is_suggested_once_with_the_price_of_its_deal() -> None:
    """Two more needs take the capacity: the third has 5 of it left, at the dearer price."""
    plan = plan_of([asked("N-1", 12), asked("N-2", 13), asked("N-3", 6)], [tiered(capacity=30)], PRICE_ONLY)
    assert {key: quantity for key, quantity in deals_of(plan).items() if key[0] == "N-3"} == {
        ("N-3", "O-1"): 5
    }
    assert [(item.offer, item.score) for item in plan.suggestions("N-3", 10)] == [("O-1", 2500)]
    assert plan.summary().candidates == 3


def test_each_need_counts_an_offer_once_among_what_kept_it_open() -> None:
    plan = plan_of([asked(), asked("N-2")], [tiered(capacity=12)], PRICE_ONLY)
    (unmet,) = plan.unmet
    assert [(one.rule, one.count) for one in unmet.reasons] == [("capacity", 1)]


def test_why_not_looks_at_the_price_that_is_within_reach() -> None:
    """Held to half, the tier is out of reach; at 950 the two rivals at 900 are better."""
    plan = plan_of(
        [asked()], [tiered(), plain("O-2", 900), plain("O-3", 900)], PRICE_ONLY.limit(max_share=0.5)
    )  # fmt: skip
    assert deals_of(plan) == {("N-1", "O-2"): 6, ("N-1", "O-3"): 6}
    told = plan.why_not("N-1", "O-1").say()
    assert "还需提高 2501 分" in told
    assert "报价 950 元/件" in told


def test_a_lower_dearer_price_gets_a_loser_in() -> None:
    """899 instead of 950 beats the rivals at 900; the tier goes down with it and is out of reach still."""
    plan = plan_of(
        [asked()], [tiered(), plain("O-2", 900), plain("O-3", 900)], PRICE_ONLY.limit(max_share=0.5)
    )  # fmt: skip
    ways = {entry.name: entry for entry in plan.ways_in("N-1", "O-1")}
    assert ways["price"].cells["price"] == 899
    assert ways["price"].proven


def test_a_decline_closes_every_price_and_an_acceptance_keeps_its_own() -> None:
    """The foundry has 2 of 12 at 950: declined it is gone at any price, accepted it stays with 2."""
    offers = [tiered(), plain("O-2", 800, capacity=10), plain("O-3", 960)]
    plan = plan_of([asked()], offers, PRICE_ONLY)
    declined, _ = replan(plan, [Answer("N-1", "O-1", "decline")])
    assert deals_of(declined) == {("N-1", "O-2"): 10, ("N-1", "O-3"): 2}
    accepted, changes = replan(plan, [Answer("N-1", "O-1", "accept"), Answer("N-1", "O-2", "decline")])
    assert deals_of(accepted) == {("N-1", "O-1"): 2, ("N-1", "O-3"): 10}
    assert scores(accepted)["N-1", "O-1"] == 2500
    assert changes.accepted == 1


def test_a_counter_offer_of_less_falls_to_the_dearer_price() -> None:
    """The foundry had all 12 and now makes 9 at most, which is below its tier."""
    plan = plan_of([asked()], [tiered(), plain("O-2", 990)], PRICE_ONLY)
    assert deals_of(plan) == {("N-1", "O-1"): 12}
    after, _ = replan(plan, [Answer("N-1", "O-1", "counter", quantity=9)])
    assert deals_of(after) == {("N-1", "O-1"): 9, ("N-1", "O-2"): 3}
    assert scores(after)["N-1", "O-1"] == 2500


def test_a_price_quoted_for_a_pair_holds_for_any_quantity() -> None:
    plan = plan_of([asked()], [tiered(), plain("O-2", 990)], PRICE_ONLY)
    after, _ = replan(plan, [Answer("N-1", "O-1", "counter", quantity=9, price=900)])
    assert deals_of(after) == {("N-1", "O-1"): 9, ("N-1", "O-2"): 3}
    assert scores(after)["N-1", "O-1"] == 5000


def test_a_quantity_set_by_hand_has_its_price() -> None:
    for quantity, score in ((9, 2500), (10, 7500)):
        pin = Pin(need_id="N-1", offer_id="O-1", decision="change", quantity=3, new_quantity=quantity)
        plan = plan_of([asked()], [tiered()], PRICE_ONLY, pins=[pin])
        assert deals_of(plan) == {("N-1", "O-1"): quantity}
        assert scores(plan) == {("N-1", "O-1"): score}


def test_a_quantity_set_by_hand_has_its_price_even_where_a_rule_forbids_it() -> None:
    """Three pieces cost 1,100 each, above the ceiling: so be it, but they do not cost 850."""
    pin = Pin(need_id="N-1", offer_id="O-1", decision="lock", quantity=3)
    plan = plan_of([asked()], [tiered(price=1100), plain("O-2", 990)], PRICE_ONLY, pins=[pin])
    assert deals_of(plan) == {("N-1", "O-1"): 3, ("N-1", "O-2"): 9}
    assert scores(plan)["N-1", "O-1"] == 0
    (deal,) = plan.deals_for("N-1")[1:]
    assert "报价 1,100 元/件" in " ".join(part.sentence.zh for part in deal.explain().parts)


@pytest.mark.parametrize(
    ("offers", "limits", "answer"),
    [
        ([tiered(price=1100), plain("O-2", 990)], {}, Answer("N-1", "O-1", "counter", quantity=9, price=900)),
        (
            [tiered(price=1100), plain("O-2", 990)],
            {"max_share": 0.5},
            Answer("N-1", "O-1", "counter", price=900),
        ),
        ([tiered(), plain("O-2", 990)], {}, Answer("N-1", "O-1", "counter", quantity=9)),
    ],
)
def test_an_answer_leads_to_the_plan_made_with_its_decision(
    offers: list[CapacityOffer], limits: dict[str, float], answer: Answer
) -> None:
    policy = PRICE_ONLY.limit(**limits)
    after, _ = replan(plan_of([asked()], offers, policy), [answer])
    fresh = plan_of([asked()], offers, policy, pins=after.solution.problem.pins.decisions)
    assert (deals_of(after), scores(after)) == (deals_of(fresh), scores(fresh))
    assert ("N-1", "O-1") in deals_of(after)


def test_a_quoted_price_taken_back_leaves_the_tiers() -> None:
    """9 pieces at 900 were offered, then 9 at whatever they cost: 950."""
    plan = plan_of([asked()], [tiered(), plain("O-2", 990)], PRICE_ONLY)
    quoted, _ = replan(plan, [Answer("N-1", "O-1", "counter", quantity=9, price=900)])
    assert scores(quoted)["N-1", "O-1"] == 5000
    again, _ = replan(quoted, [Answer("N-1", "O-1", "counter", quantity=9)])
    assert deals_of(again) == {("N-1", "O-1"): 9, ("N-1", "O-2"): 3}
    assert scores(again)["N-1", "O-1"] == 2500


def test_a_capacity_that_just_reaches_a_tier_reaches_it() -> None:
    """1.2 hours at 0.4 each are 3 pieces, though not in floating point."""
    told = {"capacity": 1.2, "capacity_unit": "worker_hour", "product_unit": "piece", "unit_hours": 0.4}
    plan = plan_of([asked(quantity=5)], [tiered(**told, price_tiers=((3, 850),))], PRICE_ONLY)
    assert deals_of(plan) == {("N-1", "O-1"): 3}
    assert scores(plan) == {("N-1", "O-1"): 7500}


def test_a_deal_that_changes_its_price_is_one_deal_changed() -> None:
    """The list made anew has 9 pieces left of the foundry's capacity, below its tier."""
    plan = plan_of([asked()], [tiered(), plain("O-2", 990)], PRICE_ONLY)
    again = plan_of([asked()], [tiered(capacity=9), plain("O-2", 990)], PRICE_ONLY)
    after, changes = replan(plan, market=again.solution.market)
    assert deals_of(after) == {("N-1", "O-1"): 9, ("N-1", "O-2"): 3}
    (one,) = changes.changed
    assert (one.need, one.offer, one.before, one.after) == ("N-1", "O-1", 12, 9)


@st.composite
def markets(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int, tuple[tuple[int, int], ...], int]]]:
    """Demands; of each offer its capacity, plain price, tiers and minimum order."""
    sizes = st.integers(1, 5)
    prices = st.integers(80, 99).map(lambda tens: 10 * tens)
    demands = draw(st.lists(sizes, min_size=1, max_size=2))
    offers = [
        (
            draw(st.integers(1, 7)),
            draw(prices),
            tuple(sorted(draw(st.dictionaries(st.integers(2, 5), prices, max_size=2)).items())),
            draw(st.integers(1, 3)),
        )
        for _ in range(draw(st.integers(1, 2)))
    ]
    return demands, offers


def _price(base: int, tiers: tuple[tuple[int, int], ...], quantity: int) -> int:
    return next((price for start, price in reversed(tiers) if quantity >= start), base)


@given(markets())
@settings(max_examples=60)
def test_no_plan_at_the_prices_of_its_quantities_is_better(
    market: tuple[list[int], list[tuple[int, int, tuple[tuple[int, int], ...], int]]],
) -> None:
    """Every plan is tried; a quantity has the last tier it reaches, or the plain price."""
    demands, offers = market
    plan = plan_of(
        [asked(f"N-{n}", quantity) for n, quantity in enumerate(demands)],
        [
            plain(f"O-{m}", base, capacity=capacity, price_tiers=tiers, moq=least)
            for m, (capacity, base, tiers, least) in enumerate(offers)
        ],
        PRICE_ONLY,
    )
    found = 0.0
    pairs = [(n, m) for n in range(len(demands)) for m in range(len(offers))]
    for quantities in itertools.product(*(range(demands[n] + 1) for n, _ in pairs)):
        by_need, by_offer, points = [0] * len(demands), [0] * len(offers), 0.0
        for (n, m), quantity in zip(pairs, quantities, strict=True):
            by_need[n] += quantity
            by_offer[m] += quantity
            _, base, tiers, least = offers[m]
            if 0 < quantity < least:
                break
            points += quantity / demands[n] * (1000 - _price(base, tiers, quantity)) * 50
        else:
            if all(map(int.__le__, by_need, demands)) and all(
                held <= capacity for held, (capacity, *_) in zip(by_offer, offers, strict=True)
            ):
                found = max(found, points)
    assert abs(plan.solution.span[0] - found) < 1e-6 * max(1, found)
