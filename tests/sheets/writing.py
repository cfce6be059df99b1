"""Write the small sheets these tests read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from matching.records import Listing
from matching.sheets import read_listing
from matching.supply.records import NEEDS

HEADER = (
    "需求编号",
    "需求单位",
    "需求名称",
    "需求内容",
    "所在地",
    "预算(万元)",
    "工期(天)",
    "是否接受联合体",
    "发布日期",
    "备注",
)


def write_book(
    path: Path, rows: Sequence[Sequence[Any]], *, merged: Sequence[str] = (), hidden: Sequence[int] = ()
) -> Path:
    """Write rows from A1; ``merged`` are ranges, ``hidden`` row numbers."""
    book = openpyxl.Workbook()
    fill_sheet(book.active, rows, merged, hidden)
    book.save(path)
    return path


def fill_sheet(
    sheet: Any, rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), hidden: Sequence[int] = ()
) -> None:
    """Write rows from A1 into a sheet."""
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    for number in hidden:
        sheet.row_dimensions[number].hidden = True


def need(**cells: Any) -> list[Any]:
    """Give a row in order under HEADER, with some cells exchanged."""
    usual = {
        "需求编号": "X-1",
        "需求单位": "甲阀门有限公司",
        "需求名称": "阀体毛坯",
        "预算(万元)": 50,
        "工期(天)": 30,
    }
    row = {**usual, **{_column(name): value for name, value in cells.items()}}
    return [row.get(name) for name in HEADER]


def _column(name: str) -> str:
    return next(header for header in HEADER if header.startswith(name))


def read_needs_of(folder: Path, *rows: Sequence[Any], **options: Any) -> Listing:
    """Write rows below a title and HEADER, and read them back, wrong ones and all."""
    path = write_book(folder / "需求.xlsx", [("2025年采购需求清单",), HEADER, *rows], **options)
    return read_listing(path, NEEDS, accept_valid=True)


def said(listing: Listing) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """Give row number, action, and cells with their Chinese reasons."""
    return [
        (row.source.row, row.action, [(problem.cell, problem.reason.zh) for problem in row.problems])
        for row in listing.rows
    ]
