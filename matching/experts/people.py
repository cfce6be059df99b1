"""A row of a list of experts (专家、人才)."""

from __future__ import annotations

from typing import Annotated

from matching.experts.cells import KINDS, Relations, Works
from matching.records import cells, columns, places
from matching.records.record import Column, Form, Record
from matching.words import Words


class Expert(Record):
    """An expert; ``None`` or an empty tuple means unknown."""

    expert_id: Annotated[
        cells.RowName, Column(("专家编号", "人才编号", "编号", "expert_id"), "number", example="ZJ-001")
    ] = None
    name: Annotated[cells.Required, Column(("专家姓名", "姓名", "专家", "name"), "name", example="张三")]
    org: Annotated[
        cells.Required,
        Column(
            ("工作单位", "所在单位", "单位名称", "单位", "依托单位", "org"),
            "organisation",
            example="示例大学",
        ),
    ]
    org_kind: Annotated[
        cells.Text,
        Column(("单位类型", "单位性质", "机构类型", "org_kind"), "kind of organisation", choices=KINDS),
    ] = None
    rank: Annotated[cells.Text, Column(("职称", "专业技术职务"), "rank", example="教授")] = None
    fields: Annotated[
        cells.Names,
        Column(("专业领域", "研究方向", "研究领域", "专业", "从事专业"), "fields", example="内燃机；燃烧"),
    ] = ()
    keywords: Annotated[
        cells.Names, Column(("关键词", "关键字", "技术专长", "专长", "keywords"), "keywords")
    ] = ()
    outputs: Annotated[
        Works,
        Column(
            ("代表性成果", "成果", "主要成果", "论文专利", "成果与专利", "承担项目", "业绩", "outputs"),
            "outputs",
            note=Words(
                "论文、专利、项目名称，用；分开或每行一项",
                "titles of papers, patents, projects, separated by ;",
            ),
            example="船用双燃料发动机燃烧优化；一种燃烧室结构",
        ),
    ] = ()
    person_months: Annotated[
        cells.Positive, Column(("可投入人月", "可投入时间", "人月"), "person-months", example="6")
    ] = None
    open_projects: Annotated[
        cells.Count,
        Column(("在研数", "在研项目数", "在研项目", "在研课题数"), "running projects", example="1"),
    ] = None
    max_projects: Annotated[
        cells.FromOne,
        Column(("最多在研数", "在研上限", "可承担项目数"), "most running projects", example="2"),
    ] = None
    region: Annotated[places.RegionNames, columns.REGION] = None
    adcode: Annotated[places.Adcode, columns.ADCODE] = None
    exclude: Annotated[cells.Names, columns.EXCLUDE] = ()
    relations: Annotated[
        Relations,
        Column(
            ("利益关系", "任职与利益关系", "关联单位", "曾任职单位", "任职关系"),
            "relations",
            note=Words(
                "单位（关系，至日期），用；分开，如 示例重工（曾任职，至2024-06-30）",
                "organisation (relation, until), separated by ;",
            ),
        ),
    ] = ()
    wishes: Annotated[
        cells.Names,
        Column(
            ("意向榜题", "意向企业", "合作意向"), "wishes", note=Words("榜题编号或企业", "numbers or owners")
        ),
    ] = ()
    group: Annotated[cells.Text, columns.GROUP] = None
    blacklisted: Annotated[cells.YesNo, columns.BLACKLISTED] = None
    consent: Annotated[
        cells.YesNo, Column(("是否同意入库", "同意推荐", "本人同意"), "consent", choices=columns.YES_NO)
    ] = None
    contact: Annotated[cells.Text, columns.CONTACT] = None
    note: Annotated[cells.Text, columns.NOTE] = None


EXPERTS = Form(
    "experts", Expert, Words("专家库", "experts"), key="expert_id", same=("name", "org"), text=("name",)
)
