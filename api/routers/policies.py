"""Policies: weights and limits under a name; stored once, never changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.deps import Limit, Offset, Reading, Writing
from api.practices import COMMANDS
from api.schemas import LARGEST_ID, Page, PolicyBody, PolicyRead
from api.store import policies as store
from matching.policy import policy_from

router = APIRouter(prefix="/policies", tags=["policies"])
PolicyId = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@router.post("", status_code=201)
def add(body: PolicyBody, connection: Writing) -> PolicyRead:
    """Store a policy; one that says the same as a stored one is that one."""
    policy = policy_from(body.policy, COMMANDS["plan"])
    return store.policy_of(connection, store.add_policy(connection, body.name, policy))


@router.get("")
def browse(connection: Reading, limit: Limit = 50, offset: Offset = 0) -> Page[PolicyRead]:
    """Give the stored policies, the default one first."""
    return store.policies(connection, limit, offset)


@router.get("/{policy_id}")
def one(policy_id: PolicyId, connection: Reading) -> PolicyRead:
    """Give one policy."""
    return store.policy_of(connection, policy_id)
