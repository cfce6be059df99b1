"""What checking an upload gives: the rows, what is wrong with them, and the file as it came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from api.schemas import CellNote, Counts, ListKind, RowAction


@dataclass(frozen=True)
class CheckedRow:
    """One row below the header; ``record`` is the whole record as plain data, protected columns too."""

    sheet: str
    row: int
    action: RowAction
    key: str = ""
    enterprise: str = ""
    title: str = ""
    record: dict[str, Any] | None = None
    problems: list[CellNote] = field(default_factory=list)


@dataclass(frozen=True)
class CheckedList:
    """A list as it was uploaded and read; ``columns`` maps each header to its field ("" = none)."""

    kind: ListKind
    title: str
    file_name: str
    content: bytes
    sha256: str
    columns: dict[str, str]
    notes: list[CellNote]
    rows: list[CheckedRow]

    @property
    def counts(self) -> Counts:
        """Rows by what became of them."""
        found = Counter(row.action for row in self.rows)
        return Counts(accept=found["accept"], warn=found["warn"], reject=found["reject"], skip=found["skip"])
