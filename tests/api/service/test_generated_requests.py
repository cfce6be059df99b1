"""Generated requests at every route: whatever is sent, no fault of the program comes back."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from tests.api.service.talking import HERE, Service

QUICK, MANY = 5, 40


@pytest.fixture(scope="session")
def described(service: Service, planned: int) -> schemathesis.BaseSchema:
    """The service's own description, with a plan in the store for what reads plans."""
    return schemathesis.openapi.from_asgi("/openapi.json", service.client.app, base_url=HERE)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(max_examples=QUICK, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_few_requests(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=[not_a_server_error, response_schema_conformance])


@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_requests(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=[not_a_server_error, response_schema_conformance])
