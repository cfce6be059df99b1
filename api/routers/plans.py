"""Plans: order one, follow it, stop it, read what it says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.deps import DeskDep, Limit, Offset, Reading, RequestKey, Writing
from api.routers.attachments import WORKBOOK, attachment
from api.schemas import LARGEST_ID, Page, PlanHead, PlannedNeed, PlanOrder, PlanSummary, WhyNot
from api.store import plans as store
from api.store import results

router = APIRouter(prefix="/plans", tags=["plans"])
PlanId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
#: a plan is stored as the text that is sent, so its shape is told here
DOCUMENT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}}}
}
RecordKey = Annotated[str, Query(min_length=1, max_length=200)]


@router.post("", status_code=202)
def order(body: PlanOrder, connection: Writing, key: RequestKey = None) -> PlanHead:
    """Order a plan of confirmed lists; it is made in the background."""
    return store.plan_of(connection, store.add_plan(connection, body, key))


@router.get("")
def browse(connection: Reading, limit: Limit = 50, offset: Offset = 0) -> Page[PlanHead]:
    """Give the plans, the newest first."""
    return store.plans(connection, limit, offset)


@router.get("/{plan_id}")
def head(plan_id: PlanId, connection: Reading) -> PlanHead:
    """Give one plan and how far it has come."""
    return store.plan_of(connection, plan_id)


@router.post("/{plan_id}/cancel")
def cancel(plan_id: PlanId, connection: Writing) -> PlanHead:
    """Stop a plan that waits or runs; a finished one stays as it is."""
    return store.cancel(connection, plan_id)


@router.get("/{plan_id}/summary")
def summary(plan_id: PlanId, connection: Reading) -> PlanSummary:
    """Give coverage, concentration, money, status and the gap to the proven bound."""
    return results.summary_of(connection, plan_id)


@router.get("/{plan_id}/needs")
def needs(
    plan_id: PlanId, connection: Reading, open_only: bool = False, limit: Limit = 50, offset: Offset = 0
) -> Page[PlannedNeed]:
    """Give what the plan does for each need, and why some stay open."""
    return results.needs_of(connection, plan_id, open_only, limit, offset)


@router.get("/{plan_id}/why-not")
def why_not(plan_id: PlanId, need: RecordKey, offer: RecordKey, desk: DeskDep) -> WhyNot:
    """Say which rule removed an offer from a need, or what it would have had to gain."""
    return desk.questions.why_not(plan_id, need, offer)


@router.get("/{plan_id}/document", response_class=Response, responses=DOCUMENT)
def document(plan_id: PlanId, connection: Reading) -> Response:
    """Give the whole plan as ``chainmatch plan --json`` prints it."""
    return Response(results.document_of(connection, plan_id), media_type="application/json")


@router.get("/{plan_id}/workbook", response_class=Response)
def workbook(plan_id: PlanId, connection: Reading) -> Response:
    """Give the workbook an office sends out."""
    content = results.workbook_of(connection, plan_id)
    return attachment(f"对接建议-{plan_id}.xlsx", content, WORKBOOK)
