"""The hard rules, each a named function: True = the two may be paired.

Where a value is unknown the pair stays, except that required certificates have to be proven.
"""

from __future__ import annotations

import numpy as np

from matching.market import BoolArray, Pairs
from matching.practice import Rule
from matching.words import Words

#: prices and quantities that agree to this share are equal
TOLERANCE = 1e-9


def is_another_firm(pairs: Pairs) -> BoolArray:
    """Nobody supplies himself."""
    return np.asarray(pairs.need.firm != pairs.offer.partner)


def is_another_group(pairs: Pairs) -> BoolArray:
    """Firms of one group deal without an office's help."""
    group = pairs.need.group_code
    return np.asarray((group < 0) | (group != pairs.offer.group_code))


def is_not_excluded(pairs: Pairs) -> BoolArray:
    """Neither side names the other among those it does not deal with."""
    return np.asarray(pairs.link("excluded") == 0)


def is_not_blacklisted(pairs: Pairs) -> BoolArray:
    """The firm is on no blacklist."""
    return np.asarray(~(pairs.offer.blacklisted == 1))


def fits_category(pairs: Pairs) -> BoolArray:
    """Both industries, where known, lie in one division (two digits) of GB/T 4754.

    A division is wide enough for upstream and downstream to meet (33 holds castings, structures and
    surface treatment); how close the classes are is the soft criterion "category".
    """
    need, offer = pairs.need.industry2, pairs.offer.industry2
    return np.asarray((need < 0) | (offer < 0) | (need == offer))


def makes_such_goods(pairs: Pairs) -> BoolArray:
    """The goods asked for and offered are one thing or siblings under one broader concept.

    Told by the terms of the vocabulary; kept where it is not known what one side is about.
    """
    return np.asarray(~(pairs.goods_fit == 0))


def fits_unit(pairs: Pairs) -> BoolArray:
    """Quantity and capacity count in one kind of unit; a capacity in money fits every need."""
    need, offer = pairs.need, pairs.offer
    unknown = np.isnan(need.quantity) | (need.kind < 0) | (offer.kind < 0)
    return np.asarray(unknown | (need.kind == offer.kind) | offer.in_money)


def is_qualified(pairs: Pairs) -> BoolArray:
    """Every required certificate is held and valid on the delivery date.

    A firm that tells of no certificate at all does not pass: what is required has to be proven.
    """
    return np.asarray(pairs.qualified, bool)


def is_valid_then(pairs: Pairs) -> BoolArray:
    """The offer is valid at some day between the need's first and last day."""
    need, offer = pairs.need, pairs.offer
    first = np.where(np.isnat(need.need_from), need.published_on, need.need_from)
    return np.asarray(~(offer.valid_to < first) & ~(offer.valid_from > need.need_by))


def is_in_time(pairs: Pairs) -> BoolArray:
    """Counted from publication (or validity, if later), the lead time ends by the delivery date."""
    return np.asarray(~(pairs.ready_on > pairs.need.need_by))


def reaches_minimum(pairs: Pairs) -> BoolArray:
    """The need asks for no less than the offer's minimum order."""
    return np.asarray(~(pairs.offer.moq * (1 - TOLERANCE) > pairs.asked))


def is_affordable(pairs: Pairs) -> BoolArray:
    """The price does not exceed the need's ceiling (its unit price, else budget over quantity)."""
    return np.asarray(~(pairs.unit_price > pairs.ceiling * (1 + TOLERANCE)))


def is_in_reach(pairs: Pairs) -> BoolArray:
    """The need lies within the radius the firm delivers to."""
    return np.asarray(~(pairs.distance_km > pairs.offer.max_km))


