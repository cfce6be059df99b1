"""Each kind of dirt of an office's list has its outcome, with cell and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matching.errors import RowsError
from matching.sheets import checked_rows, read_listing
from matching.supply.records import HISTORY, NEEDS
from tests.sheets.writing import HEADER, need, read_needs_of, said, write_book


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (50, 500_000.0),
        ("50", 500_000.0),
        ("５０", 500_000.0),
        (" 1 250 ", 12_500_000.0),
        ("1,250.50", 12_505_000.0),
        ("27.9396万元", 279_396.0),
        ("245000.00元", 245_000.0),
        ("1.2亿元", 120_000_000.0),
        ("三百二十万元", 3_200_000.0),
        (None, None),
    ],
)
def test_money_is_read_in_cny(tmp_path: Path, cell: Any, value: float | None) -> None:
    """The unit in the cell wins, else the header's counts."""
    listing = read_needs_of(tmp_path, need(预算=cell))
    assert said(listing) == [(3, "accept", [])]
    assert listing.records[0].budget_cny == value


@pytest.mark.parametrize("cell", [-50, 0, True, "2500kVA", "3台", "500-300", 4027812.88, "随便"])
def test_money_that_is_none_rejects_the_row(tmp_path: Path, cell: Any) -> None:
    """Negative, zero, a truth value, a wrong unit, a reversed range, yuan in a column of ten thousands."""
    (row,) = read_needs_of(tmp_path, need(预算=cell)).rows
    assert (row.action, row.record, row.problems[0].cell) == ("reject", None, "F3")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("约五百", 5e6), ("300-500", 5e6), ("待定", None), ("公告未明确列示", None), ("/", None)],
)
def test_doubtful_money_warns(tmp_path: Path, cell: str, value: float | None) -> None:
    """Estimates, ranges and placeholders are read with a warning."""
    (row,) = read_needs_of(tmp_path, need(预算=cell)).rows
    assert row.action == "warn"
    assert row.record is not None
    assert row.record.budget_cny == value


@pytest.mark.parametrize(
    ("cell", "action", "value"),
    [
        (date(2025, 10, 3), "accept", date(2025, 10, 3)),
        (20251009, "accept", date(2025, 10, 9)),
        ("2025.10.9", "accept", date(2025, 10, 9)),
        ("２０２５年１０月９日", "accept", date(2025, 10, 9)),
        ("10月9日", "warn", date(2025, 10, 9)),
        ("2025年10月", "warn", date(2025, 10, 1)),
        ("2025-02-30", "reject", None),
        ("2025年10月20日至2025年10月9日", "reject", None),
        ("****年10月", "reject", None),
    ],
)
def test_dates(tmp_path: Path, cell: Any, action: str, value: date | None) -> None:
    """A missing year is the one of the sheet's title."""
    (row,) = read_needs_of(tmp_path, need(发布日期=cell)).rows
    assert (row.action, getattr(row.record, "published_on", None)) == (action, value)


@pytest.mark.parametrize(
    ("cell", "value"), [("√", True), ("N", False), ("不接受联合体", False), (None, None)]
)
def test_yes_and_no(tmp_path: Path, cell: str | None, value: bool | None) -> None:
    """People tick in many ways."""
    (row,) = read_needs_of(tmp_path, need(是否=cell)).rows
    assert row.record is not None
    assert row.record.consortium_ok is value


def test_required_cells_must_not_be_empty(tmp_path: Path) -> None:
    """Both missing cells are named, not only the first."""
    listing = read_needs_of(tmp_path, need(需求单位="  ", 需求名称=None))
    assert said(listing) == [(3, "reject", [("B3", "需求单位不能为空"), ("C3", "需求名称不能为空")])]


def test_texts_are_cleaned_and_doubts_are_said(tmp_path: Path) -> None:
    """Traditional characters, glosses and line breaks go; mojibake warns; template text rejects."""
    listing = read_needs_of(
        tmp_path,
        need(需求编号="A", 需求单位="湖北旅遊文化發展有限公司", 需求名称="APP底座項(xiàng)目"),
        need(需求编号="B", 需求单位="当阳市\n农业办公室\xa0 ", 需求名称="湖北省宜�市项目"),
        need(需求编号="C", 备注="@cmd", 需求名称="另一个"),
        need(需求编号="D", 需求内容="[简要描述项目需求…]"),
    )
    assert [row.action for row in listing.rows] == ["accept", "warn", "accept", "reject"]
    assert [record.enterprise for record in listing.records[:2]] == [
        "湖北旅游文化发展有限公司",
        "当阳市农业办公室",
    ]
    assert listing.records[0].title == "APP底座项目"
    assert said(listing)[1][2] == [("C4", "需求名称含疑似乱码，请核对原文")]
    assert said(listing)[3][2] == [("D6", "需求内容是未填写的模板")]


