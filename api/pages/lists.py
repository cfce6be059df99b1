"""Pages of the lists: the first page with its upload form, the report of a list, its confirmation."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.deps import Offset, Reading, Upload, Writing
from api.pages.asking import FormKey, new_key, see
from api.pages.rendering import language_of, render
from api.practices import form_of
from api.routers.lists import ListId
from api.schemas import ListHead, RowAction
from api.store import lists as store
from api.store import plans
from matching.words import Language

router = APIRouter(include_in_schema=False)
#: lists, plans or rows on a page
SIZE = 20


@router.get("/")
def home(
    request: Request, connection: Reading, lists_from: Offset = 0, plans_from: Offset = 0
) -> HTMLResponse:
    """Show what there is, and the form for a further list."""
    return render(
        request,
        "home.html",
        lists=store.lists(connection, None, SIZE, lists_from),
        plans=plans.plans(connection, SIZE, plans_from),
        request_key=new_key(),
        size=SIZE,
    )


@router.post("/lists")
def upload(checked: Upload, connection: Writing, request_key: FormKey = None) -> RedirectResponse:
    """Keep a checked list and show its report."""
    # a browser that goes back sends the same form with another file
    key = request_key and f"{request_key}-{checked.kind}-{checked.sha256}"
    return see(f"/lists/{store.add_list(connection, checked, key)}")


@router.get("/lists/{list_id}")
def report(
    request: Request,
    list_id: ListId,
    connection: Reading,
    action: RowAction | Literal["all"] | None = None,
    offset: Offset = 0,
) -> HTMLResponse:
    """Show what was found in a list, what is wrong first."""
    head = store.list_of(connection, list_id)
    shown = action or _worst(head)
    return render(
        request,
        "list.html",
        head=head,
        shown=shown,
        rows=store.rows_of(connection, list_id, None if shown == "all" else shown, SIZE, offset),
        fields=_fields(head, language_of(request)),
        size=SIZE,
    )


@router.post("/lists/{list_id}/confirm")
def confirm(
    list_id: ListId, connection: Writing, accept_valid: Annotated[bool, Form()] = False
) -> RedirectResponse:
    """Take a list over and show it."""
    return see(f"/lists/{store.confirm(connection, list_id, accept_valid).id}")


@router.post("/lists/{list_id}/withdraw")
def withdraw(list_id: ListId, connection: Writing) -> RedirectResponse:
    """Take a list back and show it."""
    return see(f"/lists/{store.withdraw(connection, list_id).id}")


def _worst(head: ListHead) -> RowAction | Literal["all"]:
    if head.counts.reject:
        return "reject"
    return "warn" if head.counts.warn else "all"


def _fields(head: ListHead, language: Language) -> dict[str, str]:
    """Give the name of each field as templates of that list write it."""
    columns = form_of(head.kind).columns.items()
    return {name: column.headers[0] if language == "zh" else column.en for name, column in columns}
