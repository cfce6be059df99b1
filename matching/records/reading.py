"""What the reading of one row knows beyond its cells, and what it collects on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BeforeValidator, ValidationInfo

from matching.text import CellError, Parsed
from matching.words import Words

T = TypeVar("T")


@dataclass
class Reading:
    """The context in which pydantic validates one row of a sheet.

    ``labels`` (field → header as the sender wrote it), ``units`` (field → what a bare number means),
    ``home`` (adcode of the list's own city) and ``year`` (of the list) are known before; ``cells`` are the
    row's own. ``notes`` (field → warnings) and ``found`` (field → what another cell said about it, such as
    the unit written behind a quantity) fill up while the fields are validated in their order.
    """

    labels: Mapping[str, Words] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    home: str | None = None
    year: int | None = None
    cells: Mapping[str, Any] = field(default_factory=dict)
    notes: dict[str, list[Words]] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)


class Cell:
    """One cell under validation: its field, label and unit, and where its notes go."""

    __slots__ = ("before", "field", "reading", "stands_alone")

    def __init__(self, info: ValidationInfo) -> None:
        context = info.context
        self.stands_alone = not isinstance(context, Reading)
        self.reading = context if isinstance(context, Reading) else Reading()
        self.field = info.field_name or ""
        self.before: Mapping[str, Any] = info.data

    @property
    def label(self) -> Words:
        """Header above the cell, else the field's name."""
        return self.reading.labels.get(self.field) or Words(self.field, self.field)

    def unit(self, alone: str) -> str:
        """Give what a bare number means here; ``alone`` where the record stands in no sheet."""
        return self.reading.units.get(self.field) or alone

    def note(self, *notes: Words) -> None:
        """Keep warnings for the sender."""
        if notes:
            self.reading.notes.setdefault(self.field, []).extend(notes)

    def value_of(self, parsed: Parsed[T]) -> T | None:
        """Give the parsed value and keep its warnings."""
        self.note(*parsed.notes)
        return parsed.value

    def tell(self, field_name: str, value: object) -> None:
        """Hand on what this cell says about a later field."""
        if self.stands_alone:
            raise CellError(
                Words(
                    f"{self.label.zh}同时写了“{field_name}”，请分开给出",
                    f"{self.label.en} also states {field_name!r}; give it separately",
                )
            )
        self.reading.found[field_name] = value

    def told(self) -> Any:
        """Give what an earlier cell said about this field, else None."""
        return self.reading.found.get(self.field)


def cell_type(read: Callable[[Any, Cell], Any]) -> BeforeValidator:
    """Make a validator of a function from (raw cell, its place) to the value; it may raise CellError."""

    def validate(value: Any, info: ValidationInfo) -> Any:
        return read(value, Cell(info))

    return BeforeValidator(validate)
