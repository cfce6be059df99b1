"""Cell types of quantities with units: amounts, capacities per period, prices per unit."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal

from pydantic import Field

from matching.codes import convert, find_unit, split_period
from matching.errors import InputError
from matching.records.cells import written
from matching.records.periods import tell_period
from matching.records.reading import Cell, cell_type
from matching.text import (
    CellError,
    is_placeholder,
    parse_number,
    parse_price,
    parse_quantity,
    split_list,
    tidy,
)
from matching.words import Words, is_missing

#: largest quantity that is believed
LARGEST = 1e12


def believable(number: float, cell: Cell) -> float:
    """Give the number back; one that is not positive or beyond belief raises CellError."""
    if not 0 < number <= LARGEST:
        raise CellError(
            Words(
                f"{cell.label.zh}应大于0且不超过{LARGEST:g}，得到 {number:g}",
                f"{cell.label.en} must be above 0 and at most {LARGEST:g}, got {number:g}",
            )
        )
    return number


def _quantity(value: Any, cell: Cell) -> float | None:
    return _measured(value, cell, "unit", None)


def _capacity(value: Any, cell: Cell) -> float | None:
    return _measured(value, cell, "capacity_unit", "period")


def _measured(value: Any, cell: Cell, unit_field: str, period_field: str | None) -> float | None:
    read = cell.value_of(parse_quantity(value, cell.unit("") or None, name=cell.label))
    if read is None:
        return None
    number, unit = believable(read[0], cell), read[1] or unit_beside(cell, unit_field)
    if unit is None:
        return number
    name, period = split_period(unit)
    times = 1.0
    if period is not None:
        times = tell_period(period, cell, period_field)
    if name:
        number *= tell_unit(name, cell, unit_field)
    return number * times


def unit_beside(cell: Cell, unit_field: str) -> str | None:
    """Give the text of the unit column (吨/月, 万元): it scales a bare number and tells its period."""
    text = cell.reading.cells.get(unit_field)
    return tidy(text) if isinstance(text, str) and not is_placeholder(tidy(text)) else None


def tell_unit(name: str, cell: Cell, unit_field: str) -> float:
    """Hand on the unit; money is counted in CNY."""
    unit = find_unit(name)
    cell.tell(unit_field, unit.base if unit.kind == "money" else unit.code)
    return unit.factor if unit.kind == "money" else 1.0


def unit_code(value: Any, cell: Cell) -> str | None:
    """Read the code of a unit: its own cell, what an earlier cell told, or what the price is per."""
    told, text = cell.told(), written(value, cell)
    if text is None:
        return told or _unit_of_price(cell)
    unit = find_unit(split_period(text)[0] or text)
    code = unit.base if unit.kind == "money" else unit.code
    if told is None or told == code:
        return code
    if find_unit(told).kind != unit.kind:
        raise CellError(
            Words(
                f"单位“{text}”与数量中的单位不是一类", f"unit {text!r} is of another kind than the quantity's"
            )
        )
    cell.note(
        Words(
            "与数量中写明的单位不同，以数量中的为准",
            "differs from the unit written in the quantity, which wins",
        )
    )
    return str(told)


def _unit_of_price(cell: Cell) -> str | None:
    """Where nothing else names the unit, the price may: 4500元/吨.

    Beside hours per unit the price is of the product, so it says nothing about the capacity.
    """
    if cell.field == "capacity_unit" and not _is_blank(cell.reading.cells.get("unit_hours")):
        return None
    for field_name in ("price", "price_max"):
        price = cell.reading.cells.get(field_name)
        try:
            read = parse_price(price, cell.reading.units.get(field_name) or "元").value
        except InputError:
            continue
        if read is not None and read[1]:
            return find_unit(read[1]).code
    return None


def _is_blank(value: Any) -> bool:
    return is_missing(value) or (isinstance(value, str) and is_placeholder(tidy(value)))


def _price(value: Any, cell: Cell) -> float | None:
    read = cell.value_of(parse_price(value, cell.unit("元"), name=cell.label))
    if read is None:
        return None
    number, per = believable(read[0], cell), read[1]
    unit = _counted_in(cell)
    if per is None or unit is None:
        return number
    return number * _in_unit(1, str(unit), per, cell)


def _counted_in(cell: Cell) -> str | None:
    """Give the unit of what is bought or sold: the record's own, of a capacity in hours the product's."""
    if cell.before.get("unit_hours") is not None:
        return cell.before.get("product_unit")
    return cell.before.get("unit") or cell.before.get("capacity_unit")


def _in_unit(number: float, unit: str, to: str, cell: Cell) -> float:
    one, other = find_unit(unit), find_unit(to)
    if one.kind != other.kind:
        raise CellError(
            Words(
                f"{cell.label.zh}的单位与数量的单位不是一类（{unit}、{to}）",
                f"{cell.label.en}: its unit is of another kind than the quantity's ({unit}, {to})",
            )
        )
    return convert(number, one, other)


def _part(value: Any, cell: Cell) -> float | None:
    """Read a quantity in the unit of the record, whatever unit stands behind it."""
    read = cell.value_of(parse_quantity(value, cell.unit("") or None, name=cell.label))
    if read is None:
        return None
    part = believable(read[0], cell)
    unit = _counted_in(cell)
    if read[1] is not None and unit is None:
        cell.note(
            Words(
                "写明了单位，但数量的单位未知，未采用",
                "has a unit while that of the quantity is unknown; left out",
            )
        )
        return None
    part = part if read[1] is None else _in_unit(part, read[1], str(unit), cell)
    whole = cell.before.get("quantity")
    if cell.field == "min_split" and whole is not None and part > whole:
        raise CellError(Words(f"{cell.label.zh}大于数量", f"{cell.label.en} exceeds the quantity"))
    if cell.field == "lot_step" and whole is not None and not _divides(part, whole):
        cell.note(
            Words(
                f"数量 {whole:,.10g} 不是{cell.label.zh} {part:,.10g} 的整数倍，未采用",
                f"the quantity {whole:,.10g} is no multiple of {cell.label.en} {part:,.10g}; left out",
            )
        )
        return None
    return part


def _divides(part: float, whole: float) -> bool:
    return round(whole / part) > 0 and math.isclose(round(whole / part) * part, whole, rel_tol=1e-9)


def _kilometres(value: Any, cell: Cell) -> float | None:
    read = cell.value_of(parse_quantity(value, cell.unit("公里"), name=cell.label))
    return None if read is None else convert(believable(read[0], cell), find_unit(read[1] or "公里"), "km")


_TIER = re.compile(r"^[≥>=满]*\s*([\d.,]+)\s*[^\d:：]*[:：]\s*(.+)$")


def _price_tiers(value: Any, cell: Cell) -> tuple[tuple[float, float], ...]:
    if isinstance(value, (tuple, list)):
        return tuple(value)
    text = written(value, cell)
    return () if text is None else tuple(sorted(_tier(item, cell) for item in split_list(text)))


def _tier(item: str, cell: Cell) -> tuple[float, float]:
    found = _TIER.match(item)
    price = parse_price(found[2], cell.unit("元"), name=cell.label).value if found else None
    start = parse_number(found[1], name=cell.label).value if found else None
    if price is None or start is None:
        raise CellError(
            Words(
                f"{cell.label.zh}应写成“100:4500；500:4300”（起订数量:单价），得到“{item}”",
                f"{cell.label.en} must read '100:4500; 500:4300' (from quantity: price), got {item!r}",
            )
        )
    return start, believable(price[0], cell)


def _basis(value: Any, cell: Cell) -> str | None:
    """Tell who states the capacity: the firm, unless the cell or the note says 推算 or 估算."""
    if cell.before.get("capacity") is None and not cell.before.get("monthly"):
        return None
    words = f"{'' if is_missing(value) else value} {cell.before.get('note') or ''}"
    return "inferred" if re.search("推算|估算|推测|按历史|inferred", words) else "declared"


#: a quantity; the unit behind the number is told to ``unit``
Quantity = Annotated[float | None, cell_type(_quantity)]
#: a quantity per period; unit and period are told to ``capacity_unit`` and ``period``; money counts in CNY
Capacity = Annotated[float | None, cell_type(_capacity)]
#: a quantity in the unit of the record
Part = Annotated[float | None, cell_type(_part)]
Kilometres = Annotated[float | None, cell_type(_kilometres)]
#: code of a unit
UnitCode = Annotated[str | None, cell_type(unit_code), Field(validate_default=True)]
#: CNY per unit of the record
Price = Annotated[float | None, cell_type(_price)]
#: (from quantity, CNY per unit), rising
PriceTiers = Annotated[tuple[tuple[float, float], ...], cell_type(_price_tiers)]
Basis = Annotated[Literal["declared", "inferred"] | None, cell_type(_basis), Field(validate_default=True)]
