"""What came of a plan: read a page at a time, by need, by supplier or by buyer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from api.problems import NotFoundError, StateError
from api.schemas import Page, PlannedNeed, PlanSummary, Suggestion
from api.store.asking import page, take
from api.store.plans import plan_of
from api.store.tables import plan_needs as needs
from api.store.tables import plan_results as results
from api.store.tables import suggestions as table
from matching import Words

NEED = Words("需求", "need")
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
    query = query.where(needs.c.unmet > 0) if open_only else query
    found = page(c, query, partial(take, PlannedNeed), limit, offset)
    if not found.total:
        _check_done(c, plan_id)
    return found


def need_of(c: Connection, plan_id: int, need: str) -> PlannedNeed:
    """Give what the plan does for one need; raises NotFoundError, and StateError while there is no result."""
    row = c.execute(select(needs).where(needs.c.plan_id == plan_id, needs.c.need == need)).mappings().first()
    if row is None:
        _check_done(c, plan_id)
        raise NotFoundError.of(NEED, need)
    return take(PlannedNeed, row)


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
    """Give candidates: of one supplier its best ranks first, else by need, the best first."""
    text = suggestions_json(c, plan_id, need, enterprise, buyer, dealt, limit, offset)
    return Page[Suggestion].model_validate_json(text)


def suggestions_json(  # noqa: PLR0913 - as above
    c: Connection,
    plan_id: int,
    need: str | None,
    enterprise: str | None,
    buyer: str | None,
    dealt: bool | None,
    limit: int,
    offset: int,
) -> str:
    """Give a page of candidates as the JSON text that is sent; nothing of it is parsed on the way."""
    asked = {table.c.need: need, table.c.enterprise: enterprise, table.c.buyer: buyer, table.c.dealt: dealt}
    narrowed = (column == value for column, value in asked.items() if value is not None)
    chosen = and_(table.c.plan_id == plan_id, *narrowed)
    by = (table.c.need, table.c.rank) if enterprise is None else (table.c.rank, table.c.need)
    return _page_of_bodies(c, plan_id, chosen, by, (limit, offset))


def deals(c: Connection, plan_id: int, find: str | None, limit: int, offset: int) -> Page[Suggestion]:
    """Give the deals of a plan by need; with ``find`` those whose need, offer or enterprises hold it."""
    chosen = and_(table.c.plan_id == plan_id, table.c.dealt.is_(True))
    if find:
        titled = select(needs.c.need).where(
            needs.c.plan_id == plan_id, needs.c.title.icontains(find, autoescape=True)
        )
        named = (table.c.need, table.c.buyer, table.c.offer, table.c.enterprise)
        holds = (column.icontains(find, autoescape=True) for column in named)
        chosen &= or_(table.c.need.in_(titled), *holds)
    text = _page_of_bodies(c, plan_id, chosen, (table.c.need, table.c.rank), (limit, offset))
    return Page[Suggestion].model_validate_json(text)


def _page_of_bodies(
    c: Connection,
    plan_id: int,
    chosen: ColumnElement[bool],
    by: Sequence[ColumnElement[Any]],
    some: tuple[int, int],
) -> str:
    limit, offset = some
    bodies = c.scalars(select(table.c.body).where(chosen).order_by(*by).limit(limit).offset(offset)).all()
    total = c.scalar(select(func.count()).select_from(table).where(chosen))
    if not total:
        _check_done(c, plan_id)
    return f'{{"items":[{",".join(bodies)}],"total":{total},"offset":{offset}}}'


def _result(c: Connection, plan_id: int, column: str) -> Any:
    value = c.scalar(select(results.c[column]).where(results.c.plan_id == plan_id))
    if value is None:
        _check_done(c, plan_id)
    return value


def _check_done(c: Connection, plan_id: int) -> None:
    """Tell nothing found from nothing there: only an empty page costs this look."""
    if plan_of(c, plan_id).state != "done":
        raise StateError(UNFINISHED, str(plan_id))
