"""What the firms offer: the true terms of each offer, and the rows that tell a part of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from datasets.chain.catalogue import Catalogue
from datasets.chain.enterprises import TODAY, Firms
from datasets.chain.phrases import (
    ALSO,
    BESIDES,
    CAPABILITIES,
    EQUIPMENT,
    MADE_FOR,
    OFFER_PHRASES,
    SHARED_PHRASES,
    SPECIFICATIONS,
)
from datasets.chain.repeats import repeated_rows, rewritten
from datasets.chain.towns import towns
from datasets.chain.wording import Filler, Mentions, write_mentions
from matching.market import FloatArray, IntArray
from matching.supply.records import CapacityOffer

#: shares of rows that tell each field; what is not told is unknown
TOLD = {
    "capacity": 0.82, "moq": 0.4, "lot_step": 0.06, "price": 0.4, "price_tiers": 0.12, "lead_days": 0.65,
    "valid": 0.55, "service_regions": 0.3, "max_km": 0.12, "certs": 0.6, "running": 0.85, "tiers": 0.25,
    "size": 0.6, "industry": 0.6, "uscc": 0.6, "specs": 0.45, "max_share_one_buyer": 0.04, "equipment": 0.75,
}  # fmt: skip
#: share of the known capacities that were inferred from past contracts
INFERRED = 0.5
INFERRED_NOTE = "规模按历史合同推算"
#: spread of true prices around what a product usually costs, and what full quality adds
PRICE_SPREAD, QUALITY_PRICE = 0.14, 0.12
SMALL_UNIT = {"吨": ("千克", 1000.0), "米": ("千米", 0.001)}


@dataclass(frozen=True)
class Offers:
    """True terms of each offer in parallel columns; amounts in the product's own unit."""

    source: IntArray
    firm: IntArray
    product: IntArray
    price: FloatArray
    capacity: FloatArray
    lead_days: IntArray


def make_offers(catalogue: Catalogue, firms: Firms, needs: int, rng: np.random.Generator) -> Offers:
    """Draw the true terms; capacities of a product come to somewhat more than what is asked of it."""
    count = len(firms.products)
    order, source = rng.permutation(count), repeated_rows(count, rng)
    firm, product = firms.maker[order][source], firms.products[order][source]
    dearer = PRICE_SPREAD * rng.normal(size=count) + QUALITY_PRICE * (firms.quality[firm] - 0.5)
    scale = (
        catalogue.quantity[product] * max(1.0, needs / count) * np.array([4.0, 2.0, 1.0])[firms.kind[firm]]
    )
    return Offers(
        source=source,
        firm=firm,
        product=product,
        price=(catalogue.price[product] * np.exp(dearer))[source],
        capacity=(scale * np.exp(rng.normal(0, 0.6, count)))[source],
        lead_days=np.rint(np.exp(rng.normal(3.4, 0.5, count))).astype(np.int64)[source],
    )


def offer_records(
    catalogue: Catalogue, firms: Firms, offers: Offers, rng: np.random.Generator
) -> tuple[list[CapacityOffer], Mentions]:
    """Write the rows; rivals of one cluster write nearly the same text."""
    count = len(offers.firm)
    mentions = write_mentions(catalogue, offers.product, rng)
    told = rng.random((count, len(TOLD)))[offers.source] < np.array(list(TOLD.values()))
    draws = rng.random((count, Filler.WIDE))
    alike = np.flatnonzero(firms.cluster[offers.firm] >= 0)
    style = rng.random((firms.cluster.max(initial=0) + 1, Filler.WIDE))[firms.cluster[offers.firm[alike]]]
    draws[alike] = np.where(rng.random(style.shape) < 0.85, style, draws[alike])
    chance = rng.random((count, 6))
    writer = _Writer(catalogue, firms, offers, mentions)
    shown = [dict(zip(TOLD, row, strict=True)) for row in told.tolist()]
    records = [
        CapacityOffer(
            offer_id=f"G-{row + 1:06d}",
            **writer.texts(row, Filler(draws[row]), shown[row]),
            **writer.firm(row, shown[row], chance[row].tolist()),
            **writer.terms(row, shown[row], chance[row].tolist()),
        )
        for row in range(count)
    ]
    return records, mentions


