"""Generated requests at every route: whatever is sent, no fault of the program comes back."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from tests.api.talking import PATIENCE, Service

QUICK, MANY = 3, 25
CHECKS = [not_a_server_error, response_schema_conformance]


@pytest.fixture(scope="session")
def operations(served: str) -> list[Any]:
    """The routes a running service tells of, with a plan in its store for what reads plans."""
    with httpx2.Client(base_url=served, timeout=PATIENCE) as client:
        Service(client).plan_of_demo()
    description: Any = schemathesis.openapi.from_url(f"{served}/openapi.json")
    return [found.ok() for found in description.get_all_operations()]


@pytest.mark.parametrize("times", [QUICK, pytest.param(MANY, marks=pytest.mark.slow)])
def test_no_request_finds_a_fault(operations: list[Any], times: int) -> None:
    assert len(operations) > 20
    for operation in operations:

        @settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def asked(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, timeout=PATIENCE)

        asked()
