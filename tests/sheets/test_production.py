"""Hours, lines and months in sheets: headers, the way back, all that is wrong at once, the form."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import RowsError
from matching.sheets import read_listing, write_records, write_template
from matching.sheets.listing import checked_rows
from matching.supply.records import OFFERS, CapacityOffer
from tests.sheets.writing import write_book

FIRM = ("编号", "企业名称", "产品")
COLUMNS = {
    "monthly": ("各月产能", "分月产能", "月度产能", "月度排产"),
    "line": ("共用产线", "产线", "生产线", "设备编号"),
    "unit_hours": ("单位工时", "单件工时", "工时定额"),
    "product_unit": ("产品单位", "产品计量单位"),
}


@pytest.mark.parametrize(
    ("field", "header"), [(field, header) for field, headers in COLUMNS.items() for header in headers]
)
def test_headers_people_use(tmp_path: Path, field: str, header: str) -> None:
    path = write_book(tmp_path / "表.xlsx", [(*FIRM, header), ("1", "长江铸造", "阀体", None)])
    assert read_listing(path, OFFERS).headers[header] == field


def test_a_unit_in_the_header_counts_for_bare_numbers(tmp_path: Path) -> None:
    head = (*FIRM, "产能(工时/月)", "单位工时(分钟/件)", "起订量")
    path = write_book(tmp_path / "表.xlsx", [head, ("1", "长江铸造", "阀体", 2000, 30, "2打")])
    (read,) = read_listing(path, OFFERS).records
    shown = read.model_dump(
        include={"capacity", "capacity_unit", "period", "unit_hours", "product_unit", "moq"}
    )
    assert list(shown.values()) == [2000, "worker_hour", "month", 0.5, "piece", 24]


def test_the_form_has_the_columns_with_a_word_on_each(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_template(OFFERS, tmp_path / "样表.xlsx")).active
    notes = {cell.value: cell.comment.text for cell in sheet[3] if cell.comment}
    assert "2026-03:300；2026-04:200" in notes["各月产能"]
    assert "0.5工时/件、30分钟/件、2小时/吨" in notes["单位工时"]
    assert "共用一份产能" in notes["共用产线"]
    assert "单价、起订量按此单位" in notes["产品单位"]


def test_check_tells_the_columns_as_plain_data(tmp_path: Path) -> None:
    head = (*FIRM, "各月产能", "产线", "单位工时")
    row = ("1", "长江铸造", "阀体", "2026-03:100工时；2026-04:80", "一号线", "0.5工时/件")
    told = json.loads(
        json.dumps(checked_rows(read_listing(write_book(tmp_path / "表.xlsx", [head, row]), OFFERS)))
    )
    (shown,) = told["rows"]
    assert shown["action"] == "accept"
    assert shown["record"]["monthly"] == [["2026-03", 100.0], ["2026-04", 80.0]]
    assert {
        name: shown["record"][name] for name in ("line", "unit_hours", "product_unit", "capacity_unit")
    } == {
        **{"line": "一号线", "unit_hours": 0.5, "product_unit": "piece"},
        "capacity_unit": "worker_hour",
    }
    assert told["columns"] == dict(
        zip(head, ("offer_id", "enterprise", "product", "monthly", "line", "unit_hours"), strict=True)
    )


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    head = (*FIRM, "产能", "各月产能", "单位工时", "周期")
    rows = [
        ("1", "甲", "阀体", None, "2026-03:1；2026-3:2", None, None),
        ("2", "乙", "阀体", "300吨/月", "2026-03:1", None, None),
        ("3", "丙", "阀体", "2000工时/月", None, "5件", None),
        ("4", "丁", "阀体", None, "2026-03:-1", "-1", None),
        ("5", "戊", "阀体", None, "2026-03:1吨", None, "季"),
    ]
    path = write_book(tmp_path / "表.xlsx", [head, *rows])
    with pytest.raises(RowsError) as refused:
        read_listing(path, OFFERS)
    assert [(problem.cell, problem.reason.zh) for problem in refused.value.problems if problem.fatal] == [
        ("E2", "2026-03 写了不止一次"),
        ("E3", "各月产能与产能只能填写一项"),
        ("F4", "单位工时应写成“0.5工时/件”或“30分钟/件”，“件”不是工时"),
        ("E5", "各月产能不能为负"),
        ("F5", "单位工时不能为负"),
        ("G6", "已逐月写明产能，产能周期应留空，得到“季”"),
    ]


months = st.dictionaries(
    st.builds(lambda year, month: f"{year}-{month:02d}", st.integers(2020, 2030), st.integers(1, 12)),
    st.integers(0, 10**9).map(lambda steps: steps / 1000),
    max_size=5,
).map(lambda some: tuple(sorted(some.items())))


@given(
    st.builds(
        CapacityOffer,
        enterprise=st.just("长江铸造"),
        product=st.just("阀体"),
        monthly=months,
        capacity_unit=st.just("worker_hour"),
        line=st.none() | st.sampled_from(["一号线", "CNC-3", "7"]),
        unit_hours=st.none() | st.floats(0.001, 1000).map(lambda hours: round(hours, 6)),
        moq=st.none() | st.integers(1, 100).map(float),
    ),
    st.sampled_from(["piece", "t", None]),
)
def test_a_record_survives_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, offer: CapacityOffer, product_unit: str | None
) -> None:
    if offer.unit_hours is not None:
        offer = offer.model_copy(update={"product_unit": product_unit})
    path = write_records([offer], OFFERS, tmp_path_factory.mktemp("表") / "表.xlsx")
    (read,) = read_listing(path, OFFERS).records
    assert read.model_copy(update={"source": offer.source}) == offer
