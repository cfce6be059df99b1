"""Write tables of plain values into a workbook an office would send out."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pandas as pd

from matching.errors import FileError
from matching.words import Words, is_missing

#: longest text a cell of Excel takes, longest list of a drop-down, longest name of a sheet
LONGEST_TEXT, LONGEST_CHOICES, LONGEST_NAME = 32_767, 255, 31
DATE_FORMAT = "yyyy-mm-dd"
#: points a line of text takes, and the most lines a row may have (Excel: 409 points)
LINE_HEIGHT, MOST_LINES = 13.5, 30
#: rows a drop-down reaches beyond the last one written
SPARE_ROWS = 200
#: most characters side by side on one page that can still be read on paper
PAGE_WIDTH = 240
RISKY = ("=", "+", "-", "@", "\t", "\r")
_CREATED = datetime(2000, 1, 1)
_FACE = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
_MARKS = {"red": "#F8CBAD", "yellow": "#FFF2CC", "green": "#E2EFDA", "grey": "#EDEDED"}


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table: its title, width in characters, number format, drop-down and comment."""

    title: str
    width: float = 12
    number_format: str = ""
    choices: tuple[str, ...] = ()
    note: str = ""
    marked: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet: headings, rows of plain values, lines above the header (the first one is the title).

    ``marks`` colours cells, (row, column) from 0 within ``rows`` → "red", "yellow", "green" or "grey".
    """

    name: str
    columns: Sequence[Heading]
    rows: Iterable[Sequence[Any]] | pd.DataFrame
    above: Sequence[str] = ()
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)


def write_workbook(path: str | Path, tables: Sequence[Table]) -> Path:
    """Write tables as the sheets of one .xlsx file; the same tables give the same bytes.

    Text never becomes a formula or a link. The file appears whole or not at all; FileError where the
    place cannot be written to.
    """
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _CREATED, "author": "", "comments": ""})
    faces = _Faces(book)
    names: list[str] = []
    for table in tables:
        names.append(_sheet_name(table.name, names))
        _write_table(book.add_worksheet(names[-1]), table, faces)
    book.close()
    with whole_file(path) as part:
        part.write_bytes(content.getvalue())
    return Path(path)


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary name beside ``path``; it takes the right name only if all went well."""
    target = Path(path)
    part = target.with_name(f".{target.stem}.part{target.suffix}")
    try:
        yield part
        os.replace(part, target)
    except OSError as error:
        raise FileError(
            Words(
                "无法写入：请确认文件夹存在、有写入权限，且该文件没有在Excel中打开",
                "cannot be written: check that the folder exists, may be written to, "
                "and that the file is not open in Excel",
            ),
            str(target),
        ) from error
    finally:
        part.unlink(missing_ok=True)


def plain_value(value: Any) -> Any:
    """Turn a value into what a cell holds: str, int, float, bool, date or None."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, (tuple, list)):
        return "；".join(str(plain_value(item)) for item in value) or None
    if isinstance(value, datetime):
        value = value.date() if pd.notna(value) else None
    if is_missing(value) or isinstance(value, (bool, date)):
        return None if is_missing(value) else value
    if isinstance(value, (int, float)):
        return value if math.isfinite(value) and abs(value) < 1e15 else str(value)
    text = str(value)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


class _Faces:
    """Cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FACE, **properties})
        return self._made[key]

    def plain(self, number_format: str) -> Any:
        """Format of the blank cells of a column, without frame."""
        return self.of(num_format=number_format, border=0, text_wrap=False)


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """Give a name Excel accepts, none twice."""
    clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:LONGEST_NAME] or "Sheet"
    folded, number, result = [item.casefold() for item in taken], 2, clean
    while result.casefold() in folded:
        tail = f" ({number})"
        result, number = clean[: LONGEST_NAME - len(tail)] + tail, number + 1
    return result


def _write_table(sheet: Any, table: Table, faces: _Faces) -> None:
    top = _write_above(sheet, table, faces)
    for place, heading in enumerate(table.columns):
        _write_heading(sheet, (top, place), heading, faces)
    rows = table.rows.itertuples(index=False) if isinstance(table.rows, pd.DataFrame) else table.rows
    last = top
    for last, row in enumerate(rows, top + 1):
        sheet.set_row(last, LINE_HEIGHT * _lines(row, table.columns))
        for place, value in enumerate(row):
            mark = table.marks.get((last - top - 1, place), "")
            _write_cell(sheet, (last, place), value, table.columns[place], (mark, faces))
    _set_up_page(sheet, (top, last), table, faces)


