"""The worker: has plans solved, ends them when asked, and tries again where a process died."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update

from api.children import ORPHANED
from api.jobs.worker import Worker
from api.settings import Settings
from api.store import jobs
from api.store.asking import now
from api.store.engine import reading, writing
from api.store.plans import cancel
from api.store.policies import add_policy
from api.store.results import document_of
from api.store.tables import plan_results, plans
from matching import Retrieval, make_plan, read_needs, read_offers, supply_policy
from tests.api.jobs.watching import finished, kill, plan_in, solving, wait_until
from tests.api.running import NEEDS, OFFERS, ROOT, environment
from tests.api.store.building import ordered

on_sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
LEASE = timedelta(seconds=60)


@pytest.fixture
def worker(settings: Settings, engine: Engine) -> Iterator[Worker]:
    """A worker at work; its leases are short."""
    worker = Worker(settings.model_copy(update={"lease_seconds": 2.0}), engine)
    worker.start()
    yield worker
    worker.stop()
    assert solving(settings) == []


@pytest.fixture
def plan(engine: Engine) -> int:
    """A plan of the demo market that waits."""
    with writing(engine) as c:
        return ordered(c, NEEDS, OFFERS)


def started(settings: Settings) -> int:
    """Wait for the process that solves."""
    wait_until(lambda: bool(solving(settings)))
    return solving(settings)[0]


def test_a_plan_is_the_one_that_the_command_line_prints(engine: Engine, plan: int, worker: Worker) -> None:
    head = finished(engine, plan)
    assert (head.state, head.error, head.attempts, head.share) == ("done", None, 1, 1.0)
    printed = make_plan(read_needs(NEEDS), read_offers(OFFERS), supply_policy()).to_dict()
    with reading(engine) as c:
        assert json.loads(document_of(c, plan)) == json.loads(json.dumps(printed))
    assert worker.alive


def test_a_cancelled_plan_ends_within_three_seconds(
    settings: Settings, engine: Engine, plan: int, worker: Worker
) -> None:
    started(settings)
    with writing(engine) as c:
        cancel(c, plan)
    assert wait_until(lambda: plan_in(engine, plan).state == "cancelled") <= 3
    assert solving(settings) == []


@on_sqlite
def test_a_plan_whose_process_was_killed_is_tried_again(
    settings: Settings, engine: Engine, plan: int, worker: Worker
) -> None:
    kill(started(settings))
    head = finished(engine, plan)
    assert (head.state, head.attempts) == ("done", 2)


@on_sqlite
def test_a_process_whose_plan_was_taken_over_is_ended(
    settings: Settings, engine: Engine, plan: int, worker: Worker
) -> None:
    started(settings)
    with writing(engine) as c:
        until = now() + LEASE
        c.execute(update(plans).values(token=plans.c.token + 1, lease_until=until))
    wait_until(lambda: solving(settings) == [], 5)
    assert plan_in(engine, plan).state == "running"


@on_sqlite
def test_a_stopped_worker_gives_its_plan_back(settings: Settings, engine: Engine, plan: int) -> None:
    worker = Worker(settings, engine)
    worker.start()
    started(settings)
    worker.stop()
    assert solving(settings) == []
    assert (plan_in(engine, plan).state, plan_in(engine, plan).attempts) == ("queued", 0)
    assert not worker.alive


@on_sqlite
def test_a_worker_outlives_trouble_with_the_database(
    settings: Settings, engine: Engine, plan: int, caplog: pytest.LogCaptureFixture
) -> None:
    with writing(engine) as c:
        c.exec_driver_sql("ALTER TABLE plans RENAME TO away")
    worker = Worker(settings, engine)
    worker.start()
    wait_until(lambda: "the worker goes on" in caplog.text)
    with writing(engine) as c:
        c.exec_driver_sql("ALTER TABLE away RENAME TO plans")
    started(settings)
    worker.stop()
    assert plan_in(engine, plan).state == "queued"


@on_sqlite
def test_what_the_library_refuses_is_told(engine: Engine, small: tuple[Path, Path], worker: Worker) -> None:
    with writing(engine) as c:
        odd = add_policy(c, "分块", supply_policy().replace(retrieval=Retrieval(block="nowhere")))
        plan = ordered(c, *small, policy=odd)
    head = finished(engine, plan)
    assert (head.state, head.attempts) == ("failed", 1)
    assert head.error is not None
    assert head.error.code == "unknown_name"
    assert "nowhere" in head.error.message.zh
    assert "nowhere" in head.error.message.en


@on_sqlite
def test_a_plan_that_needs_too_much_memory_fails_and_the_worker_lives(
    settings: Settings, engine: Engine, plan: int
) -> None:
    worker = Worker(settings.model_copy(update={"solve_memory": 300 * 2**20}), engine)
    worker.start()
    head = finished(engine, plan)
    assert head.state == "failed"
    assert head.error is not None
    assert head.error.code in ("memory", "gave_up")
    assert "内存" in head.error.message.zh
    assert worker.alive
    worker.stop()


def test_a_late_process_writes_nothing(settings: Settings, engine: Engine, small: tuple[Path, Path]) -> None:
    with writing(engine) as c:
        plan = ordered(c, *small)
        stale = jobs.claim(c, now() - LEASE, LEASE / 2)
        assert stale is not None
        assert jobs.claim(c, now(), LEASE) is not None
    command = [sys.executable, "-m", "api.jobs.child", str(plan), str(stale.token)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(settings), stdin=subprocess.PIPE) as child:
        assert child.wait(120) == 0
    head = plan_in(engine, plan)
    assert (head.state, head.share, head.stage) == ("running", 0.0, None)
    with reading(engine) as c:
        assert c.scalar(select(func.count()).select_from(plan_results)) == 0


def test_a_process_ends_with_its_parent(settings: Settings, engine: Engine, plan: int) -> None:
    with writing(engine) as c:
        claim = jobs.claim(c, now(), LEASE)
        assert claim is not None
    command = [sys.executable, "-m", "api.jobs.child", str(plan), str(claim.token)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(settings), stdin=subprocess.PIPE) as child:
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(60) == ORPHANED
    assert plan_in(engine, plan).state == "running"
