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
#: cells a signature row may fill, share of header cells that makes a row a repeated header
_FEW, _MOST = 4, 0.6


def why_skip(grid: Grid, header: Header, row: int, required: Sequence[int]) -> Words | None:
    """Tell why a row is no record, else None; ``required`` are the columns that must be filled."""
    cells = grid.rows[row]
    filled = [(column, cell) for column, cell in enumerate(cells) if cell is not None]
    faulty = any(place[0] == row for place in grid.faults)
    if not filled:
        return None if faulty else BLANK
    texts = {column: _short(cell) for column, cell in filled}
    if _is_header(header, texts):
        return HEADER
    first = texts[filled[0][0]]
    if _EXAMPLE.match(first) and (filled[0][0] in header.ordinals or len(filled) == 1):
        return EXAMPLE
    if any(cells[column] is not None for column in required):
        return _numbers(texts)
    return _without_required(grid, header, row, list(texts.values()))


def _without_required(grid: Grid, header: Header, row: int, texts: list[str]) -> Words | None:
    if any(_SUBTOTAL.match(text.replace(" ", "")) for text in texts[:3]):
        return SUBTOTAL
    if len(texts) <= _FEW and _SIGNATURE.match(texts[0]):
        return SIGNATURE
    above = [_short(cell) for line in grid.rows[: header.first] for cell in line if cell is not None]
    if len(texts) <= _FEW and all(text in above for text in texts):
        return TITLE
    return _numbers(dict(enumerate(texts)))


def _short(cell: Any) -> str:
    return normalise(cell[:200]) if isinstance(cell, str) else str(cell)


def _is_header(header: Header, texts: dict[int, str]) -> bool:
    """A row most of whose cells repeat the header above them."""
    same = sum(
        text.replace(" ", "") in (found := normalise(header.texts.get(column, "")).replace(" ", ""))
        and bool(found)
        for column, text in texts.items()
        if not text.replace(".", "").isdigit()
    )
    return same >= 2 and same >= _MOST * len(texts)


def _numbers(texts: dict[int, str]) -> Words | None:
    """1, 2, 3 … below the header number its columns."""
    numbers = [text.removesuffix(".0").strip("()") for text in texts.values()]
    run = [str(number) for number in range(1, len(numbers) + 1)]
    return NUMBERS if len(numbers) > 2 and numbers == run else None
