"""What limits are compiled on: columns of pairs, groups among them, and what a step of each counts for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.limits import By, Values
from matching.market import BoolArray, FloatArray, IntArray, Pairs
from matching.plan.columns import Columns
from matching.practice import Terms


@dataclass(frozen=True)
class Groups:
    """Number of the group each pair is in (−1: none), what the groups are called, and what is unknown."""

    of: IntArray
    names: tuple[str, ...]
    unknown: BoolArray


@dataclass(frozen=True)
class Ground(Columns):
    """Pairs with their columns, their quantities and what the needs are worth."""

    terms: Terms
    worth: IntArray

    def groups(self, of: str, among: Values, between: tuple[float, float] | None) -> Groups:
        """Number the groups of pairs: those among some values, or each value of the column by itself."""
        if not of:
            return Groups(np.zeros(len(self.pairs), np.int64), ("",), np.zeros(len(self.pairs), bool))
        column, unknown = self.column(of), self.unknown(of)
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