@dataclass(frozen=True)
class _Writer:
    """Turns true terms into the cells of one row."""

    catalogue: Catalogue
    firms: Firms
    offers: Offers
    mentions: Mentions

    def texts(self, row: int, fill: Filler, shown: dict[str, bool]) -> dict[str, object]:
        first, second, third = self.mentions.own[row]
        lead = fill.one(CAPABILITIES).format(a=first)
        more = fill.one(ALSO).format(a=third) if third else ""
        aside = fill.one(BESIDES).format(x=self.mentions.aside[row]) if self.mentions.aside[row] else ""
        tools = fill.filled(fill.one(MADE_FOR).replace("{e}", fill.one(EQUIPMENT))).format(a=second)
        within = "" if shown["equipment"] else fill.one(ALSO).format(a=second)
        around = fill.some(OFFER_PHRASES, 1) + fill.some(SHARED_PHRASES, 2)
        return {
            "product": f"{lead}{around}{within}{more}{aside}",
            "equipment": tools if shown["equipment"] else None,
            "specs": fill.one(SPECIFICATIONS) if shown["specs"] else None,
        }

    def firm(self, row: int, shown: dict[str, bool], chance: list[float]) -> dict[str, object]:
        at, firms = int(self.offers.firm[row]), self.firms
        place = towns().places[firms.town[at]]
        again = self.offers.source[row] != row
        name = (
            rewritten(firms.names[at], towns().city(firms.town[at]), chance[0]) if again else firms.names[at]
        )
        return {
            "enterprise": name,
            "uscc": firms.uscc[at] if shown["uscc"] and not (again and chance[1] < 0.5) else None,
            "region": place.name,
            "adcode": place.adcode,
            "service_regions": (towns().city(firms.town[at]),) if shown["service_regions"] else (),
            "max_km": 50.0 * (2 + int(chance[2] * 20)) if shown["max_km"] else None,
            "certs": firms.certificates_of(at) if shown["certs"] else (),
            "tiers": (firms.tier[at],) if shown["tiers"] and firms.tier[at] else (),
            "size": firms.size[at] if shown["size"] else None,
            "industry": self.catalogue.industry[self.offers.product[row]] if shown["industry"] else None,
            "group": firms.group[at] or None,
            "running": int(8 * chance[3] ** 2) if shown["running"] else None,
        }

    def terms(self, row: int, shown: dict[str, bool], chance: list[float]) -> dict[str, object]:
        product = int(self.offers.product[row])
        unit = self.catalogue.unit[product]
        name, times = SMALL_UNIT.get(unit, (unit, 1.0)) if chance[4] < 0.15 else (unit, 1.0)
        usual = max(1.0, _round(self.catalogue.quantity[product] * 0.2)) * times
        price = float(f"{self.offers.price[row] / times:.4g}")
        inferred = chance[5] < INFERRED
        return {
            "capacity": _round(self.offers.capacity[row]) * times if shown["capacity"] else None,
            "capacity_unit": name,
            "period": ("month", "quarter", "year")[int(chance[5] * 7) % 3] if shown["capacity"] else None,
            "capacity_basis": ("inferred" if inferred else "declared") if shown["capacity"] else None,
            "note": INFERRED_NOTE if shown["capacity"] and inferred else None,
            "moq": usual if shown["moq"] else None,
            "lot_step": usual / 5 if shown["lot_step"] else None,
            "price": price if shown["price"] else None,
            "price_tiers": _tiers(price, usual) if shown["price_tiers"] else (),
            "lead_days": int(self.offers.lead_days[row]) if shown["lead_days"] else None,
            "valid_from": TODAY - timedelta(days=30 + int(120 * chance[2])) if shown["valid"] else None,
            "valid_to": TODAY + timedelta(days=60 + int(300 * chance[3])) if shown["valid"] else None,
            "max_share_one_buyer": 0.5 if shown["max_share_one_buyer"] else None,
        }


def _round(value: float) -> float:
    """Round to two digits, at least 1: as people write capacities."""
    return max(1.0, float(f"{value:.2g}"))


def _tiers(price: float, start: float) -> tuple[tuple[float, float], ...]:
    return (
        (_round(start * 5), float(f"{price * 0.97:.4g}")),
        (_round(start * 20), float(f"{price * 0.94:.4g}")),
    )
