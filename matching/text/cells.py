"""What reading one cell gives: a value with notes, or an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from matching.errors import InputError
from matching.words import Words

T = TypeVar("T")


class CellError(InputError):
    """A cell does not hold what its column asks for; ``words`` says why (a ValueError)."""

    code = "cell"


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """The value read from a cell (None = unknown) and the warnings that go with it."""

    value: T | None
    notes: tuple[Words, ...] = ()

    def noting(self, *notes: Words) -> Parsed[T]:
        """Give the same value with further warnings."""
        return Parsed(self.value, self.notes + notes)
