"""Migrations of the store, from the first table on."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

#: any number that nothing else in the database locks by
_LOCK = 4_210_773


def migrate(engine: Engine) -> None:
    """Bring the tables up to date; of processes that start at once one does it, the others wait."""
    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with engine.execution_options(immediate=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    """Tell Alembic where the migrations are and which connection to use."""
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
