"""The process that solves one plan: ``python -m api.jobs.child PLAN TOKEN``, settings by environment.

It ends with its parent, whose pipe to it closes then. What it writes asks for the token, so that one that
is late, or was given up, changes nothing.
"""

from __future__ import annotations

import sys
import time
from functools import partial

from sqlalchemy import Engine

from api.children import end_with_parent, limit_memory
from api.jobs.outcome import result_of
from api.schemas import Problem, Text
from api.settings import Settings, read_settings
from api.store import jobs
from api.store.engine import connect, reading, writing
from api.store.plans import plan_of
from api.store.policies import usable_policy
from api.store.records import listings_of
from matching import ChainMatchError, Plan, Words, make_plan

#: between two notes of progress, each of which is a write
SECONDS = 0.5
#: the rest is left for the reasons and the workbook
SOLVED = 0.9
EXPLAINING = Words("整理理由与工作簿", "writing reasons and workbook")
NO_MEMORY = Words(
    "求解所需内存超过上限，请减少清单的行数", "solving takes more memory than allowed; use shorter lists"
)


class Progress:
    """Keeps how far the plan has come, never backwards and not too often."""

    def __init__(self, engine: Engine, claim: jobs.Claim) -> None:
        self.engine = engine
        self.claim = claim
        self.share, self.stage, self.told_at = 0.0, "", -SECONDS

    def __call__(self, stage: Words, share: float) -> None:
        """Take what ``make_plan`` tells: each of its stages counts anew."""
        self.share = max(self.share, min(share, 1.0) * SOLVED)
        now = time.monotonic()
        if stage.en == self.stage and now - self.told_at < SECONDS:
            return
        self.stage, self.told_at = stage.en, now
        with writing(self.engine) as c:
            jobs.tell(c, self.claim, self.share, stage)


def solve(settings: Settings, claim: jobs.Claim) -> None:
    """Make the plan and write all of it, or the sentence that says why there is none."""
    engine = connect(settings)
    try:
        progress = Progress(engine, claim)
        plan = _plan(engine, claim.plan_id, progress)
        progress(EXPLAINING, 1.0)
        end = partial(jobs.finish, claim=claim, result=result_of(plan))
    except ChainMatchError as error:
        end = partial(jobs.fail, claim=claim, problem=_problem(error))
    except MemoryError:
        end = partial(jobs.fail, claim=claim, problem=Problem(code="memory", message=Text.of(NO_MEMORY)))
    with writing(engine) as c:
        end(c)


def _plan(engine: Engine, plan_id: int, progress: Progress) -> Plan:
    with reading(engine) as c:
        order = plan_of(c, plan_id)
        policy = usable_policy(c, order.policy)
        lists = listings_of(c, order)
    return make_plan(
        lists.needs,
        lists.offers,
        policy,
        history=lists.history,
        enterprises=lists.enterprises,
        seconds=order.seconds,
        gap=order.gap,
        seed=order.seed,
        progress=progress,
    )


def _problem(error: ChainMatchError) -> Problem:
    return Problem(code=error.code, message=Text.of(error.words), where=error.where)


if __name__ == "__main__":
    end_with_parent()
    own = read_settings()
    if own.solve_memory is not None:
        limit_memory(own.solve_memory)
    solve(own, jobs.Claim(int(sys.argv[1]), int(sys.argv[2])))
