"""The needs of the demo market: what yards and their first suppliers look for in the first half of 2027."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

PUBLISHED = date(2026, 12, 1)


class Need(NamedTuple):
    """One row: goods have a quantity and a price ceiling in yuan per ``unit``, whole tasks have neither.

    ``budget`` in 万元 and ``days`` belong to tasks; ``firm`` and ``exclude`` are the directory's short names.
    """

    number: str
    firm: str
    title: str
    content: str
    industry: str
    quantity: float | None = None
    unit: str = ""
    price_max: float | None = None
    need_by: date | None = None
    certs: str = ""
    splittable: str = ""
    max_suppliers: int | None = None
    exclude: str = ""
    priority: int | None = None
    budget: float | None = None
    days: int | None = None
    consortium: str = ""
    note: str = ""


def _by(month: int, day: int) -> date:
    return date(2027, month, day)


YES, NO = "是", "否"

GOODS: tuple[Need, ...] = (
    Need(
        "N-001", "例帆", "船体高强度钢板", "AH36 高强度船板，厚8至40毫米，两批交货", "3130",
        1200, "吨", 5200, _by(3, 20), "CCS", YES,
    ),
    Need(
        "N-002", "例海", "船用铸钢件", "锚链筒、导缆孔铸钢件，同一炉号追溯，只要一家供货", "3391",
        300, "吨", 13000, _by(3, 31), "CCS", YES, 1,
    ),
    Need(
        "N-003", "例帆", "船用低温截止阀", "液化天然气燃料管路用低温截止阀 DN50 至 DN150", "3443",
        120, "件", 2900, _by(4, 10), "DNV", YES,
    ),
    Need(
        "N-004", "例海", "镍铝青铜螺旋桨", "直径5.2米镍铝青铜螺旋桨，坞期已定，不能晚", "3734",
        2, "件", 750_000, _by(2, 10), "CCS", YES,
    ),
    Need(
        "N-005", "例海", "集装箱绑扎件备件", "花篮螺丝、扭锁备件，随船小批量", "3734",
        800, "公斤", 12, _by(2, 28), "CCS", YES,
    ),
    Need(
        "N-006", "例帆", "集装箱绑扎件", "绑扎杆、花篮螺丝、扭锁整船配套", "3734",
        60, "吨", 11000, _by(3, 15), "CCS", YES,
    ),
    Need(
        "N-007", "例动", "柴油机机体铸件", "中速柴油机灰铸铁、球墨铸铁机体与机座毛坯", "3391",
        180, "吨", 9000, _by(4, 15), "ISO9001", YES,
    ),
    Need(
        "N-008", "例动", "柴油机气缸盖铸件", "气缸盖精密铸造件，尺寸公差CT7", "3391",
        900, "件", 1700, _by(4, 15), "ISO9001", YES,
    ),
    Need(
        "N-009", "例帆", "船用电力电缆", "机舱至配电板船用电力电缆，一次订足", "3831",
        18000, "米", 58, _by(3, 10), "CCS", NO,
    ),
    Need(
        "N-010", "例海", "船用控制电缆", "船用控制电缆、仪表电缆", "3831",
        6000, "米", 60, _by(3, 1), "CCS", YES,
    ),
    Need(
        "N-011", "例帆", "船用中压开关柜", "10千伏船用中压开关柜，须有国际型式试验", "3823",
        24, "台", 135_000, _by(4, 30), "KEMA", NO,
    ),
    Need(
        "N-012", "例海", "船用中压开关柜", "10千伏船用中压开关柜及应急配电板", "3823",
        20, "台", 135_000, _by(4, 30), "CCS", NO,
    ),
    Need(
        "N-013", "例电", "高压开关壳体铝铸件", "高压开关壳体铝合金铸件，气密试验", "3392",
        400, "件", 800, _by(3, 31), "ISO9001", YES,
    ),
    Need(
        "N-014", "例帆", "机舱通风机组", "机舱轴流通风机组", "3464",
        16, "台", 72_000, _by(3, 31), "CCS", YES,
    ),
    Need(
        "N-015", "例海", "舱室空调系统", "船用组合式舱室空调系统", "3464",
        6, "套", 330_000, _by(4, 15), "CCS", YES, exclude="例暖", note="与被排除单位有未决纠纷",
    ),
    Need(
        "N-016", "例帆", "液压锚绞机", "液压锚绞机，含控制阀组", "3734",
        4, "台", 430_000, _by(4, 30), "CCS", YES,
    ),
    Need(
        "N-017", "例海", "电动系泊绞车", "电动系泊绞车，变频控制", "3734",
        6, "台", 280_000, _by(4, 30), "CCS", YES,
    ),
    Need(
        "N-018", "例帆", "船用环氧防锈漆", "压载舱、外板用船用环氧防锈漆", "2641",
        42, "吨", 27_000, _by(2, 20), "CCS", YES,
    ),
    Need(
        "N-019", "例动", "柴油机曲轴锻件", "出口机型曲轴锻件，须劳氏船级社认可", "3391",
        12, "件", 90_000, _by(5, 31), "LR", YES,
    ),
    Need(
        "N-028", "例帆", "船用中速柴油主机", "缸径320毫米船用中速柴油主机，已有船东订单", "3412",
        2, "台", 4_500_000, _by(5, 20), "CCS；DNV", NO, priority=3,
    ),
    Need(
        "N-029", "例海", "船用中速柴油主机", "缸径320毫米船用中速柴油主机，备选船型", "3412",
        2, "台", 4_500_000, _by(5, 20), "CCS；DNV", NO, priority=1,
    ),
    Need(
        "N-031", "例帆", "舱底泵", "船用离心式舱底泵", "3441",
        30, "台", 21_000, _by(4, 20), "CCS", YES,
    ),
    Need(
        "N-032", "例工", "低压电力电缆", "铜芯低压电力电缆，成套柜出线用", "3831",
        3, "公里", 65_000, _by(3, 15), "CCC", YES,
    ),
    Need(
        "N-033", "例海", "船用球扁钢型材", "球扁钢、L型钢船体型材", "3130",
        500, "吨", 5600, _by(4, 10), "CCS", YES,
    ),
)  # fmt: skip

TASKS: tuple[Need, ...] = (
    Need(
        "N-020", "例帆", "上层建筑内装工程", "七层上层建筑内装舾装，含材料与施工", "3734",
        budget=680, days=90,
    ),
    Need(
        "N-021", "例海", "机舱舾装工程", "机舱格栅、扶梯等机舱舾装件制作与安装", "3734",
        budget=320, days=90,
    ),
    Need(
        "N-022", "例帆", "甲板舾装件制作安装", "甲板舾装件：栏杆、带缆桩、舱口盖附件", "3734",
        budget=450, days=90,
    ),
    Need(
        "N-023", "例海", "生活区舾装工程", "生活区舾装、居住舱室改造", "3734",
        budget=260, days=75,
    ),
    Need(
        "N-024", "例帆", "管系舾装工程", "全船管系舾装：放样、制管、安装", "3734",
        budget=380, days=90,
    ),
    Need(
        "N-025", "例帆", "船体焊缝无损检测", "船体焊缝超声、射线无损检测，驻厂", "7452",
        certs="CNAS", budget=60, days=60,
    ),
    Need(
        "N-026", "例海", "船用设备第三方检测", "甲板机械、阀门等船用设备检测，驻厂", "7452",
        certs="CMA", budget=45, days=45,
    ),
    Need(
        "N-027", "例钢", "特钢大件运输", "轧辊、厚板大件运输与吊装，张家港至镇江", "5434",
        budget=90, days=30,
    ),
    Need(
        "N-030", "例帆", "邮轮薄板电磁矫平", "邮轮薄板焊接变形电磁矫平，工艺与装备一并解决", "3734",
        budget=800, days=180, consortium=YES,
    ),
)  # fmt: skip

NEEDS: tuple[Need, ...] = tuple(sorted(GOODS + TASKS))
