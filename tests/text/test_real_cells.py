"""The parsers on real lists: what is expected of each cell, and no surprise on thousands of notices."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.text import (
    CellError,
    Parsed,
    is_garbled,
    parse_date,
    parse_dates,
    parse_days,
    parse_money,
    parse_quantity,
    parse_yes_no,
    tidy,
)

#: what makes the row wrong lies in one of these columns, by the kind of dirt
COLUMNS: dict[str, Callable[[Any], Parsed[Any]]] = {
    "预算_元": lambda cell: parse_money(cell, "万元"),
    "工期_天": parse_days,
    "发布日期": lambda cell: parse_date(cell, 2025),
    "是否接受联合体": parse_yes_no,
}
CELLS = {"预算_元": 7, "工期_天": 8, "发布日期": 11, "是否接受联合体": 10}
#: dirt of one cell, and the column it stands in
DIRT = {
    **dict.fromkeys(("含税说明", "约数", "区间", "区间颠倒", "占位文字", "占位符号"), "预算_元"),
    **dict.fromkeys(("负数", "零", "单位疑似错误", "错误单位", "布尔值", "错误值"), "预算_元"),
    **dict.fromkeys(("日期只到月", "日期缺年", "日期不存在", "日期区间颠倒", "日期遮蔽"), "发布日期"),
    **dict.fromkeys(("工期为月", "工期占位", "工期区间颠倒"), "工期_天"),
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def written(value: object) -> str:
    """Write a value as the expectations do."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else f"{value:.12g}"


def outcome(parse: Callable[[Any], Parsed[Any]], cell: object) -> tuple[str, str]:
    """Give accept, warn or reject, and the value."""
    try:
        parsed = parse(cell)
    except CellError:
        return "reject", ""
    return ("warn" if parsed.notes else "accept"), written(parsed.value)


@pytest.fixture(scope="module")
def sheet(real_data: Path) -> dict[int, tuple[Any, ...]]:
    """The cells of the dirty list, formulas by their cached values."""
    from openpyxl import load_workbook

    page = load_workbook(real_data / "lists" / "脏数据需求清单.xlsx", data_only=True).worksheets[0]
    return dict(enumerate(page.iter_rows(values_only=True), 1))


def test_dirty_list_cell_by_cell(real_data: Path, sheet: dict[int, tuple[Any, ...]]) -> None:
    """Each cell of four columns is accepted, warned about or refused as expected, with the right value."""
    checked = 0
    for expected in rows(real_data / "lists" / "脏数据_expected.csv"):
        if expected["action"] == "skip":
            continue
        cells = sheet[int(expected["excel_row"])]
        for column, parse in COLUMNS.items():
            action, value = outcome(parse, cells[CELLS[column]])
            is_dirty = DIRT.get(expected["kind"]) == column
            assert action == (expected["action"] if is_dirty else "accept"), (expected, column)
            if expected["action"] != "reject":
                assert value == expected[column], (expected, column)
            checked += 1
    assert checked == 272


def test_dirty_list_names(real_data: Path, sheet: dict[int, tuple[Any, ...]]) -> None:
    """Titles and buyers come out tidy as expected; only the row with � is garbled."""
    garbled = []
    for expected in rows(real_data / "lists" / "脏数据_expected.csv"):
        cells = sheet[int(expected["excel_row"])]
        if expected["需求名称"]:
            assert tidy(cells[3]) == expected["需求名称"]
            assert cells[2] is None or tidy(cells[2]) == expected["需求单位"]
        garbled += [expected["kind"]] if is_garbled(str(cells[3])) else []
    assert garbled == ["乱码"]


def test_thousands_of_notices(real_data: Path) -> None:
    """3,073 notices: 13 cells are refused, all for a reason a person agrees with."""
    parsers: dict[str, Callable[[Any], Parsed[Any]]] = {
        "budget": parse_money,
        "deadline": parse_date,
        "saleTime": parse_dates,
        "date": parse_date,
    }
    refused = []
    for row in rows(real_data / "needs" / "cn_telecom_needs.csv"):
        for column, parse in parsers.items():
            try:
                parse(row[column])
            except CellError as error:
                refused.append(error.words.zh)
        assert not is_garbled(row["title"])
    assert sorted(refused) == ["“149267.89407499.83元”不是金额", *["起始晚于截止"] * 11, "金额为0"]


def test_real_needs(real_data: Path) -> None:
    """118 needs by hand: only a bare year and deadlines cut short are refused, no budget or quantity."""
    refused = []
    for row in rows(real_data / "needs" / "real_needs.csv"):
        assert parse_money(row["budget_cny"]).notes == ()
        items = [item.split("|") for item in row["line_items"].split(" ; ") if item.count("|") == 2]
        assert all(parse_quantity(count, unit).value is not None for _, count, unit in items)
        for column in ("date", "deadline"):
            try:
                parse_date(row[column])
            except CellError as error:
                refused.append(error.words.zh)
    assert sorted(refused) == [
        "“2024”不是日期",
        *["“2025”不是日期"] * 2,
        "“2026”不是日期",
        *["起始晚于截止"] * 4,
    ]
