"""What the buyers need: the true terms of each need, and the rows that tell a part of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from datasets.chain.catalogue import Catalogue
from datasets.chain.enterprises import BUYER, CERTIFICATES, SPECIAL, TODAY, Firms
from datasets.chain.offers import SMALL_UNIT
from datasets.chain.phrases import (
    ASIDES,
    CATEGORIES,
    LEADS,
    MATERIALS,
    MORE,
    NEED_PHRASES,
    SHARED_PHRASES,
    SPECIFICATIONS,
    STANDARDS,
    TITLES,
)
from datasets.chain.repeats import repeated_rows
from datasets.chain.towns import towns
from datasets.chain.wording import Filler, Mentions, write_mentions
from matching.market import FloatArray, IntArray
from matching.supply.records import ProcurementNeed

#: shares of rows that tell each field; what is not told is unknown
TOLD = {
    "quantity": 0.88, "splittable": 0.7, "min_split": 0.08, "lot_step": 0.05, "max_suppliers": 0.2,
    "need_by": 0.85, "need_from": 0.25, "price_max": 0.4, "budget_cny": 0.83, "duration_days": 0.4,
    "hard_certs": 0.2, "soft_certs": 0.15, "exclude": 0.02, "priority": 0.2, "urgency": 0.1,
    "visibility": 0.1, "consortium_ok": 0.11, "industry": 0.5, "category": 0.6, "specs": 0.45,
    "material": 0.25, "standard": 0.25, "uscc": 0.5, "note": 0.07,
}  # fmt: skip
#: what buyers are ready to pay above the usual price, and the spread of it
READY, READY_SPREAD = 0.12, 0.14
SPLITTABLE = 0.75


@dataclass(frozen=True)
class Needs:
    """True terms of each need in parallel columns; amounts in the product's own unit, days from TODAY."""

    source: IntArray
    firm: IntArray
    product: IntArray
    ceiling: FloatArray
    quantity: FloatArray
    published: IntArray
    need_by: IntArray


