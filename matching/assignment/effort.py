"""How far to go: deterministic work, so that the same input ends at the same plan; then the clock."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

from matching.assignment.arrays import refuse

_STALLED = 10.0
_WORK_PER_SECOND = 0.25
_LEAST = 0.05
_WORK_PER_COLUMN = 0.0005


@dataclass(frozen=True, slots=True)
class Effort:
    """Stop at ``gap``; ``work`` is deterministic, ``seconds`` the ceiling by the clock."""

    gap: float
    work: float
    seconds: float | None
    seed: int


def read_effort(gap: float, seconds: float | None, seed: int) -> Effort:
    """Validate the limits of a run and turn seconds into work, leaving the clock a reserve."""
    if not (isinstance(gap, (int, float)) and math.isfinite(gap) and gap >= 0):
        raise refuse("gap", "应为不小于 0 的数", "must be a number of at least 0")
    if seconds is not None and not (isinstance(seconds, (int, float)) and seconds > 0):
        raise refuse("seconds", "应为大于 0 的数", "must be a number above 0")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise refuse("seed", "应为不小于 0 的整数", "must be a whole number of at least 0")
    work = _STALLED if seconds is None else min(_STALLED, seconds * _WORK_PER_SECOND)
    return Effort(float(gap), work, None if seconds is None else float(seconds), seed)


def work_for(effort: Effort, size: int) -> Effort:
    """Give the effort for one component by its size alone: nothing changes with what lies elsewhere."""
    return replace(effort, work=min(effort.work, max(_LEAST, size * _WORK_PER_COLUMN)))


def deadline_after(seconds: float | None) -> float | None:
    """Give the moment ``seconds`` from now, None for no limit; comparable between processes."""
    return None if seconds is None else time.time() + seconds


def left(deadline: float | None) -> float | None:
    """Give the seconds left, never below a hundredth; None for no limit."""
    return None if deadline is None else max(0.01, deadline - time.time())


def is_over(deadline: float | None) -> bool:
    """Tell whether the deadline has passed."""
    return deadline is not None and time.time() >= deadline
