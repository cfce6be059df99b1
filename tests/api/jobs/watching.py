"""Watching plans from outside: until something holds, and which processes solve them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from api.schemas import PlanHead
from api.settings import Settings
from api.store.engine import reading
from api.store.plans import plan_of

FINISHED = ("done", "failed", "cancelled")


def wait_until(holds: Callable[[], bool], seconds: float = 120) -> float:
    """Wait until something holds, for so long at most; give the seconds it took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds, "it did not come about in time"
        time.sleep(0.02)
    return time.monotonic() - start


def plan_in(engine: Engine, plan_id: int) -> PlanHead:
    with reading(engine) as c:
        return plan_of(c, plan_id)


def finished(engine: Engine, plan_id: int) -> PlanHead:
    """Wait until a plan has come to an end."""
    wait_until(lambda: plan_in(engine, plan_id).state in FINISHED)
    return plan_in(engine, plan_id)


def solving(settings: Settings) -> list[int]:
    """Numbers of the processes that solve plans of this data folder (Linux)."""
    folder = str(settings.data_dir).encode()
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _solves(path, folder)]


def _solves(process: Path, folder: bytes) -> bool:
    try:
        command = (process / "cmdline").read_bytes().split(b"\0")
        return b"api.jobs.child" in command and folder in (process / "environ").read_bytes()
    except OSError:  # it ended meanwhile, or is another user's
        return False


def kill(number: int) -> None:
    """End a process as the kernel does when memory runs out."""
    os.kill(number, 9)
