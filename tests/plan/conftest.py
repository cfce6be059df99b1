"""A small market: castings wanted by a yard, offered by foundries near and far."""

from __future__ import annotations

import pytest

from matching import Plan
from tests.plan.story import need, offer, plan_of


@pytest.fixture(scope="session")
def foundries() -> Plan:
    """N-1 wants 100 t; the near foundry has 60 t, the far one 80 t, the third was never told a capacity.

    N-2 is a whole task (no quantity); N-3 wants cables, which nobody makes for less than its ceiling.
    """
    return plan_of(
        [
            need("N-1", quantity=100, unit="t", region="镇江市", budget_cny=900_000),
            need("N-2", "设备检测服务", region="镇江市", budget_cny=50_000, consortium_ok=True),
            need("N-3", "船用电缆", quantity=10, unit="km", price_max=1_000),
        ],
        [
            offer("O-1", "近铸造", capacity=60, capacity_unit="t", region="镇江市"),
            offer("O-2", "远铸造", capacity=80, capacity_unit="t", region="宜昌市"),
            offer("O-3", "检测所", "设备检测服务", region="镇江市"),
            offer("O-4", "电缆厂", "船用电缆", capacity=50, capacity_unit="km", price=2_000),
        ],
    )
