"""Quantities in whole steps: tasks, units, lots, minimum orders, capacities per period."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.practice import Terms
from matching.supply import PRACTICE
from matching.supply.records import CapacityOffer, ProcurementNeed
from tests.supply.market_of import day, every_pair, market_of, need, offer


def terms_of(needs: list[ProcurementNeed], offers: list[CapacityOffer]) -> Terms:
    return PRACTICE.terms(every_pair(market_of(needs, offers)))


def numbers(terms: Terms) -> list[Any]:
    columns = (terms.demand, terms.capacity, terms.upper, terms.minimum, terms.use, terms.partners)
    return [column.tolist() for column in columns]


def tonnes(**told: Any) -> CapacityOffer:
    return offer(**{"capacity": 100, "capacity_unit": "t", "period": "total", **told})


def test_a_need_without_quantity_is_one_task() -> None:
    terms = terms_of([need(max_suppliers=3)], [offer()])
    assert numbers(terms) == [[1], [-1], [1], [0], [1], [-1]]
    assert terms.step.tolist() == [1]
    assert terms.whole.tolist() == [True]


def test_what_must_not_be_split_is_one_task_of_its_quantity() -> None:
    terms = terms_of([need(quantity=30, unit="t", splittable=False)], [tonnes()])
    assert terms.whole.tolist() == [True]
    assert terms.demand.tolist() == [1]
    assert terms.step.tolist() == [30]
    assert (terms.capacity // terms.use).tolist() == [3]


def test_tonnes_are_cut_into_kilograms() -> None:
    terms = terms_of([need(quantity=1.5, unit="t", max_suppliers=2)], [tonnes()])
    assert numbers(terms) == [[1500], [100_000], [1500], [0], [1], [2]]
    assert terms.step.tolist() == [0.001]


def test_pieces_are_whole() -> None:
    terms = terms_of([need(quantity=50_000, unit="piece")], [offer(capacity=8, capacity_unit="wan")])
    assert numbers(terms) == [[50_000], [80_000], [50_000], [0], [1], [-1]]


def test_a_finer_quantity_makes_finer_steps() -> None:
    terms = terms_of([need(quantity=1.2345, unit="kg")], [tonnes()])
    assert terms.demand.tolist() == [12345]
    assert terms.step.tolist() == [pytest.approx(0.0001)]


def test_a_finer_minimum_order_makes_finer_steps() -> None:
    held = offer(capacity=9, capacity_unit="kg", moq=0.25)
    terms = terms_of([need(quantity=2, unit="kg")], [held])
    assert terms.demand.tolist() == [200]
    assert terms.minimum.tolist() == [25]


def test_lots_stay_lots() -> None:
    """30 t in lots of 5 t are 6 steps; a minimum order of 7 t takes 2 of them."""
    terms = terms_of([need(quantity=30, unit="t", lot_step=5)], [tonnes(moq=7)])
    assert terms.demand.tolist() == [6]
    assert terms.minimum.tolist() == [2]
    assert terms.capacity.tolist() == [20]


def test_the_smallest_share_is_a_minimum() -> None:
    terms = terms_of(
        [need(quantity=30, unit="t", min_split=4)], [tonnes(moq=3), tonnes(offer_id="O-2", moq=6)]
    )
    assert terms.minimum.tolist() == [4000, 6000]


def test_a_deal_is_never_smaller_than_where_its_price_begins() -> None:
    """50 t are cheaper; who has 40 t only sells at the plain price, and 30 t never get the other one."""
    asked = [need(quantity=60, unit="t"), need(need_id="N-2", quantity=30, unit="t")]
    held = {"price": 5000.0, "price_tiers": ((50.0, 4500.0),), "moq": 2.0}
    large, small = tonnes(**held), tonnes(**{**held, "offer_id": "O-2", "capacity": 40})
    pairs = every_pair(market_of(asked, [large, small]))
    assert pairs.unit_price.tolist() == [4500, 5000, 5000, 5000]
    assert PRACTICE.terms(pairs).minimum.tolist() == [50_000, 2000, 2000, 2000]


def test_what_is_not_split_costs_what_all_of_it_costs() -> None:
    pairs = every_pair(
        market_of(
            [need(quantity=60, unit="t", splittable=False)], [tonnes(price=5000, price_tiers=((50, 4500),))]
        )
    )
    assert (pairs.unit_price.tolist(), PRACTICE.terms(pairs).minimum.tolist()) == ([4500], [0])


def test_a_tier_needs_a_quantity_in_the_same_unit() -> None:
    unnamed = tonnes(capacity_unit=None, price=5000, price_tiers=((50, 4500),))
    pairs = every_pair(market_of([need(quantity=60)], [unnamed]))
    assert (pairs.unit_price.tolist(), pairs.price_from.tolist()) == ([5000], [0])


def test_a_month_holds_a_third_of_what_runs_three() -> None:
    """90 t within 90 days take 30 t of each month's 100 t."""
    asked = need(quantity=90, unit="t", need_from=day("2025-10-01"), need_by=day("2025-12-30"))
    terms = terms_of([asked], [tonnes(period="month")])
    assert terms.demand.tolist() == [90_000]
    assert terms.capacity[0] / terms.use[0] == 300_000


