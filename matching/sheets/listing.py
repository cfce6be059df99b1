"""Read a side of a market: files, sheets, rows, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from matching.errors import CellProblem, FileError, InputError, RowsError
from matching.records import Form, Listing, RowOutcome
from matching.sheets.bounds import BOUNDS, Bounds
from matching.sheets.duplicates import mark_duplicates
from matching.sheets.files import Paths, files_of, short_names
from matching.sheets.grids import Grid, read_grids
from matching.sheets.headers import Header, find_header, no_header
from matching.sheets.rows import Sheet
from matching.sheets.setting import setting_of
from matching.words import Words, is_missing

UNKNOWN_COLUMN = Words("未识别的列，未采用", "a column that is not known; it was not used")
PASSED_OVER = Words(
    "工作表没有识别到表头，已跳过", "no header was recognised in this sheet; it was passed over"
)
HIDDEN_SHEET = Words("隐藏的工作表也已读入", "a hidden sheet; it was read as well")


def read_listing(
    paths: Paths,
    form: Form,
    *,
    accept_valid: bool = False,
    sheet: str | tuple[str, ...] | None = None,
    bounds: Bounds = BOUNDS,
) -> Listing:
    """Read a list of one kind from a file, several files or a folder.

    ``sheet`` is the only one to read, by its name or the names it may have.

    Raises FileError for a file that cannot be read, InputError where no header, no required column or no
    row is found, and RowsError naming every wrong cell; with ``accept_valid`` the good rows are given and
    the wrong ones stay in ``Listing.rows`` as rejected.
    """
    files = files_of(paths)
    found = [
        item
        for file, name in zip(files, short_names(files), strict=True)
        for item in _sheets(file, _named(file, name, sheet, bounds), form)
    ]
    sheets = _with_labels(found)
    rows = mark_duplicates([row for sheet in sheets for row in _read(sheet, form)], form)
    if all(row.action == "skip" for row in rows):
        raise InputError(
            Words("表头下面没有数据行", "there is no row of data below the header"), str(files[0])
        )
    wrong = [problem for row in rows for problem in row.problems if problem.fatal]
    if wrong and not accept_valid:
        raise RowsError(wrong, "、".join(file.name for file in files))
    return Listing(form, tuple(rows), *_described(sheets), files=tuple(str(file) for file in files))


def checked_rows(listing: Listing) -> dict[str, Any]:
    """Give what became of every row as plain data: rows with action, record and problems; columns."""
    return {
        "rows": [_plain_row(row, listing.form) for row in listing.rows],
        "columns": _plain_columns(listing),
    }


_Found = tuple[Grid, Header | None]


def _named(file: Path, name: str, sheet: str | tuple[str, ...] | None, bounds: Bounds) -> list[Grid]:
    """Read the sheets of a file, or the one of a name; FileError where it has none of that name."""
    grids = read_grids(file, name, bounds)
    wanted = (sheet,) if isinstance(sheet, str) else sheet
    named = [grid for grid in grids if wanted is None or grid.sheet in wanted]
    if not named:
        zh, en = "”或“".join(wanted or ()), " or ".join(map(repr, wanted or ()))
        raise FileError(
            Words(
                f"没有名为“{zh}”的工作表；有：{'、'.join(grid.sheet for grid in grids)}",
                f"no sheet is named {en}; there are {', '.join(grid.sheet for grid in grids)}",
            ),
            str(file),
        )
    return named


def _sheets(file: Path, grids: Sequence[Grid], form: Form) -> list[_Found]:
    """Give the sheets of a file with their headers; None for one passed over, never for all of them."""
    found = [(grid, find_header(replace(grid, label=grid.sheet), form)) for grid in grids]
    complete = [header is not None and not header.missing(form) for _, header in found]
    for (grid, header), is_complete in zip(found, complete, strict=True):
        if is_complete or (any(complete) and not _is_meant(header, form)):
            continue
        raise no_header(grid, form, header, f"{file}:{grid.sheet}")
    return [(grid, header if ok else None) for (grid, header), ok in zip(found, complete, strict=True)]


def _is_meant(header: Header | None, form: Form) -> bool:
    """Tell whether a sheet that lacks a required column is such a list: to lose it would lose data."""
    return header is not None and len(header.fields) > 2 and len(header.missing(form)) < len(form.required)


def _with_labels(sheets: Sequence[_Found]) -> list[_Found]:
    """Name sheets in messages: by file as well where there are several files."""
    several = len({grid.file for grid, _ in sheets}) > 1
    labelled = []
    for grid, header in sheets:
        label = f"{grid.file}:{grid.sheet}" if several else grid.sheet
        if header is not None:
            header.notes = [replace(note, sheet=label) for note in header.notes]
        labelled.append((replace(grid, label=label), header))
    return labelled


def _read(sheet: _Found, form: Form) -> list[RowOutcome]:
    grid, header = sheet
    return [] if header is None else Sheet(grid, header, setting_of(grid, header, form), form).outcomes()


def _described(sheets: Sequence[_Found]) -> tuple[dict[str, str], tuple[CellProblem, ...]]:
    """Give header → field ("" = not known) and the notes on headers and sheets."""
    headers: dict[str, str] = {}
    notes: list[CellProblem] = []
    for grid, header in sheets:
        if header is None or not grid.is_visible:
            words = PASSED_OVER if header is None else HIDDEN_SHEET
            notes.append(CellProblem(grid.label, "A1", "", words, fatal=False))
        if header is None:
            continue
        noted = {note.cell for note in header.notes}
        notes.extend(header.notes)
        for column, text in header.texts.items():
            headers.setdefault(text, header.fields.get(column, ""))
            cell = grid.where(header.last, column)
            if column in header.unknown and cell not in noted:
                notes.append(CellProblem(grid.label, cell, text, UNKNOWN_COLUMN, fatal=False))
    return headers, tuple(notes)


def _plain_row(row: RowOutcome, form: Form) -> dict[str, Any]:
    record = None if row.record is None else _plain_record(row, form)
    problems = [
        {"cell": item.cell, "value": item.value, "reason": item.reason.zh, "reason_en": item.reason.en}
        for item in row.problems
    ]
    place = {"file": row.source.file, "sheet": row.source.sheet}
    return {"row": row.source.row, **place, "action": row.action, "record": record, "problems": problems}


def _plain_record(row: RowOutcome, form: Form) -> dict[str, Any]:
    hidden = {name for name, column in form.columns.items() if column.protected}
    assert row.record is not None
    values = row.record.model_dump(mode="json", exclude={"source", *hidden})
    return {name: None if is_missing(value) else value for name, value in values.items()}


def _plain_columns(listing: Listing) -> dict[str, str | None]:
    return {header: field or None for header, field in listing.headers.items()}
