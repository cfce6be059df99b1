"""Pages of the plans: order one, wait for it, read it."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import Connection

from api.deps import Offset, Reading, SearchText, Writing
from api.pages.asking import new_key, see
from api.pages.rendering import render
from api.routers.plans import PlanId
from api.schemas import LARGEST_ID, ListHead, ListKind, PlanHead, PlanOrder
from api.store import lists, policies, records, results
from api.store import plans as store

router = APIRouter(prefix="/plans", include_in_schema=False)
#: deals or open needs on a page
SIZE = 20
#: lists, policies and numbers that a form offers to choose from
CHOICES = 200
UNSEEN: dict[str, Any] = {
    name: None for name in ("history_list", "enterprises_list", "policy", "needs_list", "offers_list")
}


class OrderForm(PlanOrder):
    """The form of a plan, which may come twice."""

    request_key: Annotated[str, Form(max_length=100)] | None = None


@router.get("/new")
def ask(
    request: Request, connection: Reading, again: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None
) -> HTMLResponse:
    """Show the form of a new plan, filled in as plan ``again`` was ordered."""
    chosen = store.plan_of(connection, again) if again else None
    return render(
        request,
        "order.html",
        lists={kind: _confirmed(connection, kind) for kind in get_args(ListKind)},
        policies=policies.policies(connection, CHOICES, 0).items,
        again=again,
        chosen=chosen or {**UNSEEN, "title": "", "seconds": 60, "gap": 0.0, "seed": 0},
        request_key=new_key(),
    )


@router.post("")
def order(form: Annotated[OrderForm, Form()], connection: Writing) -> RedirectResponse:
    """Order a plan and show how far it has come."""
    wanted = PlanOrder(**form.model_dump(exclude={"request_key"}))
    return see(f"/plans/{store.add_plan(connection, wanted, form.request_key)}")


@router.post("/{plan_id}/cancel")
def cancel(plan_id: PlanId, connection: Writing) -> RedirectResponse:
    """Stop a plan and show it."""
    return see(f"/plans/{store.cancel(connection, plan_id).id}")


@router.get("/{plan_id}")
def show(
    request: Request,
    plan_id: PlanId,
    connection: Reading,
    find: SearchText = None,
    offset: Offset = 0,
    open_from: Offset = 0,
) -> HTMLResponse:
    """Show a plan: how far it has come, or what it says."""
    plan = store.plan_of(connection, plan_id)
    if plan.state != "done":
        return render(request, "waiting.html", plan=plan)
    return render(
        request,
        "plan.html",
        plan=plan,
        summary=results.summary_of(connection, plan_id),
        deals=results.deals(connection, plan_id, find, SIZE, offset),
        open=results.needs_of(connection, plan_id, True, SIZE, open_from),
        choices=choices_of(connection, plan),
        find=find,
        size=SIZE,
    )


def choices_of(connection: Connection, plan: PlanHead) -> dict[str, Any]:
    """Give the first needs and offers of a plan, to be chosen from by number."""
    return {
        "needs": results.needs_of(connection, plan.id, False, CHOICES, 0).items,
        "offers": records.records(connection, "offers", plan.offers_list, None, None, CHOICES, 0).items,
    }


def _confirmed(connection: Connection, kind: ListKind) -> list[ListHead]:
    return [head for head in lists.lists(connection, kind, CHOICES, 0).items if head.state == "confirmed"]
