"""Policies: kept once by their fingerprint, with every name spelt out."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection, select

from api.practices import COMMANDS
from api.schemas import Page, PolicyRead
from api.store.asking import add_once, now, page, row_of, take
from api.store.tables import policies as table
from matching import Policy, Words, policy_from

POLICY = Words("权重方案", "policy")
#: the practice that the service plans
PRACTICE = COMMANDS["plan"]
DEFAULT_NAME = "默认 default"


def add_policy(c: Connection, name: str, policy: Policy) -> int:
    """Keep a policy; one that is there already keeps its name."""
    values = {
        "name": name,
        "fingerprint": policy.fingerprint,
        "policy": policy.to_dict(),
        "created_at": now(),
    }
    return add_once(c, table, values, "fingerprint")[0]


def ensure_default(c: Connection) -> int:
    """Give the default policy of the practice, kept on first use."""
    return add_policy(c, DEFAULT_NAME, Policy.of(PRACTICE))


def policy_of(c: Connection, policy_id: int) -> PolicyRead:
    """Give one policy; raises NotFoundError."""
    return take(PolicyRead, row_of(c, table, policy_id, POLICY))


def policies(c: Connection, limit: int, offset: int) -> Page[PolicyRead]:
    """Give the policies, the oldest first."""
    return page(c, select(table).order_by(table.c.id), partial(take, PolicyRead), limit, offset)


def usable_policy(c: Connection, policy_id: int) -> Policy:
    """Give a policy as the engine takes it; raises NotFoundError."""
    return policy_from(policy_of(c, policy_id).policy, PRACTICE)
