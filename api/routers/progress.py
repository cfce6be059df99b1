"""The progress of a plan as a stream of events, read from the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from api.deps import Desk, DeskDep
from api.routers.plans import PlanId
from api.schemas import Progress
from api.store import plans as store
from api.store.engine import reading

router = APIRouter(prefix="/plans", tags=["plans"])
#: seconds between two looks
PAUSE = 0.5
RUNNING = ("queued", "running")


def _progress(desk: Desk, plan_id: int) -> Progress:
    with reading(desk.engine) as connection:
        return store.progress_of(connection, plan_id)


async def _events(desk: Desk, plan_id: int) -> AsyncIterator[str]:
    """Tell every change until the plan is finished."""
    before = None
    while True:
        now = await run_in_threadpool(_progress, desk, plan_id)
        if now != before:
            yield f"data: {now.model_dump_json()}\n\n"
        if now.state not in RUNNING:
            return
        before = now
        await asyncio.sleep(PAUSE)


@router.get("/{plan_id}/events", response_class=StreamingResponse)
async def events(plan_id: PlanId, desk: DeskDep) -> StreamingResponse:
    """Stream the progress of a plan as server-sent events; each holds the plan's progress as JSON."""
    await run_in_threadpool(_progress, desk, plan_id)  # an unknown plan is refused before anything is sent
    return StreamingResponse(_events(desk, plan_id), media_type="text/event-stream")
