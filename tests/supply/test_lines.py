"""Capacities in hours, and lines that offers of one firm share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matching.errors import InputError
from matching.practice import Terms
from matching.supply import PRACTICE
from matching.supply.records import CapacityOffer, ProcurementNeed
from tests.supply.market_of import day, every_pair, market_of, need, offer, pair


def hours(offer_id: str | None = "O-1", **told: Any) -> CapacityOffer:
    """Make an offer of 2000 machine hours a month, half an hour a piece, on line one."""
    usual = {"capacity": 2000, "capacity_unit": "worker_hour", "period": "month", "line": "一号线"}
    return offer(**{"offer_id": offer_id, "unit_hours": 0.5, "product_unit": "piece", **usual, **told})


def pieces(need_id: str = "N-1", quantity: float = 1000, **told: Any) -> ProcurementNeed:
    return need(**{"need_id": need_id, "quantity": quantity, "unit": "piece", **told})


def terms_of(needs: list[ProcurementNeed], offers: list[CapacityOffer]) -> Terms:
    return PRACTICE.terms(every_pair(market_of(needs, offers)))


def hours_taken(terms: Terms, quantity: list[int]) -> float:
    """Hours that so many steps of each pair take."""
    return float(terms.use @ np.array(quantity) * 2000 / terms.capacity[0])


def test_a_deal_takes_its_quantity_times_the_hours_per_unit() -> None:
    terms = terms_of([pieces(quantity=1000)], [hours(line=None)])
    assert terms.demand.tolist() == [1000]
    assert hours_taken(terms, [1000]) == 500
    terms = terms_of([need(quantity=3, unit="t")], [hours(line=None, unit_hours=2, product_unit="t")])
    assert terms.demand.tolist() == [3000]
    assert hours_taken(terms, [3000]) == 6


def test_hours_are_spread_over_what_runs_longer_than_a_month() -> None:
    """6000 pieces within 90 days take 1000 hours of each month."""
    asked = pieces(quantity=6000, need_from=day("2026-03-01"), need_by=day("2026-05-30"))
    found = pair(asked, hours())
    assert (found.load.tolist(), found.load_share.tolist()) == ([1000], [0.5])


def test_price_minimum_and_tier_are_counted_in_pieces() -> None:
    """A dozen is twelve of what is sold, whatever the capacity counts in; 200 hours hold 400 pieces."""
    held = hours(capacity=200, moq=24, price=90, price_tiers=((100, 80), (500, 70)))
    found = pair(need(quantity=50, unit="dozen"), held)
    assert (found.asked.tolist(), found.unit_price.tolist()) == ([600], [12 * 80])
    assert PRACTICE.terms(found).step.tolist() == [pytest.approx(1 / 12)]
    assert PRACTICE.terms(found).minimum.tolist() == [100]


def test_what_is_sold_in_tonnes_is_no_answer_to_pieces() -> None:
    rules = {rule.name: rule for rule in PRACTICE.rules}
    found = pair(pieces(), hours(product_unit="t", unit_hours=2))
    assert rules["unit_kind"].test(found).tolist() == [False]
    assert rules["unit_kind"].test(pair(need(quantity=3, unit="t"), hours(product_unit="t"))).tolist() == [
        True
    ]


def test_hours_without_a_unit_of_the_product_stay_unknown() -> None:
    """Half an hour for each of nobody knows what: the capacity does not bind, deals are counted."""
    found = pair(pieces(), hours(product_unit=None))
    assert np.isnan(found.load).all()
    terms = PRACTICE.terms(found)
    assert (terms.use.tolist(), terms.capped.tolist()) == ([0], [True])


def test_hours_beside_a_capacity_of_unknown_unit_stay_unknown() -> None:
    found = pair(pieces(), hours(capacity_unit=None))
    assert np.isnan(found.load).all()
    assert found.asked.tolist() == [1000]


def test_workdays_and_hours_are_one_kind() -> None:
    """250 working days are 2000 hours."""
    found = pair(pieces(), hours(capacity=250, capacity_unit="worker_day"))
    assert found.load.tolist() == [62.5]
    assert found.load_share.tolist() == [0.25]


def test_products_of_one_line_share_its_hours() -> None:
    """Half an hour and a third of one: 3000 and 1500 pieces fill 2000 hours, not one more fits."""
    terms = terms_of([pieces(quantity=4000)], [hours(), hours("O-2", unit_hours=20 / 60)])
    rows = terms.allowances
    assert (terms.capacity / terms.capacity[0]).tolist() == [1, 1]
    assert [rows.kinds[kind].name for kind in rows.kind] == ["line_hours"]
    taken = rows.rows.toarray()[0]
    assert taken @ [3000, 1500] == rows.most[0]
    assert (rows.most[0] - taken @ [3000, 1499]) * rows.size[0] == pytest.approx(1 / 3)
    assert rows.unit.tolist() == ["工时"]


@pytest.mark.parametrize(("one", "other"), [(0.3, 0.5), (0.7, 0.5), (0.25, 1.1), (1 / 60, 0.1), (2.0, 3.0)])
def test_hours_that_people_write_are_never_rounded(one: float, other: float) -> None:
    terms = terms_of([pieces()], [hours(unit_hours=one), hours("O-2", unit_hours=other)])
    size = 2000 / terms.capacity[0]
    np.testing.assert_allclose(terms.use * size, [one, other], rtol=1e-9)


def test_a_line_that_cannot_run_short_has_no_row() -> None:
    assert not len(terms_of([pieces(quantity=100)], [hours(), hours("O-2")]).allowances)


def test_a_line_of_tonnes_needs_no_hours() -> None:
    held = {
        "capacity": 100,
        "capacity_unit": "t",
        "period": "total",
        "unit_hours": None,
        "product_unit": None,
    }
    asked = need(quantity=80, unit="t")
    terms = terms_of([asked], [hours(**held), hours("O-2", product="蝶阀", **held)])
    rows = terms.allowances
    assert (rows.rows.toarray().tolist(), rows.most.tolist()) == ([[1, 1]], [100_000])
    assert [rows.kinds[kind].name for kind in rows.kind] == ["line"]


def test_lines_of_other_firms_or_names_are_others() -> None:
    held = [
        hours(),
        hours("O-2", line="二号线"),
        hours("O-3", enterprise="另一阀门厂"),
        hours("O-4", line=None),
    ]
    terms = terms_of([pieces(quantity=9000)], held)
    assert terms.pool.tolist() == [0, 1, 2, 3]
    assert (terms.allowances.rows.toarray() > 0).sum(axis=1).tolist() == [1, 1, 1]


def test_a_line_is_known_whatever_its_blanks_and_width() -> None:
    terms = terms_of([pieces(quantity=9000)], [hours(line="1号 线"), hours("O-2", line="１号线")])
    assert terms.pool.tolist() == [0, 0]


def test_one_buyers_share_is_of_the_line() -> None:
    """A third of 1800 hours for both products together."""
    third = {"max_share_one_buyer": 0.25, "capacity": 1800}
    terms = terms_of([pieces(quantity=400)], [hours(**third), hours("O-2", unit_hours=1, **third)])
    rows = terms.allowances
    assert [rows.kinds[kind].name for kind in rows.kind] == ["buyer_share"]
    assert (rows.rows.toarray() * rows.size[:, None]).tolist() == [[0.5, 1]]
    assert (rows.most * rows.size).tolist() == [450]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"capacity": 1000}, "O-1 为 每月 2,000 工时，O-2 为 每月 1,000 工时"),
        ({"period": "year"}, "O-1 为 每月 2,000 工时，O-2 为 每年 2,000 工时"),
        ({"capacity_unit": "t", "unit_hours": None, "product_unit": None}, "O-2 为 每月 2,000 吨"),
        ({"capacity": None}, "O-2 为 未填写"),
        ({"capacity_basis": "推算"}, "O-2 为 每月 2,000 工时（推算）"),
        (
            {"capacity": None, "period": None, "monthly": (("2026-03", 500.0),)},
            "O-2 为 2026-03:500 工时",
        ),
    ],
)
def test_rows_of_a_line_that_disagree_are_both_named(other: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match="产线“一号线”产能不一致") as refused:
        market_of([pieces()], [hours(), hours("O-2", **other)])
    assert said in refused.value.words.zh
    assert "O-1" in refused.value.words.en
    assert "O-2" in refused.value.words.en


def test_rows_without_a_number_are_named_by_what_they_make() -> None:
    held = [hours(None, product="阀体"), hours(None, product="阀盖", capacity=1000)]
    with pytest.raises(InputError) as refused:
        market_of([pieces()], held)
    assert "（阀体） 为 每月" in refused.value.words.zh
    assert "（阀盖） 为 每月 1,000 工时" in refused.value.words.zh


def test_all_rows_that_disagree_are_told_at_once() -> None:
    held = [hours(), hours("O-2", capacity=1), hours("O-3", capacity=2), hours("O-4", line="二", capacity=3)]
    with pytest.raises(InputError) as refused:
        market_of([pieces()], held)
    assert all(name in refused.value.words.zh for name in ("O-2", "O-3"))
    assert "O-4" not in refused.value.words.zh


def test_rows_of_a_line_may_use_different_units_of_one_kind() -> None:
    held = [hours(), hours("O-2", capacity=250, capacity_unit="worker_day")]
    terms = terms_of([pieces(quantity=4000)], held)
    assert terms.allowances.rows.toarray()[0].tolist() == [1, 1]
    assert terms.allowances.most.tolist() == [4000]


def test_the_capacity_sentence_shows_hours() -> None:
    found = pair(pieces(), hours())
    (criterion,) = (one for one in PRACTICE.criteria if one.name == "capacity")
    said = criterion.sentence.fill_from(lambda name: found.value(name, 0))
    assert "任务占其规模的 25%（产线 一号线 产能 2,000 工时/月，本需求占 500）" in said.zh
    assert "25% of its capacity (line 一号线: 2,000 工时 a month, 500 for this need)" in said.en
