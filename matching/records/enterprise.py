"""A row of a directory of enterprises (企业名录)."""

from __future__ import annotations

from typing import Annotated

from matching.records import cells, columns, places
from matching.records.record import Column, Form, Record
from matching.words import Words


class Enterprise(Record):
    """What is known about an enterprise itself; ``None`` or an empty tuple means unknown."""

    enterprise: Annotated[
        cells.Required,
        Column(
            ("企业名称", "单位名称", "公司名称", "企业全称", "企业", "名称"),
            "enterprise",
            example="示例铸造有限公司",
        ),
    ]
    uscc: Annotated[cells.Uscc, columns.USCC] = None
    region: Annotated[places.RegionNames, columns.REGION] = None
    adcode: Annotated[places.Adcode, columns.ADCODE] = None
    address: Annotated[
        cells.Text, Column(("详细地址", "地址", "注册地址", "住所", "通讯地址"), "address")
    ] = None
    industry: Annotated[cells.IndustryCode, columns.INDUSTRY] = None
    chains: Annotated[
        cells.Names, Column(("所属产业链", "产业链", "产业链名称"), "chains", example="船舶海工产业链")
    ] = ()
    position: Annotated[
        cells.Position,
        Column(("链上位置", "产业链位置", "所处环节", "环节"), "position", choices=("上游", "中游", "下游")),
    ] = None
    chain_role: Annotated[cells.ChainRole, columns.CHAIN_ROLE] = None
    size: Annotated[cells.SizeClass, columns.SIZE] = None
    tiers: Annotated[cells.Tiers, columns.TIERS] = ()
    certs: Annotated[
        places.HeldCertificates,
        Column(
            ("资质证书", "企业资质", "资质", "证书", "认证", "体系认证"), "certificates", example="ISO9001"
        ),
    ] = ()
    group: Annotated[cells.Text, columns.GROUP] = None
    blacklisted: Annotated[cells.YesNo, columns.BLACKLISTED] = None
    contact: Annotated[cells.Text, columns.CONTACT] = None


ENTERPRISES = Form(
    "enterprises",
    Enterprise,
    Words("企业名录", "Enterprises"),
    same=("enterprise",),
)
