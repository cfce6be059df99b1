"""Cell types of how a product is made: hours per unit, months with what each can make."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import Field

from matching.codes import convert, find_unit, split_period
from matching.records.cells import written
from matching.records.measures import LARGEST, believable, tell_unit, unit_beside, unit_code
from matching.records.reading import Cell, cell_type
from matching.text import CellError, normalise, parse_quantity
from matching.words import Words

#: kind of unit that hours are of, and what they count in
TIME, HOUR = "time_work", "worker_hour"

_MONTH = re.compile(r"^(?:(\d{4}|\d{2})[-年./])?(\d{1,2})月?份?[:=](.+)$")
_RUN_TOGETHER = re.compile(r"^(\d{4})(\d{2})[:=](.+)$")
_BETWEEN = re.compile(r"[;、|\n]|,(?!\d{3}(?!\d))")
_YEARS = range(1900, 2101)

Month = tuple[str, float]


def _unit_hours(value: Any, cell: Cell) -> float | None:
    """Read hours per unit of the product; the product's unit is told to ``product_unit``."""
    read = cell.value_of(parse_quantity(value, cell.unit("") or None, name=cell.label))
    if read is None:
        return None
    hours, (time, _, product) = believable(read[0], cell), (read[1] or "").partition("/")
    if time:
        hours = convert(hours, _unit_of_time(time, cell), HOUR)
    counted = cell.before.get("capacity_unit")
    if counted is not None and find_unit(counted).kind != TIME:
        cell.note(
            Words(
                f"产能不按工时计，{cell.label.zh}未采用",
                f"the capacity is not in hours; {cell.label.en} is left out",
            )
        )
        return None
    if product:
        cell.tell("product_unit", find_unit(product).code)
    return hours


def _unit_of_time(name: str, cell: Cell) -> str:
    if find_unit(name).kind != TIME:
        raise CellError(
            Words(
                f"{cell.label.zh}应写成“0.5工时/件”或“30分钟/件”，“{name}”不是工时",
                f"{cell.label.en} must read '0.5工时/件' or '30分钟/件'; {name!r} is no unit of time",
            )
        )
    return name


def _product_unit(value: Any, cell: Cell) -> str | None:
    """Read what the product is sold in where the capacity counts in hours."""
    if cell.before.get("unit_hours") is not None:
        return unit_code(value, cell)
    if written(value, cell) is not None:
        cell.note(
            Words(f"没有单位工时，{cell.label.zh}未采用", f"no hours per unit; {cell.label.en} is left out")
        )
    return None


def _monthly(value: Any, cell: Cell) -> tuple[Month, ...]:
    """Read what each month can make; the unit is told to ``capacity_unit``, money counts in CNY."""
    if isinstance(value, (tuple, list)):
        found = [(str(month), float(amount)) for month, amount in value]
    else:
        parts = [] if written(value, cell) is None else _BETWEEN.split(_plain(str(value)))
        found = _in_one_unit([_month(part, cell) for part in parts if part], cell)
    months = [month for month, _ in found]
    twice = sorted({month for month in months if months.count(month) > 1})
    if twice:
        raise CellError(
            Words(f"{'、'.join(twice)} 写了不止一次", f"{', '.join(twice)} is given more than once")
        )
    if found and cell.before.get("capacity") is not None:
        raise CellError(
            Words(
                f"{cell.label.zh}与产能只能填写一项",
                f"give either {cell.label.en} or the capacity per period, not both",
            )
        )
    return tuple(sorted(found))


def _plain(text: str) -> str:
    return "\n".join("".join(normalise(line).split()) for line in text.splitlines())


def _month(part: str, cell: Cell) -> tuple[str, float, str | None]:
    """Read "2026-03:300吨" as month, amount, unit."""
    found = _RUN_TOGETHER.match(part) or _MONTH.match(part)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise CellError(
            Words(
                f"{cell.label.zh}应写成“2026-03:300；2026-04:200”（月份:数量），得到“{part}”",
                f"{cell.label.en} must read '2026-03:300; 2026-04:200' (month: quantity), got {part!r}",
            )
        )
    read = parse_quantity(found[3], cell.unit("") or unit_beside(cell, "capacity_unit"), name=cell.label)
    amount = cell.value_of(read)
    if amount is None or amount[0] > LARGEST:
        raise CellError(
            Words(
                f"{cell.label.zh}应不超过{LARGEST:g}，得到“{part}”",
                f"{cell.label.en}: at most {LARGEST:g}, got {part!r}",
            )
        )
    return f"{_year(found[1], cell)}-{int(found[2]):02d}", amount[0], amount[1]


def _year(text: str | None, cell: Cell) -> int:
    year = cell.reading.year if text is None else int(text) + (2000 if len(text) == 2 else 0)
    if year is None:
        raise CellError(Words("缺少年份", "the year is missing"))
    if year not in _YEARS:
        raise CellError(Words(f"年份{year}超出范围", f"year {year} is out of range"))
    if text is None:
        cell.note(Words(f"缺少年份，按填报年度{year}", f"no year given, taken as {year}"))
    return year


def _in_one_unit(found: list[tuple[str, float, str | None]], cell: Cell) -> list[Month]:
    """Count all months in the unit of the first one that names any."""
    units = [None if unit is None else _without_period(unit, cell) for _, _, unit in found]
    first = next((unit for unit in units if unit), None)
    if first is None:
        return [(month, amount) for month, amount, _ in found]
    times = tell_unit(first, cell, "capacity_unit")
    return [
        (month, (convert(amount, unit, first) if unit else amount) * times)
        for (month, amount, _), unit in zip(found, units, strict=True)
    ]


def _without_period(unit: str, cell: Cell) -> str | None:
    name, period = split_period(unit)
    if period not in (None, "月"):
        raise CellError(
            Words(f"{cell.label.zh}不应带周期“/{period}”", f"{cell.label.en} must not be per {period!r}")
        )
    return name or None


#: machine hours per unit of the product; its unit is told to ``product_unit``
UnitHours = Annotated[float | None, cell_type(_unit_hours)]
#: code of the unit a product made in hours is sold in; else told by the hours per unit, else by the price
ProductUnit = Annotated[str | None, cell_type(_product_unit), Field(validate_default=True)]
#: (month as 2026-03, amount in the unit of capacity), rising, none twice
Monthly = Annotated[tuple[Month, ...], cell_type(_monthly)]
