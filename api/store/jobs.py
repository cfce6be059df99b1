"""Plans as jobs: claimed by lease and fencing token, finished once.

Every claim raises the plan's token, and everything a worker writes asks for its own token: what a worker
says after its lease was taken over changes nothing. A worker that is gone leaves an expired lease behind;
the next claim takes the plan up again, at most ``MOST_ATTEMPTS`` times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, and_, insert, or_, select, update

from api.schemas import PlanSummary, Problem
from api.store.asking import now as this_moment
from api.store.tables import plan_needs, plan_results
from api.store.tables import plans as table
from api.store.tables import suggestions as suggestion_rows
from matching import Words

MOST_ATTEMPTS = 3
GAVE_UP = Words(
    f"求解进程 {MOST_ATTEMPTS} 次异常结束（可能内存不足），已停止重试",
    f"the solving process ended {MOST_ATTEMPTS} times without a result (out of memory?); no more tries",
)
#: what a plan is that no worker holds any more
RELEASED: dict[str, Any] = {"lease_until": None, "cancel_requested": False}

Order = Literal["go", "cancel", "lost"]


@dataclass(frozen=True)
class Claim:
    """The right to solve a plan, until its lease is over; ``token`` fences off those who held it before."""

    plan_id: int
    token: int


@dataclass(frozen=True)
class Result:
    """What came of a plan: figures, the document of the command line, rows to read, the allocation."""

    market: str
    summary: PlanSummary
    document: str
    allocation: bytes
    workbook: bytes
    needs: Sequence[Mapping[str, Any]]
    suggestions: Sequence[Mapping[str, Any]]


def claim(c: Connection, now: datetime, lease: timedelta) -> Claim | None:
    """Take the plan that waits longest, or one whose worker is gone; None where there is none."""
    _settle(c, now)
    open_now = or_(table.c.state == "queued", _abandoned(now))
    # FOR UPDATE: of two workers on PostgreSQL the second passes over the row that the first holds
    first = select(table.c.id).where(open_now).order_by(table.c.id).limit(1).with_for_update(skip_locked=True)
    taken = (
        update(table)
        .where(table.c.id == first.scalar_subquery(), open_now)
        .values(
            state="running",
            token=table.c.token + 1,
            attempts=table.c.attempts + 1,
            lease_until=now + lease,
            started_at=now,
            share=0.0,
        )
    )
    row = c.execute(taken.returning(table.c.id, table.c.token)).one_or_none()
    return None if row is None else Claim(row.id, row.token)


def beat(c: Connection, claim: Claim, now: datetime, lease: timedelta) -> Order:
    """Renew the lease; say whether to go on, to stop as was asked, or that the plan is another's."""
    renewed = update(table).where(_held(claim)).values(lease_until=now + lease)
    asked = c.scalar(renewed.returning(table.c.cancel_requested))
    return "lost" if asked is None else "cancel" if asked else "go"


def tell(c: Connection, claim: Claim, share: float, stage: Words) -> None:
    """Keep how far the plan has come (0..1); from one who lost the plan, nothing."""
    told = {"share": share, "stage_zh": stage.zh, "stage_en": stage.en}
    c.execute(update(table).where(_held(claim)).values(told))


def finish(c: Connection, claim: Claim, result: Result) -> bool:
    """Write everything that came of the plan; False, and nothing written, where the claim is lost."""
    if not _end(c, claim, state="done", share=1.0):
        return False
    plan = {"plan_id": claim.plan_id}
    head = {name: getattr(result, name) for name in ("market", "document", "allocation", "workbook")}
    summary = result.summary.model_dump()
    c.execute(insert(plan_results), [{**plan, **head, "token": claim.token, "summary": summary}])
    for rows, values in ((plan_needs, result.needs), (suggestion_rows, result.suggestions)):
        if values:
            c.execute(insert(rows), [{**plan, **row} for row in values])
    return True


def fail(c: Connection, claim: Claim, problem: Problem) -> bool:
    """End the plan with the reason; False where the claim is lost."""
    return _end(c, claim, state="failed", **_error(problem))


def cancelled(c: Connection, claim: Claim) -> bool:
    """End the plan as it was asked; False where the claim is lost."""
    return _end(c, claim, state="cancelled")


def leave(c: Connection, claim: Claim, now: datetime) -> bool:
    """Let the lease be over, so that the plan is tried again; False where it has ended or is another's."""
    left = update(table).where(_held(claim)).values(lease_until=now)
    return c.scalar(left.returning(table.c.id)) is not None


def give_back(c: Connection, claim: Claim) -> None:
    """Queue the plan again as if it had not been claimed; a cancelled one stays so."""
    given = update(table).where(_held(claim))
    c.execute(
        given.where(~table.c.cancel_requested).values(
            state="queued", attempts=table.c.attempts - 1, share=0.0, **RELEASED
        )
    )
    cancelled(c, claim)


def _settle(c: Connection, now: datetime) -> None:
    """End the plans without a worker that are not to be tried again."""
    gone = update(table).where(_abandoned(now))
    ended = {**RELEASED, "finished_at": now}
    c.execute(gone.where(table.c.cancel_requested).values(state="cancelled", **ended))
    given_up = _error(Problem.model_validate({"code": "gave_up", "message": GAVE_UP}))
    c.execute(gone.where(table.c.attempts >= MOST_ATTEMPTS).values(state="failed", **ended, **given_up))


def _end(c: Connection, claim: Claim, **values: Any) -> bool:
    ended = update(table).where(_held(claim)).values(finished_at=this_moment(), **RELEASED, **values)
    return c.scalar(ended.returning(table.c.id)) is not None


def _held(claim: Claim) -> Any:
    return and_(table.c.id == claim.plan_id, table.c.token == claim.token, table.c.state == "running")


def _abandoned(now: datetime) -> Any:
    return and_(table.c.state == "running", table.c.lease_until <= now)


def _error(problem: Problem) -> dict[str, Any]:
    return {
        "error_code": problem.code,
        "error_zh": problem.message.zh,
        "error_en": problem.message.en,
        "error_where": problem.where,
    }
