"""Measures of pairs that rules, criteria, terms and sentences share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.market import QUOTED, AnyArray, BoolArray, FloatArray, IntArray, Pairs
from matching.supply.goods import Goods
from matching.supply.months import Made
from matching.supply.nearness import Nearness
from matching.supply.qualifications import Qualifications
from matching.supply.takes import EXACT
from matching.supply.told import wording

#: days of each period a capacity may be declared for; "" = not said, taken as the whole
PERIOD_DAYS: Mapping[str, float] = {"month": 30.0, "quarter": 90.0, "year": 365.0}

Fact = Callable[[Pairs], AnyArray]


def facts_of(needs: pd.DataFrame, offers: pd.DataFrame, contracts: pd.DataFrame | None) -> dict[str, Fact]:
    """Give the named measures of one market."""
    near = Nearness.of(needs, offers)
    required = Qualifications.of(needs, offers, "hard_certs")
    preferred = Qualifications.of(needs, offers, "soft_certs")
    prices = Prices.of(offers)
    goods = Goods.of(needs, offers, contracts)
    made = Made.of(offers)
    return {
        "distance_km": near.distance_km,
        "closeness": near.closeness,
        "nearness": near.wording,
        "qualified": required.held,
        "certificate_gap": required.wording,
        "preferred_share": preferred.share,
        "goods_fit": goods.fit,
        "goods_likely_fit": goods.likely_fit,
        "goods_asked": goods.asked_words,
        "goods_held": goods.held_words,
        "asked": asked,
        "unit_price": prices.unit_price,
        "price_from": prices.price_from,
        "price_until": prices.price_until,
        "price_count": prices.price_count,
        "ceiling": ceiling,
        "ready_on": ready_on,
        "slack_days": slack_days,
        "room": made.room,
        "load": load,
        "load_share": load_share,
        "won_count": lambda pairs: link(pairs, "won_count"),
        "shortlisted_count": lambda pairs: link(pairs, "shortlisted_count"),
        "earlier_contracts": lambda pairs: link(pairs, "incumbent"),
        "likeness_of_texts": lambda pairs: pairs.likeness("text"),
        **wording(contracts),
    }


def link(pairs: Pairs, name: str) -> FloatArray:
    """Give a link's values, NaN where the market has no such link at all (no history)."""
    if name not in pairs.market.links:
        return np.full(len(pairs), np.nan)
    return pairs.link(name)


def at_prices(pairs: Pairs) -> Pairs:
    """Give pairs once for each price they could be dealt at."""
    return pairs.at_prices(pairs.price_count)


def same_kind(pairs: Pairs) -> BoolArray:
    """Tell where need and offer count in the same kind of unit, both known."""
    kind = pairs.need.kind
    return np.asarray((kind >= 0) & (kind == pairs.offer.kind))


def asked(pairs: Pairs) -> FloatArray:
    """Give what the need asks for in the offer's unit: its quantity, or its budget where that is money."""
    need, offer = pairs.need, pairs.offer
    quantity = np.where(same_kind(pairs), need.quantity * need.factor / offer.factor, np.nan)
    return np.where(offer.in_money, need.budget_cny / offer.factor, quantity)


def ceiling(pairs: Pairs) -> FloatArray:
    """Give the highest price per unit of the need: its own ceiling, else budget over quantity."""
    need = pairs.need
    return np.where(np.isnan(need.price_max), need.budget_cny / need.quantity, need.price_max)


