"""Enterprises of the confirmed lists."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Limit, Offset, Reading, SearchText
from api.schemas import Enterprise, Page
from api.store import records as store

router = APIRouter(prefix="/enterprises", tags=["enterprises"])


@router.get("")
def browse(
    connection: Reading, query: SearchText = None, limit: Limit = 50, offset: Offset = 0
) -> Page[Enterprise]:
    """Give the enterprises by name, with how many needs and offers each has."""
    return store.enterprises(connection, query, limit, offset)
