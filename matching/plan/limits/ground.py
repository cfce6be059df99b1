"""What limits are compiled on: columns of pairs, groups among them, and what a step of each counts for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, cast

import numpy as np
from pydantic import TypeAdapter, ValidationError

from matching.errors import PolicyError, UnknownNameError
from matching.limits import By, Values
from matching.market import AnyArray, BoolArray, FloatArray, IntArray, Pairs
from matching.practice import Practice, Terms
from matching.records import Form
from matching.records.firms import firm_name
from matching.words import Words, is_missing

#: column of each side that tells which firm a row belongs to
_FIRM = {"need": "firm", "offer": "partner"}


@dataclass(frozen=True)
class Groups:
    """Number of the group each pair is in (−1: none), what the groups are called, and what is unknown."""

    of: IntArray
    names: tuple[str, ...]
    unknown: BoolArray


@dataclass(frozen=True)
class Ground:
    """Pairs with their quantities and what the needs are worth."""

    practice: Practice
    pairs: Pairs
    terms: Terms
    worth: IntArray
    _known: dict[str, AnyArray] = field(default_factory=dict, repr=False, compare=False)

    def column(self, path: str) -> AnyArray:
        """Give ``need.x``, ``offer.x`` or a measure of the pair; an unknown name raises UnknownNameError."""
        if path not in self._known:
            self._known[path] = self._column(path)
        return self._known[path]

    def _column(self, path: str) -> AnyArray:
        side, _, name = path.partition(".")
        columns, facts = self._columns(side), self.pairs.market.facts
        if (name not in columns) if name else (side not in facts):
            raise UnknownNameError(Words("列", "column"), path, self._names())
        return np.asarray(columns[name][self._rows(side)] if name else facts[side](self.pairs))

    def _columns(self, side: str) -> Mapping[str, AnyArray]:
        market = self.pairs.market
        sides = {"need": market.need_columns, "offer": market.offer_columns}
        return sides.get(side, {})

    def _rows(self, side: str) -> IntArray:
        return self.pairs.need_row if side == "need" else self.pairs.offer_row

    def _names(self) -> list[str]:
        market = self.pairs.market
        needs, offers = market.need_columns, market.offer_columns
        return [*(f"need.{name}" for name in needs), *(f"offer.{name}" for name in offers), *market.facts]

    def inside(self, where: Mapping[str, Values]) -> BoolArray:
        """Tell which pairs hold one of the values listed for every column."""
        found = np.ones(len(self.pairs), bool)
        for path, values in where.items():
            found &= self.among(path, values)
        return found

    def of_side(self, where: Mapping[str, Values], side: str) -> BoolArray:
        """Tell which rows of one side hold the values listed; other columns raise PolicyError."""
        wrong = [path for path in where if not path.startswith(f"{side}.")]
        if wrong:
            raise PolicyError(
                Words(
                    f"此处 where 只能用 {side}. 开头的列，得到 {wrong[0]}",
                    f"where may only use columns of {side} here, got {wrong[0]}",
                )
            )
        market = self.pairs.market
        size = len(market.needs if side == "need" else market.offers)
        rows, none = np.arange(size), np.zeros(size, np.int64)
        pairs = market.pairs(rows, none) if side == "need" else market.pairs(none, rows)
        return Ground(self.practice, pairs, self.terms, self.worth).inside(where)

    def among(self, path: str, values: Values) -> BoolArray:
        """Tell which pairs hold one of some values in a column; a name stands for its firm."""
        column = self.column(path)
        side, _, name = path.partition(".")
        if name == "enterprise" and _FIRM.get(side) in self._columns(side):
            return self._firms(side, values)
        if name == "adcode":
            return np.isin(column, [code for code in set(column.tolist()) if _lies_in(code, values)])
        wanted = {_key(value) for value in self._read(side, name, values)}
        if column.dtype.kind == "O":
            distinct = {item: not wanted.isdisjoint(_keys(item)) for item in set(column.tolist())}
            return np.array([distinct[item] for item in column.tolist()], bool)
        return np.isin(column.astype(float), [key for key in wanted if isinstance(key, float)])

    def _firms(self, side: str, values: Values) -> BoolArray:
        columns = self._columns(side)
        names = {firm_name(str(value)) for value in values}
        codes = columns[_FIRM[side]]
        named = np.array([firm_name(name) in names for name in columns["enterprise"]], bool)
        return np.asarray(np.isin(codes[self._rows(side)], codes[named]))

    def _read(self, side: str, name: str, values: Values) -> list[Any]:
        """Read values the way the lists are read: 小型 is small; what is no field of a form stays."""
        form: Form | None = {"need": self.practice.demand, "offer": self.practice.supply}.get(side)
        info = form.record.model_fields.get(name) if form else None
        if info is None:
            return list(values)
        reader = TypeAdapter(cast(Any, Annotated)[(info.annotation, *info.metadata)])
        return [_validated(reader, value, f"{side}.{name}") for value in values]

    def groups(self, of: str, among: Values, between: tuple[float, float] | None) -> Groups:
        """Number the groups of pairs: those among some values, or each value of the column by itself."""
        if not of:
            return Groups(np.zeros(len(self.pairs), np.int64), ("",), np.zeros(len(self.pairs), bool))
        column = self.column(of)
        unknown = np.array([item == () or is_missing(item) for item in column.tolist()], bool)
        if between is not None:
            inside = (column.astype(float) >= between[0]) & (column.astype(float) <= between[1])
            return Groups(np.where(inside, 0, -1), ("",), unknown)
        if among:
            return Groups(np.where(self.among(of, among), 0, -1), ("",), unknown)
        values = [str(item) for item in column.tolist()]
        names, codes = np.unique(np.array(values, object).astype(str), return_inverse=True)
        codes = np.where(unknown, -1, codes)
        kept, codes[codes >= 0] = np.unique(codes[codes >= 0], return_inverse=True)
        return Groups(codes.astype(np.int64), tuple(names[kept].tolist()), unknown)

    def weights(self, by: By) -> FloatArray:
        """Give what one step of each pair counts for; NaN where it is unknown (money without price)."""
        need = self.pairs.need_row
        demand = np.maximum(1, self.terms.demand)[need]
        if by == "worth":
            return np.asarray(self.worth[need] / demand)
        if by == "count":
            return np.asarray(1 / demand)
        return self.terms.step[need] if by == "quantity" else money_per_step(self.pairs, self.terms)


def money_per_step(pairs: Pairs, terms: Terms) -> FloatArray:
    """CNY of one step: its price, else the need's budget spread over its steps; NaN where unknown."""
    market, money = pairs.market, np.full(len(pairs), np.nan)
    if "budget_cny" in market.needs:
        money = pairs.need.budget_cny / np.maximum(1, terms.demand[pairs.need_row])
    if "unit_price" in market.facts:
        asked = pairs.unit_price * terms.step[pairs.need_row]
        if "quantity" in market.needs:  # a task of unknown quantity costs more than one unit
            asked = np.where(np.isnan(pairs.need.quantity), np.nan, asked)
        money = np.where(np.isnan(asked), money, asked)
    return money


def _validated(reader: TypeAdapter[Any], value: Any, path: str) -> Any:
    try:
        read = reader.validate_python(value)
    except ValidationError as error:
        raise PolicyError(
            Words(f"{path} 没有“{value}”这样的值", f"{path} cannot be {value!r}"), "limits"
        ) from error
    return read[0] if isinstance(read, tuple) and len(read) == 1 else read


def _lies_in(code: str, areas: Values) -> bool:
    """Tell whether an area lies in one of some others: 3211 and 321100 hold 321182."""
    return bool(code) and any(code.startswith(_stem(str(area))) for area in areas)


def _stem(area: str) -> str:
    for zeros in ("0000", "00"):
        if len(area) == 6 and area.endswith(zeros):
            return area[: -len(zeros)]
    return area


def _keys(item: Any) -> list[Any]:
    return [_key(one) for one in item] if isinstance(item, tuple) else [_key(item)]


def _key(value: Any) -> Any:
    if isinstance(value, tuple):
        value = value[0]  # a certificate with its last day
    return float(value) if isinstance(value, bool | int | float | np.number) else str(value)
