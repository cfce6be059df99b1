"""A plan is claimed by one worker at a time; one whose lease was taken over changes nothing any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, Engine, func, select

from api.jobs.outcome import result_of
from api.schemas import Problem, Text
from api.store import jobs
from api.store.engine import reading, writing
from api.store.plans import cancel, plan_of, progress_of
from api.store.results import document_of, needs_of, suggestions, summary_of, workbook_of
from api.store.tables import plan_needs, plan_results
from api.store.tables import suggestions as suggestion_rows
from matching import Words, make_plan, read_needs, read_offers, supply_policy
from tests.api.store.building import ordered

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEASE = timedelta(seconds=10)
LATER = NOON + 2 * LEASE
PROBLEM = Problem(code="conflict", message=Text(zh="矛盾", en="conflict"), where="N-1")


@pytest.fixture
def plan(engine: Engine, small: tuple[Path, Path]) -> int:
    """A plan that waits."""
    with writing(engine) as c:
        return ordered(c, *small)


@pytest.fixture
def result(small: tuple[Path, Path]) -> jobs.Result:
    """What comes of the plan of both sheets."""
    needs, offers = small
    return result_of(make_plan(read_needs(needs), read_offers(offers), supply_policy()))


def claimed(c: Connection, now: datetime = NOON) -> jobs.Claim:
    claim = jobs.claim(c, now, LEASE)
    assert claim is not None
    return claim


def test_a_plan_is_claimed_once(engine: Engine, plan: int) -> None:
    with writing(engine) as c:
        assert claimed(c) == jobs.Claim(plan, 1)
        assert jobs.claim(c, NOON, LEASE) is None
        head = plan_of(c, plan)
    assert (head.state, head.attempts, head.started_at) == ("running", 1, NOON)


def test_workers_that_claim_at_once_get_different_plans(engine: Engine, small: tuple[Path, Path]) -> None:
    with writing(engine) as c:
        waiting = {ordered(c, *small) for _ in range(3)}
    found: list[int] = []

    def work() -> None:
        for _ in range(6):
            with writing(engine) as c:
                claim = jobs.claim(c, NOON, LEASE)
            if claim:
                found.append(claim.plan_id)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(waiting)


def test_the_lease_is_renewed_and_taken_over_when_it_is_over(engine: Engine, plan: int) -> None:
    with writing(engine) as c:
        first = claimed(c)
        assert jobs.beat(c, first, NOON + LEASE / 2, LEASE) == "go"
        assert jobs.claim(c, NOON + LEASE, LEASE) is None
        second = claimed(c, LATER)
        assert second == jobs.Claim(plan, 2)
        assert jobs.beat(c, first, LATER, LEASE) == "lost"
        assert jobs.beat(c, second, LATER, LEASE) == "go"


def test_what_a_late_worker_says_changes_nothing(engine: Engine, plan: int, result: jobs.Result) -> None:
    with writing(engine) as c:
        first, second = claimed(c), claimed(c, LATER)
        before = plan_of(c, plan)
        jobs.tell(c, first, 0.5, Words("评分", "scoring"))
        jobs.give_back(c, first)
        assert not jobs.finish(c, first, result)
        assert not jobs.fail(c, first, PROBLEM)
        assert not jobs.cancelled(c, first)
        assert not jobs.leave(c, first, LATER)
        assert plan_of(c, plan) == before
        assert [
            c.scalar(select(func.count()).select_from(table)) for table in (plan_results, plan_needs)
        ] == [0, 0]
        assert jobs.finish(c, second, result)
        assert not jobs.finish(c, second, result)
        assert c.scalar(select(func.count()).select_from(plan_results)) == 1


def test_a_result_is_read_back(engine: Engine, plan: int, result: jobs.Result) -> None:
    with writing(engine) as c:
        assert jobs.finish(c, claimed(c), result)
        head = plan_of(c, plan)
        assert (head.state, head.share, head.error) == ("done", 1.0, None)
        assert summary_of(c, plan) == result.summary
        assert document_of(c, plan) == result.document
        assert workbook_of(c, plan) == result.workbook
        needs = needs_of(c, plan, False, 10, 0)
        assert [(need.need, need.deals, need.unmet, need.unit) for need in needs.items] == [
            ("N-1", 1, 0.0, "件")
        ]
        assert needs_of(c, plan, True, 10, 0).items == []
        every = suggestions(c, plan, None, None, None, None, 10, 0)
        assert suggestions(c, plan, "N-1", None, None, None, 10, 0) == every
        assert suggestions(c, plan, None, "例阀厂", None, True, 10, 0) == every
        assert suggestions(c, plan, None, None, "例帆船厂", None, 10, 0) == every
        assert suggestions(c, plan, None, None, None, False, 10, 0).total == 0
        assert suggestions(c, plan, None, None, None, None, 10, 5).items == []
    (item,) = every.items
    assert (item.need_title, item.offer, item.quantity, item.rank, item.dealt) == (
        "船用截止阀",
        "O-1",
        100,
        1,
        True,
    )
    assert sum(part.points for part in item.parts) == item.score


def test_progress_and_errors_are_told(engine: Engine, plan: int) -> None:
    with writing(engine) as c:
        claim = claimed(c)
        jobs.tell(c, claim, 0.25, Words("评分", "scoring"))
        running = progress_of(c, plan)
        assert jobs.fail(c, claim, PROBLEM)
        failed = progress_of(c, plan)
    assert (running.share, running.stage) == (0.25, Text(zh="评分", en="scoring"))
    assert (failed.state, failed.error) == ("failed", PROBLEM)


def test_a_running_plan_is_cancelled_by_its_worker(engine: Engine, plan: int) -> None:
    with writing(engine) as c:
        claim = claimed(c)
        assert cancel(c, plan).state == "running"
        assert jobs.beat(c, claim, NOON, LEASE) == "cancel"
        assert jobs.cancelled(c, claim)
        assert plan_of(c, plan).state == "cancelled"


def test_a_cancelled_plan_whose_worker_is_gone_is_not_taken_up_again(engine: Engine, plan: int) -> None:
    with writing(engine) as c:
        claimed(c)
        cancel(c, plan)
        assert jobs.claim(c, LATER, LEASE) is None
        assert (plan_of(c, plan).state, plan_of(c, plan).finished_at) == ("cancelled", LATER)


def test_a_plan_is_given_up_after_three_attempts(engine: Engine, plan: int) -> None:
    with writing(engine) as c:
        for attempt in range(1, 4):
            claim = claimed(c)
            assert claim.token == attempt
            assert jobs.leave(c, claim, NOON)
        assert jobs.claim(c, NOON, LEASE) is None
        head = plan_of(c, plan)
    assert (head.state, head.attempts) == ("failed", 3)
    assert head.error is not None
    assert head.error.code == "gave_up"


def test_a_plan_that_is_given_back_waits_as_before(engine: Engine, plan: int) -> None:
    with writing(engine) as c:
        jobs.give_back(c, claimed(c))
        assert (plan_of(c, plan).state, plan_of(c, plan).attempts) == ("queued", 0)
        claim = claimed(c)
        assert claim.token == 2
        cancel(c, plan)
        jobs.give_back(c, claim)
        assert plan_of(c, plan).state == "cancelled"


def test_a_result_is_written_whole_or_not_at_all(engine: Engine, plan: int, result: jobs.Result) -> None:
    with writing(engine) as c:
        claim = claimed(c)
    with pytest.raises(ZeroDivisionError), writing(engine) as c:
        assert jobs.finish(c, claim, result) / 0
    with reading(engine) as c:
        assert plan_of(c, plan).state == "running"
        for table in (plan_results, plan_needs, suggestion_rows):
            assert c.scalar(select(func.count()).select_from(table)) == 0