def test_formulas_errors_and_formula_text(tmp_path: Path) -> None:
    """A formula without computed value and an Excel error reject; in unread columns they do no harm."""
    path = write_book(
        tmp_path / "公式.xlsx",
        [
            ("序号", "需求单位", "需求名称", "预算(万元)"),
            ("=ROW()", "甲", "泵", "=2*3"),
            (2, "甲", "阀", "#DIV/0!"),
            ("=ROW()", "甲", "管", 3),
        ],
    )
    listing = read_listing(path, NEEDS, accept_valid=True)
    assert said(listing) == [
        (2, "reject", [("D2", "公式没有已计算的值，请在Excel中保存后重传")]),
        (3, "reject", [("D3", "单元格为Excel错误值 #DIV/0!")]),
        (4, "accept", []),
    ]


def test_text_that_begins_like_a_formula_is_kept_as_text(tmp_path: Path) -> None:
    """A note "=cmd|…" is stored as text, with a warning."""
    path = tmp_path / "注入.csv"
    path.write_text("需求单位,需求名称,备注\n甲,泵,=cmd|' /C calc'!A0\n", encoding="utf-8")
    listing = read_listing(path, NEEDS)
    assert said(listing) == [(2, "warn", [("C2", "以“=”开头的文本按文本保存，导出时转义")])]
    assert listing.records[0].note == "=cmd|' /C calc'!A0"


def test_rows_that_are_no_records_are_skipped(tmp_path: Path) -> None:
    """Blank, subtotal, repeated header and title, example, column numbers, signature."""
    rows = [
        need(需求编号="示例：X-0", 需求单位=None, 需求名称=None, 预算=None, 工期=None),
        tuple(range(1, 11)),
        need(),
        (),
        ("小计", None, None, None, None, 99),
        ("2025年采购需求清单",),
        HEADER,
        need(需求编号="X-2", 需求名称="泵"),
        ("本页合计", None, None, None, None, 99),
        ("填表人：        审核人：       联系电话：",),
        ("注：以上预算为暂定。",),
    ]
    listing = read_needs_of(tmp_path, *rows)
    assert [(row, reasons[0][1] if reasons else action) for row, action, reasons in said(listing)] == [
        (3, "示例行"),
        (4, "栏号行"),
        (5, "accept"),
        (6, "整行为空"),
        (7, "小计、合计行不是记录"),
        (8, "重复的标题"),
        (9, "重复的表头"),
        (10, "accept"),
        (11, "小计、合计行不是记录"),
        (12, "表尾签署或说明"),
        (13, "表尾签署或说明"),
    ]


def test_rows_with_only_a_running_number_are_blank(tmp_path: Path) -> None:
    """Forms come with their numbers filled in; an example marked there is left out, too."""
    rows = [("序号", "需求单位", "需求名称"), ("示例", "某", "某"), (1, "甲", "泵"), (2,), ("3",), ("合计",)]
    listing = read_listing(write_book(tmp_path / "a.xlsx", rows), NEEDS)
    assert [(row.action, [item.reason.zh for item in row.problems]) for row in listing.rows] == [
        ("skip", ["示例行"]),
        ("accept", []),
        ("skip", ["只有序号的空行"]),
        ("skip", ["只有序号的空行"]),
        ("skip", ["小计、合计行不是记录"]),
    ]


def test_answers_that_occur_in_their_headers_are_no_header(tmp_path: Path) -> None:
    """是 stands in 是否接受联合体; the row is a record all the same."""
    header = ("需求单位", "需求名称", "是否可拆分", "是否接受联合体")
    rows = [header, ("甲", "泵", "是", "否"), ("需求单位", "需求名称", "可拆分", "是否接受联合体")]
    listing = read_listing(write_book(tmp_path / "a.xlsx", rows), NEEDS)
    assert [row.action for row in listing.rows] == ["accept", "skip"]


