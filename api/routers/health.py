"""Whether the service lives and can work."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import DeskDep, Reading
from api.problems import BusyError
from api.schemas import Schema
from api.store.engine import check_answers
from matching import Words

router = APIRouter(tags=["health"])
NO_WORKER = Words("求解进程没有运行，方案不会被处理", "no worker runs; plans are not being made")


class Health(Schema):
    """The service's word that it is well."""

    status: str = "ok"


@router.get("/healthz")
def alive() -> Health:
    """Tell that the process lives."""
    return Health()


@router.get("/readyz")
def ready(connection: Reading, desk: DeskDep) -> Health:
    """Tell that the database answers and that plans are being made."""
    check_answers(connection)
    if not desk.worker.alive:
        raise BusyError(NO_WORKER)
    return Health()
