"""Dates as they stand in lists: text, numbers, Excel dates, periods."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import CellError, parse_date, parse_dates

NINTH = date(2025, 10, 9)


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2025, 10, 9, 8, 30),
        NINTH,
        45939,
        45939.75,
        20251009,
        "20251009",
        "2025.10.9",
        "2025/10/09",
        "2025-10-9",
        "２０２５年１０月９日",
        "2025 年 10 月 9 日",
        "2025年10月9号",
        "二〇二五年十月九日",
        "2025-10-09 09:00",
        "2025-10-09T09:00:00",
        "2025年10月9日9时30分",
        "2025年10月9日上午9:30（北京时间）",
        "2025年10月9日（星期四）",
        "截至2025年10月9日",
        "2025年10月9日前",
    ],
)
def test_date_reads_clean(cell: object) -> None:
    """All these mean the ninth of October and need no warning."""
    parsed = parse_date(cell)
    assert (parsed.value, parsed.notes) == (NINTH, ())


@pytest.mark.parametrize(
    ("cell", "day", "notes"),
    [
        ("2025年10月", date(2025, 10, 1), ["缺少日，按当月1日"]),
        ("2025年2月底", date(2025, 2, 28), ["缺少日，按当月28日"]),
        ("2025年10月下旬", date(2025, 10, 21), ["缺少日，按当月21日"]),
        ("10月9日", NINTH, ["缺少年份，按填报年度2025"]),
        ("10.9", NINTH, ["缺少年份，按填报年度2025"]),
        ("25年10月9日", NINTH, ["年份只有两位，按2025年"]),
        ("45939", NINTH, ["“45939”按Excel日期序列号"]),
        ("2025年10月9日至2025年10月20日", NINTH, ["日期为区间，按起始日"]),
    ],
)
def test_date_reads_with_notes(cell: str, day: date, notes: list[str]) -> None:
    """What was missing or chosen is said."""
    parsed = parse_date(cell, 2025)
    assert (parsed.value, [words.zh for words in parsed.notes]) == (day, notes)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2025-02-30", "2月没有30日"),
        ("2025-13-05", "没有13月"),
        (20251309, "没有13月"),
        ("2025年10月20日至2025年10月9日", "起始晚于截止"),
        ("****年10月", "“****年”不是日期"),
        ("2025年X月", "“2025年X月”不是日期"),
        ("10月9日", "缺少年份"),
        ("10/9/2025", "“10/9/2025”的日、月次序不明，请写成年-月-日"),
        ("3025-10-09", "年份3025超出范围"),
        ("2025年", "“2025年”不是日期"),
        ("尽快", "“尽快”不是日期"),
        (True, "“True”不是日期"),
        (math.inf, "“inf”不是日期"),
        (2025.1, "“2025.1”不是日期（如2025.10会被Excel读成2025.1）"),
        ("#REF!", "单元格为Excel错误值（#REF!）"),
    ],
)
def test_date_refuses(cell: object, reason: str) -> None:
    """Days of no calendar, masked years and orders read two ways are refused with the reason."""
    with pytest.raises(CellError) as caught:
        parse_date(cell)
    assert caught.value.words.zh == reason


@pytest.mark.parametrize(
    "cell",
    [
        "2025年10月1日至2025年10月9日",
        "2025.10.1-2025.10.9",
        "2025.10.1-10.9",
        "2025年10月1日—9日",
        "20251001~20251009",
    ],
)
def test_period(cell: str) -> None:
    """The end of a period takes over the year and month it does not name."""
    assert parse_dates(cell).value == (date(2025, 10, 1), NINTH)


def test_date_placeholder_and_blank() -> None:
    """A placeholder is unknown with a note, a blank without."""
    assert (parse_date("待定").value, parse_date("待定").notes[0].zh) == (None, "日期缺失（待定）")
    assert (parse_date(None).value, parse_date("").notes) == (None, ())


@given(st.dates(min_value=date(1956, 1, 1), max_value=date(2099, 12, 31)))
def test_date_survives_every_way_of_writing(day: date) -> None:
    """ISO, dots, hanzi, eight digits and Excel's serial number give the same day."""
    serial = (day - date(1899, 12, 30)).days
    ways = [
        day.isoformat(),
        f"{day:%Y.%m.%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        serial,
    ]
    assert {parse_date(way).value for way in ways} == {day}


@given(st.text(max_size=20) | st.text(alphabet="0123456789年月日号.-/~至 :时分*X底十", max_size=14))
def test_date_never_breaks(text: str) -> None:
    """Any text gives a day, nothing, or a reasoned refusal."""
    with suppress(CellError):
        value = parse_date(text, 2025).value
        assert value is None or 1900 <= value.year <= 2100
