"""The soft criteria, each a named measure 0..1 of pairs (NaN = unknown) with its sentence."""

from __future__ import annotations

import numpy as np

from matching.market import FloatArray, Pairs
from matching.practice import Criterion
from matching.supply import facts
from matching.words import Words

#: cosine of texts that counts as full likeness; sum of likeness of past contracts that gives 63 %
LIKE, TRACK = 0.6, 0.3
#: share below the ceiling that earns full points; days of slack that do
CHEAP, SLACK = 0.2, 30.0
#: powers of ten by which a capacity that earns nothing is smaller than the load
TOO_SMALL = 3.0


def capability(pairs: Pairs) -> FloatArray:
    """Likeness of what is asked and what is offered (text, specs, material), full at a cosine of 0.6.

    Likeness only guesses whether both mean one thing: where they name the same goods it is full as well,
    however differently the rest is worded.
    """
    return np.where(pairs.goods_fit == 1, 1, np.minimum(pairs.likeness("text") / LIKE, 1))


def goods(pairs: Pairs) -> FloatArray:
    """1 for the same goods, 0.5 for siblings under one concept or goods only mentioned, else 0.

    Where a text does not say what it is about, a guess stands in: it lowers points and removes nobody.
    """
    return np.asarray(pairs.goods_likely_fit)


def category(pairs: Pairs) -> FloatArray:
    """Common levels of the two industries: division 1/3, group 2/3, class 1."""
    need, offer = pairs.need, pairs.offer
    known = (need.industry2 >= 0) & (offer.industry2 >= 0)
    levels = sum(
        ((one >= 0) & (one == two)).astype(float)
        for one, two in (
            (need.industry2, offer.industry2),
            (need.industry3, offer.industry3),
            (need.industry4, offer.industry4),
        )
    )
    return np.where(known, levels / 3, np.nan)


def won(pairs: Pairs) -> FloatArray:
    """Similar contracts the firm has won: 1 − exp(−sum of their likeness / 0.3)."""
    return np.asarray(1 - np.exp(-facts.link(pairs, "won") / TRACK))


def shortlisted(pairs: Pairs) -> FloatArray:
    """Similar contracts the firm was shortlisted for: 1 − exp(−sum of their likeness / 0.3)."""
    return np.asarray(1 - np.exp(-facts.link(pairs, "shortlisted") / TRACK))


def price(pairs: Pairs) -> FloatArray:
    """0 at the ceiling, 1 from 20 % below it."""
    return np.clip((1 - pairs.unit_price / pairs.ceiling) / CHEAP, 0, 1)


def slack(pairs: Pairs) -> FloatArray:
    """0 when delivery is just in time, 1 from 30 days of slack."""
    return np.clip(pairs.slack_days / SLACK, 0, 1)


def distance(pairs: Pairs) -> FloatArray:
    """1 in a service region, else falling with distance."""
    return np.asarray(pairs.closeness)


def capacity(pairs: Pairs) -> FloatArray:
    """1 where the capacity holds the load, falling with the logarithm of what is lacking; 0 at a thousandth.

    Capacities inferred from history are lower bounds, so a shortfall weighs little. Where no capacity is
    known the running contracts speak: 0.5 with none, half of that with 10.
    """
    fit = np.clip(1 - np.log10(np.maximum(pairs.load_share, 1)) / TOO_SMALL, 0, 1)
    offer = pairs.offer
    return np.where(np.isnan(offer.capacity), 5 / (10 + offer.running), fit)


def tier(pairs: Pairs) -> FloatArray:
    """Mean of what is known: share of the preferred certificates held, level of the firm's highest tier."""
    preferred, standing = pairs.preferred_share, pairs.offer.standing
    both = (preferred + standing) / 2
    return np.where(np.isnan(preferred), standing, np.where(np.isnan(standing), preferred, both))


def incumbent(pairs: Pairs) -> FloatArray:
    """Give n / (n + 1) for n contracts the firm has won from this buyer before."""
    earlier = facts.link(pairs, "incumbent")
    return np.asarray(earlier / (earlier + 1))


def newcomer(pairs: Pairs) -> FloatArray:
    """1 for small firms and for those that have won nothing yet, 0.5 for medium ones, else 0."""
    untried = np.where(np.isnan(pairs.offer.contracts_won), np.nan, pairs.offer.contracts_won == 0)
    return np.fmax(pairs.offer.smallness, untried)


