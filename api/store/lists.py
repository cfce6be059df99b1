"""Lists: uploaded and checked, then confirmed; withdrawn ones stay readable for the plans made of them."""

from __future__ import annotations

from functools import cache
from typing import Any, NoReturn

from sqlalchemy import Connection, RowMapping, exists, func, insert, or_, select, update

from api.practices import form_of
from api.problems import StateError
from api.schemas import Counts, ListHead, ListKind, ListRow, Page, RowAction
from api.store.asking import add_once, check_repeated, now, page, row_of, take
from api.store.tables import list_files, list_rows, plans
from api.store.tables import lists as table
from api.uploads.checked import CheckedList, CheckedRow
from matching import Words

LIST = Words("清单", "list")
HAS_REJECTED = Words(
    "清单有 {reject} 行未通过检查；请改正后重新上传，或确认时选择只采用通过的行",
    "{reject} rows were rejected; correct them and upload the list again, or accept the valid rows only",
)
NOTHING_VALID = Words("清单没有一行可采用", "no row of the list can be accepted")
WITHDRAWN = Words("清单已撤回", "the list was withdrawn")
IN_USE = Words("有方案正在使用这份清单，请先取消该方案", "a plan is using this list; cancel it first")


def add_list(c: Connection, checked: CheckedList, request_key: str | None = None) -> int:
    """Keep a checked list with its file; the same ``request_key`` gives the same list.

    Raises StateError for a key that stands for another file.
    """
    head = {
        "kind": checked.kind,
        "title": checked.title,
        "file_name": checked.file_name,
        "sha256": checked.sha256,
        "size": len(checked.content),
        "state": "checked",
        **checked.counts.model_dump(),
        "columns": checked.columns,
        "notes": [note.model_dump() for note in checked.notes],
        "created_at": now(),
        "request_key": request_key,
    }
    list_id, is_new = add_once(c, table, head, "request_key")
    if is_new:
        c.execute(insert(list_files).values(list_id=list_id, content=checked.content))
        c.execute(insert(list_rows), [_row(list_id, at, row) for at, row in enumerate(checked.rows, 1)])
    else:
        check_repeated(c, table, list_id, {"kind": checked.kind, "sha256": checked.sha256})
    return list_id


def confirmed_copy(c: Connection, kind: ListKind, sha256: str) -> int | None:
    """Give the newest confirmed list made of the same file."""
    same = (table.c.kind == kind, table.c.sha256 == sha256, table.c.state == "confirmed")
    found: int | None = c.scalar(select(func.max(table.c.id)).where(*same))
    return found


def list_of(c: Connection, list_id: int) -> ListHead:
    """Give one list; raises NotFoundError."""
    return _head(row_of(c, table, list_id, LIST))


def lists(c: Connection, kind: ListKind | None, limit: int, offset: int) -> Page[ListHead]:
    """Give the lists, the newest first."""
    query = select(table).order_by(table.c.id.desc())
    return page(c, query if kind is None else query.where(table.c.kind == kind), _head, limit, offset)


def rows_of(c: Connection, list_id: int, action: RowAction | None, limit: int, offset: int) -> Page[ListRow]:
    """Give the rows of a list in the order of its sheets; protected columns stay out."""
    hidden = protected(list_of(c, list_id).kind)
    query = select(list_rows).where(list_rows.c.list_id == list_id).order_by(list_rows.c.position)
    if action is not None:
        query = query.where(list_rows.c.action == action)
    return page(c, query, lambda row: _list_row(row, hidden), limit, offset)


def file_of(c: Connection, list_id: int) -> tuple[str, bytes]:
    """Give a list's file as it came: name and content."""
    head = list_of(c, list_id)
    content = c.scalars(select(list_files.c.content).where(list_files.c.list_id == list_id)).one()
    return head.file_name, bytes(content)


def confirm(c: Connection, list_id: int, accept_valid: bool) -> ListHead:
    """Take a list over into plans; its rejected rows are left out with ``accept_valid``, else StateError."""
    row = row_of(c, table, list_id, LIST, locked=True)
    if row["state"] == "confirmed":
        return _head(row)
    if row["state"] == "withdrawn":
        _refuse(WITHDRAWN, row)
    if not row["accept"] + row["warn"]:
        _refuse(NOTHING_VALID, row)
    if row["reject"] and not accept_valid:
        _refuse(HAS_REJECTED, row)
    c.execute(update(table).where(table.c.id == list_id).values(state="confirmed", confirmed_at=now()))
    return list_of(c, list_id)


def withdraw(c: Connection, list_id: int) -> ListHead:
    """Take a list out of what plans may use; raises StateError while a plan is using it."""
    row = row_of(c, table, list_id, LIST, locked=True)
    if c.scalar(select(exists().where(plans.c.state.in_(("queued", "running")), _uses(list_id)))):
        _refuse(IN_USE, row)
    c.execute(update(table).where(table.c.id == list_id).values(state="withdrawn"))
    return list_of(c, list_id)


@cache
def protected(kind: str) -> frozenset[str]:
    """Give the columns of a kind of list that never leave the store."""
    return frozenset(name for name, column in form_of(kind).columns.items() if column.protected)


def public(record: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """Give a record without its protected columns."""
    return {name: value for name, value in record.items() if name not in hidden}


def _uses(list_id: int) -> Any:
    columns = (plans.c.needs_list, plans.c.offers_list, plans.c.history_list, plans.c.enterprises_list)
    return or_(*(column == list_id for column in columns))


def _refuse(words: Words, row: RowMapping) -> NoReturn:
    raise StateError(words.fill(reject=row["reject"]), row["file_name"])


def _row(list_id: int, position: int, row: CheckedRow) -> dict[str, Any]:
    return {
        "list_id": list_id,
        "position": position,
        "sheet": row.sheet,
        "row": row.row,
        "action": row.action,
        "key": row.key,
        "enterprise": row.enterprise,
        "title": row.title,
        "record": row.record,
        "problems": [problem.model_dump() for problem in row.problems],
    }


def _head(row: RowMapping) -> ListHead:
    return take(ListHead, row, counts=take(Counts, row))


def _list_row(row: RowMapping, hidden: frozenset[str]) -> ListRow:
    record = row["record"]
    return take(ListRow, row, record=None if record is None else public(record, hidden))
