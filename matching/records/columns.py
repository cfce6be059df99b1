"""Columns that several lists share."""

from __future__ import annotations

from matching.records.record import Column
from matching.words import Words

YES_NO = ("是", "否")
SIZES = ("大型", "中型", "小型", "微型")
CHAIN_ROLES = ("链主", "骨干", "配套")

INDUSTRY = Column(
    ("行业代码", "行业", "所属行业", "国民经济行业", "行业分类", "行业类别"),
    "industry",
    note=Words("国民经济行业代码（GB/T 4754-2017），如 3443", "code of GB/T 4754-2017, such as 3443"),
    example="3443",
)
REGION = Column(
    (
        "所在地",
        "县市区",
        "所在区县",
        "所属区域",
        "所在区域",
        "所属地区",
        "所在县市区",
        "区县",
        "地区",
        "区域",
        "属地",
        "注册地",
        "项目地点",
        "建设地点",
        "实施地点",
        "交货地",
        "交货地点",
        "地点",
    ),
    "region",
    note=Words("县市区名称；市直单位填“市本级”", "name of the county or district"),
    example="点军区",
)
ADCODE = Column(("行政区划代码", "区划代码", "地区代码"), "region code", note=Words("6位数字", "6 digits"))
USCC = Column(
    ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码"),
    "unified social credit code",
    note=Words("18位", "18 characters"),
)
GROUP = Column(
    ("所属集团", "集团", "实际控制人", "实控人", "控股集团", "集团公司"),
    "group",
    note=Words("同一集团的企业不互相对接", "firms of one group are not brought together"),
)
TIERS = Column(
    ("企业称号", "资质梯度", "称号", "荣誉资质", "荣誉", "梯度培育", "企业梯度", "培育层次"),
    "tiers",
    note=Words("如：高新技术企业；专精特新中小企业", "such as 高新技术企业"),
    example="高新技术企业；专精特新中小企业",
)
SIZE = Column(("企业规模", "规模类型", "规模", "企业规模类型"), "size", choices=SIZES, example="小型")
CHAIN_ROLE = Column(
    ("链上角色", "产业链角色", "角色", "链中角色"), "role in the chain", choices=CHAIN_ROLES, example="配套"
)
BLACKLISTED = Column(
    ("是否失信", "黑名单", "失信", "是否黑名单", "是否列入黑名单", "失信被执行人"),
    "blacklisted",
    choices=YES_NO,
    example="否",
)
EXCLUDE = Column(
    ("回避单位", "排除单位", "回避企业", "排除企业", "不对接单位"),
    "excluded firms",
    note=Words("不与之对接的单位，用；分开", "firms not to be paired with, separated by ;"),
)
CONTACT = Column(
    ("联系人", "联系人及电话", "联系人/电话", "联系方式", "联系电话", "电话", "手机"),
    "contact",
    protected=True,
    example="张三 0717-0000000",
)
NOTE = Column(("备注", "备注说明", "说明", "其他说明"), "note")
