"""Limits a policy sets on a plan as a whole or on one need."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from numbers import Real
from typing import Any

from matching.errors import PolicyError, UnknownNameError
from matching.words import Words

#: largest whole number a policy may hold; more than any market has
MOST = 1_000_000_000


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
        share = self.max_share
        if share is not None and not (is_number(share) and 0 < share <= 1):
            raise PolicyError(
                Words(
                    f"max_share 应大于0且不超过1，得到 {share!r}",
                    f"max_share must be above 0 and at most 1, got {share!r}",
                )
            )
        for name in ("max_partners", "max_deals"):
            if getattr(self, name) is not None:
                check_whole(name, getattr(self, name))

    def replace(self, **changes: Any) -> Limits:
        """Give the same limits with some changed; an unknown name raises."""
        known = [item.name for item in fields(self)]
        for name in changes:
            if name not in known:
                raise UnknownNameError(Words("限制", "limit"), name, known)
        return replace(self, **changes)


def is_number(value: object) -> bool:
    """Tell whether a value of a policy is a number; a truth value is none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def check_whole(name: str, value: object) -> None:
    """Raise PolicyError unless a value is a whole number from 1 to MOST."""
    if not (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST):
        raise PolicyError(
            Words(
                f"{name} 应为1到{MOST}的整数，得到 {value!r}",
                f"{name} must be an integer from 1 to {MOST}, got {value!r}",
            )
        )
