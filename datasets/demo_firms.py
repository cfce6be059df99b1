"""The enterprises of the demo market: a shipbuilding chain of five towns on the lower Yangtze.

Every firm is invented. The towns are real; each name holds a word that begins with 例 ("example"), and the
credit codes carry right check characters on a body (``DEM0…``) that no registry hands out.
"""

from __future__ import annotations

from typing import NamedTuple


class Firm(NamedTuple):
    """One row of the directory; ``industry`` is a GB/T 4754-2017 class, ``certs`` are as printed."""

    name: str
    uscc: str
    town: str
    industry: str
    position: str
    role: str
    size: str
    certs: str = ""
    tiers: str = ""
    group: str = ""
    blacklisted: str = "否"


DT, ZJ, YZ, JJ = "镇江市丹徒区", "镇江市", "扬中市", "靖江市"
JD, ZG = "扬州市江都区", "张家港市"
UP, MID, DOWN = "上游", "中游", "下游"
CORE, BONE, PART = "链主", "骨干", "配套"
L, M, S, XS = "大型", "中型", "小型", "微型"
CCS, ISO = "CCS", "ISO9001"
BOTH = "CCS；ISO9001"

FIRMS: dict[str, Firm] = {
    # yards
    "例帆": Firm(
        "镇江例帆船舶重工有限公司", "91321112DEM000014X",
        DT, "3731", DOWN, CORE, L, BOTH, "链主企业", "例帆集团",
    ),
    "例海": Firm("靖江例海船厂有限公司", "91321282DEM000022A", JJ, "3731", DOWN, CORE, L, BOTH, "链主企业"),
    # steel
    "例钢": Firm(
        "张家港例钢特钢有限公司", "91320582DEM0000308",
        ZG, "3130", UP, CORE, L, "CCS；DNV；ISO9001", "链主企业",
    ),
    "例板": Firm("靖江例板船板加工有限公司", "91321282DEM0000492", JJ, "3130", UP, PART, M, BOTH),
    "例型": Firm("江都例型型钢有限公司", "91321012DEM0000576", JD, "3130", UP, PART, M, BOTH),
    # castings and forgings
    "例铸": Firm("靖江例铸铸造有限公司", "91321282DEM000065P", JJ, "3391", UP, BONE, M, BOTH, "高新技术企业"),
    "例范": Firm("靖江例范铸锻有限公司", "91321282DEM000073J", JJ, "3391", UP, BONE, M, BOTH),
    "例微": Firm(
        "靖江例微精密铸造有限公司", "91321282DEM000081D",
        JJ, "3391", UP, PART, XS, ISO, "科技型中小企业",
    ),
    "例合": Firm("江都例合有色铸造有限公司", "91321012DEM00009XE", JD, "3392", UP, PART, S, ISO),
    # engines
    "例动": Firm(
        "镇江例动船用柴油机有限公司", "91321100DEM0001020",
        ZJ, "3412", MID, BONE, L, "CCS；DNV", "制造业单项冠军企业",
    ),
    "例力": Firm("镇江例力动力机械有限公司", "91321100DEM000110T", ZJ, "3412", MID, PART, M, CCS),
    # valves and pumps
    "例阀": Firm("扬中例阀阀门有限公司", "91321182DEM000129G", YZ, "3443", MID, BONE, M, BOTH),
    "例冷": Firm(
        "扬中例冷低温阀门有限公司", "91321182DEM000137B",
        YZ, "3443", MID, PART, S, "CCS；DNV", "专精特新中小企业",
    ),
    "例控": Firm("江都例控流体控制有限公司", "91321012DEM000145L", JD, "3443", MID, PART, M, CCS),
    "例泵": Firm(
        "江都例泵船用泵业有限公司", "91321012DEM000153F",
        JD, "3441", MID, PART, S, "CCS(有效期至2027-02-28)",
    ),
    "例流": Firm(
        "靖江例流泵业有限公司", "91321282DEM0001611",
        JJ, "3441", MID, PART, M, "CCS(有效期至2029-05-31)",
    ),
    # electrical
    "例缆": Firm("扬中例缆电缆有限公司", "91321182DEM00017XK", YZ, "3831", MID, BONE, L, "CCS；CCC"),
    "例线": Firm("江都例线特种线缆有限公司", "91321012DEM0001882", JD, "3831", MID, PART, M, "CCS；CCC"),
    "例电": Firm(
        "江都例电高压开关有限公司", "91321012DEM000196W",
        JD, "3823", MID, BONE, M, "KEMA；CCS", "高新技术企业",
    ),
    "例柜": Firm("江都例柜电气有限公司", "91321012DEM000209J", JD, "3823", MID, PART, M, CCS),
    "例工": Firm("扬中例工电气成套有限公司", "91321182DEM000217Y", YZ, "3823", MID, BONE, M, "CCC；CCS"),
    # air
    "例风": Firm("靖江例风暖通设备有限公司", "91321282DEM000225Y", JJ, "3464", MID, BONE, M, CCS),
    "例暖": Firm("靖江例暖空调设备有限公司", "91321282DEM000233R", JJ, "3464", MID, PART, M, CCS),
    # deck and propulsion
    "例配": Firm(
        "镇江例帆配套设备有限公司", "91321112DEM0002413",
        DT, "3734", MID, PART, M, CCS, "", "例帆集团",
    ),
    "例锚": Firm("镇江例锚甲板机械有限公司", "91321100DEM00025XE", ZJ, "3734", MID, BONE, M, BOTH),
    "例绞": Firm("靖江例绞机械有限公司", "91321282DEM000268C", JJ, "3734", MID, PART, S, CCS),
    "例失": Firm(
        "江都例失船用配件有限公司", "91321012DEM000276G",
        JD, "3734", MID, PART, S, CCS, "", "", "是",
    ),
    "例桨": Firm(
        "镇江例桨推进器有限公司", "91321100DEM0002844",
        ZJ, "3734", MID, BONE, M, CCS, "专精特新“小巨人”企业",
    ),
    "例轴": Firm("镇江例轴船舶推进有限公司", "91321100DEM000292Y", ZJ, "3734", MID, PART, M, CCS),
    # coatings and lashing
    "例彩": Firm("张家港例彩涂料有限公司", "91320582DEM000305M", ZG, "2641", UP, BONE, M, CCS),
    "例漆": Firm("江都例漆涂料有限公司", "91321012DEM000313N", JD, "2641", UP, PART, S, CCS),
    "例绑": Firm("靖江例绑绑扎件有限公司", "91321282DEM0003218", JJ, "3734", MID, PART, M, CCS),
    "例索": Firm("张家港例索索具有限公司", "91320582DEM00033X3", ZG, "3734", MID, PART, S, CCS),
    # outfitting
    "例舾": Firm(
        "镇江例舾船舶舾装有限公司", "91321100DEM0003482",
        ZJ, "3734", DOWN, BONE, L, BOTH, "高新技术企业",
    ),
    "例装": Firm("扬中例装舾装工程有限公司", "91321182DEM000356M", YZ, "3734", DOWN, PART, M, ISO),
    "例舱": Firm("靖江例舱内装工程有限公司", "91321282DEM000364M", JJ, "3734", DOWN, PART, S, ISO),
    # services
    "例检": Firm("镇江例检检测技术有限公司", "91321100DEM000372J", ZJ, "7452", DOWN, PART, S, "CNAS；CMA"),
    "例测": Firm("张家港例测检测有限公司", "91320582DEM000380E", ZG, "7452", DOWN, PART, S, "CNAS；CMA"),
    "例运": Firm("江都例运物流有限公司", "91321012DEM000399H", JD, "5434", DOWN, PART, M, ISO),
    "例达": Firm("张家港例达大件运输有限公司", "91320582DEM000401Y", ZG, "5434", DOWN, PART, S, ISO),
}  # fmt: skip
