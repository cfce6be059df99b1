"""Lists: upload, what the check found, confirm, withdraw."""

from __future__ import annotations

from pathlib import PurePath as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.deps import DeskDep, Limit, Offset, Reading, RequestKey, Upload, Writing
from api.routers.attachments import WORKBOOK, attachment
from api.schemas import LARGEST_ID, Confirmation, ListHead, ListKind, ListRow, Page, RowAction
from api.store import lists as store
from api.store.engine import reading
from api.uploads import UploadLimits, returned_upload

router = APIRouter(prefix="/lists", tags=["lists"])
ListId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@router.post("", status_code=201)
def upload(checked: Upload, connection: Writing, key: RequestKey = None) -> ListHead:
    """Upload a list and have it checked; nothing of it counts before it is confirmed."""
    return store.list_of(connection, store.add_list(connection, checked, key))


@router.get("")
def browse(
    connection: Reading, kind: ListKind | None = None, limit: Limit = 50, offset: Offset = 0
) -> Page[ListHead]:
    """Give the lists, the newest first."""
    return store.lists(connection, kind, limit, offset)


@router.get("/{list_id}")
def head(list_id: ListId, connection: Reading) -> ListHead:
    """Give one list."""
    return store.list_of(connection, list_id)


@router.get("/{list_id}/rows")
def rows(
    list_id: ListId,
    connection: Reading,
    action: RowAction | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Page[ListRow]:
    """Give what became of each row, with what is wrong with which cell."""
    return store.rows_of(connection, list_id, action, limit, offset)


@router.get("/{list_id}/file", response_class=Response)
def file(list_id: ListId, connection: Reading) -> Response:
    """Give the sheet as it was uploaded."""
    return attachment(*store.file_of(connection, list_id))


@router.get("/{list_id}/returned", response_class=Response)
def returned(list_id: ListId, desk: DeskDep) -> Response:
    """Give the sheet back to its sender: wrong cells coloured, the reasons in a last column."""
    with reading(desk.engine) as connection:
        kind = store.list_of(connection, list_id).kind
        name, content = store.file_of(connection, list_id)
    sheet = returned_upload(name, content, kind, UploadLimits.of(desk.settings))
    return attachment(f"退回-{FilePath(name).stem}.xlsx", sheet, WORKBOOK)


@router.post("/{list_id}/confirm")
def confirm(list_id: ListId, body: Confirmation, connection: Writing) -> ListHead:
    """Take a list over; rejected rows need ``accept_valid``."""
    return store.confirm(connection, list_id, body.accept_valid)


@router.post("/{list_id}/withdraw")
def withdraw(list_id: ListId, connection: Writing) -> ListHead:
    """Take a list back; not while a plan that waits or runs uses it."""
    return store.withdraw(connection, list_id)
