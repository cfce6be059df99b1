"""Generated requests at every route: whatever is sent, no fault of the program comes back."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from tests.api.talking import PATIENCE, Service

QUICK, MANY = 5, 40


@pytest.fixture(scope="session")
def described(served: str) -> Any:
    """The description a running service gives of itself, with a plan in its store for what reads plans."""
    with httpx2.Client(base_url=served, timeout=PATIENCE) as client:
        Service(client).plan_of_demo()
    return schemathesis.openapi.from_url(f"{served}/openapi.json")


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(max_examples=QUICK, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_few_requests(case: Any) -> None:
    case.call_and_validate(checks=[not_a_server_error, response_schema_conformance])


@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_requests(case: Any) -> None:
    case.call_and_validate(checks=[not_a_server_error, response_schema_conformance])
