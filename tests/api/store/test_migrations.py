"""The migrations make the tables that the code declares, also when several processes start at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from api.migrations import configuration
from api.settings import Settings
from api.store.engine import open_store, reading, writing
from api.store.tables import metadata
from matching import FileError
from tests.api.running import ROOT, environment

OPEN = "from api.settings import *; from api.store.engine import *; open_store(read_settings())"


def test_the_migrations_make_the_declared_tables(engine: Engine) -> None:
    with reading(engine) as c:
        context = MigrationContext.configure(c, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_database_checks_what_the_code_declares(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.tables.values():
        checks = {str(check["name"]) for check in found.get_check_constraints(table.name)}
        declared = {str(item.name) for item in table.constraints}
        assert checks == {name for name in declared if name.startswith("ck_")}


def test_the_migrations_can_be_taken_back(engine: Engine) -> None:
    with writing(engine) as c:
        command.downgrade(configuration(c), "base")
        assert inspect(c).get_table_names() == ["alembic_version"]


def test_processes_that_start_at_once_all_find_the_tables(settings: Settings) -> None:
    command = [sys.executable, "-c", OPEN]
    starts = [subprocess.Popen(command, cwd=ROOT, env=environment(settings)) for _ in range(2)]
    assert [start.wait(300) for start in starts] == [0, 0]


def test_an_acknowledged_write_is_on_the_disk(tmp_path: Path) -> None:
    engine = open_store(Settings(data_dir=tmp_path))
    with reading(engine) as c:
        modes = [c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    assert modes == ["wal", 2]  # 2 = FULL


def test_a_store_that_cannot_be_opened_is_told_without_its_password(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(FileError, match="cannot be opened"):
        open_store(Settings(data_dir=file / "below"))
    nobody = "postgresql://user:secret@localhost:1/nothing"
    with pytest.raises(FileError, match="cannot be opened") as told:
        open_store(Settings(data_dir=tmp_path, database_url=nobody))
    assert "secret" not in str(told.value)
