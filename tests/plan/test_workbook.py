"""What an office opens: the sheets, their heads, their safety."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from matching import FileError, Plan
from tests.plan.story import need, offer, plan_of

SHEETS = ["对接方案", "候补", "未满足需求及原因", "企业视图", "汇总"]


def header_of(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[str]:
    """Titles of the row that is frozen above the data."""
    row = int(str(sheet.freeze_panes)[1:]) - 1
    return [str(cell.value) for cell in sheet[row]]


def test_the_workbook_has_its_five_sheets(foundries: Plan, tmp_path: Path) -> None:
    foundries.to_sheet(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames == SHEETS
    assert header_of(book["对接方案"])[:8] == [
        *("需求编号", "需求单位", "需求名称", "供方编号", "供方企业", "数量", "单位", "匹配分"),
    ]
    assert "办理意见" in header_of(book["对接方案"])
    assert book["对接方案"].print_title_rows
    assert book["对接方案"].page_setup.orientation == "landscape"
    assert [rule.formula1 for rule in book["对接方案"].data_validations.dataValidation] == [
        '"锁定,排除,改量,还价"'
    ]


def test_the_same_plan_gives_the_same_bytes(foundries: Plan, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        foundries.to_sheet(tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A title beginning with = is written as text on every sheet it stands on."""
    title = "=cmd|' /C calc'!A0 设备检测"
    plan_of([need("N-1", title)], [offer("O-1", "检测所", "设备检测")]).to_sheet(tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["对接方案"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=cmd")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_an_unwritable_place_is_a_clear_error(foundries: Plan, tmp_path: Path) -> None:
    """Nothing half-written remains."""
    with pytest.raises(FileError, match="无法写入"):
        foundries.to_sheet(tmp_path / "nowhere" / "plan.xlsx")
    assert not list(tmp_path.iterdir())
