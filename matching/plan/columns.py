"""Columns of pairs as limits name them, and which pairs ``where`` keeps; it needs no terms and no worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, cast

import numpy as np
from pydantic import TypeAdapter, ValidationError

from matching.errors import PolicyError, UnknownNameError
from matching.limits import Side, Values, check_side
from matching.market import AnyArray, BoolArray, IntArray, Market, Pairs
from matching.practice import Practice
from matching.records.firms import firm_name
from matching.words import Words, is_missing

#: column of each side that tells which firm a row belongs to
_FIRM = {"need": "firm", "offer": "partner"}


@dataclass(frozen=True)
class Columns:
    """Pairs, and the columns that a limit may name of them; those of one ``side`` only where it is given."""

    practice: Practice
    pairs: Pairs
    side: Side | None = field(default=None, kw_only=True)

    @cached_property
    def _known(self) -> dict[str, AnyArray]:
        return {}

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
        sides = [self.side] if self.side else ["need", "offer"]
        names = [f"{side}.{name}" for side in sides for name in self._columns(side)]
        return names if self.side else [*names, *self.pairs.market.facts]

    def inside(self, where: Mapping[str, Values]) -> BoolArray:
        """Tell which pairs hold one of the values listed for every column."""
        found = np.ones(len(self.pairs), bool)
        for path, values in where.items():
            found &= self.among(path, values)
        return found

    def untold(self, where: Mapping[str, Values]) -> BoolArray:
        """Tell of which pairs it is not known: some column is unknown, and no other one says no."""
        possible = np.ones(len(self.pairs), bool)
        for path, values in where.items():
            possible &= self.among(path, values) | self.unknown(path)
        return possible & ~self.inside(where)

    def unknown(self, path: str) -> BoolArray:
        """Tell of which pairs a column holds nothing."""
        return np.array([item == () or is_missing(item) for item in self.column(path).tolist()], bool)

    def of_side(self, where: Mapping[str, Values], side: Side) -> BoolArray:
        """Tell which rows of one side hold the values listed; other columns raise PolicyError."""
        check_side(where, side)
        return side_of(self.practice, self.pairs.market, side).inside(where)

    def among(self, path: str, values: Values) -> BoolArray:
        """Tell which pairs hold one of some values in a column; a name stands for its firm."""
        column = self.column(path)
        side, _, name = path.partition(".")
        if name == "enterprise" and _FIRM.get(side) in self._columns(side):
            return self._firms(side, values)
        if name == "adcode":
            return np.isin(column, [code for code in set(column.tolist()) if _lies_in(code, values)])
        if column.dtype.kind == "M":
            days = [str(value) for value in self._read(side, name, values)]
            return np.isin(column.astype("datetime64[D]").astype(str), days)
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
        # what a directory tells of buyers stands in the form of the offers alone
        forms = {"need": (self.practice.demand, self.practice.supply), "offer": (self.practice.supply,)}
        fields = (form.record.model_fields.get(name) for form in forms.get(side, ()))
        info = next((told for told in fields if told is not None), None)
        if info is None:
            return list(values)
        reader = TypeAdapter(cast(Any, Annotated)[(info.annotation, *info.metadata)])
        return [_validated(reader, value, f"{side}.{name}") for value in values]


def side_of(practice: Practice, market: Market, side: Side) -> Columns:
    """Give the columns of one side alone, one row after the other."""
    rows = np.arange(len(market.needs if side == "need" else market.offers))
    none = np.zeros(len(rows), np.int64)
    pairs = market.pairs(rows, none) if side == "need" else market.pairs(none, rows)
    return Columns(practice, pairs, side=side)


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
