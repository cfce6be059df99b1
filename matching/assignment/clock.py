"""The ceiling by the clock: seconds left until a deadline."""

from __future__ import annotations

import time


def deadline_after(seconds: float | None) -> float | None:
    """Give the moment ``seconds`` from now, None for no limit; comparable between processes."""
    return None if seconds is None else time.time() + seconds


def left(deadline: float | None) -> float | None:
    """Give the seconds left, never below a hundredth; None for no limit."""
    return None if deadline is None else max(0.01, deadline - time.time())


def is_over(deadline: float | None) -> bool:
    """Tell whether the deadline has passed."""
    return deadline is not None and time.time() >= deadline
