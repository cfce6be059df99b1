"""A row of a list of procurement needs (采购需求)."""

from __future__ import annotations

from typing import Annotated

from matching.records import cells, columns, measures, places
from matching.records.record import Column, Record
from matching.words import Words

TITLE = Column(
    (
        "需求名称",
        "项目名称",
        "采购项目名称",
        "采购项目",
        "采购名称",
        "标段名称",
        "标的名称",
        "物资名称",
        "货物名称",
        "产品名称",
        "需求产品",
        "品名",
        "名称",
    ),
    "title",
    example="球墨铸铁阀体毛坯",
)
ENTERPRISE = Column(
    (
        "需求单位",
        "需求企业",
        "采购单位",
        "采购人",
        "采购企业",
        "招标人",
        "建设单位",
        "业主单位",
        "业主",
        "发包单位",
        "需方",
        "单位名称",
        "企业名称",
        "企业",
    ),
    "enterprise in need",
    example="示例机械有限公司",
)
BUDGET = Column(
    (
        "预算",
        "预算金额",
        "项目预算",
        "采购预算",
        "预算总额",
        "预算价",
        "最高限价",
        "招标控制价",
        "控制价",
        "拦标价",
        "概算",
        "总投资",
        "投资额",
        "金额",
    ),
    "budget",
    unit="万元",
    example="102",
)


