"""Markets told in a few lines: needs, offers and the plan of both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matching import Listing, Plan, Policy, make_plan, supply_policy
from matching.plan import Pin
from matching.supply.records import HISTORY, NEEDS, OFFERS, CapacityOffer, Contract, ProcurementNeed


def need(need_id: str, title: str = "船用铸钢件", **fields: Any) -> ProcurementNeed:
    """A need of the yard, with what the test is about."""
    return ProcurementNeed(need_id=need_id, title=title, **{"enterprise": "江湾船厂", **fields})


def offer(offer_id: str, enterprise: str, product: str = "船用铸钢件 铸造", **fields: Any) -> CapacityOffer:
    """An offer of a firm, its capacity declared where one is given."""
    if "capacity" in fields:
        fields = {"capacity_basis": "declared", "period": "total", **fields}
    return CapacityOffer(offer_id=offer_id, enterprise=enterprise, product=product, **fields)


def contract(enterprise: str, buyer: str, title: str = "船用铸钢件") -> Contract:
    """A contract a firm has won."""
    return Contract(enterprise=enterprise, buyer=buyer, title=title)


def plan_of(
    needs: Sequence[ProcurementNeed],
    offers: Sequence[CapacityOffer],
    policy: Policy | None = None,
    pins: Sequence[Pin] = (),
    history: Sequence[Contract] | None = None,
) -> Plan:
    """Plan needs and offers that never stood in a sheet."""
    past = None if history is None else Listing.of(HISTORY, history)
    policy = policy or supply_policy()
    return make_plan(Listing.of(NEEDS, needs), Listing.of(OFFERS, offers), policy, history=past, pins=pins)


def deals_of(plan: Plan) -> dict[tuple[str, str], float]:
    """Quantity by need and offer."""
    return {(deal.need, deal.offer): deal.quantity for deal in plan.deals}
