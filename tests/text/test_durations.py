"""Durations as they stand in 工期 and 交货期."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import UnknownNameError
from matching.text import CellError, parse_days

MONTHS = "按每月30天折算"
YEARS = "按每年365天折算"


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        (120, 120),
        ("60日历天", 60),
        ("60个日历天", 60),
        ("60天(日历天)", 60),
        ("６０", 60),
        ("九十天", 90),
        ("不超过60天", 60),
        ("三十天以内", 30),
        ("合同签订后60天内", 60),
        ("自合同签订之日起60日历天", 60),
        (60.5, 61),
    ],
)
def test_days_read_clean(cell: object, days: int) -> None:
    """Days in whatever spelling need no warning."""
    parsed = parse_days(cell)
    assert (parsed.value, parsed.notes) == (days, ())


@pytest.mark.parametrize(
    ("cell", "days", "notes"),
    [
        ("2个月", 60, [MONTHS]),
        ("两个半月", 75, [MONTHS]),
        ("半年", 180, [MONTHS]),
        ("一年", 365, [YEARS]),
        ("1年6个月", 545, [YEARS, MONTHS]),
        ("一年半", 545, [YEARS, MONTHS]),
        ("两周", 14, ["按每周7天折算"]),
        ("10个工作日", 14, ["工作日按每周5天折算为日历天"]),
        ("3-5天", 5, ["工期为区间，按上限"]),
        ("约90天", 90, ["“约90天”为约数，请核实"]),
        (2025, 2025, ["工期2025天疑似年份，请核实"]),
        ("365日历天（含设计30天）", 365, ["括号内说明未采用：含设计30天"]),
    ],
)
def test_days_read_with_notes(cell: object, days: int, notes: list[str]) -> None:
    """What had to be converted or chosen is said."""
    parsed = parse_days(cell)
    assert (parsed.value, [words.zh for words in parsed.notes]) == (days, notes)


def test_days_placeholder_and_blank() -> None:
    """按合同约定 is unknown with a note; an empty cell is unknown without."""
    assert [words.zh for words in parse_days("按合同约定").notes] == ["工期缺失（按合同约定）"]
    assert parse_days("按合同约定").value is None
    assert (parse_days(None).value, parse_days("").notes) == (None, ())


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("60-30", "工期区间下限大于上限"),
        ("0", "工期为0"),
        (-3, "工期不能为负"),
        (True, "工期为逻辑值"),
        (date(2025, 10, 9), "工期为日期"),
        ("2025年12月31日", "“2025年12月31日”不是工期"),
        ("24小时", "“24小时”不是工期"),
        ("长期", "“长期”不是工期"),
        (1e9, "工期超过100年"),
    ],
)
def test_days_refuse(cell: object, reason: str) -> None:
    """What is no duration is refused with the reason."""
    with pytest.raises(CellError) as caught:
        parse_days(cell)
    assert caught.value.words.zh == reason


def test_days_header_unit() -> None:
    """A header in months makes bare numbers months; days written in the cell stay days."""
    assert parse_days(3, "月").value == 90
    assert parse_days("45天", "月").value == 45
    with pytest.raises(UnknownNameError, match="时间单位“光年”"):
        parse_days(3, "光年")


@given(st.text(max_size=20) | st.text(alphabet="0123456789年个月半日历天周工作-~约三十两", max_size=10))
def test_days_never_break(text: str) -> None:
    """Any text gives a positive number of days, nothing, or a reasoned refusal."""
    with suppress(CellError):
        value = parse_days(text).value
        assert value is None or 1 <= value <= 36_500
