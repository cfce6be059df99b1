"""Workbooks that go out: safe, whole, the same every time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from matching.errors import FileError
from matching.sheets import Heading, Table, write_workbook
from matching.sheets.workbook import plain_value

TABLE = Table(
    "对接方案",
    (
        Heading("企业", 20, note="供方"),
        Heading("金额", 12, "#,##0.00"),
        Heading("日期"),
        Heading("办理意见", choices=("锁定", "排除")),
    ),
    [["甲公司", 1234.5, date(2026, 1, 2), None], ["乙公司", None, None, "锁定"]],
    above=("对接方案", "单位：元"),
    marks={(0, 1): "red"},
)


def test_what_an_office_expects(tmp_path: Path) -> None:
    """Title, frozen headers, filter, drop-down, formats, A4 across, one page wide, header on each page."""
    sheet = openpyxl.load_workbook(write_workbook(tmp_path / "a.xlsx", [TABLE]))["对接方案"]
    assert (sheet["A1"].value, sheet["A3"].value, sheet["A4"].value) == ("对接方案", "企业", "甲公司")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:D5")
    assert (sheet["B4"].number_format, sheet["C4"].number_format) == ("#,##0.00", "yyyy-mm-dd")
    assert (sheet["B4"].fill.start_color.rgb, sheet["A3"].comment.text) == ("FFF8CBAD", "供方")
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"锁定,排除"', "D4:D205")
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$3"
    assert sheet["A4"].alignment.wrap_text


def test_a_wide_table_takes_several_pages_across(tmp_path: Path) -> None:
    """On one page nobody could read it."""
    wide = Table("表", [Heading(f"列{place}", 24) for place in range(30)], [])
    book = openpyxl.load_workbook(write_workbook(tmp_path / "a.xlsx", [TABLE, wide]))
    assert [sheet.page_setup.fitToWidth for sheet in book] == [None, 3]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-x", "@SUM(A1)", "http://a.b", "=cmd|' /C calc'!A0"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    """No text becomes a formula or a link."""
    table = Table("t", [Heading(text)], [[text]], above=(text,))
    sheet = openpyxl.load_workbook(write_workbook(tmp_path / "a.xlsx", [table])).active
    for cell in (sheet["A1"], sheet["A2"], sheet["A3"]):
        assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)
    assert sheet["A3"].quotePrefix is (text[0] in "=+-@")


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    """No time of writing goes in."""
    one, other = write_workbook(tmp_path / "1.xlsx", [TABLE]), write_workbook(tmp_path / "2.xlsx", [TABLE])
    assert one.read_bytes() == other.read_bytes()


def test_frames_and_sheet_names(tmp_path: Path) -> None:
    """A frame is rows; names Excel refuses are made fit, equal ones numbered."""
    frame = pd.DataFrame({"a": [1, 2], "b": [None, "x"]})
    tables = [Table(name, [Heading("a"), Heading("b")], frame) for name in ("x/y", "x y", "", "长" * 40)]
    book = openpyxl.load_workbook(write_workbook(tmp_path / "a.xlsx", tables))
    assert book.sheetnames == ["x y", "x y (2)", "Sheet", "长" * 31]
    assert [[cell.value for cell in row] for row in book["x y"]] == [["a", "b"], [1, None], [2, "x"]]


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """A failing row leaves the old file as it was; a folder that is not there is an error with a sentence."""
    path = write_workbook(tmp_path / "a.xlsx", [TABLE])
    before = path.read_bytes()
    with pytest.raises(ValueError, match="choices of 'x' exceed 255 characters"):
        write_workbook(path, [Table("t", [Heading("x", choices=("长" * 256,))], [])])
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["a.xlsx"]
    with pytest.raises(FileError, match="无法写入"):
        write_workbook(tmp_path / "没有" / "a.xlsx", [TABLE])


def test_plain_values() -> None:
    """What a cell cannot hold becomes text or blank."""
    assert plain_value(float("nan")) is None
    assert plain_value(pd.NaT) is None
    assert plain_value(np.int64(3)) == 3
    assert plain_value(float("inf")) == "inf"
    assert plain_value(10**18) == "1000000000000000000"
    assert plain_value(("a", "b")) == "a；b"
    assert plain_value(pd.Timestamp("2026-01-02")) == date(2026, 1, 2)
    assert plain_value("x" * 40_000) == "x" * 32_766 + "…"
