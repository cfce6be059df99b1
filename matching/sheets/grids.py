"""Read the sheets of a file as grids of raw cells, with what is known about each place."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from matching.errors import FileError
from matching.sheets.anatomy import Anatomy, Box, anatomies
from matching.sheets.bounds import BOUNDS, Bounds
from matching.sheets.files import content_of, kind_of
from matching.sheets.oldbook import old_anatomies
from matching.sheets.places import cell_name
from matching.sheets.refusals import ENCRYPTED, damaged, save_as
from matching.words import Words

_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True)
class Grid:
    """One sheet: ``rows`` of raw cells from A1 (None = blank), all equally long; places count from 0."""

    file: str
    sheet: str
    rows: list[list[Any]]
    merged: tuple[Box, ...] = ()
    hidden: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], tuple[str, Words]] = field(default_factory=dict)
    is_visible: bool = True
    #: how the sheet is named in messages
    label: str = ""

    def where(self, row: int, column: int) -> str:
        """Give the name of a cell, such as H15."""
        return cell_name(row, column)

    @property
    def is_blank(self) -> bool:
        """Tell whether no cell holds anything."""
        return not any(cell is not None for row in self.rows for cell in row) and not self.faults


def read_grids(path: Path, name: str, bounds: Bounds = BOUNDS) -> tuple[Grid, ...]:
    """Read every sheet of a file (``name`` stands for it in records); FileError where it cannot be read."""
    content = content_of(path, bounds)
    kind = kind_of(path, content, bounds)
    if kind == "csv":
        grids: tuple[Grid, ...] = (_read_csv(path, content, name, bounds),)
    elif kind == "xlsx":
        grids = _read_book(path, content, name, anatomies(path, content, bounds))
    else:
        grids = _read_book(path, content, name, old_anatomies(path, content, bounds))
    filled = tuple(grid for grid in grids if not grid.is_blank)
    if not filled:
        raise FileError(Words("表格是空的", "the sheet is empty"), str(path))
    return filled


def _read_book(path: Path, content: bytes, name: str, known: Mapping[str, Anatomy]) -> tuple[Grid, ...]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        visible = python_calamine.SheetVisibleEnum.Visible
        work = python_calamine.SheetTypeEnum.WorkSheet
        sheets = [item for item in book.sheets_metadata if item.typ == work]
        # a sheet that only this reader finds was not looked at; old books may spell their names otherwise
        if content.startswith(b"PK") and not known.keys() >= {item.name for item in sheets}:
            raise damaged(path)
        return tuple(
            _grid(book.get_sheet_by_name(item.name), known.get(item.name), name, item.visible == visible)
            for item in sheets
        )
    except python_calamine.PasswordError as error:
        raise save_as(path, ENCRYPTED) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise damaged(path) from error


def _grid(sheet: Any, anatomy: Anatomy | None, name: str, is_visible: bool) -> Grid:
    rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    anatomy = anatomy or Anatomy()
    if not anatomy.merged:
        boxes = sheet.merged_cell_ranges or []
        anatomy.merged = [(top, left, bottom, right) for (top, left), (bottom, right) in boxes]
    if anatomy.faults:
        _make_room(rows, anatomy)
    return Grid(
        file=name,
        sheet=sheet.name,
        rows=rows,
        merged=tuple(anatomy.merged),
        hidden=frozenset(anatomy.hidden),
        faults=anatomy.faults,
        is_visible=is_visible,
    )


def _make_room(rows: list[list[Any]], anatomy: Anatomy) -> None:
    """A cell at the rim that holds only an error or an empty formula is none to the reader of values."""
    width = max(anatomy.last_column + 1, max((len(row) for row in rows), default=0))
    rows.extend([] for _ in range(anatomy.last_row + 1 - len(rows)))
    for row in rows:
        row.extend([None] * (width - len(row)))


def _plain(cell: Any) -> Any:
    if cell == "" or cell is None:
        return None
    if isinstance(cell, str):
        # old books can hold NUL, which no database takes
        cell = cell.replace("\x00", "")
        return cell if cell.strip() else None
    return str(cell) if isinstance(cell, (time, timedelta)) else cell


def _read_csv(path: Path, content: bytes, name: str, bounds: Bounds) -> Grid:
    text = _decoded(path, content)
    if "\x00" in text:
        raise damaged(path)
    rows: list[list[Any]] = []
    width = 0
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
            rows.append([_plain(cell) for cell in line])
            width = max(width, len(line))
            bounds.check_reach(len(rows) - 1, width - 1, path)
    except csv.Error as error:
        raise damaged(path) from error
    for row in rows:
        row.extend([None] * (width - len(row)))
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return Grid(file=name, sheet=path.stem, rows=rows)


def _decoded(path: Path, content: bytes) -> str:
    marked = next((code for mark, code in _BOMS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(
        Words("文字编码无法识别，应为UTF-8或GB18030（ANSI）", "unknown encoding; UTF-8 or GB18030 is needed"),
        str(path),
    )


def _separator(text: str) -> str:
    """Give the separator most of the first lines agree on."""
    lines = text.splitlines()[:20]
    return max(",\t;", key=lambda mark: sum(line.count(mark) for line in lines))
