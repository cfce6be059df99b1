"""Headers as people write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from matching.errors import InputError
from matching.records.enterprise import ENTERPRISES
from matching.sheets import read_listing
from matching.sheets.headings import heading_text, names_of
from matching.supply.records import HISTORY, NEEDS, OFFERS
from tests.sheets.writing import write_book


@pytest.mark.parametrize("form", [NEEDS, OFFERS, HISTORY, ENTERPRISES], ids=lambda form: form.kind)
def test_no_header_names_two_fields(form: Any) -> None:
    """Each header of a form belongs to one field only."""
    names = names_of(form)
    for field, column in form.columns.items():
        for header in column.headers:
            assert names[heading_text(header).full][0] == field, header


@pytest.mark.parametrize(
    ("text", "bare", "unit"),
    [
        ("预算(万元)", "预算", "万元"),
        ("预 算\n（单位：万元）*", "预算", "万元"),
        ("合同额/万元", "合同额", "万元"),
        ("预算金额万元", "预算金额", "万元"),
        ("工期（日历天）", "工期", "日历天"),
        ("可承接规模(万元/季)", "可承接规模", "万元/季"),
        ("单价（元/吨，含税）", "单价", "元/吨"),
        ("所在地(县市区)", "所在地", ""),
        ("【必填】需求名称", "需求名称", ""),
        ("联系人/电话", "联系人/电话", ""),
    ],
)
def test_name_and_unit_of_a_header(text: str, bare: str, unit: str) -> None:
    """Brackets, slashes and tails hold units; other brackets are remarks."""
    read = heading_text(text)
    assert (read.bare, read.unit) == (bare, unit)


def test_two_lines_with_merged_parents(tmp_path: Path) -> None:
    """A parent is joined with its children; vertical merges stand for both lines."""
    path = write_book(
        tmp_path / "两行.xlsx",
        [
            ("宜昌市采购需求清单",),
            ("需求编号", "需求单位", "需求名称", "交货期", None, "金额", None),
            (None, None, None, "起", "止", "预算（万元）", "目标单价（元/台）"),
            ("A", "甲", "泵", "2026-01-01", "2026-02-01", 5, 3000),
        ],
        merged=["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"],
    )
    listing = read_listing(path, NEEDS)
    (record,) = listing.records
    assert (str(record.need_from), str(record.need_by)) == ("2026-01-01", "2026-02-01")
    assert (record.budget_cny, record.price_max, record.unit) == (50_000, 3000, "tai")
    assert listing.headers["交货期止"] == "need_by"


def test_two_lines_in_a_text_file(tmp_path: Path) -> None:
    """Without merged cells a parent reaches over the blanks to its right."""
    path = tmp_path / "两行.csv"
    path.write_text("需求单位,需求名称,交货期,\n,,起,止\n甲,泵,2026-01-01,2026-02-01\n", encoding="utf-8")
    (record,) = read_listing(path, NEEDS).records
    assert (str(record.need_from), str(record.need_by)) == ("2026-01-01", "2026-02-01")


def test_a_unit_may_stand_below_the_title(tmp_path: Path) -> None:
    """「单位：元」 above the header counts where the header names none."""
    rows = [("需求清单",), ("金额单位：元",), ("需求单位", "需求名称", "预算"), ("甲", "泵", 5)]
    listing = read_listing(write_book(tmp_path / "a.xlsx", rows), NEEDS)
    assert listing.records[0].budget_cny == 5
    assert listing.notes == ()


def test_an_assumed_unit_is_said(tmp_path: Path) -> None:
    """Where nothing names a unit, the form's counts, and the listing says so."""
    listing = read_listing(
        write_book(tmp_path / "a.xlsx", [("需求单位", "需求名称", "预算"), ("甲", "泵", 5)]), NEEDS
    )
    assert listing.records[0].budget_cny == 50_000
    assert [(note.cell, note.reason.zh) for note in listing.notes] == [
        ("C1", "表头没有写单位，数字按万元理解")
    ]


def test_a_capacity_takes_its_period_from_the_header(tmp_path: Path) -> None:
    """月产能(吨) is tonnes per month."""
    rows = [("企业名称", "主营产品", "月产能(吨)", "单价"), ("甲", "铸件", 120, "9元/公斤")]
    (record,) = read_listing(write_book(tmp_path / "a.xlsx", rows), OFFERS).records
    assert (record.capacity, record.capacity_unit, record.period, record.price) == (120, "t", "month", 9000)


def test_a_misspelt_header_is_taken_with_a_note(tmp_path: Path) -> None:
    """Much like a known header, and only then."""
    rows = [("需求单位名称", "需求名称", "统一社会信用代玛", "付款方式"), ("甲", "泵", None, "现款")]
    listing = read_listing(write_book(tmp_path / "a.xlsx", rows), NEEDS)
    assert listing.headers == {
        "需求单位名称": "enterprise",
        "需求名称": "title",
        "统一社会信用代玛": "uscc",
        "付款方式": "",
    }
    assert [note.reason.zh for note in listing.notes] == ["按“统一社会信用代码”理解", "未识别的列，未采用"]


def test_of_two_columns_for_a_field_the_better_named_counts(tmp_path: Path) -> None:
    """需求名称 comes before 项目名称; the other column is reported."""
    rows = [("需求单位", "项目名称", "需求名称"), ("甲", "项目", "泵")]
    listing = read_listing(write_book(tmp_path / "a.xlsx", rows), NEEDS)
    assert listing.records[0].title == "泵"
    assert [(note.cell, note.reason.zh) for note in listing.notes] == [
        ("B1", "与“需求名称”同义，采用“需求名称”")
    ]


def test_two_equal_headers_with_other_content_are_an_error(tmp_path: Path) -> None:
    """Nobody can tell which one is meant."""
    rows = [("需求单位", "需求名称", "需求名称"), ("甲", "泵", "阀")]
    with pytest.raises(InputError, match="B1 与 C1 两列都是“需求名称”"):
        read_listing(write_book(tmp_path / "a.xlsx", rows), NEEDS)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", "b"), ("c", "d")], "没有找到表头：需要“需求单位、需求名称”，表中有“a、b”"),
        ([("需求单位", "预算(万元)"), ("甲", 5)], "缺少必需的列：需要“需求名称”，表中有“需求单位、预算"),
        ([("需求单位", "需求名称")], "表头下面没有数据行"),
        ([("需求单位", "需求名称"), ("合计", None)], "表头下面没有数据行"),
    ],
)
def test_a_sheet_without_header_or_rows_is_an_error(tmp_path: Path, rows: Any, message: str) -> None:
    """The error says what was looked for and what stands there."""
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        read_listing(write_book(tmp_path / "a.xlsx", rows), NEEDS)


def test_a_list_of_another_kind_is_told_by_its_headers_alone(tmp_path: Path) -> None:
    """Its first row of data is no second line of the header, though 总量 might be one."""
    rows = [("企业名称", "能力描述", "产能周期", "备注"), ("甲公司", "铸件", "总量", None)]
    with pytest.raises(InputError, match="表中有“企业名称、能力描述、产能周期、备注”"):
        read_listing(write_book(tmp_path / "a.xlsx", rows), NEEDS)
