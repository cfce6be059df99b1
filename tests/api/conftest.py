"""Lists small enough to be read at a glance, and the store on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from api.settings import Settings
from api.store.engine import open_store
from tests.api.postgres import cluster, new_database
from tests.api.running import NEED_HEADERS, OFFER_HEADERS, VALVE_MAKER, VALVES, write_list

NUMBERS = count(1)


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, Path]:
    """One need, one offer that fits it."""
    needs = write_list(tmp_path / "需求.xlsx", NEED_HEADERS, VALVES)
    return needs, write_list(tmp_path / "产能.xlsx", OFFER_HEADERS, VALVE_MAKER)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a PostgreSQL of the tests' own, without the name of a database."""
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a fresh store, once on each database."""
    folder = tmp_path / "data"
    if request.param == "sqlite":
        return Settings(data_dir=folder)
    url = new_database(request.getfixturevalue("postgres"), f"test{next(NUMBERS)}")
    return Settings(data_dir=folder, database_url=url)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """The opened store."""
    engine = open_store(settings)
    yield engine
    engine.dispose()
