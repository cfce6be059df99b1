"""Limits a policy sets on a plan as a whole or on one need."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from matching.errors import PolicyError, UnknownNameError
from matching.words import Words


@dataclass(frozen=True)
class Limits:
    """Limits of a plan; ``None`` means no limit.

    max_share     one firm's share of a need that can be split, 0 < share ≤ 1
    max_partners  firms per need that can be split, ≥ 1
    max_deals     deals per firm and plan where its capacity is unknown or only inferred, ≥ 1
    """

    max_share: float | None = None
    max_partners: int | None = None
    max_deals: int | None = None

    def __post_init__(self) -> None:
        if self.max_share is not None and not 0 < self.max_share <= 1:
            raise PolicyError(
                Words(
                    f"max_share 应大于0且不超过1，得到 {self.max_share}",
                    f"max_share must be above 0 and at most 1, got {self.max_share}",
                )
            )
        for name in ("max_partners", "max_deals"):
            value = getattr(self, name)
            if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
                raise PolicyError(
                    Words(
                        f"{name} 应为不小于1的整数，得到 {value}",
                        f"{name} must be an integer ≥ 1, got {value}",
                    )
                )

    def replace(self, **changes: Any) -> Limits:
        """Give the same limits with some changed; an unknown name raises."""
        known = [item.name for item in fields(self)]
        for name in changes:
            if name not in known:
                raise UnknownNameError(Words("限制", "limit"), name, known)
        return replace(self, **changes)