def make_needs(catalogue: Catalogue, firms: Firms, needs: int, rng: np.random.Generator) -> Needs:
    """Draw the true terms; few buyers have many needs, most have one or two."""
    source = repeated_rows(needs, rng)
    only_buyers = np.flatnonzero(firms.kind == BUYER)
    both = rng.choice(np.unique(firms.maker), size=max(1, len(only_buyers) * 3 // 7))
    pool = rng.permutation(np.concatenate([only_buyers, both]))
    weight = 1 / np.sqrt(np.arange(1, len(pool) + 1))
    product = rng.choice(len(catalogue), size=needs, p=catalogue.share)[source]
    published = -rng.integers(0, 60, needs)
    ceiling = catalogue.price[product] * np.exp(READY + READY_SPREAD * rng.normal(size=needs))
    size = catalogue.quantity[product] * np.exp(rng.normal(0, 0.7, needs))
    return Needs(
        source=source,
        firm=pool[rng.choice(len(pool), size=needs, p=weight / weight.sum())][source],
        product=product,
        ceiling=ceiling[source],
        quantity=np.maximum(1, np.rint(size))[source],
        published=published[source],
        need_by=(published + rng.integers(30, 180, needs))[source],
    )


def need_records(
    catalogue: Catalogue, firms: Firms, needs: Needs, rng: np.random.Generator
) -> tuple[list[ProcurementNeed], Mentions]:
    """Write the rows."""
    count = len(needs.firm)
    mentions = write_mentions(catalogue, needs.product, rng)
    told = rng.random((count, len(TOLD)))[needs.source] < np.array(list(TOLD.values()))
    draws, chance = rng.random((count, Filler.WIDE)), rng.random((count, 6))
    suppliers = np.unique(firms.maker)
    rival = suppliers[rng.integers(len(suppliers), size=count)]
    writer = _Writer(catalogue, firms, needs, mentions)
    shown = [dict(zip(TOLD, row, strict=True)) for row in told.tolist()]
    records = [
        ProcurementNeed(
            need_id=f"X-{row + 1:06d}",
            exclude=(firms.names[rival[row]],) if shown[row]["exclude"] else (),
            **writer.texts(row, Filler(draws[row]), shown[row]),
            **writer.buyer(row, shown[row], chance[row].tolist()),
            **writer.quantities(row, shown[row], chance[needs.source[row]].tolist()),
            **writer.dates(row, shown[row]),
        )
        for row in range(count)
    ]
    return records, mentions


@dataclass(frozen=True)
class _Writer:
    """Turns true terms into the cells of one row."""

    catalogue: Catalogue
    firms: Firms
    needs: Needs
    mentions: Mentions

    def texts(self, row: int, fill: Filler, shown: dict[str, bool]) -> dict[str, object]:
        first, second, third = self.mentions.own[row]
        lead = fill.one(LEADS).format(a=second)
        more = fill.one(MORE).format(a=third) if third else ""
        aside = fill.one(ASIDES).format(x=self.mentions.aside[row]) if self.mentions.aside[row] else ""
        return {
            "title": fill.one(TITLES).format(a=first),
            "content": f"{lead}{fill.some(NEED_PHRASES, 1)}{fill.some(SHARED_PHRASES, 3)}{more}{aside}",
            "category": fill.one(CATEGORIES) if shown["category"] else None,
            "specs": fill.one(SPECIFICATIONS) if shown["specs"] else None,
            "material": fill.one(MATERIALS) if shown["material"] else None,
            "standard": fill.one(STANDARDS) if shown["standard"] else None,
            "note": "重新招标" if shown["note"] else None,
        }

    def buyer(self, row: int, shown: dict[str, bool], chance: list[float]) -> dict[str, object]:
        at = int(self.needs.firm[row])
        place = towns().places[self.firms.town[at]]
        industry = self.catalogue.industry[self.needs.product[row]]
        usual = (*CERTIFICATES, SPECIAL.get(industry[:2], "ISO9001"))
        return {
            "enterprise": self.firms.names[at],
            "uscc": self.firms.uscc[at] if shown["uscc"] else None,
            "region": place.name,
            "adcode": place.adcode,
            "group": self.firms.group[at] or None,
            "industry": industry if shown["industry"] else None,
            "hard_certs": (usual[int(chance[0] ** 2 * 4)],) if shown["hard_certs"] else (),
            "soft_certs": (usual[int(chance[1] * 4)],) if shown["soft_certs"] else (),
            "priority": 1 + int(chance[2] * 3) if shown["priority"] else None,
            "urgency": ("紧急", "一般")[int(chance[2] * 2)] if shown["urgency"] else None,
            "visibility": ("公开", "定向", "隐去单位名称")[int(chance[3] * 3)]
            if shown["visibility"]
            else None,
            "consortium_ok": chance[3] < 0.5 if shown["consortium_ok"] else None,
        }

    def quantities(self, row: int, shown: dict[str, bool], chance: list[float]) -> dict[str, object]:
        unit = self.catalogue.unit[self.needs.product[row]]
        name, times = SMALL_UNIT.get(unit, (unit, 1.0)) if chance[4] < 0.1 else (unit, 1.0)
        quantity, ceiling = float(self.needs.quantity[row]) * times, float(self.needs.ceiling[row]) / times
        counted = shown["quantity"]
        return {
            "quantity": quantity if counted else None,
            "unit": name if counted else None,
            "splittable": chance[5] < SPLITTABLE if counted and shown["splittable"] else None,
            "min_split": quantity / 4 if counted and shown["min_split"] else None,
            "lot_step": quantity / 20 if counted and shown["lot_step"] else None,
            "max_suppliers": 1 + int(chance[0] * 3) if counted and shown["max_suppliers"] else None,
            "price_max": float(f"{ceiling:.4g}") if counted and shown["price_max"] else None,
            "budget_cny": float(f"{quantity * ceiling * 1.02:.3g}") if shown["budget_cny"] else None,
        }

    def dates(self, row: int, shown: dict[str, bool]) -> dict[str, object]:
        start, end = int(self.needs.published[row]), int(self.needs.need_by[row])
        return {
            "published_on": TODAY + timedelta(days=start),
            "need_from": TODAY + timedelta(days=start + 7) if shown["need_from"] else None,
            "need_by": TODAY + timedelta(days=end) if shown["need_by"] else None,
            "duration_days": end - start if shown["duration_days"] else None,
        }
