"""What a sheet as a whole says about its cells: its city, its year, the unit of its money."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matching.codes import home_of_cells
from matching.errors import CellProblem
from matching.records import Form
from matching.records.places import place_fields
from matching.sheets.grids import Grid
from matching.sheets.headers import Header
from matching.text import normalise
from matching.words import Words

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_CITY = re.compile(r"[\u4e00-\u9fff]{2,4}?[市州盟]")
_UNIT = re.compile(r"单位[:：]\s*(元|千元|万元|百万元|亿元)")
_MONEY = ("元", "千元", "万元", "百万元", "亿元")


@dataclass(frozen=True)
class Setting:
    """``home`` (adcode of the list's city) and ``year`` help to read short names and dates."""

    home: str | None
    year: int | None
    units: dict[str, str]


def setting_of(grid: Grid, header: Header, form: Form) -> Setting:
    """Gather what the title, the remarks and the cells of a sheet agree on; note assumed units."""
    lines = [str(cell) for row in grid.rows[: header.first] for cell in row if cell is not None]
    return Setting(_home(grid, header, form, lines), _year(grid, lines), _units(grid, header, form, lines))


def _home(grid: Grid, header: Header, form: Form, lines: list[str]) -> str | None:
    columns = [column for name in place_fields(form.record) if (column := header.column_of(name)) is not None]
    body = grid.rows[header.last + 1 :]
    cells = [row[column] for column in columns for row in body if row[column] is not None]
    return home_of_cells(cells) or home_of_cells(
        found[0] for text in (*lines, grid.sheet, grid.file) if (found := _CITY.search(text))
    )


def _year(grid: Grid, lines: list[str]) -> int | None:
    """Year of the title; where it names none or several, the commonest among the dates."""
    named = {int(year) for text in (*lines, grid.sheet, grid.file) for year in _YEAR.findall(normalise(text))}
    if len(named) == 1:
        return named.pop()
    common = Counter(_years(grid)).most_common(2)
    if not common or (len(common) == 2 and common[0][1] == common[1][1]):
        return None
    return common[0][0]


def _years(grid: Grid) -> Iterator[int]:
    for row in grid.rows:
        for cell in row:
            if isinstance(cell, date):
                yield cell.year


def _units(grid: Grid, header: Header, form: Form, lines: list[str]) -> dict[str, str]:
    """Unit of each column: its header's, else the sheet's remark on money, else what the form assumes."""
    remark = next((found[1] for text in lines if (found := _UNIT.search(normalise(text)))), "")
    units = dict(header.units)
    for column, name in header.fields.items():
        assumed = form.columns[name].unit
        if name in units or not assumed:
            continue
        units[name] = remark if remark and assumed in _MONEY and assumed != "元" else assumed
        if units[name] is not remark and assumed in _MONEY:
            reason = Words(
                f"表头没有写单位，数字按{assumed}理解", f"no unit in the header: bare numbers are {assumed}"
            )
            cell = grid.where(header.last, column)
            header.notes.append(CellProblem(grid.label, cell, header.texts[column], reason, fatal=False))
    return units
