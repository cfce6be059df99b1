"""Records of confirmed lists: needs and offers to read, listings to plan, the enterprises behind them."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, RowMapping, Select, cast, exists, func, or_, select

from api.practices import form_of
from api.problems import NotFoundError, StateError
from api.schemas import Enterprise, ListedRecord, ListKind, Page, PlanHead
from api.store.asking import page, take
from api.store.lists import list_of, protected, public
from api.store.tables import list_rows as rows
from api.store.tables import lists
from matching import Form, Listing, Record, Words
from matching.records import Source

OUTDATED = Words(
    "第 {row} 行是用较早的版本读入的，现在读不出来，请重新上传清单",
    "row {row} was read by an earlier version and cannot be read any more; upload the list again",
)
NO_PARTY = Words("方案 {plan} 的清单里没有企业“{name}”", "no list of plan {plan} names an enterprise {name}")
#: kinds of list whose enterprises are parties of deals
PARTIES = ("needs", "offers", "enterprises")


class Listings(NamedTuple):
    """The lists of a plan, as a practice's market takes them."""

    needs: Listing
    offers: Listing
    history: Listing | None
    enterprises: Listing | None


def records(  # noqa: PLR0913 - each is one way to narrow the page down
    c: Connection,
    kind: ListKind,
    list_id: int | None,
    enterprise: str | None,
    query: str | None,
    limit: int,
    offset: int,
) -> Page[ListedRecord]:
    """Give records of confirmed lists by list and position; protected columns stay out."""
    found = _confirmed(select(rows)).where(lists.c.kind == kind).order_by(rows.c.list_id, rows.c.position)
    if list_id is not None:
        found = found.where(rows.c.list_id == list_id)
    if enterprise is not None:
        found = found.where(rows.c.enterprise == enterprise)
    if query:
        named = (rows.c.key, rows.c.enterprise, rows.c.title)
        found = found.where(or_(*(column.icontains(query, autoescape=True) for column in named)))
    hidden = protected(kind)
    return page(c, found, lambda row: _listed(row, hidden), limit, offset)


def listing_of(c: Connection, list_id: int) -> Listing:
    """Give a list as the engine takes it, in the order of its sheets; raises NotFoundError, StateError."""
    head = list_of(c, list_id)
    form = form_of(head.kind)
    query = select(rows.c.sheet, rows.c.row, rows.c.record).where(
        rows.c.list_id == list_id, rows.c.action.in_(("accept", "warn"))
    )
    found = c.execute(query.order_by(rows.c.position)).mappings()
    return Listing.of(form, [_record(form, row, head.file_name) for row in found])


def listings_of(c: Connection, plan: PlanHead) -> Listings:
    """Give the lists of a plan as the engine takes them."""
    needs, offers = listing_of(c, plan.needs_list), listing_of(c, plan.offers_list)
    history = listing_of(c, plan.history_list) if plan.history_list else None
    return Listings(
        needs, offers, history, listing_of(c, plan.enterprises_list) if plan.enterprises_list else None
    )


def check_party(c: Connection, plan: PlanHead, name: str) -> None:
    """Raise NotFoundError for an enterprise that no list of the plan names."""
    of_plan = rows.c.list_id.in_(
        number for number in (plan.needs_list, plan.offers_list, plan.enterprises_list) if number
    )
    if not c.scalar(select(exists().where(of_plan, rows.c.enterprise == name))):
        raise NotFoundError(NO_PARTY.fill(plan=plan.id, name=name))


def enterprises(c: Connection, query: str | None, limit: int, offset: int) -> Page[Enterprise]:
    """Give the firms of confirmed lists by name, with how often each stands there."""
    counts = [func.sum(cast(lists.c.kind == kind, Integer)).label(kind) for kind in ("needs", "offers")]
    found = _confirmed(select(rows.c.enterprise.label("name"), *counts))
    found = found.where(lists.c.kind.in_(PARTIES), rows.c.enterprise != "")
    if query:
        found = found.where(rows.c.enterprise.icontains(query, autoescape=True))
    found = found.group_by(rows.c.enterprise).order_by(rows.c.enterprise)
    return page(c, found, partial(take, Enterprise), limit, offset)


def _confirmed(query: Select[Any]) -> Select[Any]:
    return query.join(lists, lists.c.id == rows.c.list_id).where(
        lists.c.state == "confirmed", rows.c.action.in_(("accept", "warn"))
    )


def _listed(row: RowMapping, hidden: frozenset[str]) -> ListedRecord:
    return take(ListedRecord, row, record=public(row["record"], hidden))


def _record(form: Form, row: RowMapping, file_name: str) -> Record:
    source = Source(file_name, row["sheet"], row["row"])
    try:
        return form.record.model_validate({**row["record"], "source": source})
    except ValueError as error:
        raise StateError(OUTDATED.fill(row=row["row"]), f"{file_name}:{row['sheet']}") from error