def test_money_of_a_task_is_spread_over_its_duration() -> None:
    """1.2 million over 180 days take 600,000 of a quarter."""
    held = offer(capacity=800_000, capacity_unit="CNY", period="quarter")
    terms = terms_of([need(budget_cny=1_200_000, duration_days=180)], [held])
    assert numbers(terms) == [[1], [800_000], [1], [0], [600_000], [-1]]
    assert terms.capped.tolist() == [False]


def test_a_short_task_takes_all_of_its_budget() -> None:
    held = offer(capacity=800_000, capacity_unit="CNY", period="quarter")
    assert terms_of([need(budget_cny=500_000, duration_days=30)], [held]).use.tolist() == [500_000]
    assert terms_of([need(budget_cny=500_000)], [held]).use.tolist() == [500_000]


def test_money_is_rounded_up() -> None:
    held = offer(capacity=800_000, capacity_unit="CNY", period="quarter")
    assert terms_of([need(budget_cny=100_000, duration_days=91)], [held]).use.tolist() == [98_902]


def test_inferred_and_unknown_capacity_does_not_bind() -> None:
    held = [
        offer(offer_id="1", capacity=5, capacity_unit="CNY", note="规模按历史合同推算"),
        offer(offer_id="2"),
        offer(offer_id="3", capacity=500, capacity_unit="CNY"),
    ]
    terms = terms_of([need(budget_cny=100)], held)
    assert terms.capacity.tolist() == [-1, -1, 5]
    assert terms.capped.tolist() == [True, True, False]


def test_a_declared_capacity_with_an_unknown_budget_is_counted_by_deals() -> None:
    """What nobody knows takes no capacity, but the firm's deals are counted."""
    terms = terms_of([need()], [offer(capacity=5, capacity_unit="CNY")])
    assert terms.use.tolist() == [0]
    assert terms.capped.tolist() == [True]


def test_one_buyer_may_take_a_share_only() -> None:
    terms = terms_of([need(quantity=80, unit="t")], [tonnes(max_share_one_buyer=0.3)])
    assert terms.upper.tolist() == [30_000]
    assert (terms.allowances.rows.toarray().tolist(), terms.allowances.most.tolist()) == ([[1]], [30_000])


def test_the_share_of_a_buyer_holds_for_all_its_needs_together() -> None:
    """Two needs of one yard draw on one allowance, that of another yard has its own."""
    asked = [need(need_id=f"N-{at}", quantity=80, unit="t") for at in (1, 2)]
    asked.append(need(need_id="N-3", enterprise="别的船厂", quantity=80, unit="t"))
    terms = terms_of(asked, [tonnes(max_share_one_buyer=0.3)])
    assert sorted(terms.allowances.rows.toarray().tolist()) == [[0, 0, 1], [1, 1, 0]]
    assert terms.allowances.most.tolist() == [30_000, 30_000]


