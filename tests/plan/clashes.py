"""Random small markets under random limits, and an oracle that tries every plan of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import Policy, supply_policy
from matching.plan import Pin
from matching.supply.records import CapacityOffer, ProcurementNeed
from tests.plan.story import need, offer

SIZES = ("大型", "中型", "小型")
PLAIN = supply_policy().without(*(rule.name for rule in supply_policy().rules)).limit(max_deals=None)

Plans = NDArray[np.int64]
Kept = NDArray[np.bool_]


class Case:
    """One market of two needs and three firms in pieces, with limits and hand decisions."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.demand = rng.integers(1, 5, 2).tolist()
        self.capacity = rng.integers(1, 6, 3).tolist()
        self.sizes = [SIZES[at] for at in rng.integers(0, 3, 3)]
        self.limits = _limits(rng, self.demand)
        self.pins = _pins(rng, self.demand)

    @property
    def needs(self) -> list[ProcurementNeed]:
        return [need(f"N-{at}", quantity=asked, unit="件") for at, asked in enumerate(self.demand)]

    @property
    def offers(self) -> list[CapacityOffer]:
        rows = enumerate(zip(self.capacity, self.sizes, strict=True))
        return [
            offer(f"O-{at}", f"铸造{at}", capacity=held, capacity_unit="件", size=size)
            for at, (held, size) in rows
        ]

    @property
    def policy(self) -> Policy:
        return PLAIN.limit(**self.limits)

    def plans(self) -> Plans:
        """Every plan within demand and capacity: one row a plan, need by need, firm by firm."""
        single = [range(asked + 1) for asked in self.demand for _ in self.capacity]
        every = np.array(list(itertools.product(*single)))
        by_need, by_firm = every.reshape(-1, 2, 3).sum(axis=2), every.reshape(-1, 2, 3).sum(axis=1)
        return every[(by_need <= self.demand).all(axis=1) & (by_firm <= self.capacity).all(axis=1)]

    def feasible(self, policy: Policy, pins: Sequence[Pin]) -> bool:
        """Tell by trying every plan whether any keeps the limits and the hand decisions."""
        plans = self.plans()
        kept = np.ones(len(plans), bool)
        for pin in pins:
            at = int(pin.need_id[2:]) * 3 + int(pin.offer_id[2:])
            kept &= plans[:, at] == (0 if pin.decision == "exclude" else pin.quantity)
        plain = policy.limits.to_dict()
        for name, values in plain.items():
            for limit in values if isinstance(values, list) else [values]:
                kept &= _KEEPS[name](self, plans, limit, {(pin.need_id, pin.offer_id) for pin in pins})
        return bool(kept.any())


def _limits(rng: np.random.Generator, demand: list[int]) -> dict[str, Any]:
    drawn: dict[str, Any] = {}
    if rng.random() < 0.5:
        drawn["max_share"] = round(float(rng.uniform(0.2, 1.0)), 2)
    if rng.random() < 0.5:
        drawn["min_partners"] = int(rng.integers(2, 4))
    if rng.random() < 0.3:
        drawn["max_partners"] = int(rng.integers(1, 3))
    drawn["totals"] = [
        {"name": f"total {at}", "by": "quantity", **_some(rng), **_ends(rng, sum(demand))}
        for at in range(int(rng.integers(1, 4)))
    ]
    drawn["shares"] = [
        {"name": f"share {size}", "of": "offer.size", "among": [size], **_end_of_share(rng)}
        for size in SIZES
        if rng.random() < 0.4
    ]
    if rng.random() < 0.4:
        pair = {"need.id": [f"N-{rng.integers(2)}"], "offer.id": [f"O-{rng.integers(3)}"]}
        drawn["deals"] = [{"name": "feud", "where": pair, "most": 0}]
    return drawn


def _some(rng: np.random.Generator) -> dict[str, Any]:
    where = {}
    if rng.random() < 0.6:
        where["need.id"] = [f"N-{rng.integers(2)}"]
    if rng.random() < 0.6:
        where["offer.id"] = [f"O-{rng.integers(3)}"]
    return {"where": where} if where else {}


def _ends(rng: np.random.Generator, most: int) -> dict[str, float]:
    value = float(rng.integers(1, most + 2))
    return {"least": value} if rng.random() < 0.7 else {"most": value - 1}


def _end_of_share(rng: np.random.Generator) -> dict[str, float]:
    value = round(float(rng.uniform(0.1, 0.9)), 2)
    return {"least": value} if rng.random() < 0.6 else {"most": value}


def _pins(rng: np.random.Generator, demand: list[int]) -> list[Pin]:
    cells = [(n, f) for n in range(2) for f in range(3)]
    chosen = rng.permutation(6)[: int(rng.integers(0, 3))].tolist()
    return [
        Pin(need_id=f"N-{n}", offer_id=f"O-{f}", decision="exclude")
        if rng.random() < 0.4
        else Pin(
            need_id=f"N-{n}",
            offer_id=f"O-{f}",
            quantity=float(rng.integers(1, demand[n] + 1)),
            decision="lock",
        )
        for n, f in (cells[at] for at in chosen)
    ]


def _tables(plans: Plans) -> Plans:
    return plans.reshape(-1, 2, 3)


def _max_share(case: Case, plans: Plans, share: float, pinned: Any) -> Kept:
    most = np.floor(np.array(case.demand) * share + 1e-9)
    return np.asarray((_tables(plans) <= most[None, :, None]).all(axis=(1, 2)), bool)


def _min_partners(case: Case, plans: Plans, least: int, pinned: Any) -> Kept:
    firms = (_tables(plans) > 0).sum(axis=2)
    return ((firms == 0) | (firms >= least)).all(axis=1)


def _max_partners(case: Case, plans: Plans, most: int, pinned: Any) -> Kept:
    return ((_tables(plans) > 0).sum(axis=2) <= most).all(axis=1)


def _total(case: Case, plans: Plans, limit: dict[str, Any], pinned: Any) -> Kept:
    sums = plans @ _inside(limit.get("where", {}))
    return (sums >= limit.get("least", 0)) & (sums <= limit.get("most", 1e9))


def _share(case: Case, plans: Plans, limit: dict[str, Any], pinned: Any) -> Kept:
    """Shares of worth: each need counts as one, whatever its quantity."""
    worth = plans / np.repeat(case.demand, 3)
    member = np.tile([size in limit["among"] for size in case.sizes], 2)
    part, whole = (worth * member).sum(axis=1), worth.sum(axis=1)
    least, most = limit.get("least", 0.0), limit.get("most", 1.0)
    return np.asarray((part >= least * whole - 1e-6) & (part <= most * whole + 1e-6), bool)


def _deal(case: Case, plans: Plans, limit: dict[str, Any], pinned: Any) -> Kept:
    return (plans * _inside(limit["where"]) <= limit["most"]).all(axis=1)


def _inside(where: dict[str, list[str]]) -> Plans:
    needs = where.get("need.id", ["N-0", "N-1"])
    offers = where.get("offer.id", ["O-0", "O-1", "O-2"])
    return np.array([int(f"N-{n}" in needs and f"O-{f}" in offers) for n in range(2) for f in range(3)])


_KEEPS: dict[str, Any] = {
    "max_share": _max_share,
    "min_partners": _min_partners,
    "max_partners": _max_partners,
    "totals": _total,
    "shares": _share,
    "deals": _deal,
}
