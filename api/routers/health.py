"""Whether the service lives and can work."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import text

from api.deps import Reading
from api.schemas import Schema

router = APIRouter(tags=["health"])


class Health(Schema):
    """The service's word that it is well."""

    status: str = "ok"


@router.get("/healthz")
def alive() -> Health:
    """Tell that the process lives."""
    return Health()


@router.get("/readyz")
def ready(connection: Reading) -> Health:
    """Tell that the database answers."""
    connection.execute(text("SELECT 1"))
    return Health()
