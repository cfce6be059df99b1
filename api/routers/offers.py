"""Offers of the confirmed lists."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Limit, Offset, OfList, Reading, SearchText
from api.schemas import ListedRecord, Page
from api.store import records as store

router = APIRouter(prefix="/offers", tags=["offers"])


@router.get("")
def browse(
    connection: Reading,
    list_id: OfList = None,
    enterprise: SearchText = None,
    query: SearchText = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[ListedRecord]:
    """Give the offers, of one list or enterprise, or whose title holds ``query``."""
    return store.records(connection, "offers", list_id, enterprise, query, limit, offset)