def test_a_subtotal_in_a_required_column_is_skipped(tmp_path: Path) -> None:
    """合计 below 企业名称 is no enterprise."""
    path = write_book(
        tmp_path / "a.xlsx", [("需求单位", "需求名称", "预算(元)"), ("甲", "泵", 5), ("合计", None, 5)]
    )
    assert [row.action for row in read_listing(path, NEEDS).rows] == ["accept", "skip"]


def test_vertical_merges_carry_down_and_hidden_rows_count(tmp_path: Path) -> None:
    """Both are read with a warning."""
    listing = read_needs_of(
        tmp_path,
        need(),
        need(需求编号="X-2", 需求单位=None, 需求名称="泵"),
        need(需求编号="X-3", 需求名称="管"),
        merged=["B3:B4"],
        hidden=[5],
    )
    assert said(listing) == [
        (3, "accept", []),
        (4, "warn", [("B4", "由第3行的合并单元格带下，请核对")]),
        (5, "warn", [("A5", "隐藏行也是数据，已读入，请核对")]),
    ]
    assert listing.records[1].enterprise == "甲阀门有限公司"


def test_a_missing_number_warns_and_stays_unknown(tmp_path: Path) -> None:
    """Numbers are given when the market is made, not here."""
    listing = read_needs_of(tmp_path, need(需求编号=None))
    assert said(listing) == [(3, "warn", [("A3", "编号为空，系统自动编号")])]
    assert listing.records[0].need_id is None


def test_regions_lean_on_the_list(tmp_path: Path) -> None:
    """Short names and 市本级 are read within the city most rows lie in; two regions warn; none rejects."""
    cells = ["夷陵区", "点军区", "当阳", "市本级", "夷陵区、点军区", "枝红市"]
    rows = [
        need(需求编号=f"X-{place}", 需求名称=f"泵{place}", 所在地=cell) for place, cell in enumerate(cells)
    ]
    listing = read_needs_of(tmp_path, *rows)
    assert [row.action for row in listing.rows] == ["accept"] * 4 + ["warn", "reject"]
    assert [record.region for record in listing.records] == [
        "夷陵区",
        "点军区",
        "当阳市",
        "宜昌市",
        "夷陵区|点军区",
    ]
    assert [record.adcode for record in listing.records] == ["420506", "420504", "420582", "420500", "420506"]


def test_all_wrong_cells_are_raised_at_once(tmp_path: Path) -> None:
    """Without accept_valid the error lists every wrong cell in both languages; warnings are no errors."""
    path = write_book(
        tmp_path / "错.xlsx",
        [HEADER, need(预算=-1, 工期="随便"), need(需求编号="X-2", 需求单位=None, 预算="待定")],
    )
    with pytest.raises(RowsError, match="表中有 3 处错误") as caught:
        read_listing(path, NEEDS)
    assert [problem.cell for problem in caught.value.problems] == ["F2", "G2", "B3"]
    assert "Sheet!B3 [] 需求单位不能为空" in caught.value.say("zh")
    assert "Sheet!B3 [] enterprise in need must not be empty" in caught.value.say("en")


def test_checked_rows_are_plain(tmp_path: Path) -> None:
    """What a program gets: row, action, record, problems, columns; protected cells stay out."""
    path = write_book(
        tmp_path / "查.xlsx",
        [("序号", *HEADER, "联系人", "付款方式"), (1, *need(发布日期=date(2025, 10, 3)), "张三", "现款"), ()],
    )
    plain = checked_rows(read_listing(path, NEEDS))
    assert plain["columns"]["预算(万元)"] == "budget_cny"
    assert plain["columns"]["付款方式"] is None
    (row,) = plain["rows"]
    assert (row["row"], row["action"], row["problems"]) == (2, "accept", [])
    wanted = {
        "need_id": "X-1",
        "budget_cny": 500_000.0,
        "duration_days": 30,
        "published_on": "2025-10-03",
        "region": None,
    }
    assert wanted.items() <= row["record"].items()
    assert "contact" not in row["record"]


def test_contracts_without_numbers_are_only_suspected(tmp_path: Path) -> None:
    """A list without numbers cannot tell a repeat from two equal contracts."""
    rows = [("企业名称", "项目名称", "合同额(万元)", "日期", "结果")] + 2 * [
        ("甲", "桥", 5, "2025-03-01", "入围")
    ]
    listing = read_listing(write_book(tmp_path / "业绩.xlsx", rows), HISTORY)
    assert [row.action for row in listing.rows] == ["accept", "warn"]
    assert [record.outcome for record in listing.records] == ["shortlisted", "shortlisted"]
