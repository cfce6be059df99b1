"""Empty forms to fill in, and lists of records as such forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

from matching.records import Column, Form, Record
from matching.sheets.workbook import DATE_FORMAT, Heading, Table, write_workbook
from matching.words import is_missing

ORDINAL, EXAMPLE = "序号", "示例"
_HINT = "填表说明：红字带*的列必填，其余不清楚可以空着；示例行不会读入；鼠标停在表头上有说明。"
_MONEY_UNITS = ("元", "万元")
_SAID: dict[object, str] = {
    True: "是",
    False: "否",
    "won": "中标",
    "shortlisted": "入围",
    "large": "大型",
    "medium": "中型",
    "small": "小型",
    "micro": "微型",
    "declared": "申报",
    "inferred": "推算",
    "month": "月",
    "quarter": "季",
    "year": "年",
    "total": "总量",
}


def write_template(form: Form, path: str | Path) -> Path:
    """Write an empty form: headers with comments, drop-downs, and one example row that is not read."""
    columns = form.columns
    headings = [
        Heading(ORDINAL, 6),
        *(_heading(form, name, column, column.unit) for name, column in columns.items()),
    ]
    row = [EXAMPLE, *(column.example or next(iter(column.choices), None) for column in columns.values())]
    marks = dict.fromkeys(((0, place) for place in range(len(row))), "grey")
    return write_workbook(path, [Table(form.title.zh, headings, [row], (form.title.zh, _HINT), marks)])


def write_records(records: Sequence[Record], form: Form, path: str | Path) -> Path:
    """Write records as a sheet that reads back as the same records; columns nobody fills are left out."""
    held = {
        name: column
        for name, column in form.columns.items()
        if name in form.required or any(_said(getattr(record, name)) is not None for record in records)
    }
    headings = [Heading(ORDINAL, 6)]
    headings += [_heading(form, name, column, _plain_unit(column)) for name, column in held.items()]
    rows = [
        [place, *(_said(getattr(record, name)) for name in held)] for place, record in enumerate(records, 1)
    ]
    return write_workbook(path, [Table(form.title.zh, headings, rows, (form.title.zh,))])


def _plain_unit(column: Column) -> str:
    """Records count in CNY, so a list of records does as well."""
    return "元" if column.unit in _MONEY_UNITS else column.unit


def _heading(form: Form, name: str, column: Column, unit: str) -> Heading:
    must = name in form.required
    title = f"{column.headers[0]}{f'({unit})' if unit else ''}{'*' if must else ''}"
    note = "\n".join(
        part for part in ("必填" if must else "选填", column.note.zh, _choices_note(column)) if part
    )
    width = min(max(2.2 * len(title) + 2, 10), 24)
    if must or column.headers[0].endswith(("内容", "描述")):
        width = 32
    kind = form.record.model_fields[name].annotation
    return Heading(title, width, _number_format(kind), column.choices, note, marked=must)


def _choices_note(column: Column) -> str:
    return f"可填：{'、'.join(column.choices)}" if column.choices else ""


def _number_format(kind: Any) -> str:
    return DATE_FORMAT if kind is date or date in get_args(kind) else ""


def _said(value: Any) -> Any:
    """Give the cell that reads as a value."""
    if is_missing(value) or value == ():
        return None
    if isinstance(value, tuple):
        return "；".join(str(_said_item(item)) for item in value)
    if isinstance(value, (bool, str)):
        return _SAID.get(value, value)
    return value


def _said_item(item: Any) -> str:
    """A certificate with its last day, a price with its quantity, a month with its amount, or a name."""
    if not isinstance(item, tuple):
        return str(item)
    first, second = item
    if second is None or isinstance(second, date):
        return str(first) if second is None else f"{first}（有效期至{second.isoformat()}）"
    return f"{first if isinstance(first, str) else repr(first)}:{second!r}"
