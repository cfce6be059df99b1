"""Lists small enough to be read at a glance, the store on both databases, a service in and out of process."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.app import create
from api.settings import Settings
from api.store.engine import open_store
from tests.api.postgres import cluster, new_database
from tests.api.running import NEED_HEADERS, OFFER_HEADERS, VALVE_MAKER, VALVES, serving, write_list
from tests.api.talking import HERE, Service

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


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service in this process that all tests of a run share; none relies on what another one left."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), docs=True)
    with TestClient(create(settings), base_url=HERE) as client:
        yield Service(client)


@pytest.fixture(scope="session")
def planned(service: Service) -> int:
    """The demo market's plan, finished."""
    return service.plan_of_demo()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a service of its own, started as a user starts it."""
    with serving(tmp_path_factory.mktemp("served"), CHAINMATCH_DOCS="1") as (address, _):
        yield address
