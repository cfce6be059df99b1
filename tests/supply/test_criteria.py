"""Each soft criterion twice with exact numbers: a known value with its sentence, and an unknown one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from matching.market import Pairs
from matching.scoring import explain, fill
from matching.supply import PRACTICE, supply_policy
from matching.supply.records import CapacityOffer, ProcurementNeed
from tests.supply.market_of import BUYER, contract, day, need, offer, pair

CRITERIA = {item.name: item for item in PRACTICE.criteria}


def measured(name: str, one: Pairs) -> float:
    return float(CRITERIA[name].measure(one)[0])


def said(name: str, one: Pairs) -> str:
    (part,) = [part for part in explain(one, supply_policy())[0] if part.criterion == name]
    return part.sentence.zh


def test_every_criterion_weighs_something() -> None:
    assert list(CRITERIA) == [item.name for item in supply_policy().criteria]
    assert set(PRACTICE.weights) == set(CRITERIA)


def test_capability_of_equal_texts() -> None:
    one = pair(need(title="船用蝶阀"), offer(product="船用蝶阀"))
    assert measured("capability", one) == 1
    assert said("capability", one) == "文本相似度 1.00，命中：蝶阀"


def test_capability_of_unlike_texts() -> None:
    assert measured("capability", pair(need(title="船用蝶阀"), offer(product="钢丝"))) == 0


def test_capability_grows_with_the_cosine() -> None:
    one = pair(need(title="船用蝶阀"), offer(product="铸钢闸阀与泵壳"))
    assert 0 < one.likeness("text")[0] < 0.6
    assert measured("capability", one) == pytest.approx(one.likeness("text")[0] / 0.6)


def test_capability_is_full_where_both_name_the_same_goods() -> None:
    one = pair(need(title="船用蝶阀", content="附件另供"), offer(product="专业生产butterfly valve，来图加工"))
    assert one.likeness("text")[0] < 0.6
    assert measured("capability", one) == 1


@pytest.mark.parametrize(
    ("product", "value"),
    [("butterfly valve", 1), ("离心泵、蝶阀", 1), ("闸阀", 0.5), ("离心泵，配套蝶阀。", 0.5), ("离心泵", 0)],
)
def test_goods_tells_the_same_from_siblings(product: str, value: float) -> None:
    assert measured("goods", pair(need(title="蝶阀"), offer(product=product))) == value


def test_goods_names_both() -> None:
    one = pair(need(title="蝶阀"), offer(product="离心泵，可配套闸阀。"))
    assert said("goods", one) == "需求为 蝶阀，供给为 离心泵、闸阀"


def test_goods_unknown() -> None:
    one = pair(need(title="蝶阀"), offer(product="来图加工"))
    assert math.isnan(measured("goods", one))
    assert said("goods", one) == "产品未知：需求 蝶阀，供给 未知"


@pytest.mark.parametrize(
    ("offered", "value"), [("3443", 1), ("3444", 2 / 3), ("3411", 1 / 3), ("17", 0), ("34", 1 / 3)]
)
def test_category_counts_common_levels(offered: str, value: float) -> None:
    one = pair(need(industry="3443"), offer(industry=offered))
    assert measured("category", one) == pytest.approx(value)
    assert said("category", one).startswith("需求行业 阀门和旋塞制造（3443），供给行业 ")
    assert said("category", one).endswith(f"（{offered}）")


def test_category_unknown() -> None:
    one = pair(need(industry="3443"), offer())
    assert math.isnan(measured("category", one))
    assert said("category", one) == "行业未知：需求 阀门和旋塞制造（3443），供给 未知"


def test_won_of_the_very_same_work() -> None:
    """One contract of likeness 1: 1 − exp(−1/0.3)."""
    one = pair(need(title="船用蝶阀供货"), offer(), [contract(title="船用蝶阀供货")])
    assert measured("won", one) == pytest.approx(1 - math.exp(-1 / 0.3))
    assert said("won", one) == "做过相近业绩 1 项，最相近：船用蝶阀供货"


def test_won_nothing_alike() -> None:
    one = pair(need(title="船用蝶阀"), offer(), [contract(title="食堂餐饮")])
    assert measured("won", one) == 0
    assert said("won", one) == "做过相近业绩 0 项，最相近：无"


def test_won_unknown_without_history() -> None:
    one = pair(need(), offer())
    assert math.isnan(measured("won", one))
    assert said("won", one) == "没有历史业绩清单"


def test_shortlisted_is_kept_apart_from_won() -> None:
    past = [contract(title="船用蝶阀供货", outcome="shortlisted"), contract(title="食堂餐饮")]
    one = pair(need(title="船用蝶阀供货"), offer(), past)
    assert measured("won", one) == 0
    assert measured("shortlisted", one) == pytest.approx(1 - math.exp(-1 / 0.3))
    assert said("shortlisted", one) == "入围过相近项目 1 项，最相近：船用蝶阀供货"


def test_shortlisted_unknown_where_no_list_tells() -> None:
    one = pair(need(), offer(), [contract()])
    assert math.isnan(measured("shortlisted", one))
    assert said("shortlisted", one) == "没有入围记录清单"


def priced(price: float | None, ceiling: float | None) -> Pairs:
    asked = need(quantity=10, unit="t", price_max=ceiling)
    return pair(asked, offer(capacity=50, capacity_unit="t", price=price))


@pytest.mark.parametrize(("price", "value"), [(100, 0), (90, 0.5), (80, 1), (50, 1), (120, 0)])
def test_price_is_full_from_a_fifth_below_the_ceiling(price: float, value: float) -> None:
    one = priced(price, 100)
    assert measured("price", one) == pytest.approx(value)
    assert said("price", one) == f"报价 {price:g} 元/吨，限价 100 元/吨"


def test_price_unknown() -> None:
    assert math.isnan(measured("price", priced(None, 100)))
    assert said("price", priced(90, None)) == "报价 90，限价 未知，无法比价"


def test_slack_of_half_a_month() -> None:
    asked = need(published_on=day("2025-10-01"), need_by=day("2025-11-05"))
    one = pair(asked, offer(lead_days=20))
    assert measured("slack", one) == 0.5
    assert said("slack", one) == "最早 2025-10-21 可交货，比要求的 2025-11-05 早 15 天"


def test_slack_unknown() -> None:
    one = pair(need(published_on=day("2025-10-01"), need_by=day("2025-11-05")), offer())
    assert math.isnan(measured("slack", one))
    assert said("slack", one) == "交期 未知 天，要求 2025-11-05 前交货，余量未知"


def test_distance_inside_a_service_region() -> None:
    one = pair(need(region="宜昌市夷陵区"), offer(service_regions="夷陵区、宜都市"))
    assert measured("distance", one) == 1
    assert said("distance", one) == "需求地 夷陵区 在其服务区域内"


def test_distance_falls_by_half_in_100_km() -> None:
    one = pair(need(region="上海市"), offer(region="宜昌市西陵区"))
    km = float(one.distance_km[0])
    assert 950 < km < 1050
    assert measured("distance", one) == pytest.approx(1 / (1 + km / 100))
    assert said("distance", one) == f"需求地 上海市 距企业约{km:.0f}公里"


def test_distance_unknown() -> None:
    one = pair(need(region="宜昌市夷陵区"), offer())
    assert math.isnan(measured("distance", one))
    assert said("distance", one) == "距离未知：需求地 夷陵区，企业所在地 未知"


def sized(capacity: float | None, budget: float | None, running: int | None = None) -> Pairs:
    held = offer(capacity=capacity, capacity_unit="CNY", period="quarter", running=running)
    return pair(need(budget_cny=budget, duration_days=90), held)


@pytest.mark.parametrize(
    ("capacity", "value"), [(1e6, 1), (5e6, 1), (1e5, 2 / 3), (1e4, 1 / 3), (1e3, 0), (10, 0)]
)
def test_capacity_fades_with_powers_of_ten(capacity: float, value: float) -> None:
    assert measured("capacity", sized(capacity, 1e6)) == pytest.approx(value)


def test_capacity_says_the_share_it_takes() -> None:
    assert said("capacity", sized(4e6, 1e6, 2)) == "任务占其每季规模的 25%，在手合同数 2"
    whole = pair(need(quantity=5, unit="t"), offer(capacity=20, capacity_unit="t", period="total"))
    assert said("capacity", whole) == "任务占其总规模的 25%，在手合同数 未知"


def test_capacity_unknown_but_contracts_running() -> None:
    assert measured("capacity", sized(None, 1e6, 0)) == 0.5
    assert measured("capacity", sized(None, 1e6, 10)) == 0.25


def test_capacity_unknown() -> None:
    assert math.isnan(measured("capacity", sized(1e6, None)))
    assert said("capacity", sized(1e6, None)) == "规模 1,000,000 元，任务占用 未知，无法比较"
    assert math.isnan(measured("capacity", sized(None, 1e6)))


def test_tier_is_the_mean_of_what_is_known() -> None:
    """Little giant .9; one of two preferred certificates .5."""
    asked = need(soft_certs=("ISO9001", "ISO14001"))
    held = offer(tiers="专精特新小巨人", certs=(("ISO9001", None),))
    one = pair(asked, held)
    assert measured("tier", one) == pytest.approx(0.7)
    assert measured("tier", pair(need(), held)) == 0.9
    assert said("tier", one).endswith("优先资质具备 50%")


def test_tier_unknown() -> None:
    one = pair(need(soft_certs=("ISO9001",)), offer())
    assert math.isnan(measured("tier", one))
    assert said("tier", one) == "未提供荣誉等级，也没有优先资质可比"


def test_incumbent_after_three_contracts() -> None:
    past = [contract(title=f"第{number}批阀门") for number in (1, 2, 3)]
    past.append(contract(title="未中", outcome="shortlisted"))
    one = pair(need(), offer(), past)
    assert measured("incumbent", one) == 0.75
    assert said("incumbent", one) == f"此前为 {BUYER} 履约 3 次"
    assert measured("incumbent", pair(need(enterprise="别的船厂"), offer(), past)) == 0


def test_incumbent_unknown_without_history() -> None:
    assert math.isnan(measured("incumbent", pair(need(), offer())))


@pytest.mark.parametrize(
    ("size", "wins", "value"),
    [("small", 1, 1), ("micro", None, 1), ("medium", 1, 0.5), ("large", 1, 0), ("large", 0, 1), (None, 1, 0)],
)
def test_newcomer(size: str | None, wins: int | None, value: float) -> None:
    """Small firms have their chance, and so has whoever has won nothing yet."""
    past = None if wins is None else [contract(enterprise="他人有限公司"), *[contract()] * wins]
    assert measured("newcomer", pair(need(), offer(size=size), past)) == value


def test_newcomer_says_size_and_record() -> None:
    assert said("newcomer", pair(need(), offer(size="small"), [contract()])) == "企业规模 小型，已中标 1 项"


def test_newcomer_unknown() -> None:
    one = pair(need(), offer())
    assert math.isnan(measured("newcomer", one))
    assert said("newcomer", one) == "企业规模和业绩都未知"


def filled() -> tuple[ProcurementNeed, CapacityOffer]:
    asked = need(quantity=10, unit="t", price_max=100, need_by=day("2025-12-01"), region="宜昌市夷陵区")
    return asked, offer(capacity=50, capacity_unit="t", price=90, lead_days=5, service_regions="夷陵区")


def test_every_criterion_speaks_both_languages() -> None:
    for one in (pair(*filled(), [contract()]), pair(need(), offer())):
        for criterion in CRITERIA.values():
            for words in (fill(criterion.sentence, one, 0), fill(criterion.unknown, one, 0)):
                assert words.zh
                assert words.en
                assert "nan" not in words.zh + words.en


def test_no_measure_leaves_its_range() -> None:
    one = pair(*filled(), [contract()])
    for criterion in CRITERIA.values():
        value = criterion.measure(one)
        assert np.isnan(value[0]) or 0 <= value[0] <= 1