@dataclass(frozen=True)
class Prices:
    """Prices of offers: ``price`` float[M, 1 + T] holds from ``start`` float[M, 1 + T] on (padded with inf).

    The first one is the plain price, which holds from 0 on.
    """

    price: FloatArray
    start: FloatArray

    @classmethod
    def of(cls, offers: pd.DataFrame) -> Prices:
        """Read ``price`` and ``price_tiers``; money sold for money has no price."""
        wide = 1 + max((len(some) for some in offers["price_tiers"]), default=0)
        start, price = np.full((len(offers), wide), np.inf), np.full((len(offers), wide), np.nan)
        start[:, 0] = 0
        price[:, 0] = np.where(offers["in_money"], np.nan, offers["price"].to_numpy(float))
        for row, some in enumerate(offers["price_tiers"]):
            for at, (quantity, tier) in enumerate(sorted(some), 1):
                start[row, at], price[row, at] = quantity, tier
        return cls(price, start)

    def unit_price(self, pairs: Pairs) -> FloatArray:
        """Give the price per unit of the need, NaN if unknown.

        It is that of the most one deal could be, or as many tiers below as the pair says. What a
        counter-offer quotes for a pair stands above all. Where neither side names a unit they are taken to
        mean the same one.
        """
        price, _, _ = self._tier(pairs)
        quote = _quote(pairs)
        price = np.where(quote > 0, quote, price)
        need, offer = pairs.need, pairs.offer
        unnamed = (need.kind < 0) & (offer.kind < 0)
        rate = np.where(same_kind(pairs), need.factor / offer.factor, np.where(unnamed, 1.0, np.nan))
        return np.asarray(price * rate)

    def price_from(self, pairs: Pairs) -> FloatArray:
        """Give the quantity, in the offer's unit, from which that price holds: 0 where it always does."""
        _, start, _ = self._tier(pairs)
        return np.where(_quote(pairs) > 0, 0.0, start)

    def price_until(self, pairs: Pairs) -> FloatArray:
        """Give the quantity, in the offer's unit, from which a better price holds; inf where none does."""
        _, _, end = self._tier(pairs)
        return end

    def price_count(self, pairs: Pairs) -> IntArray:
        """Count the known prices that a pair could be dealt at: one but where a smaller deal costs more."""
        count = np.ones(len(pairs), np.int64)
        tiered = np.flatnonzero(self._tiered(pairs) & ~(_quote(pairs) > 0) & ~np.asarray(pairs.need.whole))
        some = pairs.take(tiered)
        least = np.nan_to_num(some.offer.moq)
        for below in range(1, self.start.shape[1]):
            price, _, end = self._at(some, np.full(len(some), below))
            count[tiered[(end > least * (1 + EXACT)) & ~np.isnan(price)]] = below + 1
        return count

    def _tiered(self, pairs: Pairs) -> BoolArray:
        if self.start.shape[1] == 1:
            return np.zeros(len(pairs), bool)
        return np.asarray(np.isfinite(self.start[pairs.offer_row, 1]))

    def _tier(self, pairs: Pairs) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Price of each pair, and the quantities from which it holds and from which a better one does."""
        price = self.price[pairs.offer_row, 0]
        start, end = np.zeros(len(pairs)), np.full(len(pairs), np.inf)
        tiered = np.flatnonzero(self._tiered(pairs))
        some = pairs.take(tiered)
        price[tiered], start[tiered], end[tiered] = self._at(some, some.tier)
        return price, start, end

    def _at(self, pairs: Pairs, below: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Look so many tiers below the one that the most of each deal reaches; NaN where there is none."""
        row, amount = pairs.offer_row, _most_dealt(pairs)
        at = (amount[:, None] >= self.start[row, 1:] * (1 - EXACT)).sum(axis=1) - below
        there = at >= 0
        price, start = (np.where(there, table[row, at], np.nan) for table in (self.price, self.start))
        better = self.start[row, np.where(there, np.minimum(at + 1, self.start.shape[1] - 1), 0)]
        return price, start, np.where(below > 0, np.where(there, better, np.nan), np.inf)


def _most_dealt(pairs: Pairs) -> FloatArray:
    """Give the most one deal could be, in the offer's unit: all that is asked, or all the firm has of it."""
    need, offer, amount = pairs.need, pairs.offer, asked(pairs)
    cut = np.asarray(offer.capacity_basis == "declared") & ~np.asarray(need.whole) & ~np.isnan(amount)
    return np.where(cut, np.fmin(amount, most_made(pairs)), amount)


def _quote(pairs: Pairs) -> FloatArray:
    """Give what a counter-offer asks for a pair, 0 without one."""
    return pairs.link(QUOTED) if QUOTED in pairs.market.links else np.zeros(len(pairs))


def ready_on(pairs: Pairs) -> AnyArray:
    """Give the first day of delivery: later of publication and validity, plus lead time; NaT if unknown."""
    need, offer = pairs.need, pairs.offer
    start = np.fmax(need.published_on, offer.valid_from)
    lead = np.where(np.isnan(offer.lead_days), 0, offer.lead_days).astype("timedelta64[D]")
    return np.asarray(start.astype("datetime64[D]") + lead)


def slack_days(pairs: Pairs) -> FloatArray:
    """Give the days from the first possible delivery to ``need_by``; NaN where the lead time is unknown."""
    days = (pairs.need.need_by.astype("datetime64[D]") - ready_on(pairs)) / np.timedelta64(1, "D")
    return np.where(np.isnan(pairs.offer.lead_days), np.nan, days)


def load(pairs: Pairs) -> FloatArray:
    """Give what the whole need takes of an offer's capacity per period, in its unit; NaN if unknown.

    That is asked, times the hours per unit where the capacity is of hours. What runs longer than the period
    takes its share: asked · period / max(duration, period). Where ``duration_days`` is unknown it is the time
    from ``need_from`` (or publication) to ``need_by``, else one period. Of a capacity by month it takes all.
    """
    return np.asarray(asked(pairs) * pairs.offer.per_unit * share_of_period(pairs))


def most_made(pairs: Pairs) -> FloatArray:
    """Give the most of one deal that the capacity holds, in the offer's unit; NaN if unknown."""
    return np.asarray(pairs.room / (pairs.offer.per_unit * share_of_period(pairs)))


def share_of_period(pairs: Pairs) -> FloatArray:
    """Give period / max(duration, period) of each pair, 1 where the capacity is not per period."""
    need = pairs.need
    period = pairs.offer.period_days
    start = np.where(np.isnat(need.need_from), need.published_on, need.need_from)
    window = (need.need_by - start.astype(need.need_by.dtype)) / np.timedelta64(1, "D")
    days = np.where(np.isnan(need.duration_days), window, need.duration_days)
    return np.where(np.isnan(period), 1.0, period / np.fmax(days, period))


def load_share(pairs: Pairs) -> FloatArray:
    """Give the need's load as a share of what the capacity holds for it; NaN where one is unknown."""
    with np.errstate(divide="ignore"):  # of months that make nothing any load is endlessly more
        return np.asarray(load(pairs) / pairs.room)
