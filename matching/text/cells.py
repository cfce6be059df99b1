"""What reading one cell gives: a value with notes, nothing, or an error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Generic, TypeVar

from matching.errors import InputError
from matching.text.cleaning import is_placeholder, tidy
from matching.words import Words, is_missing

T = TypeVar("T")

_EXCEL_ERROR = re.compile(r"#(?:DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_SHOWN = 40


class CellError(InputError):
    """A cell does not hold what its column asks for; ``words`` says why (a ValueError)."""

    code = "cell"


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """The value read from a cell (None = unknown) and the warnings that go with it."""

    value: T | None
    notes: tuple[Words, ...] = ()

    def noting(self, notes: Iterable[Words]) -> Parsed[T]:
        """Give the same value with further warnings."""
        return Parsed(self.value, (*self.notes, *notes))


def absent(cell: object, name: Words) -> Parsed[Any] | None:
    """Give the empty answer of a blank cell or a placeholder; None where there is something to read.

    Raises CellError for what no column of values may hold: an Excel error, a formula without its value.
    """
    if is_missing(cell):
        return Parsed(None)
    if not isinstance(cell, str):
        return None
    shown = tidy(cell)
    if not shown:
        return Parsed(None)
    if _EXCEL_ERROR.fullmatch(shown):
        raise CellError(Words(f"单元格为Excel错误值（{shown}）", f"the cell is the Excel error {shown}"))
    if shown.startswith("="):
        raise CellError(
            Words(
                "公式没有已计算的值，请在Excel中保存后重传",
                "the formula has no computed value: save the file in Excel and send it again",
            )
        )
    if is_placeholder(cell):
        return Parsed(None, (Words(f"{name.zh}缺失（{shown}）", f"{name.en} missing ({shown})"),))
    return None


def refuse_switch(cell: object, name: Words) -> None:
    """Raise CellError for a cell of a kind that is no number: TRUE/FALSE, a date or a time."""
    if isinstance(cell, bool):
        raise CellError(Words(f"{name.zh}为逻辑值", f"{name.en} is a truth value"))
    if isinstance(cell, (date, time)):
        raise CellError(Words(f"{name.zh}为日期", f"{name.en} is a date"))


def as_shown(cell: object) -> str:
    """Give a cell as its sheet shows it: files keep whole numbers as 5.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def not_a(name: Words, text: str) -> CellError:
    """Give the error of a text that cannot be read as what its column asks for."""
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return CellError(Words(f"“{shown}”不是{name.zh}", f"'{shown}' is not a valid {name.en}"))
