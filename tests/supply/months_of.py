"""Offers by month and needs of tonnes within a window."""

from __future__ import annotations

from typing import Any

from matching.supply.records import CapacityOffer, ProcurementNeed
from tests.supply.market_of import day, need, offer

SPRING = (("2026-03", 310.0), ("2026-04", 300.0), ("2026-06", 60.0))


def monthly(offer_id: str = "O-1", **told: Any) -> CapacityOffer:
    return offer(**{"offer_id": offer_id, "monthly": SPRING, "capacity_unit": "t", **told})


def tonnes(need_id: str = "N-1", quantity: float = 100, **told: Any) -> ProcurementNeed:
    """A need of tonnes; two days written as 2026-03-01..2026-03-31 are its window."""
    first, _, last = told.pop("window", "..").partition("..")
    days = {"need_from": day(first) if first else None, "need_by": day(last) if last else None}
    return need(**{"need_id": need_id, "quantity": quantity, "unit": "t", **days, **told})
