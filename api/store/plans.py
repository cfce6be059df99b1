"""Plans: ordered, watched, cancelled. A plan row is its own job, see ``jobs``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, update

from api.problems import NotFoundError, RefusedError, StateError
from api.schemas import Page, PlanHead, PlanOrder, Problem, Progress, Text
from api.store.asking import add_once, check_repeated, now, page, row_of, take
from api.store.lists import LIST
from api.store.policies import ensure_default, policy_of
from api.store.tables import lists
from api.store.tables import plans as table
from matching import Words

PLAN = Words("方案", "plan")
#: column of a plan → kind of the list that stands there
ROLES = {
    "needs_list": "needs",
    "offers_list": "offers",
    "history_list": "history",
    "enterprises_list": "enterprises",
}
NOT_CONFIRMED = Words(
    "清单 {id} 尚未确认或已撤回，不能用于方案", "list {id} is not confirmed, or withdrawn: no plan can use it"
)
OTHER_KIND = Words(
    "清单 {id} 的种类是 {got}，这里应为 {kind}", "list {id} is of kind {got}, allowed here: {kind}"
)


def add_plan(c: Connection, order: PlanOrder, request_key: str | None = None) -> int:
    """Queue a plan; the same ``request_key`` gives the same plan.

    Raises NotFoundError for a list or policy that is not there, StateError for a list that is not
    confirmed or a key that stands for another order, and RefusedError for a list of another kind.
    """
    if request_key is not None:
        there = c.scalar(select(table.c.id).where(table.c.request_key == request_key))
        if there is not None:
            return _repeated(c, int(there), order)
    for role, kind in ROLES.items():
        _check_list(c, getattr(order, role), kind, role)
    policy = ensure_default(c) if order.policy is None else policy_of(c, order.policy).id
    values = order.model_dump() | {"policy": policy, "request_key": request_key}
    values |= {"state": "queued", "created_at": now(), "token": 0, "attempts": 0, "share": 0.0}
    plan_id, is_new = add_once(c, table, values | {"cancel_requested": False}, "request_key")
    return plan_id if is_new else _repeated(c, plan_id, order)


def plan_like(c: Connection, order: PlanOrder) -> int | None:
    """Give the newest plan under the default policy of the same lists that has or will have a result."""
    same = [table.c[role] == getattr(order, role) for role in ROLES]
    usable = (table.c.policy == ensure_default(c), table.c.state.in_(("queued", "running", "done")))
    found: int | None = c.scalar(select(func.max(table.c.id)).where(*same, *usable))
    return found


def plan_of(c: Connection, plan_id: int) -> PlanHead:
    """Give one plan; raises NotFoundError."""
    return _head(row_of(c, table, plan_id, PLAN))


def plans(c: Connection, limit: int, offset: int) -> Page[PlanHead]:
    """Give the plans, the newest first."""
    return page(c, select(table).order_by(table.c.id.desc()), _head, limit, offset)


def progress_of(c: Connection, plan_id: int) -> Progress:
    """Say how far a plan has come; raises NotFoundError."""
    row = row_of(c, table, plan_id, PLAN)
    return take(Progress, row, **_told(row))


def cancel(c: Connection, plan_id: int) -> PlanHead:
    """Cancel a plan: at once while it waits, by its worker while it runs; a finished one stays as it is."""
    row = row_of(c, table, plan_id, PLAN, locked=True)
    changes: dict[str, dict[str, Any]] = {
        "queued": {"state": "cancelled", "finished_at": now()},
        "running": {"cancel_requested": True},
    }
    if row["state"] in changes:
        c.execute(update(table).where(table.c.id == plan_id).values(changes[row["state"]]))
    return plan_of(c, plan_id)


def _repeated(c: Connection, plan_id: int, order: PlanOrder) -> int:
    """Give the plan that was ordered under the same key; what was not named then may be any."""
    unnamed = {"policy"} if order.policy is None else set()
    check_repeated(c, table, plan_id, order.model_dump(exclude=unnamed))
    return plan_id


def _check_list(c: Connection, list_id: int | None, kind: str, role: str) -> None:
    """Hold the list where it is until the plan that uses it is committed."""
    if list_id is None:
        return
    query = select(lists.c.kind, lists.c.state).where(lists.c.id == list_id).with_for_update(read=True)
    row = c.execute(query).one_or_none()
    if row is None:
        raise NotFoundError.of(LIST, list_id)
    if row.kind != kind:
        raise RefusedError(OTHER_KIND.fill(id=list_id, got=row.kind, kind=kind), role)
    if row.state != "confirmed":
        raise StateError(NOT_CONFIRMED.fill(id=list_id), role)


def _told(row: RowMapping) -> dict[str, Any]:
    stage = None if row["stage_zh"] is None else Text(zh=row["stage_zh"], en=row["stage_en"])
    error = None
    if row["error_code"] is not None:
        message = Text(zh=row["error_zh"], en=row["error_en"])
        error = Problem(code=row["error_code"], message=message, where=row["error_where"])
    return {"stage": stage, "error": error}


def _head(row: RowMapping) -> PlanHead:
    return take(PlanHead, row, **_told(row))
