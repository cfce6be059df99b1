"""A market on which limits bind by exact amounts: ten tasks, a large firm near, a small one far."""

from __future__ import annotations

from typing import Any

from matching import Plan, Policy, supply_policy
from tests.plan.story import need, offer, plan_of

#: distance alone decides, so the large firm in the same town is always the better one
BY_DISTANCE = supply_policy().replace(weights={**dict.fromkeys(supply_policy().weights, 0.0), "distance": 1})

TASKS = [
    need(
        f"N-{at:02}",
        "设备检测服务",
        enterprise="江湾船厂" if at < 6 else "海安船厂",
        region="镇江市",
        budget_cny=10_000.0 * (at + 1),
    )
    for at in range(10)
]
NEAR = offer("O-1", "近检测所", "设备检测服务", region="镇江市", adcode="321100", size="大型", capacity=99)
FAR = offer("O-2", "远检测所", "设备检测服务", region="宜昌市", adcode="420500", size="小型", capacity=99)
UNTOLD = offer("O-3", "不详检测所", "设备检测服务", region="扬州市", adcode="321000", capacity=99)
LABS = [NEAR, FAR, UNTOLD]


def under(
    policy: Policy | None = None, offers: Any = LABS, needs: Any = TASKS, history: Any = None, **limits: Any
) -> Plan:
    """Plan the tasks under some limits and no other."""
    limited = (policy or BY_DISTANCE).limit(max_deals=None, **limits)
    return plan_of(needs, offers, limited, history=history)


def won(plan: Plan) -> dict[str, int]:
    """Deals by firm."""
    firms = [deal.enterprise for deal in plan.deals]
    return {firm: firms.count(firm) for firm in sorted(set(firms))}