def _lines(row: Sequence[Any], columns: Sequence[Heading]) -> int:
    """Lines the longest cell of a row wraps to, so that it is readable in programs that fit no heights."""
    most = 1
    for value, heading in zip(row, columns, strict=False):
        if isinstance(value, str):
            wrapped = (math.ceil(_width(line) / heading.width) for line in value.split("\n"))
            most = max(most, sum(max(1, lines) for lines in wrapped))
    return min(most, MOST_LINES)


def _width(text: str) -> int:
    """Width in characters; Chinese ones count double."""
    return len(text) + sum(east_asian_width(sign) in "WF" for sign in text)


def _write_above(sheet: Any, table: Table, faces: _Faces) -> int:
    """Write the lines above the header, each across all columns; give the header's row."""
    for row, line in enumerate(table.above):
        face = faces.of(
            border=0, bold=row == 0, font_size=10 if row else 16, align="left" if row else "center"
        )
        if len(table.columns) > 1:
            sheet.merge_range(row, 0, row, len(table.columns) - 1, "", face)
        sheet.write_string(row, 0, str(line)[:LONGEST_TEXT], face)
        lines = 1 + line.count("\n")
        sheet.set_row(row, (15 if row else 26) * lines)
    return len(table.above)


def _write_heading(sheet: Any, at: tuple[int, int], heading: Heading, faces: _Faces) -> None:
    colour = {"font_color": "#C00000"} if heading.marked else {}
    face = faces.of(bold=True, align="center", bg_color="#D9E1F2", **colour)
    sheet.write_string(*at, heading.title, face)
    if heading.note:
        sheet.write_comment(*at, heading.note, {"x_scale": 2, "author": ""})


def _write_cell(
    sheet: Any, at: tuple[int, int], value: Any, heading: Heading, look: tuple[str, _Faces]
) -> None:
    mark, faces = look
    value = plain_value(value)
    properties: dict[str, Any] = {"bg_color": _MARKS[mark]} if mark else {}
    if isinstance(value, str):
        # the quote mark keeps the text a text even when somebody edits the cell
        if value.startswith(RISKY):
            properties["quote_prefix"] = True
        sheet.write_string(*at, value, faces.of(**properties))
    elif isinstance(value, date):
        sheet.write_datetime(
            *at, value, faces.of(num_format=heading.number_format or DATE_FORMAT, **properties)
        )
    elif value is None:
        sheet.write_blank(*at, None, faces.of(**properties))
    else:
        if heading.number_format:
            properties["num_format"] = heading.number_format
        sheet.write(*at, value, faces.of(**properties))


def _set_up_page(sheet: Any, span: tuple[int, int], table: Table, faces: _Faces) -> None:
    top, last = span
    for place, heading in enumerate(table.columns):
        face = faces.plain(heading.number_format) if heading.number_format else None
        sheet.set_column(place, place, heading.width, face)
        if heading.choices:
            _offer_choices(sheet, (top + 1, place, last + SPARE_ROWS, place), heading)
    sheet.freeze_panes(top + 1, 0)
    if table.columns:
        sheet.autofilter(top, 0, max(last, top), len(table.columns) - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    width = sum(heading.width for heading in table.columns)
    sheet.fit_to_pages(math.ceil(width / PAGE_WIDTH) or 1, 0)
    sheet.repeat_rows(0, top)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _offer_choices(sheet: Any, area: tuple[int, int, int, int], heading: Heading) -> None:
    if len(",".join(heading.choices)) > LONGEST_CHOICES:
        raise ValueError(f"choices of {heading.title!r} exceed {LONGEST_CHOICES} characters")
    rule = {
        "validate": "list",
        "source": list(heading.choices),
        "ignore_blank": True,
        "error_type": "warning",
        "error_title": heading.title[:32],
        "error_message": "建议从下拉列表中选择",
    }
    sheet.data_validation(*area, rule)
