"""Durations in days."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from matching.errors import UnknownNameError
from matching.text.amounts import Amount, compact, read_amount
from matching.text.cells import CellError, Parsed, absent, not_a
from matching.text.cleaning import tidy
from matching.text.numerals import NUMERAL, numeral
from matching.words import Words

DURATION = Words("工期", "duration")

_DAYS = {
    **dict.fromkeys(("天", "日", "日历天", "日历日", "自然日", "历日", "d", "day", "days"), 1),
    **dict.fromkeys(("周", "星期", "礼拜"), 7),
    **dict.fromkeys(("月", "月份"), 30),
    **dict.fromkeys(("季", "季度"), 90),
    **dict.fromkeys(("年", "周年", "年度"), 365),
}
_WORKDAYS = ("工作日", "工作天")
_NOTES = {
    7: Words("按每周7天折算", "counted as 7 days a week"),
    30: Words("按每月30天折算", "counted as 30 days a month"),
    90: Words("按每季90天折算", "counted as 90 days a quarter"),
    365: Words("按每年365天折算", "counted as 365 days a year"),
}
_WORKDAY_NOTE = Words("工作日按每周5天折算为日历天", "workdays counted as 5 to a week")
_START = re.compile(
    r"^(?:自|从|在)?(?:合同|协议|订单|开工|中标|收到|接到|签订|签约|项目|接|下单)[^\d]{0,16}?(?:之?日起|起|后)(?:计|算)?的?"
)
_HALVES = (
    (re.compile(r"^半年"), "6个月"),
    (re.compile(r"^半个?月"), "0.5个月"),
    (re.compile(r"年半$"), "年6个月"),
    (re.compile(r"个半月$"), "个月15天"),
)
_PART = re.compile(
    rf"(\d+(?:\.\d+)?|{NUMERAL})(年|个?季度?|个?月|周|天|日)(?=[\d零一二三四五六七八九十两]|$)"
)
_DATE = re.compile(r"\d{4}年")
_REMARKS = re.compile(r"\((?:日历天|日历日|自然日|天|日)\)$")
_LONGEST = 36_500


def parse_days(cell: object, unit: str = "天", *, name: Words = DURATION) -> Parsed[int]:
    """Read a duration in days: 60日历天, ６０, 九十天, "2个月" → 60 with a note, "1年6个月", 半年.

    ``unit`` is the header's (天, 周, 月, 季, 年; else UnknownNameError); the cell's own wins. A range
    counts by its upper end, with a note. Raises CellError for dates, other units, zero, and ranges that run
    backwards.
    """
    factor = _DAYS.get(compact(unit))
    if factor is None:
        raise UnknownNameError(Words("时间单位", "unit of time"), unit, _DAYS)
    missing = absent(cell, name)
    if missing is not None:
        return missing
    plain = _REMARKS.sub("", _START.sub("", compact(cell))) if isinstance(cell, str) else None
    compound = _compound(plain) if plain else None
    if compound is not None:
        return _checked(compound[0], name).noting(compound[1])
    amount = read_amount(cell, name, plain)
    days, notes = _in_days(amount, factor, cell, name)
    return _checked(days, name).noting((*amount.notes(tidy(str(cell)), name), *notes))


def _compound(plain: str) -> tuple[Decimal, tuple[Words, ...]] | None:
    """Read "1年6个月" and 半年; None where the text is not made of two parts or a half."""
    if _DATE.match(plain):
        return None
    whole = plain
    for half, meaning in _HALVES:
        whole = half.sub(meaning, whole)
    parts = _PART.findall(whole)
    if (len(parts) < 2 and whole == plain) or "".join(number + unit for number, unit in parts) != whole:
        return None
    factors = [_DAYS[unit.removeprefix("个")] for _, unit in parts]
    numbers = [numeral(number) or Decimal(number) for number, _ in parts]
    total = sum((n * factor for n, factor in zip(numbers, factors, strict=True)), Decimal(0))
    return total, tuple(_NOTES[factor] for factor in factors if factor in _NOTES)


def _in_days(amount: Amount, factor: int, cell: object, name: Words) -> tuple[Decimal, tuple[Words, ...]]:
    unit = amount.unit.removeprefix("个").casefold()
    if unit in _WORKDAYS:
        return (amount.value * 7 / 5).to_integral_value(ROUND_CEILING), (_WORKDAY_NOTE,)
    if not unit:
        return amount.value * factor, ()
    if unit not in _DAYS:
        raise not_a(name, tidy(str(cell)))
    own = _DAYS[unit]
    return amount.value * own, (_NOTES[own],) if own in _NOTES else ()


def _checked(days: Decimal, name: Words) -> Parsed[int]:
    if days < 0:
        raise CellError(Words(f"{name.zh}不能为负", f"{name.en} cannot be negative"))
    if days == 0:
        raise CellError(Words(f"{name.zh}为0", f"{name.en} is 0"))
    if days > _LONGEST:
        raise CellError(Words(f"{name.zh}超过100年", f"{name.en} is longer than 100 years"))
    whole = int(days.to_integral_value(ROUND_HALF_UP))
    is_year = days == whole and 1900 <= whole <= 2100
    note = Words(f"{name.zh}{whole}天疑似年份，请核实", f"{name.en} {whole} looks like a year, please check")
    return Parsed(max(1, whole), (note,) if is_year else ())
