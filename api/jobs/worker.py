"""The thread of the server that has plans solved, one after the other, each in a process of its own."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import timedelta
from threading import Event, Thread

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings
from api.store import jobs
from api.store.asking import now
from api.store.engine import writing

log = logging.getLogger(__name__)

#: between two looks for a plan that waits
IDLE_SECONDS = 0.25
#: between two beats at most; a cancelled plan's process ends within this and GRACE_SECONDS
BEAT_SECONDS = 1.0
#: between asking a process to end and making it end
GRACE_SECONDS = 1.0
#: what may pass: a database that does not answer, a machine without room for a process
TROUBLE = (SQLAlchemyError, OSError)


class Worker:
    """Claims plans and watches over the processes that solve them; ``stop`` gives a running plan back."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self.settings = settings
        self.engine = engine
        self.lease = timedelta(seconds=settings.lease_seconds)
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="chainmatch-worker", daemon=True)

    def start(self) -> None:
        """Begin to look for plans."""
        self._thread.start()

    def stop(self) -> None:
        """End the running process, if any, and wait until its plan is given back."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def alive(self) -> bool:
        """Tell whether plans are being looked for."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                claim = self._claim()
                if claim is not None:
                    self._have_solved(claim)
                    continue
            except TROUBLE:
                # what is claimed is tried again once its lease is over
                log.exception("no database or no process; the worker goes on")
            self._stopping.wait(IDLE_SECONDS)

    def _claim(self) -> jobs.Claim | None:
        with writing(self.engine) as c:
            return jobs.claim(c, now(), self.lease)

    def _have_solved(self, claim: jobs.Claim) -> None:
        """Watch a process until it ends or has to; what it left undone is settled afterwards."""
        child = self._begin(claim)
        order = self._beat(claim)
        while order == "go" and not _ended(child, self._beat_seconds):
            order = self._beat(claim)
        _end(child)
        if order != "lost":
            self._settle(claim, order, child.returncode)

    def _begin(self, claim: jobs.Claim) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "api.jobs.child", str(claim.plan_id), str(claim.token)]
        environment = {**os.environ, **self.settings.environment()}
        # A session of its own: Ctrl+C is for the server, which then ends the process in order.
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, start_new_session=True)

    @property
    def _beat_seconds(self) -> float:
        return min(BEAT_SECONDS, self.settings.lease_seconds / 4)

    def _beat(self, claim: jobs.Claim) -> str:
        """Renew the lease; a database that does not answer may do so before the lease is over."""
        if self._stopping.is_set():
            return "stop"
        try:
            with writing(self.engine) as c:
                return jobs.beat(c, claim, now(), self.lease)
        except SQLAlchemyError:
            log.exception("the database does not answer; plan %s goes on", claim.plan_id)
            return "go"

    def _settle(self, claim: jobs.Claim, order: str, code: int) -> None:
        """Cancel, give back, or leave to be tried again; nothing where the process wrote its result."""
        with writing(self.engine) as c:
            if order == "cancel":
                jobs.cancelled(c, claim)
            elif order == "stop":
                jobs.give_back(c, claim)
            elif jobs.leave(c, claim, now()):
                log.error("the process of plan %s ended with code %s", claim.plan_id, code)


def _ended(child: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it is doing."""
    child.terminate()
    if not _ended(child, GRACE_SECONDS):
        child.kill()
        child.wait()
    if child.stdin:
        child.stdin.close()
