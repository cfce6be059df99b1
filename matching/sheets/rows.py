"""Turn the rows below a header into records, with all problems of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from matching.errors import CellProblem, ChainMatchError
from matching.records import Action, Form, Record, RowOutcome, Source
from matching.records.reading import Reading
from matching.sheets.grids import Grid
from matching.sheets.headers import Header
from matching.sheets.setting import Setting
from matching.sheets.skips import why_skip
from matching.text.cells import as_shown
from matching.words import Words

HIDDEN = Words("隐藏行也是数据，已读入，请核对", "a hidden row is data and was read; please check")
NO_NUMBER = Words("编号为空，系统自动编号", "no number; one will be given")


@dataclass
class Sheet:
    """One sheet on its way to records."""

    grid: Grid
    header: Header
    setting: Setting
    form: Form

    def outcomes(self) -> list[RowOutcome]:
        """Give what becomes of every row below the header, in order."""
        return [self._outcome(row) for row in range(self.header.last + 1, len(self.grid.rows))]

    @cached_property
    def labels(self) -> dict[str, Words]:
        """Field → its header, for sentences."""
        columns = self.form.columns
        return {name: Words(column.headers[0], column.en) for name, column in columns.items()}

    @cached_property
    def columns(self) -> dict[str, int]:
        """Field → column."""
        return {name: column for column, name in self.header.fields.items()}

    @cached_property
    def required(self) -> list[int]:
        """Columns that must be filled."""
        return [self.columns[name] for name in self.form.required]

    @cached_property
    def carried(self) -> dict[tuple[int, int], int]:
        """Place below the first of a vertical merge → the row it takes its value from."""
        start, height = self.header.last + 1, len(self.grid.rows)
        return {
            (row, left): top
            for top, left, bottom, _ in self.grid.merged
            if top >= start and left in self.header.fields
            for row in range(top + 1, min(bottom + 1, height))
        }

    def _outcome(self, row: int) -> RowOutcome:
        source = Source(self.grid.file, self.grid.sheet, row + 1)
        skip = why_skip(self.grid, self.header, row, self.required)
        if skip is not None:
            problem = CellProblem(self.grid.label, self.grid.where(row, 0), "", skip, fatal=False)
            return RowOutcome(source, "skip", problems=(problem,))
        return _Row(self, row, source).read()

    def raw(self, row: int, column: int) -> Any:
        """Give the cell of a place, carried down within a vertical merge."""
        value = self.grid.rows[row][column]
        top = self.carried.get((row, column)) if value is None else None
        return value if top is None else self.grid.rows[top][column]


@dataclass
class _Row:
    """One row being read."""

    sheet: Sheet
    row: int
    source: Source
    problems: list[CellProblem] = field(default_factory=list)

    def read(self) -> RowOutcome:
        sheet = self.sheet
        cells = {name: self._cell(name, column) for name, column in sheet.columns.items()}
        reading = Reading(sheet.labels, sheet.setting.units, sheet.setting.home, sheet.setting.year, cells)
        record = self._validated(cells, reading)
        for name, notes in reading.notes.items():
            for note in dict.fromkeys(notes):
                self._add(name, note, fatal=False)
        self._note_row(record)
        fatal = any(problem.fatal for problem in self.problems)
        action: Action = "reject" if fatal else "warn" if self.problems else "accept"
        others = {sheet.header.texts[column]: sheet.raw(self.row, column) for column in sheet.header.unknown}
        return RowOutcome(
            self.source, action, None if fatal else record, others | cells, tuple(self.problems)
        )

    def _cell(self, name: str, column: int) -> Any:
        """Give the raw cell; None, with a problem, where it holds an error or a formula without value."""
        fault = self.sheet.grid.faults.get((self.row, column))
        if fault is not None:
            self._add(name, fault[1], shown=fault[0])
            return None
        value = self.sheet.raw(self.row, column)
        if value is not None and self.sheet.grid.rows[self.row][column] is None:
            top = self.sheet.carried[self.row, column] + 1
            words = Words(
                f"由第{top}行的合并单元格带下，请核对",
                f"taken from the merged cell of row {top}; please check",
            )
            self._add(name, words, fatal=False)
        return value

    def _validated(self, cells: Mapping[str, Any], reading: Reading) -> Record | None:
        known = {problem.cell for problem in self.problems if problem.fatal}
        try:
            return self.sheet.form.record.model_validate({**cells, "source": self.source}, context=reading)
        except ValidationError as error:
            for item in error.errors(include_url=False, include_input=False):
                name = str(item["loc"][0]) if item["loc"] else ""
                if self._where(name) not in known:
                    self._add(name, self._words(name, item))
            return None

    def _words(self, name: str, item: Any) -> Words:
        cause = item.get("ctx", {}).get("error")
        if isinstance(cause, ChainMatchError):
            return cause.words
        label = self.sheet.labels.get(name, Words(name, name))
        return Words(f"{label.zh}的内容不符合要求", f"{label.en}: {item['msg']}")

    def _note_row(self, record: Record | None) -> None:
        key = self.sheet.form.key
        if key in self.sheet.columns and record is not None and getattr(record, key) is None:
            self._add(key, NO_NUMBER, fatal=False)
        if self.row in self.sheet.grid.hidden:
            self.problems.append(
                CellProblem(self.sheet.grid.label, f"A{self.row + 1}", "", HIDDEN, fatal=False)
            )

    def _where(self, name: str) -> str:
        """Give the cell of a field; one that stands in no column is put down to the row's first."""
        return self.sheet.grid.where(self.row, self.sheet.columns.get(name, min(self.sheet.header.fields)))

    def _add(self, name: str, reason: Words, *, fatal: bool = True, shown: str | None = None) -> None:
        if shown is None:
            column = self.sheet.columns.get(name)
            value = None if column is None else self.sheet.grid.rows[self.row][column]
            shown = "" if value is None else as_shown(value)
        self.problems.append(CellProblem(self.sheet.grid.label, self._where(name), shown, reason, fatal))
