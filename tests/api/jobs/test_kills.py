"""kill -9 of the server and of what it started, at every stage of a plan: nothing acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle, product
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from api.settings import Settings
from api.store.engine import reading, writing
from api.store.tables import list_rows, lists, plan_needs, plan_results, plans
from tests.api.jobs.watching import FINISHED, finished, kill, plan_in, solving, wait_until
from tests.api.running import NEEDS, OFFERS, ROOT, environment
from tests.api.store.building import ordered

#: share of a plan that is done when something is killed: at its start, retrieval, scoring, in its reasons
STAGES = (0.0, 0.09, 0.45, 0.9)
NEEDS_OF_DEMO = 33


class Server:
    """A server that can be killed and started again; ``kept`` are the lists it has acknowledged."""

    def __init__(self, settings: Settings, folder: Path, sheet: Path) -> None:
        self.settings = settings.model_copy(update={"lease_seconds": 1.0})
        self.told = folder / "told"
        self.command = [sys.executable, "-m", "tests.api.jobs.serving", str(sheet)]
        self.start()

    def start(self) -> None:
        with self.told.open("ab") as told:
            own = environment(self.settings)
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=own, stdout=told)

    def kill(self) -> None:
        kill(self.process.pid)
        self.process.wait()

    @property
    def kept(self) -> set[int]:
        return {int(line) for line in self.told.read_text().splitlines()}


@pytest.fixture
def server(settings: Settings, engine: Engine, tmp_path: Path, small: tuple[Path, Path]) -> Iterator[Server]:
    server = Server(settings, tmp_path, small[0])
    yield server
    server.kill()


def kill_at(server: Server, engine: Engine, plan: int, share: float, whom: str) -> None:
    """Kill the server, or the process that solves, once so much of the plan is done."""

    def reached() -> bool:
        head = plan_in(engine, plan)
        return head.state in FINISHED or bool(head.share >= share and solving(server.settings))

    wait_until(reached)
    children = solving(server.settings)
    if whom == "server":
        server.kill()
        wait_until(lambda: not set(children) & set(solving(server.settings)), 30)
        server.start()
    else:
        for child in children:
            kill(child)


def check_nothing_lost(server: Server, engine: Engine, ordered_plans: list[int]) -> None:
    with reading(engine) as c:
        rows = select(list_rows.c.list_id).join(lists, lists.c.id == list_rows.c.list_id)
        assert server.kept <= set(c.scalars(rows))
        ended = select(plans.c.id, plans.c.state, plan_results.c.token == plans.c.token).join(
            plan_results, plan_results.c.plan_id == plans.c.id
        )
        assert [tuple(row) for row in c.execute(ended)] == [(plan, "done", True) for plan in ordered_plans]
        counts = select(plan_needs.c.plan_id, func.count()).group_by(plan_needs.c.plan_id)
        needs = {plan: count for plan, count in c.execute(counts)}
        assert needs == dict.fromkeys(ordered_plans, NEEDS_OF_DEMO)


def run(server: Server, engine: Engine, rounds: int) -> None:
    made = []
    for _, (share, whom) in zip(range(rounds), cycle(product(STAGES, ("server", "child"))), strict=False):
        with writing(engine) as c:
            made.append(ordered(c, NEEDS, OFFERS))
        kill_at(server, engine, made[-1], share, whom)
        head = finished(engine, made[-1])
        assert (head.state, head.error) == ("done", None)
    check_nothing_lost(server, engine, made)
    assert server.kept


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_nothing_is_lost_when_server_and_child_are_killed(server: Server, engine: Engine) -> None:
    run(server, engine, 2)


@pytest.mark.slow
@pytest.mark.parametrize(("settings", "rounds"), [("sqlite", 20), ("postgresql", 8)], indirect=["settings"])
def test_nothing_is_lost_in_many_kills(server: Server, engine: Engine, rounds: int) -> None:
    """Every stage and both victims; more often on SQLite, whose file the killed process itself writes."""
    run(server, engine, rounds)
