"""Rows below a header that are no records: blank, subtotal, repeated header, signature, example."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from matching.sheets.grids import Grid
from matching.sheets.headers import Header
from matching.text import normalise
from matching.words import Words

BLANK = Words("整行为空", "blank row")
ONLY_ORDINAL = Words("只有序号的空行", "only a running number")
SUBTOTAL = Words("小计、合计行不是记录", "a subtotal is no record")
HEADER = Words("重复的表头", "repeated header")
TITLE = Words("重复的标题", "repeated title")
NUMBERS = Words("栏号行", "row of column numbers")
SIGNATURE = Words("表尾签署或说明", "signature or remark below the table")
EXAMPLE = Words("示例行", "example row")

_SUBTOTAL = re.compile(r"^(本页|本表|以上)?(小计|合计|总计|累计|共计)([(（:：].*)?$")
_SIGNATURE = re.compile(
    r"^(填表|填报|制表|审核|审批|复核|经办|负责|联系|报送|编制|统计|单位负责|主管)(人|单位|日期|时间|领导|部门|电话)"
    r"|^(联系电话|单位盖章|盖章|日期|签字|签名)\s*[:：(（]|^(注|备注|说明|填表说明|填报说明|附注)\s*[\d:：(（]"
)
_EXAMPLE = re.compile(r"^(示例|样例|例|范例|填写示例|example)(\d*|[:：(（].*)$", re.IGNORECASE)
#: longest number of a column, cells a signature row may fill, share of cells that makes a repeated header
_SHORT, _FEW, _MOST = 5, 4, 0.6


def why_skip(grid: Grid, header: Header, row: int, required: Sequence[int]) -> Words | None:
    """Tell why a row is no record, else None; ``required`` are the columns that must be filled."""
    cells = grid.rows[row]
    filled = [(column, cell) for column, cell in enumerate(cells) if cell is not None]
    if not filled:
        return None if any(place[0] == row for place in grid.faults) else BLANK
    if all(column in header.ordinals and _short(cell).isdigit() for column, cell in filled):
        return ONLY_ORDINAL
    if _is_header(header, filled):
        return HEADER
    first, cell = filled[0]
    if (first in header.ordinals or len(filled) == 1) and _EXAMPLE.match(_short(cell)):
        return EXAMPLE
    if _is_numbered([cell for _, cell in filled]):
        return NUMBERS
    if _SUBTOTAL.match(_short(cell)) and not any(isinstance(other, str) for _, other in filled[1:]):
        return SUBTOTAL
    if all(cells[column] is not None for column in required):
        return None
    return _without_required(grid, header, [_short(cell) for _, cell in filled])


def _without_required(grid: Grid, header: Header, texts: list[str]) -> Words | None:
    if any(_SUBTOTAL.match(text.replace(" ", "")) for text in texts[:3]):
        return SUBTOTAL
    if len(texts) <= _FEW and _SIGNATURE.match(texts[0]):
        return SIGNATURE
    above = [_short(cell) for line in grid.rows[: header.first] for cell in line if cell is not None]
    return TITLE if len(texts) <= _FEW and all(text in above for text in texts) else None


def _short(cell: Any) -> str:
    return (
        normalise(cell[:200])
        if isinstance(cell, str)
        else f"{cell:g}"
        if isinstance(cell, float)
        else str(cell)
    )


def _is_header(header: Header, filled: list[tuple[int, Any]]) -> bool:
    """Tell whether most cells of a row repeat the header above them, or a line of it."""
    same = sum(
        isinstance(cell, str) and "".join(cell.split()) in header.lines.get(column, ())
        for column, cell in filled
    )
    return same >= 2 and same >= _MOST * len(filled)


def _is_numbered(cells: list[Any]) -> bool:
    """Tell whether a row only numbers the columns: 1, 2, 3 …, (1), (2) … or ①, ②."""
    if len(cells) < 3 or any(isinstance(cell, str) and len(cell) > _SHORT for cell in cells):
        return False
    return [_short(cell).strip("()") for cell in cells] == [
        str(number) for number in range(1, len(cells) + 1)
    ]
