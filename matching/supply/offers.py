"""A row of a list of capacity offers (产能、供给能力)."""

from __future__ import annotations

from typing import Annotated

from matching.records import cells, columns, measures, periods, places, production
from matching.records.record import Column, Record
from matching.words import Words

ENTERPRISE = Column(
    (
        "企业名称",
        "单位名称",
        "公司名称",
        "供应商名称",
        "供应商",
        "供给企业",
        "供应单位",
        "生产企业",
        "供方",
        "厂家",
        "企业",
        "名称",
    ),
    "enterprise",
    example="示例铸造有限公司",
)
PRODUCT = Column(
    (
        "能力描述",
        "产品/工艺",
        "产品与工艺",
        "产品",
        "产品名称",
        "主要产品",
        "主营产品",
        "产品或服务",
        "产品/服务",
        "供给内容",
        "服务内容",
        "加工能力",
        "能力",
        "业务范围",
        "主营业务",
        "经营范围",
        "工艺",
    ),
    "capability",
    note=Words("能生产、加工或承接什么，写清产品、工艺、规格", "what the firm can make, process or take on"),
    example="球墨铸铁件铸造与粗加工，单件5吨以下",
)
CAPACITY = Column(
    (
        "可用产能",
        "可承接规模",
        "承接规模",
        "承接能力",
        "剩余产能",
        "产能",
        "设计产能",
        "月产能",
        "年产能",
        "生产能力",
        "供应能力",
        "供货能力",
        "可供数量",
    ),
    "capacity",
    note=Words(
        "数量连同单位和周期，如 500吨/月、800万元/季", "quantity with unit and period, such as 500吨/月"
    ),
    example="300吨/月",
)
MONTHLY = Column(
    ("各月产能", "分月产能", "月度产能", "月度排产"),
    "capacity by month",
    note=Words(
        "逐月写明可用产能，如 2026-03:300；2026-04:200；填写后产能和周期留空",
        "what each month can make, such as 2026-03:300; capacity and period then stay empty",
    ),
)
LINE = Column(
    ("共用产线", "产线", "生产线", "设备编号"),
    "shared line",
    note=Words(
        "同一企业填写同一产线的各行共用一份产能，各行产能要写成一样",
        "rows of one firm that name one line share its capacity, which each of them states",
    ),
)
UNIT_HOURS = Column(
    ("单位工时", "单件工时", "工时定额"),
    "hours per unit",
    note=Words(
        "产能按工时计时，每件（吨）产品占用的工时，如 0.5工时/件、30分钟/件、2小时/吨",
        "hours one unit of the product takes of a capacity in hours, such as 0.5工时/件",
    ),
)
CERTS = Column(
    (
        "资质证书",
        "企业资质",
        "资质",
        "证书",
        "认证",
        "资质认证",
        "体系认证",
        "资质等级",
        "已有资质",
        "具备资质",
    ),
    "certificates",
    note=Words("用；分开，可写有效期，如 ISO9001（有效期至2027-05-01）", "separated by ;"),
    example="ISO9001（有效期至2027-05-01）",
)


