"""The sender's own sheet back, with wrong cells coloured and the reasons in a last column."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile

from matching.errors import FileError
from matching.records import Listing, RowOutcome
from matching.sheets.anatomy import Anatomy, anatomies
from matching.sheets.bounds import BOUNDS
from matching.sheets.files import content_of, kind_of, short_names
from matching.sheets.grids import Grid, read_grids
from matching.sheets.places import place_of
from matching.sheets.skips import BLANK, ONLY_ORDINAL
from matching.sheets.workbook import Heading, Table, whole_file, write_workbook
from matching.words import Words

PROBLEMS = "问题"
_LEADS = {"reject": "退回：", "warn": "请核对：", "skip": "未读入：", "accept": ""}
_RED, _YELLOW, _GREY = "FFF8CBAD", "FFFFF2CC", "FFEDEDED"
_WIDTH = 60
_SILENT = (BLANK, ONLY_ORDINAL)
#: what openpyxl raises on files it does not understand
_UNREADABLE = (
    *(ValueError, LookupError, TypeError, AttributeError, BadZipFile, OSError),
    ElementTree.ParseError,
)


def write_returned(listing: Listing, path: str | Path) -> tuple[Path, ...]:
    """Write what was read back for its sender: red = rejected, yellow = to be checked, reasons at the end.

    An .xlsx keeps its own formatting; other kinds are written anew. One file gives ``path``, several give
    one file each beside it (退回-甲.xlsx). Raises FileError where a file cannot be read again or written.
    """
    files = [Path(file) for file in listing.files]
    if not files:
        raise FileError(Words("记录不是从表格读入的，无法退回", "the records were not read from a sheet"))
    targets = _targets(Path(path), files)
    return tuple(
        _write_one(listing, file, name, target)
        for file, name, target in zip(files, short_names(files), targets, strict=True)
    )


def _targets(path: Path, files: Sequence[Path]) -> list[Path]:
    """Give one path per file, none twice and none that was read."""
    targets = [path] if len(files) == 1 else []
    for file in files if len(files) > 1 else ():
        number, target = 2, path.with_stem(f"{path.stem}-{file.stem}")
        while target in targets:
            number, target = number + 1, path.with_stem(f"{path.stem}-{file.stem}-{number}")
        targets.append(target)
    if {target.resolve() for target in targets} & {file.resolve() for file in files}:
        raise FileError(
            Words("不能写到读入的文件上，请换一个文件名", "would overwrite a file that was read"), str(path)
        )
    return targets


def _write_one(listing: Listing, file: Path, name: str, target: Path) -> Path:
    sheets: dict[str, list[RowOutcome]] = {}
    for row in listing.rows:
        if row.source.file == name:
            sheets.setdefault(row.source.sheet, []).append(row)
    content = content_of(file)
    known = anatomies(file, content, BOUNDS) if kind_of(file, content) == "xlsx" else {}
    book = _opened(content) if known and not _is_overmerged(known) else None
    if book is None or not sheets.keys() <= set(book.sheetnames):
        return _write_anew(file, name, sheets, target)
    for sheet, rows in sheets.items():
        _mark_sheet(book[sheet], rows, known[sheet].last_column + 2)
    with whole_file(target) as part:
        book.save(part)
    return target


def _is_overmerged(known: Mapping[str, Anatomy]) -> bool:
    """Tell whether merged cells cover so much that openpyxl, which makes one of each, would not end."""
    areas = (
        (bottom - top + 1) * (right - left + 1)
        for anatomy in known.values()
        for top, left, bottom, right in anatomy.merged
    )
    return sum(areas) > BOUNDS.cells


def _opened(content: bytes) -> Any:
    """Open a workbook with its formatting; None where Excel would but openpyxl cannot."""
    import openpyxl

    try:
        # it warns of every extension it will leave out, which says nothing to the reader of a list
        with warnings.catch_warnings(action="ignore"):
            return openpyxl.load_workbook(io.BytesIO(content))
    except _UNREADABLE:
        return None


def _mark_sheet(sheet: Any, rows: Sequence[RowOutcome], column: int) -> None:
    """Colour cells and give reasons in a column beyond the last one that holds anything."""
    from openpyxl.styles import Alignment, Font, PatternFill

    fills = {colour: PatternFill("solid", start_color=colour) for colour in (_RED, _YELLOW, _GREY)}
    _free_column(sheet, column)
    head = sheet.cell(rows[0].source.row - 1, column, PROBLEMS)
    head.font, head.alignment = Font(bold=True, color="FFC00000"), Alignment(horizontal="center")
    letter = head.column_letter
    sheet.column_dimensions[letter].width, sheet.column_dimensions[letter].hidden = _WIDTH, False
    for row in rows:
        text = reasons(row)
        if not text:
            continue
        for problem in row.problems if row.action != "skip" else ():
            line, place = place_of(problem.cell)
            sheet.cell(line + 1, place + 1).fill = fills[_RED if problem.fatal else _YELLOW]
        cell = sheet.cell(row.source.row, column)
        cell.value, cell.alignment = text, Alignment(wrap_text=True, vertical="top")
        cell.fill = fills[{"reject": _RED, "warn": _YELLOW}.get(row.action, _GREY)]


def _free_column(sheet: Any, column: int) -> None:
    """Cut merged cells, such as a wide title, off before a column: within them nothing can be written."""
    for area in list(sheet.merged_cells.ranges):
        if area.min_col <= column <= area.max_col:
            sheet.unmerge_cells(area.coord)
            if area.min_col < column and (area.min_col < column - 1 or area.min_row < area.max_row):
                sheet.merge_cells(None, area.min_row, area.min_col, area.max_row, column - 1)


def reasons(row: RowOutcome) -> str:
    """Give the sentence for the last column; nothing for rows in order and blank ones."""
    said = [
        f"{problem.cell} {problem.reason.zh}" for problem in row.problems if problem.reason not in _SILENT
    ]
    return _LEADS[row.action] + "；".join(dict.fromkeys(said)) if said else ""


def _write_anew(file: Path, name: str, sheets: dict[str, list[RowOutcome]], target: Path) -> Path:
    grids = {grid.sheet: grid for grid in read_grids(file, name)}
    return write_workbook(target, [_table(grids[sheet], rows) for sheet, rows in sheets.items()])


def _table(grid: Grid, rows: Sequence[RowOutcome]) -> Table:
    """Keep every row where it stood, so that the cells named in the reasons are found."""
    top = rows[0].source.row - 2
    above = [" ".join(str(cell) for cell in row if cell is not None) for row in grid.rows[:top]]
    titles = ["" if cell is None else str(cell) for cell in grid.rows[top]]
    marks = {
        (place_of(problem.cell)[0] - top - 1, place_of(problem.cell)[1]): "red" if problem.fatal else "yellow"
        for row in rows
        if row.action != "skip"
        for problem in sorted(row.problems, key=lambda problem: problem.fatal)
    }
    body = [[*cells, reasons(row)] for cells, row in zip(grid.rows[top + 1 :], rows, strict=True)]
    headings = [
        *(Heading(title, min(max(2 * len(title), 10), 40)) for title in titles),
        Heading(PROBLEMS, _WIDTH),
    ]
    return Table(grid.sheet, headings, body, above, marks)
