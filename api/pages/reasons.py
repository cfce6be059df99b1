"""Pages that answer questions about a plan: one need, one enterprise, why not."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.deps import DeskDep, Offset, Reading, SearchText
from api.pages.plans import SIZE, choices_of
from api.pages.rendering import render
from api.routers.plans import PlanId
from api.store import plans, records, results
from api.store.engine import reading

router = APIRouter(prefix="/plans/{plan_id}", include_in_schema=False)


@router.get("/needs/{need:path}")
def need(
    request: Request, plan_id: PlanId, need: str, connection: Reading, offset: Offset = 0
) -> HTMLResponse:
    """Show the candidates of one need, best first, and why it stays open if it does."""
    return render(
        request,
        "need.html",
        plan=plans.plan_of(connection, plan_id),
        need=results.need_of(connection, plan_id, need),
        found=results.suggestions(connection, plan_id, need, None, None, None, SIZE, offset),
        size=SIZE,
    )


@router.get("/enterprises/{name:path}")
def enterprise(
    request: Request,
    plan_id: PlanId,
    name: str,
    connection: Reading,
    offset: Offset = 0,
    buyer_from: Offset = 0,
) -> HTMLResponse:
    """Show one enterprise's suggestions, as a supplier and as a buyer."""
    plan = plans.plan_of(connection, plan_id)
    supplied = results.suggestions(connection, plan_id, None, name, None, None, SIZE, offset)
    bought = results.suggestions(connection, plan_id, None, None, name, None, SIZE, buyer_from)
    if not supplied.total + bought.total:
        records.check_party(connection, plan, name)
    sides = {"supplied": supplied, "bought": bought}
    return render(request, "enterprise.html", plan=plan, name=name, **sides, size=SIZE)


@router.get("/why-not")
def why_not(
    request: Request, plan_id: PlanId, desk: DeskDep, need: SearchText = None, offer: SearchText = None
) -> HTMLResponse:
    """Say why an offer is not in the plan for a need; without both, ask which."""
    answer = desk.questions.why_not(plan_id, need, offer) if need and offer else None
    with reading(desk.engine) as connection:
        plan = plans.plan_of(connection, plan_id)
        choices = choices_of(connection, plan)
    asked = {"need": need or "", "offer": offer or ""}
    return render(request, "why_not.html", plan=plan, answer=answer, choices=choices, **asked)