RULES = (
    Rule(
        "itself",
        Words("同一企业", "same firm"),
        is_another_firm,
        Words("供需双方是同一企业 {offer.enterprise}", "both sides are {offer.enterprise}"),
    ),
    Rule(
        "same_group",
        Words("同一集团", "same group"),
        is_another_group,
        Words("双方同属集团 {offer.group}", "both belong to the group {offer.group}"),
    ),
    Rule(
        "excluded",
        Words("回避名单", "excluded by name"),
        is_not_excluded,
        Words(
            "{need.enterprise} 与 {offer.enterprise} 之间有一方声明不对接",
            "{need.enterprise} or {offer.enterprise} excludes the other",
        ),
    ),
    Rule(
        "blacklist",
        Words("黑名单", "blacklist"),
        is_not_blacklisted,
        Words("{offer.enterprise} 已列入黑名单", "{offer.enterprise} is blacklisted"),
    ),
    Rule(
        "category",
        Words("行业品类", "category"),
        fits_category,
        Words(
            "行业大类不同：需求 {industry_asked}，供给 {industry_held}",
            "different divisions of industry: needed {industry_asked}, offered {industry_held}",
        ),
    ),
    Rule(
        "goods",
        Words("产品对口", "kind of goods"),
        makes_such_goods,
        Words("需求为 {goods_asked}，供给为 {goods_held}", "asked for {goods_asked}, offered {goods_held}"),
    ),
    Rule(
        "unit_kind",
        Words("计量单位", "kind of unit"),
        fits_unit,
        Words(
            "计量单位不是一类：需求按 {need.unit}，产能按 {offer.sold_unit}",
            "units of different kinds: needed in {need.unit}, offered in {offer.sold_unit}",
        ),
    ),
    Rule(
        "certificates",
        Words("资质", "certificates"),
        is_qualified,
        Words("{certificate_gap}", "{certificate_gap}"),
    ),
    Rule(
        "validity",
        Words("有效期", "validity"),
        is_valid_then,
        Words(
            "供给期 {offer.valid_from} 至 {offer.valid_to}，需求期 {need.need_from} 至 {need.need_by}",
            "offered {offer.valid_from} to {offer.valid_to}, needed {need.need_from} to {need.need_by}",
        ),
    ),
    Rule(
        "delivery",
        Words("交期", "delivery date"),
        is_in_time,
        Words(
            "最早 {ready_on} 交货（交期 {offer.lead_days:g} 天），晚于要求的 {need.need_by}",
            "ready on {ready_on} (lead time {offer.lead_days:g} days), needed by {need.need_by}",
        ),
    ),
    Rule(
        "minimum",
        Words("起订量", "minimum order"),
        reaches_minimum,
        Words(
            "起订量 {offer.moq:,.10g} {offer.sold_unit}，需求折合 {asked:,.10g}",
            "minimum order {offer.moq:,.10g} {offer.sold_unit}, asked for {asked:,.10g}",
        ),
    ),
    Rule(
        "price",
        Words("限价", "price ceiling"),
        is_affordable,
        Words(
            "报价 {unit_price:,.8g} 元/{need.unit}，高于限价 {ceiling:,.8g} 元/{need.unit}",
            "price {unit_price:,.8g} CNY per {need.unit}, above the ceiling of {ceiling:,.8g}",
        ),
    ),
    Rule(
        "radius",
        Words("服务半径", "service radius"),
        is_in_reach,
        Words(
            "距离 {distance_km:.0f} 公里，超出服务半径 {offer.max_km:g} 公里",
            "{distance_km:.0f} km away, beyond the service radius of {offer.max_km:g} km",
        ),
    ),
)


def welcomes_consortium(pairs: Pairs) -> BoolArray:
    """The need is one task and several firms may take it together."""
    need = pairs.need
    return np.asarray((need.consortium_ok == 1) & need.whole)


REMARKS = (
    Rule(
        "consortium",
        Words("联合体", "consortium"),
        welcomes_consortium,
        Words("可组联合体，此处推荐牵头单位", "a consortium may be formed; the lead is proposed here"),
    ),
)
