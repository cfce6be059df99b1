"""Each hard rule twice: the pair it keeps, the pair it removes with the sentence of what is missing."""

from __future__ import annotations

import pytest

from matching.candidates import broken_rules
from matching.market import Pairs
from matching.scoring import fill
from matching.supply import PRACTICE, supply_policy
from tests.supply.market_of import BUYER, MAKER, contract, day, need, offer, pair

RULES = {rule.name: rule for rule in PRACTICE.rules}
GROUP = "江海集团"


def broken(one: Pairs) -> list[str]:
    held = broken_rules(one, supply_policy())[:, 0]
    return [rule.name for rule, bad in zip(PRACTICE.rules, held, strict=True) if bad]


def sentence(name: str, one: Pairs) -> str:
    return fill(RULES[name].sentence, one, 0).zh


def test_rules_stand_in_order_of_hardness() -> None:
    assert list(RULES) == [
        *("itself", "same_group", "excluded", "blacklist", "category", "goods", "unit_kind"),
        *("certificates", "validity", "delivery", "minimum", "price", "radius"),
    ]


def test_nothing_known_breaks_no_rule() -> None:
    """Empty cells are unknown, and unknown keeps the pair."""
    assert broken(pair(need(), offer())) == []


def test_itself_keeps() -> None:
    assert broken(pair(need(enterprise=BUYER), offer(enterprise=MAKER))) == []


def test_itself_removes() -> None:
    """Blanks and the width of brackets make no other firm."""
    one = pair(need(enterprise="长江（镇江）阀门有限公司"), offer(enterprise="长江(镇江) 阀门有限公司"))
    assert broken(one) == ["itself"]
    assert sentence("itself", one).startswith("供需双方是同一企业 长江")


def test_same_group_keeps() -> None:
    assert broken(pair(need(group=GROUP), offer(group="长江集团"))) == []
    assert broken(pair(need(group=GROUP), offer())) == []


def test_same_group_removes() -> None:
    one = pair(need(group=GROUP), offer(group=GROUP))
    assert broken(one) == ["same_group"]
    assert sentence("same_group", one) == "双方同属集团 江海集团"


def test_excluded_keeps() -> None:
    assert broken(pair(need(exclude=("他人有限公司",)), offer(exclude=("别人有限公司",)))) == []


def test_excluded_removes_whoever_says_it() -> None:
    assert broken(pair(need(exclude=(MAKER,)), offer())) == ["excluded"]
    one = pair(need(), offer(exclude=(BUYER,)))
    assert broken(one) == ["excluded"]
    assert sentence("excluded", one) == f"{BUYER} 与 {MAKER} 之间有一方声明不对接"


def test_blacklist_keeps() -> None:
    assert broken(pair(need(), offer(blacklisted=False))) == []


def test_blacklist_removes() -> None:
    one = pair(need(), offer(blacklisted=True))
    assert broken(one) == ["blacklist"]
    assert sentence("blacklist", one) == f"{MAKER} 已列入黑名单"


@pytest.mark.parametrize("offered", ["3443", "3444", "34", None])
def test_category_keeps(offered: str | None) -> None:
    """The same division is near enough; the class is for the soft criterion."""
    assert broken(pair(need(industry="3443"), offer(industry=offered))) == []


def test_category_removes() -> None:
    one = pair(need(industry="3443"), offer(industry="1711"))
    assert broken(one) == ["category"]
    assert sentence("category", one) == "行业大类不同：需求 阀门和旋塞制造（3443），供给 棉纺纱加工（1711）"


def test_unit_kind_keeps() -> None:
    assert broken(pair(need(quantity=5, unit="t"), offer(capacity=900, capacity_unit="kg"))) == []
    assert broken(pair(need(quantity=5, unit="t"), offer(capacity=900, capacity_unit="CNY"))) == []


def test_unit_kind_removes() -> None:
    one = pair(need(quantity=5, unit="t"), offer(capacity=900, capacity_unit="tai"))
    assert broken(one) == ["unit_kind"]
    assert sentence("unit_kind", one) == "计量单位不是一类：需求按 吨，产能按 台"


def test_certificates_keeps() -> None:
    asked = need(hard_certs=("ISO9001",), need_by=day("2025-12-01"))
    assert broken(pair(asked, offer(certs=(("ISO9001", day("2025-12-01")),)))) == []
    assert broken(pair(asked, offer(certs=(("ISO9001", None),)))) == []


def test_certificates_removes() -> None:
    """One that ends a day before delivery does not count."""
    asked = need(hard_certs=("ISO9001", "ISO14001"), need_by=day("2025-12-01"))
    one = pair(asked, offer(certs=(("ISO9001", day("2025-11-30")), ("ISO14001", None))))
    assert broken(one) == ["certificates"]
    assert sentence("certificates", one) == "缺少交货日有效的 质量管理体系认证（ISO9001）"


def test_certificates_removes_who_tells_of_none() -> None:
    """A hard requirement has to be proven."""
    one = pair(need(hard_certs=("ISO9001",)), offer())
    assert broken(one) == ["certificates"]
    assert sentence("certificates", one) == "未提供资质信息，无法证明具备 质量管理体系认证（ISO9001）"


def test_validity_keeps() -> None:
    asked = need(need_from=day("2025-11-01"), need_by=day("2025-12-01"))
    assert broken(pair(asked, offer(valid_from=day("2025-12-01"), valid_to=day("2026-01-01")))) == []
    assert broken(pair(asked, offer(valid_to=day("2025-11-01")))) == []


