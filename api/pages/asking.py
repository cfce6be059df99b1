"""What forms send and what they are answered: keys against sending twice, redirects."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

from fastapi import Form
from fastapi.responses import RedirectResponse

#: made with the form: sent twice (a double click, a reload), it gives the first answer again
FormKey = Annotated[str | None, Form(max_length=100)]


def new_key() -> str:
    """Make the key of one form."""
    return uuid4().hex


def see(address: str) -> RedirectResponse:
    """Answer a form by the page to look at next."""
    return RedirectResponse(address, status_code=303)
