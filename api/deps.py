"""What handlers are given: settings, a connection, a page of a long list, a checked upload."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Form, Header, Query, Request, UploadFile
from sqlalchemy import Connection, Engine

from api.problems import BusyError
from api.schemas import LARGEST_ID, ListKind, WhyNot
from api.settings import Settings
from api.store import reading, writing
from api.uploads import CheckedList, check_upload, limits_of
from matching import Words

BUSY = Words("正在检查其他清单，请稍后再传", "other lists are being checked; send it again in a moment")


class Desk:
    """What one running service holds: its settings, its store, and seats for the checking of uploads.

    Each check is a child process that may use much memory, so few are let in at once.
    """

    def __init__(self, settings: Settings, engine: Engine, seats: int = 2) -> None:
        self.settings = settings
        self.engine = engine
        self._seats = threading.BoundedSemaphore(seats)

    def check(self, name: str, content: bytes, kind: ListKind) -> CheckedList:
        """Check an upload once a seat is free; BusyError where none is in time."""
        if not self._seats.acquire(timeout=self.settings.upload_seconds):
            raise BusyError(BUSY)
        try:
            return check_upload(name, content, kind, limits_of(self.settings))
        finally:
            self._seats.release()


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


DeskDep = Annotated[Desk, Depends(_desk)]


def _settings(desk: DeskDep) -> Settings:
    return desk.settings


def _reading(desk: DeskDep) -> Iterator[Connection]:
    with reading(desk.engine) as connection:
        yield connection


def _writing(desk: DeskDep) -> Iterator[Connection]:
    with writing(desk.engine) as connection:
        yield connection


def _upload(
    desk: DeskDep,
    file: Annotated[UploadFile, "the sheet: .xlsx, .xls or .csv"],
    kind: Annotated[ListKind, Form()],
) -> CheckedList:
    return desk.check(file.filename or "", file.file.read(), kind)


SettingsDep = Annotated[Settings, Depends(_settings)]
Reading = Annotated[Connection, Depends(_reading)]
# "function": committed before the answer is sent, so what is acknowledged is kept
Writing = Annotated[Connection, Depends(_writing, scope="function")]
#: stands before ``Writing`` in a handler, so that nobody waits for the database while a sheet is read
Upload = Annotated[CheckedList, Depends(_upload)]

Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
OfList = Annotated[int | None, Query(ge=1, le=LARGEST_ID)]
SearchText = Annotated[str | None, Query(max_length=200)]
#: the same key sent again gives the first answer, so a client may repeat what it saw no answer to
RequestKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=100)]
