"""Questions about plans, answered by one warm process that keeps the plans asked about last in mind."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from time import monotonic

from api.jobs.recall import Recalled
from api.problems import ApiError, BusyError, StateError
from api.schemas import WhyNot
from api.settings import Settings
from api.store.engine import connect
from matching import ChainMatchError, Words

TOO_LONG = Words("现在回答不了，请稍后再问", "there is no answer right now; ask again later")


@dataclass(frozen=True)
class Question:
    """Asks why an offer is not in a plan for a need."""

    plan_id: int
    need: str
    offer: str


@dataclass(frozen=True)
class Refusal:
    """An error on its way between processes."""

    kind: type[ApiError]
    words: Words
    where: str


class Questions:
    """Asks the process, starts it on the first question and again where it has died or took too long."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def why_not(self, plan_id: int, need: str, offer: str) -> WhyNot:
        """Say why an offer is not in a plan; raises NotFoundError, StateError, and BusyError in time."""
        until = monotonic() + self.settings.question_seconds
        if not self._lock.acquire(timeout=self.settings.question_seconds):
            raise BusyError(TOO_LONG)
        try:
            answer = self._ask(Question(plan_id, need, offer), until)
        finally:
            self._lock.release()
        if isinstance(answer, Refusal):
            raise answer.kind(answer.words, answer.where)
        return answer

    def stop(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, question: Question, until: float) -> WhyNot | Refusal:
        pipe = self._begin()
        try:
            pipe.send(question)
            if pipe.poll(max(0.0, until - monotonic())):
                answer: WhyNot | Refusal = pipe.recv()
                return answer
        except (EOFError, OSError) as error:
            self._end()
            raise BusyError(TOO_LONG) from error
        self._end()
        raise BusyError(TOO_LONG)

    def _begin(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._end()
            # spawned, not forked: the server has threads
            context = get_context("spawn")
            self._pipe, far = context.Pipe()
            self._process = context.Process(target=_answer, args=(self.settings, far), daemon=True)
            self._process.start()
            # the far end belongs to the process alone, so that each side sees the other one go
            far.close()
        return self._pipe

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _answer(settings: Settings, pipe: Connection) -> None:
    """Answer until the server is gone; Ctrl+C is for the server, which then ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    mind = Recalled(connect(settings))
    while True:
        try:
            question: Question = pipe.recv()
            pipe.send(_answered(mind, question))
        except (EOFError, OSError):
            return


def _answered(mind: Recalled, question: Question) -> WhyNot | Refusal:
    try:
        return mind.why_not(question.plan_id, question.need, question.offer)
    except ApiError as error:
        return Refusal(type(error), error.words, error.where)
    except ChainMatchError as error:
        return Refusal(StateError, error.words, error.where)
