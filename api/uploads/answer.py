"""What passes between the service and the process that reads an upload, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from api.schemas import CellNote, ListKind, Problem, Text
from api.uploads.checked import CheckedRow
from api.uploads.limits import UploadLimits
from matching import CellProblem, Form, Listing
from matching.records import RowOutcome

#: most characters of a wrong cell that are kept to be shown
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Order:
    """Read the file of a folder made for it; "return" also writes the sender's sheet."""

    verb: Literal["check", "return"]
    kind: ListKind
    folder: Path
    name: str
    limits: UploadLimits

    @property
    def file(self) -> Path:
        """The upload, apart from what else stands in the folder."""
        return self.folder / "upload" / self.name

    @property
    def returned(self) -> Path:
        """The sender's sheet with its wrong cells coloured."""
        return self.folder / "returned.xlsx"


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands in a list that could be read."""

    columns: dict[str, str]
    notes: list[CellNote]
    rows: list[CheckedRow]


ORDER: TypeAdapter[Order] = TypeAdapter(Order)
ANSWER: TypeAdapter[Findings | Problem] = TypeAdapter(Findings | Problem)


def findings_of(listing: Listing) -> Findings:
    """Turn a listing into plain data."""
    notes = [_note(item, f"{item.sheet}!{item.cell}") for item in listing.notes]
    return Findings(dict(listing.headers), notes, [_row(row, listing.form) for row in listing.rows])


def _row(row: RowOutcome, form: Form) -> CheckedRow:
    problems = [_note(item, item.cell) for item in row.problems]
    record = row.record
    if record is None:
        return CheckedRow(row.source.sheet, row.source.row, row.action, problems=problems)
    values = record.model_dump(mode="json", exclude={"source"})
    title = form.text[0] if form.text else "enterprise"
    return CheckedRow(
        row.source.sheet,
        row.source.row,
        row.action,
        key=values.get(form.key) or "",
        enterprise=values["enterprise"],
        title=values[title],
        record=values,
        problems=problems,
    )


def _note(problem: CellProblem, cell: str) -> CellNote:
    value = problem.value
    shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    return CellNote(cell=cell, value=shown, reason=Text.of(problem.reason), fatal=problem.fatal)
