"""A row of a list of past contracts (历史业绩)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from matching.records import cells, columns, places
from matching.records.reading import Cell, cell_type
from matching.records.record import Column, Record
from matching.text import CellError
from matching.words import Words

Outcome = Literal["won", "shortlisted"]
_OUTCOMES: dict[str, Outcome] = {
    "won": "won",
    "中标": "won",
    "成交": "won",
    "签约": "won",
    "履约": "won",
    "完成": "won",
    "是": "won",
    "shortlisted": "shortlisted",
    "入围": "shortlisted",
    "候选": "shortlisted",
    "未中": "shortlisted",
    "否": "shortlisted",
}
_LOST = ("未中", "否")


def _outcome(value: Any, cell: Cell) -> str:
    text = cells.written(value, cell)
    if text is None:
        return "won"
    # "未中标" holds "中标": the words for the shortlist are asked first
    for word in sorted(_OUTCOMES, key=lambda word: _OUTCOMES[word]):
        if word in text:
            if word in _LOST:
                cell.note(Words("未中标按入围计", "not won: counted as shortlisted"))
            return _OUTCOMES[word]
    raise CellError(
        Words(f"结果“{text}”应为 中标 或 入围", f"outcome {text!r} must be 中标 (won) or 入围 (shortlisted)")
    )


class Contract(Record):
    """A contract an enterprise won, or was shortlisted for."""

    enterprise: Annotated[
        cells.Required,
        Column(
            (
                "企业名称",
                "中标单位",
                "中标人",
                "中标供应商",
                "成交单位",
                "成交供应商",
                "承包人",
                "承建单位",
                "供应商名称",
                "供应商",
                "单位名称",
                "企业",
            ),
            "enterprise",
            example="示例铸造有限公司",
        ),
    ]
    buyer: Annotated[
        cells.Text,
        Column(
            (
                "业主",
                "业主单位",
                "采购单位",
                "采购人",
                "招标人",
                "建设单位",
                "发包人",
                "甲方",
                "需方",
                "客户",
            ),
            "buyer",
            example="示例机械有限公司",
        ),
    ] = None
    title: Annotated[
        cells.Required,
        Column(
            ("项目名称", "合同名称", "标段名称", "采购项目", "需求名称", "产品名称", "名称"),
            "title",
            example="阀体毛坯年度采购",
        ),
    ]
    content: Annotated[
        cells.Content,
        Column(
            ("内容", "项目内容", "合同内容", "建设内容", "主要内容", "招标范围", "需求内容"),
            "content",
            example="球墨铸铁阀体毛坯80吨",
        ),
    ] = None
    category: Annotated[cells.Text, Column(("类别", "品类", "项目类别", "分类", "类型"), "category")] = None
    industry: Annotated[cells.IndustryCode, columns.INDUSTRY] = None
    region: Annotated[places.RegionNames, columns.REGION] = None
    adcode: Annotated[places.Adcode, columns.ADCODE] = None
    amount_cny: Annotated[
        cells.Money,
        Column(
            ("合同额", "合同金额", "签约合同价", "合同价", "中标金额", "中标价", "成交金额", "金额"),
            "amount",
            unit="万元",
            example="68",
        ),
    ] = None
    duration_days: Annotated[
        cells.Days,
        Column(
            ("工期", "合同工期", "服务期", "服务期限", "履约期限", "周期"),
            "duration",
            unit="天",
            example="120",
        ),
    ] = None
    signed_on: Annotated[
        cells.Day,
        Column(
            (
                "日期",
                "签订日期",
                "签约日期",
                "合同日期",
                "签订时间",
                "中标日期",
                "公告日期",
                "成交日期",
                "时间",
            ),
            "signed on",
            example="2025-03-01",
        ),
    ] = None
    outcome: Annotated[
        Outcome,
        cell_type(_outcome),
        Column(("结果", "中标结果", "是否中标", "中标情况"), "outcome", choices=("中标", "入围")),
    ] = "won"
    uscc: Annotated[cells.Uscc, columns.USCC] = None
    note: Annotated[cells.Text, columns.NOTE] = None