def test_validity_removes() -> None:
    asked = need(need_from=day("2025-11-01"), need_by=day("2025-12-01"))
    one = pair(asked, offer(valid_to=day("2025-10-31")))
    assert broken(one) == ["validity"]
    assert sentence("validity", one) == "供给期 未知 至 2025-10-31，需求期 2025-11-01 至 2025-12-01"
    late = pair(asked, offer(valid_from=day("2025-12-02")))
    assert broken(late) == ["validity", "delivery"]


def test_delivery_keeps() -> None:
    asked = need(published_on=day("2025-10-01"), need_by=day("2025-10-31"))
    assert broken(pair(asked, offer(lead_days=30))) == []
    assert broken(pair(need(need_by=day("2025-10-31")), offer(lead_days=300))) == []


def test_delivery_removes() -> None:
    asked = need(published_on=day("2025-10-01"), need_by=day("2025-10-31"))
    one = pair(asked, offer(lead_days=31))
    assert broken(one) == ["delivery"]
    assert sentence("delivery", one) == "最早 2025-11-01 交货（交期 31 天），晚于要求的 2025-10-31"


def test_minimum_keeps() -> None:
    """0.5 t is the 500 kg the firm starts at."""
    held = offer(capacity=9000, capacity_unit="kg", moq=500)
    assert broken(pair(need(quantity=0.5, unit="t"), held)) == []
    assert broken(pair(need(), held)) == []


def test_minimum_removes() -> None:
    one = pair(need(quantity=0.4, unit="t"), offer(capacity=9000, capacity_unit="kg", moq=500))
    assert broken(one) == ["minimum"]
    assert sentence("minimum", one) == "起订量 500 千克，需求折合 400"


def test_price_keeps() -> None:
    """4.5 per kg is exactly 4,500 per tonne."""
    held = offer(capacity=9000, capacity_unit="kg", price=4.5)
    assert broken(pair(need(quantity=1, unit="t", price_max=4500), held)) == []
    assert broken(pair(need(quantity=2, unit="t", budget_cny=9000), held)) == []


def test_price_removes() -> None:
    held = offer(capacity=9000, capacity_unit="kg", price=4.5)
    one = pair(need(quantity=1, unit="t", price_max=4499), held)
    assert broken(one) == ["price"]
    assert sentence("price", one) == "报价 4,500 元/吨，高于限价 4,499 元/吨"
    assert broken(pair(need(quantity=2, unit="t", budget_cny=8999), held)) == ["price"]


def test_price_takes_the_tier_of_the_quantity() -> None:
    held = offer(capacity=9000, capacity_unit="kg", price=5, price_tiers=((1000, 4.5), (3000, 4)))
    assert broken(pair(need(quantity=3, unit="t", price_max=4000), held)) == []
    assert broken(pair(need(quantity=2.9, unit="t", price_max=4000), held)) == ["price"]


def test_radius_keeps() -> None:
    """Dianjun and Xiling lie in one city."""
    assert broken(pair(need(region="宜昌市点军区"), offer(region="宜昌市西陵区", max_km=50))) == []


def test_radius_removes() -> None:
    one = pair(need(region="上海市"), offer(region="宜昌市西陵区", max_km=50))
    assert broken(one) == ["radius"]
    assert "公里，超出服务半径 50 公里" in sentence("radius", one)


def test_goods_keeps() -> None:
    """One thing by two names, siblings under one broader concept, and words nobody knows."""
    assert broken(pair(need(title="蝶阀"), offer(product="butterfly valve"))) == []
    assert broken(pair(need(title="蝶阀"), offer(product="闸阀制造"))) == []
    assert broken(pair(need(title="蝶阀"), offer(product="来图加工"))) == []


def test_goods_keeps_the_very_thing_an_offer_mentions_besides() -> None:
    """Who makes pumps and supplies butterfly valves too may be asked for these, and for no other valves."""
    pumps = offer(product="离心泵制造，也可代为配套蝶阀。")
    assert broken(pair(need(title="蝶阀"), pumps)) == []
    assert broken(pair(need(title="闸阀"), pumps)) == ["goods"]


def test_goods_reads_the_content_where_the_title_names_nothing_known() -> None:
    unnamed = need(title="物资一批", content="采购蝶阀20台，用于离心泵改造。")
    assert broken(pair(unnamed, offer(product="闸阀"))) == []
    assert broken(pair(unnamed, offer(product="离心泵"))) == ["goods"]


def test_goods_removes() -> None:
    one = pair(need(title="蝶阀 200 台"), offer(product="离心泵、电缆桥架"))
    assert broken(one) == ["goods"]
    assert sentence("goods", one) == "需求为 蝶阀，供给为 离心泵、电缆桥架"


def test_every_rule_speaks_both_languages() -> None:
    one = pair(need(), offer(), [contract()])
    for rule in PRACTICE.rules:
        words = fill(rule.sentence, one, 0)
        assert rule.label.zh != rule.label.en
        assert words.zh
        assert words.en


def test_a_task_that_welcomes_consortia_says_so() -> None:
    (remark,) = PRACTICE.remarks
    assert bool(remark.test(pair(need(consortium_ok=True), offer()))[0])
    assert not bool(remark.test(pair(need(consortium_ok=None), offer()))[0])
