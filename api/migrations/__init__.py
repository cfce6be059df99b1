"""Migrations of the store, from the first table on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

if TYPE_CHECKING:
    from alembic.config import Config

#: any number that nothing else in the database locks by
_LOCK = 4_210_773


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; of processes that start at once one does it, the others wait.

    Raises ValueError for tables that a later version has made.
    """
    from alembic import command
    from alembic.util import CommandError

    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with engine.execution_options(immediate=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        try:
            command.upgrade(configuration(connection), "head")
        except CommandError as error:
            raise ValueError("the tables are of another version") from error


def configuration(connection: Connection) -> Config:
    """Tell Alembic where the migrations are and which connection to use."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _write_ahead(engine: Engine) -> None:
    """Set the journal's mode, which the file keeps; it cannot be set inside a transaction."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()
