"""What reading is measured against: FastAPI endpoints that read nothing."""

from __future__ import annotations

from fastapi import FastAPI
from pydantic import BaseModel


class Answer(BaseModel):
    """The least a typed endpoint can say."""

    status: str = "ok"


def create() -> FastAPI:
    """Make an application of one endpoint, synchronous as those of the service are."""
    app = FastAPI()

    @app.get("/bare")
    def bare() -> Answer:
        return Answer()

    return app
