"""Pages for a browser: rendered here, without a script of others, readable without any script."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from api.pages import guide, lists, plans, reasons
from api.pages.rendering import FOLDER, render
from api.schemas import Problem

__all__ = ["error_page", "mount_pages"]


def mount_pages(app: FastAPI, *, guided: bool) -> None:
    """Add the pages and their static files to an application; with the API's own page if ``guided``."""
    for part in (lists, plans, reasons, *((guide,) if guided else ())):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))


def error_page(request: Request, problem: Problem, status: int) -> HTMLResponse:
    """Say on a page what was refused and where."""
    return render(request, "error.html", status, problem=problem)
