"""Write an invented market as the Excel lists an office would hold.

``python -m datasets.chain.lists OUT --needs 500 --offers 800 --seed 1``
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from datasets.chain.market import ChainMarket, make_chain_market
from matching.codes import unit_name
from matching.records import Listing
from matching.sheets import Heading, Table, write_workbook
from matching.words import is_missing

FILES = {"needs": "采购需求", "offers": "产能清单", "history": "历史业绩", "enterprises": "企业名录"}
#: widest column, in characters
WIDEST = 40
_PERIODS = {"month": "月", "quarter": "季", "year": "年"}
_SIZES = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型"}
_BASES = {"declared": "申报", "inferred": "推算"}


def _yes_no(value: bool) -> str:
    return "是" if value else "否"


def _certificates(value: tuple[tuple[str, Any], ...]) -> str:
    return "；".join(f"{key}（有效期至{until}）" if until else key for key, until in value)


def _tiers(value: tuple[tuple[float, float], ...]) -> str:
    return "；".join(f"{start:.12g}:{price:.12g}" for start, price in value)


def _ten_thousands(value: float) -> float:
    return round(value / 10_000, 6)


#: field → how its value stands in a cell; all others as they are
CELLS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("splittable", "consortium_ok", "blacklisted"), _yes_no),
    **dict.fromkeys(("unit", "capacity_unit"), unit_name),
    **dict.fromkeys(("budget_cny", "amount_cny"), _ten_thousands),
    "certs": _certificates,
    "price_tiers": _tiers,
    "period": _PERIODS.__getitem__,
    "size": _SIZES.__getitem__,
    "capacity_basis": _BASES.__getitem__,
    "outcome": {"won": "中标", "shortlisted": "入围"}.__getitem__,
}
#: unit behind the header, where it is not the column's own
UNITS = {"budget_cny": "万元", "amount_cny": "万元"}


def write_chain_lists(market: ChainMarket, folder: Path) -> dict[str, Path]:
    """Write the four lists into a folder, made where it is missing; gives kind of list → file."""
    folder.mkdir(parents=True, exist_ok=True)
    sides = {
        item.form.kind: item for item in (market.needs, market.offers, market.history, market.enterprises)
    }
    paths = {kind: folder / f"{name}.xlsx" for kind, name in FILES.items()}
    for kind, path in paths.items():
        write_workbook(path, [_table(FILES[kind], sides[kind])])
    return paths


def _table(name: str, listing: Listing) -> Table:
    """Write every column that tells anything; known values only, the others stay empty."""
    columns = {}
    for field, column in listing.form.columns.items():
        cells = [_cell(field, getattr(record, field)) for record in listing.records]
        if any(cell is not None for cell in cells):
            unit = UNITS.get(field, column.unit)
            columns[f"{column.headers[0]}({unit})" if unit else column.headers[0]] = cells
    headings = [Heading("序号", 6)]
    for header, cells in columns.items():
        longest = max(len(str(cell)) for cell in (header, *cells) if cell is not None)
        headings.append(Heading(header, min(WIDEST, 2 * longest + 2)))
    rows = [(number, *row) for number, row in enumerate(zip(*columns.values(), strict=True), start=1)]
    return Table(name, headings, rows, above=(f"{name}（虚构示例，企业均不存在）",))


def _cell(field: str, value: Any) -> Any:
    if is_missing(value) or value == ():
        return None
    told = CELLS[field](value) if field in CELLS else value
    return "、".join(told) if isinstance(told, tuple) else told


def main(arguments: list[str] | None = None) -> None:
    """Write the lists of one market into a folder."""
    parser = argparse.ArgumentParser(
        description="写出虚构的产业链市场清单 | write the lists of an invented market"
    )
    parser.add_argument("folder", type=Path, help="输出文件夹 | folder to write to")
    parser.add_argument("--needs", type=int, default=500, help="需求数 | number of needs")
    parser.add_argument("--offers", type=int, default=800, help="供给数 | number of offers")
    parser.add_argument("--seed", type=int, default=1, help="随机种子 | seed")
    told = parser.parse_args(arguments)
    market = make_chain_market(told.seed, told.needs, told.offers)
    for path in write_chain_lists(market, told.folder).values():
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
