"""The lists of the supply practice: needs, offers, past contracts; their forms and field names."""

from __future__ import annotations

from matching.records.record import Form
from matching.supply.contracts import Contract, Outcome
from matching.supply.needs import ProcurementNeed
from matching.supply.offers import CapacityOffer
from matching.words import Words

__all__ = ["HISTORY", "NEEDS", "OFFERS", "CapacityOffer", "Contract", "Outcome", "ProcurementNeed"]

NEEDS = Form(
    "needs",
    ProcurementNeed,
    Words("采购需求清单", "Procurement needs"),
    key="need_id",
    same=("enterprise", "title", "budget_cny"),
    text=("title", "content", "category", "specs", "material", "standard"),
)
OFFERS = Form(
    "offers",
    CapacityOffer,
    Words("供给能力清单", "Capacity offers"),
    key="offer_id",
    same=("enterprise", "product"),
    text=("product", "equipment", "specs"),
)
HISTORY = Form(
    "history",
    Contract,
    Words("历史业绩", "Past contracts"),
    same=("enterprise", "title", "amount_cny", "signed_on"),
    text=("title", "content"),
)
