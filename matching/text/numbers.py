"""Numbers and quantities."""

from __future__ import annotations

from matching.text.cells import Parsed
from matching.words import Words

NUMBER = Words("数值", "number")
QUANTITY = Words("数量", "quantity")


def chinese_number(text: str) -> float | None:
    """Give the value of a Chinese numeral (三百二十万, 两千零五, 三点五万); None where the text is none."""
    raise NotImplementedError


def parse_number(cell: object, *, name: Words = NUMBER) -> Parsed[float]:
    """Read a plain number."""
    raise NotImplementedError


def parse_quantity(
    cell: object, unit: str | None = None, *, name: Words = QUANTITY
) -> Parsed[tuple[float, str | None]]:
    """Read a quantity with its unit: "12 台/月" → (12, "台/月"), "3.5万只" → (35000, "只")."""
    raise NotImplementedError
