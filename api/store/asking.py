"""What the nouns of the store share: pages, rows that must be there, rows added once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from api.problems import NotFoundError, StateError
from api.schemas import Page, Schema
from matching import Words

REUSED = Words(
    "这个请求编号已用于另一份内容，请换一个编号；在网页上请重新打开表单",
    "this request key stands for another request already; take a new key, or open the form again",
)

Item = TypeVar("Item")
Model = TypeVar("Model", bound=Schema)


def now() -> datetime:
    """Give the moment, in UTC."""
    return datetime.now(UTC)


def page(
    c: Connection, query: Select[Any], make: Callable[[RowMapping], Item], limit: int, offset: int
) -> Page[Item]:
    """Give some rows of a query and the number of all."""
    total = c.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    rows = c.execute(query.limit(limit).offset(offset)).mappings()
    return Page(items=[make(row) for row in rows], total=total or 0, offset=offset)


def take(schema: type[Model], row: RowMapping, **more: Any) -> Model:
    """Make a schema of the columns that are called like its fields, and of what they do not say."""
    return schema.model_validate({name: row[name] for name in schema.model_fields if name in row} | more)


def row_of(c: Connection, table: Table, key: int, kind: Words, *, locked: bool = False) -> RowMapping:
    """Give one row; ``locked`` until the transaction ends. Raises NotFoundError.

    A writer that decides by what it reads locks it (SQLite has locked everything already).
    """
    query = select(table).where(table.c.id == key)
    row = c.execute(query.with_for_update() if locked else query).mappings().one_or_none()
    if row is None:
        raise NotFoundError.of(kind, key)
    return row


def add_once(c: Connection, table: Table, values: Mapping[str, Any], unique: str) -> tuple[int, bool]:
    """Add a row unless one has the same ``unique`` value (None equals none); give its id and if it is new."""
    make = postgresql.insert if c.dialect.name == "postgresql" else sqlite.insert
    added = make(table).values(**values).on_conflict_do_nothing(index_elements=[unique])
    new = c.scalar(added.returning(table.c.id))
    if new is not None:
        return int(new), True
    there = c.scalars(select(table.c.id).where(table.c[unique] == values[unique])).one()
    return int(there), False


def check_repeated(c: Connection, table: Table, key: int, sent: Mapping[str, Any]) -> None:
    """Raise StateError where the row that a request key stands for is not what is sent under it now."""
    there = c.execute(select(table).where(table.c.id == key)).mappings().one()
    if any(there[name] != value for name, value in sent.items()):
        raise StateError(REUSED)
