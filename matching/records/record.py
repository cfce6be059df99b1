"""What a row must be: records declare their columns, forms list them, listings hold what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict

from matching.errors import CellProblem
from matching.words import Words

Action = Literal["accept", "warn", "reject", "skip"]


@dataclass(frozen=True, slots=True)
class Column:
    """How a field stands in a sheet: its header, other headers people use, and how to fill it in.

    ``headers`` are Chinese, the first one is written into templates; ``unit`` is what a bare number
    means when neither the header nor the cell names a unit; ``choices`` become a drop-down; ``example``
    fills the example row of a template.
    """

    headers: tuple[str, ...]
    en: str
    unit: str = ""
    note: Words = Words("", "")
    choices: tuple[str, ...] = ()
    protected: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record was read: file, sheet and Excel row (from 1)."""

    file: str = ""
    sheet: str = ""
    row: int = 0


class Record(BaseModel):
    """Base of everything read from a row; ``None`` means unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Source = Source()


@dataclass(frozen=True)
class Form:
    """A kind of list: the record of its rows, its title, and the field that names a row.

    ``same`` are the fields that, all equal and known, make two rows a suspected duplicate;
    ``key`` is the field that must not occur twice (empty = rows have no number); ``text`` are the fields
    whose words say what a row is about.
    """

    kind: str
    record: type[Record]
    title: Words
    key: str = ""
    same: tuple[str, ...] = ()
    text: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, Column]:
        """Field name → column, in the order of the record."""
        fields = self.record.model_fields.items()
        return {name: item for name, info in fields for item in info.metadata if isinstance(item, Column)}

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the fields that must not be empty."""
        fields = self.record.model_fields
        return tuple(name for name in self.columns if fields[name].is_required())


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row below the header."""

    source: Source
    action: Action
    record: Record | None = None
    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[CellProblem, ...] = ()


@dataclass(frozen=True)
class Listing:
    """One side of a market as it was read: accepted records and what became of every row.

    ``headers`` maps each header to its field ("" = none), ``notes`` are warnings on headers and sheets,
    ``files`` the paths it was read from.
    """

    form: Form
    rows: tuple[RowOutcome, ...]
    headers: dict[str, str] = field(default_factory=dict)
    notes: tuple[CellProblem, ...] = ()
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, form: Form, records: Sequence[Record]) -> Listing:
        """Make a listing of records that never stood in a sheet."""
        return cls(form, tuple(RowOutcome(record.source, "accept", record) for record in records))

    @property
    def records(self) -> tuple[Record, ...]:
        """The accepted records, in the order of the sheet."""
        return tuple(row.record for row in self.rows if row.record is not None)

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """All problems of all rows, fatal or not, in the order of the sheet."""
        return tuple(problem for row in self.rows for problem in row.problems)

    def texts(self) -> list[str]:
        """Give what each accepted record is about, in the words of its list."""
        return [
            " ".join(filter(None, (getattr(record, name) for name in self.form.text)))
            for record in self.records
        ]

    def frame(self) -> pd.DataFrame:
        """Columns of the accepted records: one row each, field names as column names."""
        names = [name for name in self.form.record.model_fields if name != "source"]
        rows = [[getattr(record, name) for name in names] for record in self.records]
        return pd.DataFrame(rows, columns=names, dtype=object)

    def __len__(self) -> int:
        return len(self.records)
