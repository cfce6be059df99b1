"""What a firm could change about its offer to get into a plan, each in steps of a size people would name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from matching.codes import satisfies
from matching.market import Market, Pairs, Row
from matching.practice import Changeable
from matching.supply.facts import facts_of
from matching.supply.told import certificate_words
from matching.words import Words

#: a step is the power of ten that is a hundredth to a thousandth of what is changed
FINE = 100.0
#: least step of a price in CNY
CENT = 0.01


def refresh(market: Market) -> Market:
    """Make the measures of a market anew from its columns."""
    return market.replace(facts=facts_of(market.needs, market.offers, market.history))


def _nice(value: float) -> float:
    return float(10.0 ** math.floor(math.log10(value / FINE)))


def price_steps(pair: Pairs) -> int:
    """Count the steps from the price down to almost nothing."""
    price = _offer(pair).price
    known = not (pair.offer.in_money[0] or np.isnan(price)) and price > 2 * CENT
    return math.ceil(price / _price_step(price)) - 1 if known else 0


def cheaper(pair: Pairs, steps: int) -> Mapping[str, Any]:
    """Lower the price, and every tier in the same proportion."""
    offer = _offer(pair)
    price = round(offer.price - steps * _price_step(offer.price), 2)
    tiers = tuple((start, round(tier * price / offer.price, 2)) for start, tier in offer.price_tiers)
    return {"price": price, "price_tiers": tiers}


def _price_step(price: float) -> float:
    return max(CENT, _nice(price))


def lead_steps(pair: Pairs) -> int:
    """Count the days of the lead time."""
    days = _offer(pair).lead_days
    return 0 if np.isnan(days) else math.floor(days)


def sooner(pair: Pairs, steps: int) -> Mapping[str, Any]:
    """Shorten the lead time by days."""
    return {"lead_days": _offer(pair).lead_days - steps}


def certificate_steps(pair: Pairs) -> int:
    """Count the certificates that the need asks for or prefers and the firm does not hold."""
    return len(_lacking(pair))


def certified(pair: Pairs, steps: int) -> Mapping[str, Any]:
    """Add the first certificates that are lacking, without a last day; those required come first."""
    gained = _lacking(pair)[:steps]
    return {"certs": (*_offer(pair).certs, *((key, None) for key in gained))}


def _lacking(pair: Pairs) -> tuple[str, ...]:
    """Give what is asked and not held; what is held but runs out too early is asked for again."""
    need, held = pair.need.row(0), _offer(pair).certs
    by = need.need_by
    valid = [name for name, last in held if last is None or by is None or last >= by]
    asked = dict.fromkeys((*need.hard_certs, *need.soft_certs))
    return tuple(key for key in asked if not any(satisfies(name, key) for name in valid))


def capacity_steps(pair: Pairs) -> int:
    """Count the steps of what the whole need takes of the capacity: more of it can never be of use.

    A capacity by month has none: more of it would have to say in which month.
    """
    load, known = float(pair.load[0]), not (np.isnan(_offer(pair).capacity) or _offer(pair).monthly)
    return math.ceil(load / _nice(load)) if known and load > 0 else 0


def larger(pair: Pairs, steps: int) -> Mapping[str, Any]:
    """Raise the capacity per period."""
    step = _nice(float(pair.load[0]))
    return {"capacity": float(f"{_offer(pair).capacity + steps * step:.12g}")}


def minimum_steps(pair: Pairs) -> int:
    """Count the steps from the minimum order down to none."""
    least = _offer(pair).moq
    return math.ceil(least / _nice(least)) if least > 0 else 0


def smaller_orders(pair: Pairs, steps: int) -> Mapping[str, Any]:
    """Lower the minimum order."""
    least = _offer(pair).moq
    return {"moq": max(0.0, float(f"{least - steps * _nice(least):.12g}"))}


def _offer(pair: Pairs) -> Row:
    return pair.offer.row(0)


def _from_to(zh: str, en: str) -> Any:
    """Make what tells a change of a sentence with ``{before}`` and ``{after}``."""
    words = Words(zh, en)
    return lambda before, after: words.fill(before=before, after=after)


def _gained(before: Row, after: Row) -> Words:
    names = [certificate_words(key) for key, _ in after.certs[len(before.certs) :]]
    return Words(f"取得 {'、'.join(names)}", f"gain {', '.join(names)}")


CHANGES = (
    Changeable(
        "price",
        Words("报价", "price"),
        price_steps,
        cheaper,
        _from_to(
            "报价从 {before.price:,.10g} 元降到 {after.price:,.10g} 元",
            "lower the price from {before.price:,.10g} to {after.price:,.10g} CNY",
        ),
    ),
    Changeable(
        "lead_days",
        Words("交期", "lead time"),
        lead_steps,
        sooner,
        _from_to(
            "交期从 {before.lead_days:g} 天缩短到 {after.lead_days:g} 天",
            "shorten the lead time from {before.lead_days:g} to {after.lead_days:g} days",
        ),
    ),
    Changeable("certificates", Words("资质", "certificates"), certificate_steps, certified, _gained),
    Changeable(
        "capacity",
        Words("产能", "capacity"),
        capacity_steps,
        larger,
        _from_to(
            "产能从 {before.capacity:,.10g} 增加到 {after.capacity:,.10g} {after.capacity_unit}",
            "raise the capacity from {before.capacity:,.10g} to {after.capacity:,.10g} {after.capacity_unit}",
        ),
    ),
    Changeable(
        "minimum",
        Words("起订量", "minimum order"),
        minimum_steps,
        smaller_orders,
        _from_to(
            "起订量从 {before.moq:,.10g} 降到 {after.moq:,.10g} {after.sold_unit}",
            "lower the minimum order from {before.moq:,.10g} to {after.moq:,.10g} {after.sold_unit}",
        ),
    ),
)
