"""A row of a list of research results (科技成果) that look for an enterprise."""

from __future__ import annotations

from typing import Annotated

from matching.experts.cells import KINDS, Relations
from matching.experts.people import Expert
from matching.records import cells, columns, places
from matching.records.record import Column, Form, Record
from matching.words import Words

#: how far a result has come, and how ready for use that makes it
MATURITY = {"实验室": 0.25, "小试": 0.5, "中试": 0.75, "产业化": 1.0}
TRANSFERS = ("转让", "许可", "作价入股", "合作开发", "面议")


class ResearchResult(Record):
    """A research result; ``None`` or an empty tuple means unknown."""

    result_id: Annotated[
        cells.RowName, Column(("成果编号", "编号", "result_id"), "number", example="CG-001")
    ] = None
    title: Annotated[
        cells.Required,
        Column(("成果名称", "技术名称", "专利名称", "名称", "title"), "title", example="船用燃烧室优化技术"),
    ]
    org: Annotated[
        cells.Required,
        Column(
            ("完成单位", "成果单位", "持有单位", "权利人", "所属单位", "单位名称", "单位"),
            "organisation",
            example="示例大学",
        ),
    ]
    org_kind: Annotated[
        cells.Text,
        Column(("单位类型", "单位性质", "机构类型"), "kind of organisation", choices=KINDS),
    ] = None
    abstract: Annotated[
        cells.Content,
        Column(
            ("成果简介", "技术简介", "成果介绍", "主要内容", "简介", "摘要"),
            "abstract",
            example="降低双燃料发动机爆震，热效率提高2个百分点",
        ),
    ] = None
    fields: Annotated[cells.Names, Column(("所属领域", "技术领域", "应用领域", "领域"), "fields")] = ()
    keywords: Annotated[cells.Names, Column(("关键词", "关键字"), "keywords")] = ()
    maturity: Annotated[
        cells.Text,
        Column(("成熟度", "成果阶段", "所处阶段", "技术成熟度"), "maturity", choices=tuple(MATURITY)),
    ] = None
    transfer: Annotated[
        cells.Text, Column(("转化方式", "合作方式", "拟转化方式"), "way of transfer", choices=TRANSFERS)
    ] = None
    price_cny: Annotated[
        cells.Money,
        Column(("期望价格", "转让价格", "拟转让价", "意向价格"), "price asked", unit="万元", example="120"),
    ] = None
    wanted: Annotated[
        cells.FromOne,
        Column(
            ("可合作企业数", "拟合作企业数", "许可家数"),
            "enterprises wanted",
            note=Words("空白为1家", "empty: one"),
            example="2",
        ),
    ] = None
    exclude: Annotated[cells.Names, columns.EXCLUDE] = ()
    relations: Annotated[
        Relations,
        Column(
            ("利益关系", "关联单位"),
            "relations",
            note=Words("单位（关系，至日期），用；分开", "organisation (relation, until), separated by ;"),
        ),
    ] = ()
    region: Annotated[places.RegionNames, columns.REGION] = None
    adcode: Annotated[places.Adcode, columns.ADCODE] = None
    group: Annotated[cells.Text, columns.GROUP] = None
    blacklisted: Annotated[cells.YesNo, columns.BLACKLISTED] = None
    contact: Annotated[cells.Text, columns.CONTACT] = None
    note: Annotated[cells.Text, columns.NOTE] = None

    def as_expert(self, number: str) -> Expert:
        """Give what stands behind the result as an expert whose one output it is."""
        work = "：".join(filter(None, (self.title, self.abstract)))
        same = ("org", "org_kind", "fields", "keywords", "exclude", "relations", "region", "adcode", "group")
        return Expert(
            expert_id=number,
            name=self.title,
            outputs=(work,),
            max_projects=self.wanted or 1,
            open_projects=0,
            blacklisted=self.blacklisted,
            **{name: getattr(self, name) for name in same},
        )


RESULTS = Form(
    "results",
    ResearchResult,
    Words("科技成果清单", "research results"),
    key="result_id",
    same=("title", "org"),
    text=("title", "abstract"),
)
