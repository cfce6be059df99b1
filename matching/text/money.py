"""Amounts of money and prices, in CNY."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from matching.errors import UnknownNameError
from matching.text.amounts import Amount, compact, read_amount
from matching.text.cells import CellError, Parsed, absent, not_a
from matching.text.cleaning import tidy
from matching.words import Words

MONEY = Words("金额", "amount")
PRICE = Words("单价", "price")

_HEADERS = {
    **dict.fromkeys(("元", "圆", "CNY", "RMB", "人民币", "人民币元"), 1),
    "千元": 10**3,
    "万": 10**4,
    "万元": 10**4,
    "百万元": 10**6,
    "亿": 10**8,
    "亿元": 10**8,
}
_YUAN = re.compile(r"(?:元|圆|块钱?|CNY|RMB)?(?:人民币)?[整正]?")
_FOREIGN = re.compile(
    r"美元|美金|USD|\$|欧元|EUR|€|港元|港币|HKD|日元|JPY|英镑|GBP|£|新元|SGD", re.IGNORECASE
)
_TAX = re.compile(r"\(?(?P<without>不含|未含|[未除+加](?=税))?已?含?(?:增值)?税(?P<side>价|金额|前|后)?\)?")
_CEILING_IN_10000 = 10**10
_NO_TAX = Words("不含税金额，需注明口径", "amount without tax: say which is meant")


def parse_money(cell: object, unit: str = "元", *, name: Words = MONEY) -> Parsed[float]:
    """Read an amount of money, in CNY: "27.9396万元" → 279396, 三百二十万元, "300-500" → the upper end.

    ``unit`` is the header's (元, 千元, 万元, 百万元, 亿元; else UnknownNameError); the cell's own wins.
    Raises CellError for zero, negative numbers, other units (kVA, 台, foreign currencies), ranges that run
    backwards, and for numbers above 10¹⁰ CNY in a column of 万元, where someone wrote 元.
    """
    factor = _header(unit)
    missing = absent(cell, name)
    if missing is not None:
        return missing
    amount, notes = _amount(cell, name)
    _check_unit(amount, cell)
    return _checked(amount, 1 if _is_own(amount) else factor, name).noting(
        (*amount.notes(_shown(cell), name), *notes)
    )


def parse_price(cell: object, unit: str = "元", *, name: Words = PRICE) -> Parsed[tuple[float, str | None]]:
    """Read a price: (CNY, what it is per or None): "4500元/吨" → (4500, "吨"); ``unit`` may be "万元/台".

    Errors as for ``parse_money``.
    """
    currency, _, per = compact(unit).partition("/")
    factor = _header(currency)
    missing = absent(cell, name)
    if missing is not None:
        return missing
    amount, notes = _amount(cell, name)
    money, _, own_per = re.sub("每", "/", amount.unit).partition("/")
    amount = replace(amount, unit=money)
    _check_unit(amount, cell)
    price = _checked(amount, 1 if _is_own(amount) else factor, name)
    pair = (price.value or 0.0, own_per or per or None)
    return Parsed(pair, (*amount.notes(_shown(cell), name), *notes))


def _shown(cell: object) -> str:
    return tidy(str(cell))


def _header(unit: str) -> int:
    factor = _HEADERS.get(compact(unit))
    if factor is None:
        raise UnknownNameError(Words("金额单位", "unit of money"), unit, _HEADERS)
    return factor


def _amount(cell: object, name: Words) -> tuple[Amount, tuple[Words, ...]]:
    """Read the amount and, apart from it, what is said about tax."""
    if not isinstance(cell, str):
        return read_amount(cell, name), ()
    plain = compact(cell)
    said = _TAX.search(plain) if "税" in plain else None
    amount = read_amount(cell, name, _TAX.sub("", plain) if said else None)
    is_without = said and (said["without"] or said["side"] == "前")
    return amount, (_NO_TAX,) if is_without else ()


def _is_own(amount: Amount) -> bool:
    return amount.own or amount.unit != ""


def _check_unit(amount: Amount, cell: object) -> None:
    shown, unit = _shown(cell), amount.unit
    if _YUAN.fullmatch(unit):
        return
    if _FOREIGN.search(unit):
        raise CellError(Words(f"“{shown}”不是人民币金额", f"'{shown}' is not in CNY"))
    if unit == "%":
        raise CellError(Words(f"“{shown}”是比率，不是金额", f"'{shown}' is a rate, not an amount of money"))
    if unit.startswith(("元/", "元每")):
        raise CellError(Words(f"“{shown}”是单价，不是总额", f"'{shown}' is a unit price, not a total"))
    if unit.isascii():
        raise CellError(Words(f"{unit} 不是金额单位", f"{unit} is not a unit of money"))
    raise not_a(Words("金额", "amount of money"), shown)


def _checked(amount: Amount, factor: int, name: Words) -> Parsed[float]:
    cny = amount.value * factor
    if cny < 0 or (amount.low is not None and amount.low < 0):
        raise CellError(Words(f"{name.zh}不能为负", f"{name.en} cannot be negative"))
    if cny == 0:
        raise CellError(Words(f"{name.zh}为0", f"{name.en} is 0"))
    if factor == 10**4 and cny > _CEILING_IN_10000:
        billions = cny / 10**8
        raise CellError(
            Words(
                f"按万元计为{billions:.2f}亿元，疑似把元填入万元列",
                f"{billions / 10:.2f} billion CNY when read in 万元: probably 元 in a column of 万元",
            )
        )
    return Parsed(float(round(cny, 4) if cny.as_tuple().exponent else Decimal(cny)))