class CapacityOffer(Record):
    """What an enterprise can make, process or take on; ``None`` or an empty tuple means unknown.

    ``capacity`` counts in ``capacity_unit`` per ``period`` (money in CNY); ``monthly`` stands in its place
    and tells it month by month. ``price``, ``moq``, ``lot_step`` and ``price_tiers`` are per that unit; where
    ``unit_hours`` is given they are per ``product_unit``, the capacity is of hours. Rows of one enterprise
    that name one ``line`` share one capacity. ``capacity_basis`` tells whether the firm declared the capacity
    or it was inferred from its history.
    """

    offer_id: Annotated[
        cells.RowName,
        Column(
            ("产能编号", "供给编号", "能力编号", "供应编号", "供方编号", "企业编号", "编号"),
            "offer number",
            example="CN-001",
        ),
    ] = None
    enterprise: Annotated[cells.Required, ENTERPRISE]
    product: Annotated[cells.Required, PRODUCT]
    industry: Annotated[cells.IndustryCode, columns.INDUSTRY] = None
    equipment: Annotated[
        cells.Text,
        Column(
            ("主要设备", "设备", "生产设备", "装备", "设备清单"),
            "equipment",
            example="5吨中频炉2台、树脂砂线1条",
        ),
    ] = None
    specs: Annotated[
        cells.Text,
        Column(("规格型号", "规格", "加工规格", "技术参数", "最大单件", "最大规格", "精度", "型号"), "specs"),
    ] = None
    capacity: Annotated[measures.Capacity, CAPACITY] = None
    monthly: Annotated[production.Monthly, MONTHLY] = ()
    capacity_unit: Annotated[
        measures.UnitCode, Column(("产能单位", "计量单位", "单位"), "unit of capacity")
    ] = None
    period: Annotated[
        periods.PeriodName,
        Column(("产能周期", "周期", "计产周期", "时间单位"), "period", choices=("月", "季", "年", "总量")),
    ] = None
    line: Annotated[cells.Text, LINE] = None
    unit_hours: Annotated[production.UnitHours, UNIT_HOURS] = None
    product_unit: Annotated[
        production.ProductUnit,
        Column(
            ("产品单位", "产品计量单位"),
            "unit of product",
            note=Words(
                "产能按工时计时，单价、起订量按此单位；单位工时已写明的不必再填",
                "of price and minimum order where the capacity is in hours",
            ),
        ),
    ] = None
    moq: Annotated[
        measures.Part,
        Column(("起订量", "最小起订量", "最低起订量", "起订", "MOQ"), "minimum order", example="5"),
    ] = None
    lot_step: Annotated[measures.Part, Column(("批量步长", "步长", "包装量", "最小包装量"), "lot step")] = (
        None
    )
    price: Annotated[
        measures.Price,
        Column(
            ("单价", "含税单价", "价格", "报价", "出厂价", "参考价", "指导价"),
            "price",
            unit="元",
            example="8200",
        ),
    ] = None
    price_tiers: Annotated[
        measures.PriceTiers,
        Column(
            ("阶梯价", "阶梯价格", "阶梯报价", "价格阶梯"),
            "price tiers",
            unit="元",
            note=Words(
                "起订数量:单价，如 100:4500；500:4300", "from quantity: price, such as 100:4500; 500:4300"
            ),
            example="50:8000；100:7800",
        ),
    ] = ()
    lead_days: Annotated[
        cells.Days,
        Column(
            ("交期", "交货期", "供货周期", "交付周期", "生产周期", "供货期", "交货周期"),
            "lead time",
            unit="天",
            example="30",
        ),
    ] = None
    valid_from: Annotated[
        cells.Day, Column(("有效期起", "有效期自", "生效日期", "起始日期", "可供起"), "valid from")
    ] = None
    valid_to: Annotated[
        cells.LastDay, Column(("有效期止", "有效期至", "失效日期", "截止日期", "可供止"), "valid to")
    ] = None
    region: Annotated[places.RegionNames, columns.REGION] = None
    adcode: Annotated[places.Adcode, columns.ADCODE] = None
    service_regions: Annotated[
        places.ServiceRegions,
        Column(
            ("服务区域", "服务范围", "覆盖区域", "服务地区", "供货区域", "供应范围", "业务区域"),
            "service regions",
            note=Words("用、分开；不限填“全国”", "separated by 、; 全国 = everywhere"),
            example="宜昌市、荆州市",
        ),
    ] = ()
    max_km: Annotated[
        measures.Kilometres,
        Column(("服务半径", "配送半径", "供货半径", "最大距离"), "service radius", unit="公里"),
    ] = None
    certs: Annotated[places.HeldCertificates, CERTS] = ()
    running: Annotated[
        cells.Count,
        Column(
            ("在手合同数", "在手合同", "在手订单数", "在手项目数", "在建项目数", "在建项目"),
            "running contracts",
            example="3",
        ),
    ] = None
    tiers: Annotated[cells.Tiers, columns.TIERS] = ()
    size: Annotated[cells.SizeClass, columns.SIZE] = None
    chain_role: Annotated[cells.ChainRole, columns.CHAIN_ROLE] = None
    group: Annotated[cells.Text, columns.GROUP] = None
    uscc: Annotated[cells.Uscc, columns.USCC] = None
    blacklisted: Annotated[cells.YesNo, columns.BLACKLISTED] = None
    exclude: Annotated[cells.Names, columns.EXCLUDE] = ()
    max_share_one_buyer: Annotated[
        cells.Share,
        Column(("单一客户占比上限", "单一买方上限", "单一客户上限"), "largest share for one buyer"),
    ] = None
    contact: Annotated[cells.Text, columns.CONTACT] = None
    note: Annotated[cells.Text, columns.NOTE] = None
    capacity_basis: Annotated[
        measures.Basis,
        Column(("产能依据", "规模依据", "产能来源"), "basis of capacity", choices=("申报", "推算")),
    ] = None
