"""Connections to the store: SQLite by default, PostgreSQL by its URL; one commit per ``writing``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import ArgumentError, DatabaseError

from api.migrations import migrate
from api.settings import Settings
from matching import FileError, Words

#: how long a writer waits for the others
BUSY_SECONDS = 30
#: requests that may hold a connection at once: as many as there are handler threads, and the worker
CONNECTIONS = 48

#: no such folder or server, no driver, an address that is none, another program's file
CLOSED = (OSError, ImportError, ValueError, ArgumentError, DatabaseError, sqlite3.Error)
NO_STORE = Words(
    "数据库打不开，请检查数据文件夹或数据库地址；数据也可能是更新的版本写下的",
    "the database cannot be opened; check the data folder or the address of the database; "
    "a later version may have written it",
)

# The journal stays in WAL mode once set: readers never wait for a writer. FULL: an acknowledged write
# survives a power cut, not only a kill.
_PRAGMAS = (
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "synchronous=FULL",
    "foreign_keys=ON",
)


def open_store(settings: Settings) -> Engine:
    """Open the store and bring its tables up to date; raises FileError where there is no way to it."""
    try:
        engine = connect(settings)
        if engine.dialect.name == "sqlite":
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        migrate(engine)
    except CLOSED as error:
        # the address may hold a password
        raise FileError(NO_STORE, settings.url.rpartition("@")[2]) from error
    return engine


def connect(settings: Settings) -> Engine:
    """Make the engine only; for children of a process that has opened the store."""
    engine = create_engine(
        settings.url,
        pool_size=CONNECTIONS,
        pool_pre_ping=not settings.url.startswith("sqlite"),
        json_serializer=partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":")),
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the store and changes nothing."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose changes are committed together at the end, or not at all."""
    with engine.execution_options(immediate=True).begin() as connection:
        yield connection


def check_answers(c: Connection) -> None:
    """Raise what the driver raises where the database does not answer."""
    c.execute(select(1))


def _prepare(connection: Any, _: object) -> None:
    # Python would begin transactions by itself, too late for a writer to get its lock first.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin; a writer takes the lock at once, so that what it has read cannot change before it writes."""
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
