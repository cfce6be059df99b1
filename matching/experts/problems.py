"""A row of a list of technical problems (技术需求、榜题) that a firm puts on the board."""

from __future__ import annotations

from typing import Annotated

from matching.experts.cells import Indicators, Roles, TeamSize
from matching.records import cells, columns, places
from matching.records.record import Column, Form, Record
from matching.words import Words

OWNERSHIP = ("归需求方所有", "双方共有", "归揭榜方所有", "另行约定")


class TechProblem(Record):
    """A technical problem; ``None`` or an empty tuple means unknown, as budget and indicators mostly are."""

    problem_id: Annotated[
        cells.RowName,
        Column(
            ("榜题编号", "难题编号", "需求编号", "课题编号", "编号", "problem_id"), "number", example="JB-001"
        ),
    ] = None
    title: Annotated[
        cells.Required,
        Column(
            ("榜题名称", "难题名称", "技术需求名称", "需求名称", "题目", "榜题", "课题名称", "名称", "title"),
            "title",
            example="中速双燃料发动机燃烧室设计",
        ),
    ]
    enterprise: Annotated[
        cells.Text,
        Column(
            ("发榜单位", "需求单位", "需求企业", "发榜企业", "出题单位", "单位名称", "企业名称", "企业"),
            "owner",
            example="示例船舶动力有限公司",
        ),
    ] = None
    co_owners: Annotated[
        cells.Names,
        Column(
            ("共同需求单位", "联合发榜单位", "共性需求单位"),
            "owners besides",
            note=Words("用；分开", "separated by ;"),
        ),
    ] = ()
    merges: Annotated[
        cells.Names,
        Column(
            ("已合并榜题编号", "合并榜题编号"),
            "problems merged into it",
            note=Words("合并为共性需求的其他榜题", "the others of a common problem"),
        ),
    ] = ()
    field_name: Annotated[
        cells.Text,
        Column(
            ("所属领域", "技术领域", "所属产业链", "产业链", "领域", "field_auto"),
            "field",
            example="船舶海工",
        ),
    ] = None
    background: Annotated[cells.Text, Column(("背景与现状", "需求背景", "背景", "现状"), "background")] = None
    problem: Annotated[
        cells.Content,
        Column(
            (
                "难题描述",
                "技术难题",
                "需求描述",
                "问题描述",
                "攻关内容",
                "主要内容",
                "需求内容",
                "描述",
                "内容",
            ),
            "problem",
            example="双燃料模式下燃烧不稳定，爆震与失火并存",
        ),
    ] = None
    keywords: Annotated[cells.Names, Column(("关键词", "关键字", "keywords"), "keywords")] = ()
    indicators: Annotated[
        Indicators,
        Column(
            ("技术指标", "指标要求", "考核指标", "主要指标", "指标", "indicators"),
            "indicators",
            note=Words("如 寿命≥10万次；合格率≥98%", "such as 寿命≥10万次; 合格率≥98%"),
            example="热效率≥48%；甲烷逃逸≤2.5g/kWh",
        ),
    ] = ()
    duration_days: Annotated[
        cells.Days,
        Column(
            ("完成时限", "攻关周期", "攻关时限", "完成期限", "期限"), "time limit", unit="月", example="24"
        ),
    ] = None
    budget_cny: Annotated[
        cells.Money,
        Column(
            ("榜金", "拟投入", "拟投入资金", "悬赏金额", "投入金额", "预算", "budget_wan_cny"),
            "bounty",
            unit="万元",
            example="300",
        ),
    ] = None
    ip: Annotated[
        cells.Text, Column(("知识产权归属", "知识产权"), "intellectual property", choices=OWNERSHIP)
    ] = None
    coop: Annotated[cells.Text, Column(("合作方式", "合作形式"), "way of working together")] = None
    conditions: Annotated[
        cells.Text,
        Column(
            ("揭榜方条件", "揭榜条件", "揭榜要求", "揭榜方要求"),
            "conditions",
            note=Words("“仅限高校”“仅限高校、院所”会被严格执行", "仅限高校 (universities only) is enforced"),
        ),
    ] = None
    wanted: Annotated[
        cells.FromOne,
        Column(
            ("需要专家数", "专家人数", "需要人数", "赛马队数", "是否赛马", "揭榜方数"),
            "experts wanted",
            note=Words("空白为1位；要求组队的为几支队伍", "empty: one; where teams are asked for, teams"),
            example="2",
        ),
    ] = None
    roles: Annotated[
        Roles,
        Column(
            ("团队角色要求", "角色要求", "组队要求", "联合体要求"),
            "roles of a team",
            note=Words(
                "填写即表示需要组队，如 高校1；中小企业1", "asks for a team, such as 高校1；中小企业1"
            ),
            example="高校1；中小企业1",
        ),
    ] = ()
    team_size: Annotated[
        TeamSize,
        Column(
            ("团队人数", "每队人数", "组队人数"),
            "members of a team",
            note=Words(
                "如 3 或 2-4；空白为角色要求的人数", "such as 3 or 2-4; empty: as many as the roles ask for"
            ),
            example="2-3",
        ),
    ] = ()
    exclude: Annotated[cells.Names, columns.EXCLUDE] = ()
    region: Annotated[places.RegionNames, columns.REGION] = None
    adcode: Annotated[places.Adcode, columns.ADCODE] = None
    group: Annotated[cells.Text, columns.GROUP] = None
    priority: Annotated[
        cells.Importance, Column(("优先级", "紧迫程度", "紧急程度", "重要程度"), "priority", example="2")
    ] = None
    visibility: Annotated[
        cells.Visibility,
        Column(("公开范围", "可见范围"), "visibility", choices=("公开", "隐去单位名称", "定向", "不公开")),
    ] = None
    published_on: Annotated[
        cells.Day, Column(("发布日期", "发榜日期", "征集日期", "日期"), "published on", example="2026-03-01")
    ] = None
    contact: Annotated[cells.Text, columns.CONTACT] = None
    note: Annotated[cells.Text, columns.NOTE] = None


PROBLEMS = Form(
    "problems",
    TechProblem,
    Words("技术难题榜单", "technical problems"),
    key="problem_id",
    same=("enterprise", "title"),
    text=("title", "problem"),
)
