"""Amounts of money as they stand in budgets."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import UnknownNameError
from matching.text import CellError, parse_money, parse_price
from matching.words import Words

BUDGET = Words("预算", "budget")


@pytest.mark.parametrize(
    ("cell", "cny"),
    [
        (2900, 29_000_000),
        (612.34, 6_123_400),
        ("27.9396万元", 279_396),
        ("245000.00元", 245_000),
        ("1,250.50", 12_505_000),
        ("１２５０", 12_500_000),
        (" 1 250 ", 12_500_000),
        ("1.2亿元", 120_000_000),
        ("1亿2000万元", 120_000_000),
        ("三百二十万元", 3_200_000),
        ("壹佰贰拾万元整", 1_200_000),
        ("人民币伍拾万圆整", 500_000),
        ("不超过480万元", 4_800_000),
        ("≤480", 4_800_000),
        ("480万元以内", 4_800_000),
        ("480万元(含税)", 4_800_000),
        ("含税价100万元", 1_000_000),
        ("预算金额：480万元", 4_800_000),
        ("500(万元)", 5_000_000),
        ("五百", 5_000_000),
    ],
)
def test_money_reads_clean(cell: object, cny: float) -> None:
    """In a column of 万元 the cell's own unit wins; no warning is due."""
    parsed = parse_money(cell, "万元")
    assert (parsed.value, parsed.notes) == (cny, ())


@pytest.mark.parametrize(
    ("cell", "cny", "note"),
    [
        ("约五百", 5_000_000, "“约五百”为约数，请核实"),
        ("500多万元", 5_000_000, "“500多万元”为约数，请核实"),
        ("480万左右", 4_800_000, "“480万左右”为约数，请核实"),
        ("746.0365万元(不含税)", 7_460_365, "不含税金额，需注明口径"),
        ("100万元+税", 1_000_000, "不含税金额，需注明口径"),
        ("300-500", 5_000_000, "预算为区间，按上限"),
        ("300万元至500万元", 5_000_000, "预算为区间，按上限"),
        ("300～500万", 5_000_000, "预算为区间，按上限"),
        ("不低于300万元", 3_000_000, "预算只给出下限，按下限计"),
        ("480万元（一期）", 4_800_000, "括号内说明未采用：一期"),
    ],
)
def test_money_reads_with_a_note(cell: str, cny: float, note: str) -> None:
    """What is uncertain is read and said."""
    parsed = parse_money(cell, "万元", name=BUDGET)
    assert parsed.value == cny
    assert [words.zh for words in parsed.notes] == [note]


@pytest.mark.parametrize("cell", ["公告未明确列示", "待定", "/", "-", "无", "详见招标文件", "[填写预算…]"])
def test_placeholder_is_unknown_with_a_note(cell: str) -> None:
    """A placeholder is a missing value, and says so."""
    parsed = parse_money(cell, "万元", name=BUDGET)
    assert parsed.value is None
    assert [words.zh for words in parsed.notes] == [f"预算缺失（{cell}）"]


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000", math.nan])
def test_blank_is_unknown_without_a_note(cell: object) -> None:
    """An empty cell is no fault."""
    parsed = parse_money(cell, "万元")
    assert (parsed.value, parsed.notes) == (None, ())


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (-50, "预算不能为负"),
        ("负五十", "预算不能为负"),
        (0, "预算为0"),
        ("0.00元", "预算为0"),
        (True, "预算为逻辑值"),
        (4027812.88, "按万元计为402.78亿元，疑似把元填入万元列"),
        ("500-300", "预算区间下限大于上限"),
        ("2500kVA", "kVA 不是金额单位"),
        ("3台", "“3台”不是金额"),
        ("#DIV/0!", "单元格为Excel错误值（#DIV/0!）"),
        ("=H4*2", "公式没有已计算的值，请在Excel中保存后重传"),
        ("500美元", "“500美元”不是人民币金额"),
        ("98%", "“98%”是比率，不是金额"),
        ("12元/吨", "“12元/吨”是单价，不是总额"),
        ("1,25", "“1,25”不是预算"),
        ("149267.8907499.83元", "“149267.8907499.83元”不是预算"),
        ("万元", "“万元”不是预算"),
        ("2025-10-09", "“2025-10-09”不是预算"),
        ("5²", "“5²”不是预算"),
        (math.inf, "“inf”不是预算"),
    ],
)
def test_money_refuses(cell: object, reason: str) -> None:
    """What cannot be an amount is refused with the reason, in both languages."""
    with pytest.raises(CellError) as caught:
        parse_money(cell, "万元", name=BUDGET)
    assert caught.value.words.zh == reason
    assert caught.value.words.en


def test_money_above_ten_billion_in_its_own_unit_is_read() -> None:
    """Only a bare number in a column of 万元 is suspected."""
    assert parse_money("129.5亿元", "万元").value == 12_950_000_000
    assert parse_money(1_000_000, "万元").value == 10_000_000_000


def test_money_header_units() -> None:
    """The header's unit counts where the cell has none; an unknown one is named."""
    assert [parse_money("3", unit).value for unit in ("元", "千元", "万元", "百万元", "亿元")] == [
        3,
        3_000,
        30_000,
        3_000_000,
        300_000_000,
    ]
    with pytest.raises(UnknownNameError, match="金额单位“美元”不在允许范围内"):
        parse_money(3, "美元")


@given(st.decimals(min_value="0.01", max_value="99999", places=2))
def test_money_reads_every_way_of_writing_alike(amount: object) -> None:
    """Digits, grouped digits, full-width digits and the unit in the cell give the same amount."""
    wide = f"{amount}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    values = {parse_money(way, "万元").value for way in (f"{amount:,}", wide, f"{amount}万元", f" {amount} ")}
    assert len(values) == 1


@given(st.text(max_size=30) | st.text(alphabet="0123456789.,-~万亿千元约(（）)至%多三百点 税", max_size=12))
def test_money_never_breaks(text: str) -> None:
    """Any text gives a positive amount, nothing, or a reasoned refusal."""
    with suppress(CellError):
        value = parse_money(text, "万元").value
        assert value is None or 0 < value < 1e21


@pytest.mark.parametrize(
    ("cell", "unit", "price"),
    [
        ("4500元/吨", "元", (4500, "吨")),
        (4500, "元/吨", (4500, "吨")),
        ("0.45", "万元/台", (4500, "台")),
        ("4500元每吨", "元", (4500, "吨")),
        ("3.2万元/台", "元", (32_000, "台")),
        ("4500", "元", (4500, None)),
    ],
)
def test_price(cell: object, unit: str, price: tuple[float, str | None]) -> None:
    """A price comes in CNY with what it is per."""
    assert parse_price(cell, unit).value == price


def test_price_of_a_blank_cell_is_unknown() -> None:
    """No price is no price of zero."""
    assert parse_price(None).value is None
    with pytest.raises(CellError, match="单价为0"):
        parse_price(0)