class ProcurementNeed(Record):
    """What an enterprise wants to buy or have done; ``None`` or an empty tuple means unknown."""

    need_id: Annotated[
        cells.RowName,
        Column(
            ("需求编号", "采购编号", "项目编号", "招标编号", "标段编号", "需求代码", "编号"),
            "need number",
            example="XQ-001",
        ),
    ] = None
    enterprise: Annotated[cells.Required, ENTERPRISE]
    title: Annotated[cells.Required, TITLE]
    content: Annotated[
        cells.Content,
        Column(
            (
                "需求内容",
                "采购内容",
                "项目内容",
                "建设内容",
                "主要内容",
                "招标范围",
                "需求描述",
                "需求说明",
                "详细描述",
                "描述",
                "内容",
            ),
            "content",
            example="DN100—DN300 阀体毛坯，含粗加工与探伤",
        ),
    ] = None
    category: Annotated[
        cells.Text,
        Column(
            ("类别", "品类", "采购类别", "需求类别", "项目类别", "采购品目", "品目", "分类", "类型"),
            "category",
            example="铸件",
        ),
    ] = None
    industry: Annotated[cells.IndustryCode, columns.INDUSTRY] = None
    specs: Annotated[
        cells.Text,
        Column(
            ("规格型号", "规格", "型号", "规格参数", "技术规格", "技术参数", "技术要求"),
            "specs",
            example="DN100—DN300，PN16",
        ),
    ] = None
    material: Annotated[
        cells.Text, Column(("材质牌号", "材质", "牌号", "材质要求", "材料"), "material", example="QT450-10")
    ] = None
    standard: Annotated[
        cells.Text,
        Column(("执行标准", "技术标准", "质量标准", "标准号", "标准"), "standard", example="GB/T 1348"),
    ] = None
    quantity: Annotated[
        measures.Quantity,
        Column(
            ("数量", "需求数量", "采购数量", "需求量", "采购量", "订货量", "预计数量", "总量"),
            "quantity",
            note=Words("空白表示整项一次对接", "empty: one whole task"),
            example="120",
        ),
    ] = None
    unit: Annotated[
        measures.UnitCode,
        Column(
            ("单位", "计量单位", "数量单位"), "unit", note=Words("如 吨、台、件", "such as 吨"), example="吨"
        ),
    ] = None
    splittable: Annotated[
        cells.YesNo,
        Column(
            ("可拆分", "是否可拆分", "能否拆分", "可否拆分", "是否拆分"), "splittable", choices=columns.YES_NO
        ),
    ] = None
    min_split: Annotated[
        measures.Part, Column(("最小分量", "最小拆分量", "最小供货量", "最小拆分"), "smallest share")
    ] = None
    lot_step: Annotated[
        measures.Part, Column(("批量步长", "步长", "批量", "最小包装量", "包装量"), "lot step")
    ] = None
    max_suppliers: Annotated[
        cells.FromOne,
        Column(("最多供应商数", "供应商数上限", "最多供应商", "供应商家数"), "most suppliers"),
    ] = None
    need_by: Annotated[
        cells.Deadline,
        Column(
            (
                "交货止",
                "交货截止",
                "交货期限",
                "最迟交货",
                "交货日期",
                "交货时间",
                "交付日期",
                "到货日期",
                "需求日期",
                "要求到货时间",
                "交货期",
                "交货期止",
                "交期",
            ),
            "needed by",
            example="2026-06-30",
        ),
    ] = None
    need_from: Annotated[
        cells.FirstDay,
        Column(("交货起", "最早交货", "交货开始", "交货期起", "开始日期", "开工日期"), "needed from"),
    ] = None
    region: Annotated[places.RegionNames, columns.REGION] = None
    adcode: Annotated[places.Adcode, columns.ADCODE] = None
    price_max: Annotated[
        measures.Price,
        Column(
            ("目标单价", "单价上限", "最高单价", "限价", "控制单价", "目标价", "单价限价", "单价"),
            "price ceiling",
            "元",
            example="8500",
        ),
    ] = None
    budget_cny: Annotated[cells.Money, BUDGET] = None
    duration_days: Annotated[
        cells.Days,
        Column(
            (
                "工期",
                "计划工期",
                "合同工期",
                "建设工期",
                "工期要求",
                "服务期",
                "服务期限",
                "合同履行期限",
                "履约期限",
                "周期",
            ),
            "duration",
            unit="天",
            example="90",
        ),
    ] = None
    hard_certs: Annotated[
        cells.CertificateKeys,
        Column(
            (
                "资质要求",
                "资格要求",
                "企业资质要求",
                "供应商资质要求",
                "供应商资格要求",
                "投标人资格",
                "必备资质",
                "资质",
            ),
            "required certificates",
            note=Words("必须具备的资质，用；分开", "must be held, separated by ;"),
            example="ISO9001",
        ),
    ] = ()
    soft_certs: Annotated[
        cells.CertificateKeys, Column(("优先资质", "优先条件", "加分资质"), "preferred certificates")
    ] = ()
    exclude: Annotated[cells.Names, columns.EXCLUDE] = ()
    priority: Annotated[
        cells.Importance,
        Column(
            ("优先级", "优先程度", "重要程度", "优先等级"),
            "priority",
            note=Words(
                "1、2、3…，越大越优先；高=3，中=2，低=1", "1, 2, 3 …, larger first; 高 = 3, 中 = 2, 低 = 1"
            ),
            example="2",
        ),
    ] = None
    urgency: Annotated[cells.Text, Column(("紧急程度", "紧急", "缓急"), "urgency")] = None
    visibility: Annotated[
        cells.Visibility,
        Column(
            ("公开范围", "可见范围", "公开方式"),
            "visibility",
            choices=("公开", "隐去单位名称", "定向", "不公开"),
        ),
    ] = None
    consortium_ok: Annotated[
        cells.YesNo,
        Column(
            (
                "是否接受联合体",
                "接受联合体",
                "是否允许联合体",
                "允许联合体",
                "可否联合体",
                "是否接受联合体投标",
                "联合体投标",
                "联合体",
            ),
            "consortium accepted",
            choices=columns.YES_NO,
        ),
    ] = None
    published_on: Annotated[
        cells.Day,
        Column(
            ("发布日期", "公告日期", "发布时间", "公告时间", "提出日期", "登记日期", "填报日期", "日期"),
            "published on",
            example="2026-03-01",
        ),
    ] = None
    uscc: Annotated[cells.Uscc, columns.USCC] = None
    group: Annotated[cells.Text, columns.GROUP] = None
    contact: Annotated[cells.Text, columns.CONTACT] = None
    note: Annotated[cells.Text, columns.NOTE] = None
