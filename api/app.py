"""The service: one application over one store, with a worker that makes its plans."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from api.answers import answer_errors
from api.deps import Desk
from api.guard import Guard
from api.jobs.questions import Questions
from api.jobs.worker import Worker
from api.pages import mount_pages
from api.routers import enterprises, health, lists, needs, offers, plans, policies, progress, suggestions
from api.schemas import Problem
from api.settings import Settings, read_settings
from api.store.engine import open_store

PREFIX = "/api/v1"
#: what a form holds besides the file it uploads
FORM = 64 * 1024
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (403, 404, 409, 413, 421, 422, 503)
}


def create(settings: Settings | None = None) -> FastAPI:
    """Make the application; settings come from the environment where none are given."""
    settings = settings or read_settings()
    app = FastAPI(
        title="ChainMatch 链配",
        version="1",
        lifespan=_lifespan,
        openapi_url="/openapi.json" if settings.docs else None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    for router in (lists, needs, offers, enterprises, policies, plans, progress, suggestions):
        app.include_router(router.router, prefix=PREFIX, responses=REFUSALS)
    app.include_router(health.router)
    mount_pages(app, guided=settings.docs)
    answer_errors(app)
    app.add_middleware(Guard, largest=settings.largest_upload + FORM)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    engine = open_store(settings)
    worker, questions = Worker(settings, engine), Questions(settings)
    app.state.desk = Desk(settings, engine, worker, questions)
    worker.start()
    try:
        yield
    finally:
        worker.stop()
        questions.stop()
        engine.dispose()
