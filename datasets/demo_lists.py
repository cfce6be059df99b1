"""Write the demo market as the Excel lists an office would hold: needs, capacities, past contracts, firms.

The tables stand in ``demo_firms``, ``demo_needs``, ``demo_offers`` and ``demo_contracts``. The files under
``demo/`` are written from them by ``python -m datasets.demo_lists``, byte for byte the same each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from datasets.demo_contracts import CONTRACTS
from datasets.demo_firms import FIRMS
from datasets.demo_needs import NEEDS, PUBLISHED
from datasets.demo_offers import OFFERS, VALID_FROM, VALID_TO
from matching.sheets import Heading, Table, write_workbook

Cell = str | float | date | None

DEMO = Path(__file__).parent / "demo"
#: needs whose deals show the most in few lines: one split, one that only one firm can meet in time, one task
SHOWN = ("N-001", "N-004", "N-025")


@dataclass(frozen=True)
class Sheet:
    """One list: file name without ending, title row, header row, rows (without 序号)."""

    name: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def demo_sheets() -> tuple[Sheet, ...]:
    """Give the four lists: 采购需求, 产能清单, 历史业绩, 企业名录."""
    return _needs(), _offers(), _contracts(), _firms()


def write_demo_lists(folder: Path) -> tuple[Path, ...]:
    """Write the lists into a folder, which is made where it is missing; give the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / f"{sheet.name}.xlsx" for sheet in demo_sheets())
    for sheet, path in zip(demo_sheets(), paths, strict=True):
        write_workbook(path, [_table(sheet)])
    return paths


def _needs() -> Sheet:
    headers = (
        *("需求编号", "需求单位", "需求名称", "需求内容", "行业代码", "数量", "单位", "目标单价(元)"),
        *("交货日期", "交货地", "资质要求", "可拆分", "最多供应商数", "排除企业", "优先级"),
        *("预算(万元)", "工期(天)", "是否接受联合体", "发布日期", "所属集团", "备注"),
    )
    rows = tuple(
        (
            *(need.number, _name(need.firm), need.title, need.content, need.industry),
            *(need.quantity, need.unit, need.price_max, need.need_by, FIRMS[need.firm].town),
            *(need.certs, need.splittable, need.max_suppliers, _name(need.exclude), need.priority),
            *(need.budget, need.days, need.consortium, PUBLISHED, FIRMS[need.firm].group, need.note),
        )
        for need in NEEDS
    )
    return Sheet("采购需求", "船舶产业链2027年上半年采购需求清单（示例）", headers, rows)


def _offers() -> Sheet:
    headers = (
        *("产能编号", "企业名称", "产品/工艺", "主要设备", "行业代码", "可用产能", "产能周期", "起订量"),
        *("单价(元)", "阶梯价", "交期(天)", "有效期起", "有效期止", "所在地", "服务半径(公里)"),
        *("资质证书", "在手合同数", "备注"),
    )
    rows = tuple(
        (
            *(offer.number, _name(offer.firm), offer.product, offer.equipment),
            *(offer.industry or FIRMS[offer.firm].industry, offer.capacity, offer.period, offer.minimum),
            *(offer.price, offer.tiers, offer.lead, VALID_FROM, VALID_TO, FIRMS[offer.firm].town),
            *(offer.max_km, FIRMS[offer.firm].certs, offer.running, offer.note),
        )
        for offer in OFFERS
    )
    return Sheet("产能清单", "船舶产业链2027年上半年可用产能清单（示例）", headers, rows)


def _contracts() -> Sheet:
    headers = ("企业名称", "业主", "项目名称", "内容", "所在地", "合同额(万元)", "工期(天)", "签订日期")
    rows = tuple(
        (
            *(_name(item.firm), _name(item.buyer), item.title, item.content),
            *(FIRMS[item.firm].town, item.amount, item.days, item.signed),
        )
        for item in CONTRACTS
    )
    return Sheet("历史业绩", "船舶产业链历史业绩（2025年至2026年，示例）", headers, rows)


def _firms() -> Sheet:
    headers = (
        *("企业名称", "统一社会信用代码", "所在地", "行业代码", "所属产业链", "链上位置", "角色"),
        *("企业规模", "企业称号", "资质证书", "所属集团", "是否黑名单"),
    )
    rows = tuple(
        (
            *(firm.name, firm.uscc, firm.town, firm.industry, "船舶海工", firm.position, firm.role),
            *(firm.size, firm.tiers, firm.certs, firm.group, firm.blacklisted),
        )
        for firm in FIRMS.values()
    )
    return Sheet("企业名录", "船舶产业链企业名录（示例）", headers, rows)


def _name(short: str) -> str:
    return FIRMS[short].name if short in FIRMS else short


def _table(sheet: Sheet) -> Table:
    headings = [Heading("序号", 6)]
    for header, cells in zip(sheet.headers, zip(*sheet.rows, strict=True), strict=True):
        longest = max(len(str(cell)) for cell in (header, *cells))
        headings.append(Heading(header, min(40, 2 * longest + 2)))
    rows = [(number, *row) for number, row in enumerate(sheet.rows, start=1)]
    return Table(sheet.name, headings, rows, above=(sheet.title,))


if __name__ == "__main__":
    write_demo_lists(DEMO)
