"""The hidden truth: what a deal between a need and an offer would really be worth, 0 to about 1.

    utility = gate · max(0, 0.30·related + 0.18·price + 0.16·quality + 0.12·punctuality
                            + 0.12·nearness + 0.12·relation + noise)

``related`` is 1 for the same product and 0.4 for siblings under one parent; everything else is worth
nothing (``gate`` 0). ``price`` = 0.5 + 2·(1 − true price / true ceiling), cut to 0..1; ``quality`` and
``punctuality`` of the firm are latent; ``nearness`` = 1 / (1 + km / 150); ``relation`` is 1 where the two
have dealt before, listed or not. ``noise`` is normal, drawn for each pair by its own, and no list tells
anything of it; its variance is a fifth of the utility's among pairs of the same product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from datasets.chain.contracts import Dealings
from datasets.chain.enterprises import Firms
from datasets.chain.needs import Needs
from datasets.chain.offers import Offers
from datasets.chain.towns import towns
from matching.codes import chord_km
from matching.market import FloatArray, IntArray

WEIGHTS = {
    "related": 0.30,
    "price": 0.18,
    "quality": 0.16,
    "punctuality": 0.12,
    "nearness": 0.12,
    "relation": 0.12,
}
SIBLING, HALF_KM, NOISE_SHARE = 0.4, 150.0, 0.2
#: offers of the same product looked at per need to measure the variance
SAMPLE = 20


@dataclass(frozen=True)
class Truth:
    """What decides in truth, as columns of both sides; ``relations`` are sorted buyer·firms + firm."""

    seed: int
    firms: Firms
    needs: Needs
    offers: Offers
    family: IntArray
    relations: IntArray
    noise: float = 0.0

    @classmethod
    def of(
        cls, seed: int, firms: Firms, sides: tuple[Needs, Offers], family: IntArray, past: Dealings
    ) -> Truth:
        """Plant the truth of a market; the size of the noise follows from the variance of the rest."""
        relations = np.unique(past.buyer[past.won] * len(firms) + past.firm[past.won])
        bare = cls(seed, firms, *sides, family, relations)
        seen = bare.seen(*bare.same_product_sample())
        ratio = NOISE_SHARE / (1 - NOISE_SHARE)
        noise = float(np.sqrt(ratio) * seen.std()) if len(seen) else 0.0
        return cls(seed, firms, *sides, family, relations, noise)

    def related(self, need_rows: ArrayLike, offer_rows: ArrayLike) -> FloatArray:
        """Give 1 for the same product, 0.4 for siblings, else 0."""
        one = self.needs.product[np.asarray(need_rows)]
        two = self.offers.product[np.asarray(offer_rows)]
        siblings = np.where(self.family[one] == self.family[two], SIBLING, 0.0)
        return np.where(one == two, 1.0, siblings)

    def parts(self, need_rows: ArrayLike, offer_rows: ArrayLike) -> dict[str, FloatArray]:
        """Give the measures that decide, each 0..1, without the noise."""
        need, offer = np.asarray(need_rows), np.asarray(offer_rows)
        buyer, firm = self.needs.firm[need], self.offers.firm[offer]
        points, town = towns().points, self.firms.town
        km = chord_km(points[town[buyer]], points[town[firm]])
        key = buyer * len(self.firms) + firm
        at = np.minimum(np.searchsorted(self.relations, key), max(0, len(self.relations) - 1))
        known = self.relations[at] == key if len(self.relations) else np.zeros(len(key), bool)
        saved = 1 - self.offers.price[offer] / self.needs.ceiling[need]
        return {
            "related": self.related(need, offer),
            "price": np.clip(0.5 + 2 * saved, 0, 1),
            "quality": self.firms.quality[firm],
            "punctuality": self.firms.punctuality[firm],
            "nearness": 1 / (1 + km / HALF_KM),
            "relation": known.astype(float),
        }

    def seen(self, need_rows: ArrayLike, offer_rows: ArrayLike) -> FloatArray:
        """Give the weighted sum of all parts, without noise and gate."""
        parts = self.parts(need_rows, offer_rows)
        return np.asarray(sum(weight * parts[name] for name, weight in WEIGHTS.items()), float)

    def utility(self, need_rows: ArrayLike, offer_rows: ArrayLike) -> FloatArray:
        """Give what each pair would be worth; float[pairs]."""
        need, offer = np.asarray(need_rows, np.int64), np.asarray(offer_rows, np.int64)
        noise = self.noise * _normal(need, offer, self.seed)
        worth = np.maximum(self.seen(need, offer) + noise, 0)
        return np.where(self.related(need, offer) > 0, worth, 0.0)

    def same_product_sample(self) -> tuple[IntArray, IntArray]:
        """Give at most 20 pairs per need with offers of its product."""
        order = np.argsort(self.offers.product, kind="stable")
        held = self.offers.product[order]
        low, high = (np.searchsorted(held, self.needs.product, side) for side in ("left", "right"))
        count = np.minimum(high - low, SAMPLE)
        need = np.repeat(np.arange(len(count)), count)
        step = np.arange(len(need)) - np.repeat(np.cumsum(count) - count, count)
        return need, order[low[need] + step * (high - low)[need] // count[need]]


def _normal(need: IntArray, offer: IntArray, seed: int) -> FloatArray:
    """Draw a normal number for each pair that depends on nothing but the pair and the seed.

    The mixing of splitmix64: Steele, Lea and Flood, Fast splittable pseudorandom number generators (2014).
    """
    mixed = need.astype(np.uint64) << np.uint64(32) | offer.astype(np.uint64)
    start = (seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % 2**64
    mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + np.uint64(start)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray(ndtri((mixed.astype(float) + 0.5) / 2.0**64))
