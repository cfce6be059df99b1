"""Small markets for the tests of the supply practice: one need, one offer, whatever else matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from matching.candidates import index
from matching.market import Market, Pairs
from matching.records import Listing
from matching.supply import PRACTICE
from matching.supply.records import HISTORY, NEEDS, OFFERS, CapacityOffer, Contract, ProcurementNeed

BUYER, MAKER = "江海船厂有限公司", "长江阀门有限公司"


def need(**told: Any) -> ProcurementNeed:
    """Make a need of the shipyard for valves."""
    return ProcurementNeed(**{"need_id": "N-1", "enterprise": BUYER, "title": "船用蝶阀", **told})


def offer(**told: Any) -> CapacityOffer:
    """Make an offer of the valve maker."""
    return CapacityOffer(**{"offer_id": "O-1", "enterprise": MAKER, "product": "蝶阀、闸阀制造", **told})


def contract(**told: Any) -> Contract:
    """Make a contract the valve maker won from the shipyard."""
    return Contract(**{"enterprise": MAKER, "buyer": BUYER, "title": "船用蝶阀供货", **told})


def market_of(
    needs: Sequence[ProcurementNeed],
    offers: Sequence[CapacityOffer],
    history: Sequence[Contract] | None = None,
) -> Market:
    """Make the indexed market of some records."""
    past = None if history is None else Listing.of(HISTORY, history)
    return index(PRACTICE.market(Listing.of(NEEDS, needs), Listing.of(OFFERS, offers), past, None))


def pair(asked: ProcurementNeed, held: CapacityOffer, history: Sequence[Contract] | None = None) -> Pairs:
    """Make the one pair of a need and an offer."""
    return market_of([asked], [held], history).pairs(np.array([0]), np.array([0]))


def every_pair(market: Market) -> Pairs:
    """Give all pairs of a market."""
    needs, offers = len(market.needs), len(market.offers)
    return market.pairs(np.repeat(np.arange(needs), offers), np.tile(np.arange(offers), needs))


def day(text: str) -> date:
    """Give a day written as 2025-10-01."""
    return date.fromisoformat(text)
