"""The progress of a plan as a stream of events, read from the database."""

from __future__ import annotations

import asyncio
import time
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
#: after which a stream ends and the browser asks again: a server that stops waits for open streams
LONGEST = 5.0
#: milliseconds until the browser asks again
AGAIN = 200
RUNNING = ("queued", "running")


def _progress(desk: Desk, plan_id: int) -> Progress:
    with reading(desk.engine) as connection:
        return store.progress_of(connection, plan_id)


async def _events(desk: Desk, plan_id: int) -> AsyncIterator[str]:
    """Tell every change until the plan is finished or the stream has been open long enough."""
    before, until = None, time.monotonic() + LONGEST
    yield f"retry: {AGAIN}\n\n"
    while time.monotonic() < until:
        now = await run_in_threadpool(_progress, desk, plan_id)
        if now != before:
            yield f"data: {now.model_dump_json()}\n\n"
        if now.state not in RUNNING:
            return
        before = now
        await asyncio.sleep(PAUSE)


@router.get("/{plan_id}/events", response_class=StreamingResponse)
async def events(plan_id: PlanId, desk: DeskDep) -> StreamingResponse:
    """Stream the progress of a plan as server-sent events, each as JSON; ask again where it breaks off."""
    await run_in_threadpool(_progress, desk, plan_id)  # an unknown plan is refused before anything is sent
    return StreamingResponse(_events(desk, plan_id), media_type="text/event-stream")
