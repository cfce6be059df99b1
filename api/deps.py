"""What handlers are given: settings, a connection, a page of a long list, a checked upload."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form, Header, Query, Request, UploadFile
from sqlalchemy import Connection, Engine

from api.jobs.questions import Questions
from api.jobs.worker import Worker
from api.schemas import LARGEST_ID, ListKind
from api.settings import Settings
from api.store.engine import reading, writing
from api.uploads import CheckedList, UploadLimits, check_upload


@dataclass(frozen=True)
class Desk:
    """What one running service holds: settings, store, who makes its plans and who answers questions."""

    settings: Settings
    engine: Engine
    worker: Worker
    questions: Questions


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
    return check_upload(file.filename or "", file.file.read(), kind, UploadLimits.of(desk.settings))


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
