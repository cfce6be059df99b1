"""What came of a plan: read a page at a time, by need, by supplier or by buyer."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import Connection, or_, select

from api.problems import StateError
from api.schemas import Page, PlannedNeed, PlanSummary, Suggestion
from api.store.asking import page, take
from api.store.plans import plan_of
from api.store.tables import plan_needs as needs
from api.store.tables import plan_results as results
from api.store.tables import suggestions as table
from matching import Words

UNFINISHED = Words("方案尚未完成，没有结果", "the plan is not done, it has no result")


def summary_of(c: Connection, plan_id: int) -> PlanSummary:
    """Give the figures of a plan; raises NotFoundError, and StateError while there is no result."""
    return PlanSummary.model_validate(_result(c, plan_id, "summary"))


def document_of(c: Connection, plan_id: int) -> str:
    """Give the whole plan as JSON text, as the command line prints it."""
    return str(_result(c, plan_id, "document"))


def workbook_of(c: Connection, plan_id: int) -> bytes:
    """Give the workbook that an office sends out."""
    return bytes(_result(c, plan_id, "workbook"))


def allocation_of(c: Connection, plan_id: int) -> tuple[str, bytes]:
    """Give the fingerprint of the market that was solved, and the allocation."""
    return str(_result(c, plan_id, "market")), bytes(_result(c, plan_id, "allocation"))


def needs_of(c: Connection, plan_id: int, open_only: bool, limit: int, offset: int) -> Page[PlannedNeed]:
    """Give what the plan does for each need, by their numbers; with ``open_only`` what stays open."""
    query = select(needs).where(needs.c.plan_id == plan_id).order_by(needs.c.position)
    found = page(
        c, query.where(needs.c.unmet > 0) if open_only else query, partial(take, PlannedNeed), limit, offset
    )
    return found if found.total else _empty(c, plan_id, found)


def suggestions(  # noqa: PLR0913 - each is one way to narrow the page down
    c: Connection,
    plan_id: int,
    need: str | None,
    enterprise: str | None,
    buyer: str | None,
    dealt: bool | None,
    limit: int,
    offset: int,
) -> Page[Suggestion]:
    """Give candidates, of one need best first, of one supplier its best ranks first, else by need."""
    query = select(table).where(table.c.plan_id == plan_id)
    asked = {table.c.need: need, table.c.enterprise: enterprise, table.c.buyer: buyer, table.c.dealt: dealt}
    for column, value in asked.items():
        if value is not None:
            query = query.where(column == value)
    by = (table.c.need, table.c.rank) if enterprise is None else (table.c.rank, table.c.need)
    found = page(c, query.order_by(*by), partial(take, Suggestion), limit, offset)
    return found if found.total else _empty(c, plan_id, found)


def deals(c: Connection, plan_id: int, find: str | None, limit: int, offset: int) -> Page[Suggestion]:
    """Give the deals of a plan by need; with ``find`` those whose need, offer or enterprises hold it."""
    query = select(table).where(table.c.plan_id == plan_id, table.c.dealt.is_(True))
    if find:
        named = (table.c.need, table.c.need_title, table.c.buyer, table.c.offer, table.c.enterprise)
        query = query.where(or_(*(column.icontains(find, autoescape=True) for column in named)))
    by = (table.c.need, table.c.rank)
    found = page(c, query.order_by(*by), partial(take, Suggestion), limit, offset)
    return found if found.total else _empty(c, plan_id, found)


def _result(c: Connection, plan_id: int, column: str) -> Any:
    value = c.scalar(select(results.c[column]).where(results.c.plan_id == plan_id))
    if value is None:
        _check_done(c, plan_id)
    return value


def _empty(c: Connection, plan_id: int, found: Page[Any]) -> Page[Any]:
    """Tell nothing found from nothing there: only an empty page costs this look."""
    _check_done(c, plan_id)
    return found


def _check_done(c: Connection, plan_id: int) -> None:
    if plan_of(c, plan_id).state != "done":
        raise StateError(UNFINISHED, str(plan_id))