CRITERIA = (
    Criterion(
        "capability",
        Words("能力匹配", "capability"),
        capability,
        Words(
            "文本相似度 {likeness_of_texts:.2f}，命中：{shared_terms}",
            "likeness of texts {likeness_of_texts:.2f}, shared terms: {shared_terms}",
        ),
        missing=0.0,
    ),
    Criterion(
        "goods",
        Words("产品对口", "kind of goods"),
        goods,
        Words("需求为 {goods_asked}，供给为 {goods_held}", "asked for {goods_asked}, offered {goods_held}"),
        missing=0.0,
        unknown=Words(
            "产品未知：需求 {goods_asked}，供给 {goods_held}",
            "goods unknown: asked for {goods_asked}, offered {goods_held}",
        ),
    ),
    Criterion(
        "category",
        Words("行业接近", "category"),
        category,
        Words(
            "需求行业 {industry_asked}，供给行业 {industry_held}",
            "industry needed {industry_asked}, offered {industry_held}",
        ),
        missing=0.5,
        unknown=Words(
            "行业未知：需求 {industry_asked}，供给 {industry_held}",
            "industry unknown: needed {industry_asked}, offered {industry_held}",
        ),
    ),
    Criterion(
        "won",
        Words("同类业绩", "track record"),
        won,
        Words(
            "做过相近业绩 {won_count:.0f} 项，最相近：{won_example}",
            "{won_count:.0f} similar contracts won, nearest: {won_example}",
        ),
        missing=0.0,
        unknown=Words("没有历史业绩清单", "no list of past contracts"),
    ),
    Criterion(
        "shortlisted",
        Words("入围经历", "shortlisted"),
        shortlisted,
        Words(
            "入围过相近项目 {shortlisted_count:.0f} 项，最相近：{shortlisted_example}",
            "shortlisted for {shortlisted_count:.0f} similar contracts, nearest: {shortlisted_example}",
        ),
        missing=0.0,
        unknown=Words("没有入围记录清单", "no list of shortlists"),
    ),
    Criterion(
        "price",
        Words("价格", "price"),
        price,
        Words(
            "报价 {unit_price:,.8g} 元/{need.unit}，限价 {ceiling:,.8g} 元/{need.unit}",
            "price {unit_price:,.8g} CNY per {need.unit}, ceiling {ceiling:,.8g}",
        ),
        missing=0.5,
        unknown=Words(
            "报价 {unit_price:,.8g}，限价 {ceiling:,.8g}，无法比价",
            "price {unit_price:,.8g}, ceiling {ceiling:,.8g}: not comparable",
        ),
    ),
    Criterion(
        "slack",
        Words("交期余量", "delivery slack"),
        slack,
        Words(
            "最早 {ready_on} 可交货，比要求的 {need.need_by} 早 {slack_days:.0f} 天",
            "ready on {ready_on}, {slack_days:.0f} days before {need.need_by}",
        ),
        missing=0.5,
        unknown=Words(
            "交期 {offer.lead_days:.0f} 天，要求 {need.need_by} 前交货，余量未知",
            "lead time {offer.lead_days:.0f} days, needed by {need.need_by}: slack unknown",
        ),
    ),
    Criterion(
        "distance",
        Words("区域距离", "distance"),
        distance,
        Words("需求地 {need.region} {nearness}", "{need.region}: {nearness}"),
        missing=0.25,
        unknown=Words(
            "距离未知：需求地 {need.region}，企业所在地 {offer.region}",
            "distance unknown: needed in {need.region}, firm in {offer.region}",
        ),
    ),
    Criterion(
        "capacity",
        Words("规模适配", "capacity fit"),
        capacity,
        Words(
            "{load_told}，在手合同数 {offer.running:.0f}",
            "{load_told}, {offer.running:.0f} contracts running",
        ),
        missing=0.5,
        unknown=Words(
            "规模 {room:,.10g} {offer.capacity_unit}，任务占用 {load:,.10g}，无法比较",
            "capacity {room:,.10g} {offer.capacity_unit}, load {load:,.10g}: not comparable",
        ),
    ),
    Criterion(
        "tier",
        Words("资质等级", "tier and quality"),
        tier,
        Words(
            "荣誉等级 {tiers_told}，优先资质具备 {preferred_share:.0%}",
            "tiers {tiers_told}, {preferred_share:.0%} of the preferred certificates",
        ),
        missing=0.25,
        unknown=Words(
            "未提供荣誉等级，也没有优先资质可比", "no tiers told, no preferred certificates to compare"
        ),
    ),
    Criterion(
        "incumbent",
        Words("合作关系", "earlier relation"),
        incumbent,
        Words(
            "此前为 {need.enterprise} 履约 {earlier_contracts:.0f} 次",
            "{earlier_contracts:.0f} earlier contracts with {need.enterprise}",
        ),
        missing=0.0,
        unknown=Words("没有历史业绩清单", "no list of past contracts"),
    ),
    Criterion(
        "newcomer",
        Words("新进与中小企业机会", "newcomer and SME chance"),
        newcomer,
        Words(
            "企业规模 {size_told}，已中标 {offer.contracts_won:.0f} 项",
            "size {size_told}, {offer.contracts_won:.0f} contracts won so far",
        ),
        missing=0.5,
        side="offer",
        unknown=Words("企业规模和业绩都未知", "size and record unknown"),
    ),
)
