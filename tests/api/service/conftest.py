"""A real service over a real store, with lists small enough to be read at a glance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create
from api.settings import Settings
from tests.api.service.talking import HERE, Service


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data_dir=tmp_path_factory.mktemp("data"), docs=True)


@pytest.fixture(scope="session")
def service(settings: Settings) -> Iterator[Service]:
    """One service that all tests of a run share; none relies on what another one left."""
    with TestClient(create(settings), base_url=HERE) as client:
        yield Service(client)


@pytest.fixture(scope="session")
def planned(service: Service) -> int:
    """The demo market's plan, finished."""
    return service.plan_of_demo()
