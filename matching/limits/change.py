"""A change of one limit that makes it give way."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matching.limits.limits import Limits
from matching.words import Words


@dataclass(frozen=True)
class Change:
    """A number of a limit before and after; ``after`` is None where it has to go, ``field`` "" for all."""

    limit: str
    field: str
    before: float | None
    after: float | None

    def apply(self, limits: Limits) -> Limits:
        """Give the limits with this change made."""
        return (
            limits.changed(self.limit, self.field, self.after) if self.field else limits.without(self.limit)
        )

    @property
    def size(self) -> float:
        """How much the number has to give way, as a part of itself; endless where it has to go."""
        if self.before is None or self.after is None:
            return math.inf
        return abs(self.after - self.before) / max(abs(self.before), 1e-9)

    @property
    def words(self) -> Words:
        """Say the change in one sentence."""
        if self.before is None:
            return Words(f"取消 {self.limit}", f"drop {self.limit}")
        before = _number(self.before)
        if self.after is None:
            return Words(
                f"取消 {self.limit} 的 {self.field}（{before}）",
                f"drop {self.field} of {self.limit} ({before})",
            )
        after = _number(self.after)
        return Words(
            f"把 {self.limit} 的 {self.field} 从 {before} 放宽到 {after}",
            f"loosen {self.field} of {self.limit} from {before} to {after}",
        )


def _number(value: float) -> str:
    return f"{value:,.10g}"
