"""Plain numbers, and quantities with their units."""

from __future__ import annotations

import re

from matching.text.amounts import Amount, compact, read_amount
from matching.text.cells import CellError, Parsed, absent, as_shown, not_a
from matching.text.cleaning import normalise, tidy
from matching.text.numerals import numeral
from matching.words import Words

NUMBER = Words("数值", "number")
QUANTITY = Words("数量", "quantity")

_LEAD_PERIOD = re.compile(r"每个?([天日周月季年])度?|([日周月季年])(?:产能|产量|产|均|供)")
_COUNTERS = ("个", "项", "份", "家", "人", "次", "件", "名")


def chinese_number(text: str) -> float | None:
    """Give the value of a Chinese numeral (三百二十万, 两千零五, 三点五万); None where the text is none."""
    value = numeral(normalise(text))
    return None if value is None else float(value)


def _with_notes(amount: Amount, cell: object, name: Words) -> tuple[Words, ...]:
    return tuple(amount.notes(tidy(str(cell)), name))


def parse_number(cell: object, *, name: Words = NUMBER) -> Parsed[float]:
    """Read a plain number (1,250.50, １２５０, 三百, 40 % = 0.4); counters such as 个 are passed over.

    Raises CellError for anything else, a truth value and a date among them.
    """
    missing = absent(cell, name)
    if missing is not None:
        return missing
    amount = read_amount(cell, name)
    if amount.unit not in ("", "%", *_COUNTERS):
        raise not_a(name, as_shown(cell))
    percent = 100 if amount.unit == "%" else 1
    return Parsed(float(amount.value / percent), _with_notes(amount, cell, name))


def parse_quantity(
    cell: object, unit: str | None = None, *, name: Words = QUANTITY
) -> Parsed[tuple[float, str | None]]:
    """Read a quantity with its unit: "12 台/月" → (12, "台/月"), "3.5万只" → (35000, "只").

    ``unit`` is the header's, used where the cell has none; 万只 there counts ten thousands. The unit comes
    back as written, a leading period behind it (月产100吨 → 吨/月). Raises CellError for what is no quantity
    or below zero.
    """
    missing = absent(cell, name)
    if missing is not None:
        return missing
    plain, period = _split_lead(cell) if isinstance(cell, str) else (None, "")
    amount = read_amount(cell, name, plain)
    if amount.unit == "%":
        raise not_a(name, as_shown(cell))
    if amount.value < 0:
        raise CellError(Words(f"{name.zh}不能为负", f"{name.en} cannot be negative"))
    value, own = amount.value, amount.unit.replace("每", "/")
    if not own and unit:
        own, factor = _header(unit)
        value = value if amount.own else value * factor
    whole = own + period if own and "/" not in own else own
    return Parsed((float(value), whole or None), _with_notes(amount, cell, name))


def _split_lead(text: str) -> tuple[str, str]:
    """Take the period off the front of "月产100吨": ("100吨", "/月")."""
    plain = compact(text)
    found = _LEAD_PERIOD.match(plain)
    return (plain[found.end() :], "/" + (found[1] or found[2])) if found else (plain, "")


def _header(unit: str) -> tuple[str, int]:
    """Split the header's unit "万只" into ("只", 10000)."""
    plain = "".join(normalise(unit).split())
    if len(plain) > 1 and plain[0] in "万亿":
        return plain[1:], 10**4 if plain[0] == "万" else 10**8
    return plain, 1
