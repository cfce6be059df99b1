"""Money."""

from __future__ import annotations

from matching.text.cells import Parsed
from matching.words import Words

MONEY = Words("金额", "amount")
PRICE = Words("单价", "price")


def parse_money(cell: object, unit: str = "元", *, name: Words = MONEY) -> Parsed[float]:
    """Read an amount of money, in CNY; ``unit`` is the header's: 元, 千元, 万元, 百万元, 亿元."""
    raise NotImplementedError


def parse_price(
    cell: object, unit: str = "元", *, name: Words = PRICE
) -> Parsed[tuple[float, str | None]]:
    """Read a price: (CNY, what it is per or None): "4500元/吨" → (4500, "吨"); ``unit`` may be "万元/台"."""
    raise NotImplementedError
