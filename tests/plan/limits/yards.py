"""Two yards that want the same 10 t of a foundry, and what each of them scores with it."""

from __future__ import annotations

from typing import Any

from matching import Plan
from tests.plan.limits.market import under
from tests.plan.story import need, offer

#: the one in the town of the foundry is nearer
NEAR_YARD = need("N-1", enterprise="江湾船厂", quantity=10, unit="t", region="镇江市", category="铸件")
FAR_YARD = need("N-2", enterprise="海安船厂", quantity=10, unit="t", region="宜昌市")
FOUNDRY = offer("O-1", "近铸造", capacity=10, capacity_unit="t", region="镇江市")
FIRST = {"name": "srdi", "where": {"need.enterprise": ["海安船厂"]}}


def scarce(**limits: Any) -> Plan:
    """Plan the two yards."""
    return under(needs=[NEAR_YARD, FAR_YARD], offers=[FOUNDRY], **limits)


def points() -> tuple[int, int]:
    """Points of the foundry at the near yard and at the far one."""
    near, far = (under(needs=[one], offers=[FOUNDRY]).deals[0].score for one in (NEAR_YARD, FAR_YARD))
    return near, far
