"""Rows that occur twice in a listing, across all its files and sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from matching.errors import CellProblem
from matching.records import Form, Record, RowOutcome, Source
from matching.text import normalise
from matching.words import Words, is_missing


def mark_duplicates(rows: Sequence[RowOutcome], form: Form) -> list[RowOutcome]:
    """Mark repeats: the same number and content is skipped, with other content rejected."""
    numbers: dict[str, RowOutcome] = {}
    alike: dict[tuple[Any, ...], RowOutcome] = {}
    return [_marked(row, form, numbers, alike) for row in rows]


def _marked(
    row: RowOutcome, form: Form, numbers: dict[str, RowOutcome], alike: dict[tuple[Any, ...], RowOutcome]
) -> RowOutcome:
    number = _number(row, form)
    first = numbers.setdefault(number, row) if number else row
    if first is not row:
        return _repeated(row, first, form)
    likeness = _likeness(row.record, form)
    twin = alike.setdefault(likeness, row) if likeness else row
    return row if twin is row else _suspected(row, twin, form)


def _number(row: RowOutcome, form: Form) -> str:
    """Give the number a row goes by, also where the row itself is rejected."""
    if row.record is not None:
        return str(getattr(row.record, form.key) or "") if form.key else ""
    raw = row.values.get(form.key)
    return "" if is_missing(raw) else normalise(str(raw)).replace(" ", "")


def _repeated(row: RowOutcome, first: RowOutcome, form: Form) -> RowOutcome:
    if row.record is None:
        return row
    place = _place(first, row)
    if first.record is not None and _content(row.record) == _content(first.record):
        words = Words(f"与{place.zh}完全相同", f"the same as {place.en}")
        return replace(row, action="skip", record=None, problems=(_problem(row, words, fatal=False),))
    number = getattr(row.record, form.key)
    words = Words(
        f"编号 {number} 在{place.zh}已存在但内容不同",
        f"number {number} stands in {place.en} with other content",
    )
    return replace(row, action="reject", record=None, problems=(*row.problems, _problem(row, words)))


def _suspected(row: RowOutcome, twin: RowOutcome, form: Form) -> RowOutcome:
    place = _place(twin, row)
    fields = [form.columns[name] for name in form.same]
    zh, en = "、".join(item.headers[0] for item in fields), ", ".join(item.en for item in fields)
    words = Words(f"{zh}与{place.zh}相同，疑似重复", f"{en} as in {place.en}: a suspected duplicate")
    return replace(row, action="warn", problems=(*row.problems, _problem(row, words, fatal=False)))


def _likeness(record: Record | None, form: Form) -> tuple[Any, ...] | None:
    values = () if record is None else tuple(getattr(record, name) for name in form.same)
    return None if not values or any(is_missing(value) for value in values) else values


def _content(record: Record) -> Record:
    return record.model_copy(update={"source": Source()})


def _place(row: RowOutcome, seen_from: RowOutcome) -> Words:
    """Name a row; with its file and sheet where it stands elsewhere."""
    source, other = row.source, seen_from.source
    sheet = (
        f"{source.file} {source.sheet} " if (source.file, source.sheet) != (other.file, other.sheet) else ""
    )
    return Words(f"{sheet}第{source.row}行", f"{sheet}row {source.row}")


def _problem(row: RowOutcome, words: Words, *, fatal: bool = True) -> CellProblem:
    label = row.problems[0].sheet if row.problems else row.source.sheet
    return CellProblem(label, f"A{row.source.row}", "", words, fatal)
