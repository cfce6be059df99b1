"""Suggestions: the candidates of a need or of an enterprise, with reasons."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import Limit, Offset, Reading, SearchText
from api.schemas import LARGEST_ID, Page, Suggestion
from api.store import results

router = APIRouter(prefix="/suggestions", tags=["suggestions"])


@router.get("", response_model=Page[Suggestion])
def browse(  # noqa: PLR0913 - every parameter is one thing to ask by
    connection: Reading,
    plan: Annotated[int, Query(ge=1, le=LARGEST_ID)],
    need: SearchText = None,
    enterprise: SearchText = None,
    buyer: SearchText = None,
    dealt: bool | None = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Response:
    """Give a plan's suggestions, best first: for a need, an enterprise that offers, or one that asks."""
    # stored as the text that is sent: what is asked for most often is neither parsed nor checked again
    text = results.suggestions_json(connection, plan, need, enterprise, buyer, dealt, limit, offset)
    return Response(text, media_type="application/json")
