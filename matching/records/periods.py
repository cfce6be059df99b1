"""Cell types of what a capacity is declared for: a period that comes again, or months by name."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from matching.records.cells import written
from matching.records.reading import Cell, cell_type
from matching.text import CellError
from matching.words import Words

Period = Literal["month", "quarter", "year", "total"]

#: what a period is called, as (period of the record, times its quantity)
PERIODS: dict[str, tuple[Period, float]] = {
    "天": ("month", 30),
    "周": ("month", 30 / 7),
    "月": ("month", 1),
    "季": ("quarter", 1),
    "半年": ("year", 2),
    "年": ("year", 1),
}
_PERIOD_WORDS: dict[str, Period] = {
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "total": "total",
    "总": "total",
    "总量": "total",
    "合计": "total",
    "一次性": "total",
}


def tell_period(period: str, cell: Cell, period_field: str | None) -> float:
    """Hand on a period read behind a quantity; what the quantity is to be multiplied by for it."""
    if period_field is None:
        raise CellError(
            Words(f"{cell.label.zh}不应带周期“/{period}”", f"{cell.label.en} must not be per {period!r}")
        )
    name, times = PERIODS[period]
    cell.tell(period_field, name)
    if times != 1:
        cell.note(
            Words(f"按每{period}折算，乘以{times:.4g}", f"per {period}: taken {times:.4g} times per {name}")
        )
    return times


def _period(value: Any, cell: Cell) -> str | None:
    told, text = cell.told(), written(value, cell)
    if text is None:
        return None if told is None else str(told)
    if cell.before.get("monthly"):
        _refuse_beside_months(text, cell)
        return None
    text = text.removeprefix("/").removeprefix("每").replace("季度", "季")
    period = _PERIOD_WORDS.get(text) or (
        PERIODS[text][0] if text in PERIODS and PERIODS[text][1] == 1 else None
    )
    if period is None:
        raise CellError(
            Words(
                f"周期“{text}”应为 月、季、年 或 总量",
                f"period {text!r} must be month, quarter, year or total",
            )
        )
    if told is not None and told != period:
        cell.note(
            Words(
                "与产能中写明的周期不同，以产能中的为准",
                "differs from the period in the capacity, which wins",
            )
        )
        return str(told)
    return period


def _refuse_beside_months(text: str, cell: Cell) -> None:
    # months are no period that comes again, yet "month" is what one may well write beside them
    if _PERIOD_WORDS.get(text) != "month" and PERIODS.get(text.removeprefix("每"), ("", 0)) != ("month", 1):
        raise CellError(
            Words(
                f"已逐月写明产能，{cell.label.zh}应留空，得到“{text}”",
                f"the capacity is given by month: {cell.label.en} must stay empty, got {text!r}",
            )
        )


#: month, quarter, year or total; what a quantity told of it wins
PeriodName = Annotated[Period | None, cell_type(_period), Field(validate_default=True)]
