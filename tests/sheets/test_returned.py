"""The sender's own sheet back, coloured, with reasons."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from matching.errors import FileError
from matching.records import Listing
from matching.sheets import read_listing, write_returned
from matching.supply.records import NEEDS
from tests.sheets.writing import HEADER, need, read_needs_of, write_book

RED, YELLOW, GREY, PLAIN = "FFF8CBAD", "FFFFF2CC", "FFEDEDED", "00000000"


def test_wrong_cells_are_coloured_and_explained(tmp_path: Path) -> None:
    """Red for what rejects, yellow for what to check, grey for what was left out; the rest is untouched."""
    listing = read_needs_of(
        tmp_path,
        need(),
        need(需求编号="X-2", 需求名称="泵", 预算=-1, 发布日期="10月9日"),
        need(需求编号="X-3", 需求名称="管", 预算="待定"),
        need(),
        hidden=[5],
        merged=["A1:J1"],
    )
    assert write_returned(listing, tmp_path / "退回.xlsx") == (tmp_path / "退回.xlsx",)
    sheet = openpyxl.load_workbook(tmp_path / "退回.xlsx").active
    assert sheet["K2"].value == "问题"
    assert sheet["K3"].value is None
    assert sheet["K4"].value.startswith("退回：F4 ")
    assert "J" not in sheet["K4"].value
    assert sheet["K5"].value.startswith("请核对：F5 预算缺失（待定）；A5 隐藏行")
    assert sheet["K6"].value == "未读入：A6 与第3行完全相同"
    fills = {name: sheet[name].fill.start_color.rgb for name in ("F3", "F4", "I4", "F5", "K4", "K6", "A6")}
    assert fills == {"F3": PLAIN, "F4": RED, "I4": YELLOW, "F5": YELLOW, "K4": RED, "K6": GREY, "A6": PLAIN}
    assert sheet.row_dimensions[5].hidden
    assert "A1:J1" in {str(area) for area in sheet.merged_cells.ranges}


def test_a_corrected_sheet_reads_again(tmp_path: Path) -> None:
    """The added column is no harm when the sender sends the sheet back."""
    listing = read_needs_of(tmp_path, need(预算=-1))
    (path,) = write_returned(listing, tmp_path / "退回.xlsx")
    book = openpyxl.load_workbook(path)
    book.active["F3"] = 60
    book.save(path)
    again = read_listing(path, NEEDS)
    assert again.records[0].budget_cny == 600_000
    assert again.headers["问题"] == ""


def test_other_kinds_are_written_anew_in_their_places(tmp_path: Path) -> None:
    """A text file becomes a workbook whose cells stand where the reasons say."""
    path = tmp_path / "清单.csv"
    path.write_text("清单\n需求单位,需求名称,预算(万元)\n甲,泵,=1+1\n\n乙,管,-1\n", encoding="gb18030")
    listing = read_listing(path, NEEDS, accept_valid=True)
    (target,) = write_returned(listing, tmp_path / "退回.xlsx")
    sheet = openpyxl.load_workbook(target).active
    assert [cell.value for cell in sheet[2]] == ["需求单位", "需求名称", "预算(万元)", "问题"]
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("=1+1", "s")
    assert sheet["C5"].fill.start_color.rgb == RED
    assert sheet["D5"].value.startswith("退回：C5 ")


def test_each_sender_gets_his_own(tmp_path: Path) -> None:
    """Several files give several returned sheets."""
    for name in ("一", "二"):
        write_book(tmp_path / f"{name}.xlsx", [HEADER, need(需求编号=name, 预算=-1)])
    listing = read_listing([tmp_path / "一.xlsx", tmp_path / "二.xlsx"], NEEDS, accept_valid=True)
    paths = write_returned(listing, tmp_path / "退回.xlsx")
    assert [path.name for path in paths] == ["退回-一.xlsx", "退回-二.xlsx"]
    assert all(openpyxl.load_workbook(path).active["K2"].value.startswith("退回：") for path in paths)


def test_no_file_that_was_read_is_written_over(tmp_path: Path) -> None:
    """Files of one stem get numbers; the sender's own file is never touched."""
    write_book(tmp_path / "一.xlsx", [HEADER, need(需求编号="1", 预算=-1)])
    (tmp_path / "一.csv").write_text("需求单位,需求名称\n甲,泵\n", encoding="utf-8")
    listing = read_listing(tmp_path, NEEDS, accept_valid=True)
    paths = write_returned(listing, tmp_path / "退回.xlsx")
    assert [path.name for path in paths] == ["退回-一.xlsx", "退回-一-2.xlsx"]
    single = read_listing(tmp_path / "一.xlsx", NEEDS, accept_valid=True)
    with pytest.raises(FileError, match="不能写到读入的文件上"):
        write_returned(single, tmp_path / "一.xlsx")


def test_wide_merged_cells_make_room_for_the_reasons(tmp_path: Path) -> None:
    """A title merged further than the table is cut off before the new column."""
    listing = read_needs_of(tmp_path, need(预算=-1), ("填表人：",), merged=["A1:Z1", "A4:K4"])
    (path,) = write_returned(listing, tmp_path / "退回.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert sheet["K4"].value == "未读入：A4 表尾签署或说明"
    assert sorted(str(area) for area in sheet.merged_cells.ranges) == ["A1:J1", "A4:J4"]


def test_records_from_nowhere_cannot_be_returned(tmp_path: Path) -> None:
    """A listing made in a program has no sheet."""
    with pytest.raises(FileError, match="记录不是从表格读入的"):
        write_returned(Listing.of(NEEDS, []), tmp_path / "退回.xlsx")