def test_the_smallest_share_holds_where_no_unit_is_named() -> None:
    terms = terms_of([need(quantity=100, min_split=40)], [offer()])
    assert terms.minimum.tolist() == [40]


def test_takes_of_very_different_size_overflow_nothing() -> None:
    """A yuan spread over 10^9 pieces beside a task of 10^11 yuan, on one capacity in money."""
    asked = [
        need(need_id="N-1", quantity=1e9, unit="piece", budget_cny=1),
        need(need_id="N-2", budget_cny=1e11),
        need(need_id="N-3", budget_cny=1e12),
    ]
    terms = terms_of(asked, [offer(capacity=2e11, capacity_unit="CNY", period="total")])
    share = terms.use * terms.demand / terms.capacity[0]
    np.testing.assert_allclose(share[1:], [0.5, 2.0])  # what exceeds the capacity is cut at twice of it
    assert 0 < share[0] < 1e-3


def test_needs_of_different_steps_share_one_capacity() -> None:
    """5 lots of 10 t and 7 kg: the offer's 100 t are counted finely enough for both."""
    needs = [
        need(quantity=50, unit="t", lot_step=10),
        need(need_id="N-2", quantity=7, unit="kg"),
    ]
    terms = terms_of(needs, [tonnes()])
    assert terms.demand.tolist() == [5, 7]
    assert terms.use.tolist() == [10_000, 1]
    assert terms.capacity.tolist() == [100_000]


amounts = st.integers(1, 99_999).map(lambda grams: grams / 10)


@settings(max_examples=30, deadline=None)
@given(st.lists(amounts, min_size=1, max_size=3), amounts, amounts)
def test_kilograms_and_tonnes_give_the_same_integers(asked: list[float], capacity: float, moq: float) -> None:
    """The same market in kg and in t."""

    def market(unit: str, times: float) -> Terms:
        needs = [
            need(need_id=f"N-{at}", quantity=round(kg / times, 7), unit=unit) for at, kg in enumerate(asked)
        ]
        held = tonnes(capacity=round(capacity / times, 7), capacity_unit=unit, moq=round(moq / times, 7))
        return terms_of(needs, [held])

    kilograms, in_tonnes = market("kg", 1), market("t", 1000)
    assert numbers(kilograms) == numbers(in_tonnes)
    np.testing.assert_allclose(kilograms.step, in_tonnes.step * 1000)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.001, 1e11),
    st.floats(0.001, 1e11),
    st.integers(1, 4000),
    st.sampled_from(["t", "kg", "tai", "m"]),
)
def test_integers_stay_small_and_capacity_is_never_overrun(
    quantity: float, capacity: float, days: int, unit: str
) -> None:
    """Whatever the sizes: no overflow, and what fits in steps fits in truth."""
    asked = need(quantity=quantity, unit=unit, duration_days=days)
    terms = terms_of([asked], [offer(capacity=capacity, capacity_unit=unit, period="month")])
    steps = min(int(terms.demand[0]), int(terms.capacity[0]) // max(1, int(terms.use[0])))
    taken = steps * float(terms.step[0]) * 30 / max(days, 30)
    assert 0 <= terms.demand[0] < 2**53
    assert terms.use[0] * terms.demand[0] < 2**61
    assert taken <= capacity * (1 + 1e-6)


def test_what_takes_all_of_a_capacity_fits() -> None:
    """70 t and 110 t are not whole numbers of each other, but 110 t are all that the firm has."""
    whole = [
        need(need_id=f"N-{at}", quantity=size, unit="t", splittable=False) for at, size in ((1, 70), (2, 110))
    ]
    terms = terms_of(whole, [tonnes(capacity=110)])
    assert (terms.use.tolist(), terms.capacity.tolist()) == ([7, 11], [11])
