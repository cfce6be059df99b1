"""What offers are made on: a capacity in hours sold by the piece, and lines that several offers share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from matching.codes import find_unit, unit_name
from matching.errors import InputError
from matching.market import AnyArray, IntArray
from matching.records.production import TIME
from matching.supply.told import PERIODS
from matching.tables import objects
from matching.text import normalise
from matching.words import Words

#: significant digits to which capacities of one line have to agree
DIGITS = 12


def sold_in(offers: pd.DataFrame) -> Mapping[str, AnyArray]:
    """Give the columns of what an offer is sold in: what its capacity counts in, but for hours per unit.

    ``sold_unit`` (shown) with ``factor``; ``capacity_factor`` of the capacity's unit, ``in_hours`` whether it
    is one of time; ``per_unit`` is what one unit sold takes of the capacity, in its unit: 1, or the hours per
    unit (NaN where it is not known whether the capacity is of hours).
    """
    hours = offers["unit_hours"].to_numpy(float)
    counted = [find_unit(name) if name else None for name in offers["capacity_unit"]]
    factor = np.array([np.nan if unit is None else unit.factor for unit in counted])
    in_time = np.array([unit is not None and unit.kind == TIME for unit in counted], bool)
    by_hours = ~np.isnan(hours)
    sold = [
        product if by else own
        for product, own, by in zip(offers["product_unit"], offers["capacity_unit"], by_hours, strict=True)
    ]
    return {
        "sold_unit": objects([unit_name(name) if name else "" for name in sold]),
        "factor": np.array([find_unit(name).factor if name else np.nan for name in sold], float),
        "capacity_factor": factor,
        "in_hours": in_time,
        "per_unit": np.where(by_hours, np.where(in_time, hours / factor, np.nan), 1.0),
    }


def line_codes(offers: pd.DataFrame) -> IntArray:
    """Number the lines that offers of one firm share, -1 for offers that name none.

    Raises InputError naming every row that states another capacity than the first row of its line.
    """
    named = np.flatnonzero((offers["line"] != "").to_numpy(bool))
    some = offers.iloc[named]
    lines = ("".join(normalise(line).split()).casefold() for line in some["line"])
    first: dict[tuple[int, str], int] = {}
    at = [
        first.setdefault(key, place)
        for place, key in enumerate(zip(some["partner"].tolist(), lines, strict=True))
    ]
    stated = list(_stated(some))
    wrong = [_disagreement(some, one, place) for place, one in enumerate(at) if stated[one] != stated[place]]
    if wrong:
        raise InputError(
            Words("；".join(words.zh for words in wrong), "; ".join(words.en for words in wrong))
        )
    codes = np.full(len(offers), -1, np.int64)
    codes[named] = named[at] if at else named
    return codes


def _stated(offers: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Give what rows of one line have to agree on, whatever units of one kind they are written in."""
    names = ("capacity", "capacity_unit", "period", "monthly", "capacity_basis")
    for capacity, unit, period, monthly, basis in zip(*(offers[name] for name in names), strict=True):
        kind, factor = (find_unit(unit).kind, find_unit(unit).factor) if unit else ("", 1.0)
        months = tuple((month, _rounded(amount * factor)) for month, amount in monthly)
        yield _rounded(capacity * factor), kind, period or "total", months, basis


def _rounded(amount: float) -> str:
    return f"{amount:.{DIGITS}g}"


def _disagreement(offers: pd.DataFrame, one: int, other: int) -> Words:
    firm, line = offers["enterprise"].iloc[one], offers["line"].iloc[one]
    names = (_named(offers, one), _named(offers, other))
    zh, en = zip(*((said.zh, said.en) for said in (_said(offers, one), _said(offers, other))), strict=True)
    return Words(
        f"{firm} 的产线“{line}”产能不一致：{names[0]} 为 {zh[0]}，{names[1]} 为 {zh[1]}；"
        f"共用产线的各行要写明同样的产能、单位和周期",
        f"{firm} states different capacities of line {line!r}: {names[0]} {en[0]}, "
        f"{names[1]} {en[1]}; rows of a shared line must state the same capacity, unit and period",
    )


def _named(offers: pd.DataFrame, row: int) -> str:
    """Name a row by its number, by what it makes where it has none."""
    told = offers.iloc[row]
    return str(told["id"] if told["offer_id"] else f"{told['id']}（{told['product']}）")


def _said(offers: pd.DataFrame, row: int) -> Words:
    told = offers.iloc[row]
    if told["monthly"]:
        text = "；".join(f"{month}:{amount:,.10g}" for month, amount in told["monthly"])
        return Words(f"{text} {told['capacity_unit']}", f"{text} {told['capacity_unit']}")
    if np.isnan(told["capacity"]):
        return Words("未填写", "none")
    amount = f"{told['capacity']:,.10g} {told['capacity_unit']}".strip()
    period = PERIODS.get(told["period"], Words("总量", "in all"))
    basis = Words("（推算）", " (inferred)") if told["capacity_basis"] == "inferred" else Words("", "")
    return Words(f"{period.zh} {amount}{basis.zh}", f"{amount} {period.en}{basis.en}")
