"""Quantities of pairs in whole steps, as a kernel takes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from matching.codes import find_unit
from matching.market import BoolArray, FloatArray, IntArray, Pairs
from matching.practice import Terms
from matching.supply import facts
from matching.supply.allowances import allowances, most_in_window
from matching.supply.takes import EXACT, FINER, Takes, is_declared, is_whole

#: first step of each kind that can be cut at will, in the kind's base unit: 0.001 of its customary large unit
STEPS: Mapping[str, float] = {
    "mass": 1.0,  # kg; the large unit is t
    "length": 0.001,
    "area": 0.001,
    "volume": 0.001,
    "gas_volume_std": 0.001,
    "energy": 3600.0,  # J; the large unit is kWh
    "money": 1.0,
}
#: step of what is counted, and of kinds that are not in the table
PIECE, OTHER_STEP = 1.0, 0.001
#: largest number of steps
MOST_STEPS = 1e12


def terms(pairs: Pairs) -> Terms:
    """Give demand, capacity, use, bounds of pairs in integer steps.

    A need without a quantity, or one that must not be split, is one task: demand 1. Else its step is
    its lot, or a piece, or 0.001 of the customary unit of its kind, made finer by tens until its
    quantity and the minimum orders it may meet are whole; so the same market in kg and in t gives the
    same integers. A deal is never smaller than the quantity from which its price holds, nor as large as that
    from which a better one does. A declared capacity is per period, and a need takes asked · period /
    max(duration, period) of it, rounded up. A capacity that is inferred or unknown does not bind and is
    ``capped``; so is a declared one of an offer that some need's take is not known of. What pairs draw on
    together are allowances: a buyer's largest share of an offer for all its needs, a line that several offers
    share, the months of a window.
    """
    needs = pairs.market.needs
    whole = needs["whole"].to_numpy(bool)
    size, demand = _steps(pairs, whole)
    takes = Takes.of(pairs, demand)
    minimum = _minimum(pairs, size, demand, whole)
    asked = _upper(pairs, size, demand)
    shared = allowances(pairs, takes, asked)
    upper = shared.room(shared.most, None, np.minimum(asked, most_in_window(pairs, takes)))
    partners = needs["max_suppliers"].fillna(-1).to_numpy(np.int64)
    return Terms(
        demand=demand,
        step=size / np.where(needs["quantity"].isna(), 1.0, needs["factor"].fillna(1.0)),
        whole=whole,
        capacity=takes.capacity,
        capped=~is_declared(pairs) | takes.uncertain,
        upper=upper,
        minimum=np.where(whole[pairs.need_row], 0, minimum),
        use=takes.use,
        partners=np.where(whole, -1, partners),
        allowances=shared,
        pool=takes.pool,
    )


def _steps(pairs: Pairs, whole: BoolArray) -> tuple[FloatArray, IntArray]:
    """Size of each need's step in the base of its unit, and its quantity in steps."""
    needs = pairs.market.needs
    factor = needs["factor"].fillna(1.0).to_numpy(float)
    quantity = needs["quantity"].to_numpy(float) * factor
    lot = needs["lot_step"].to_numpy(float) * factor
    size = np.where(np.isnan(lot), _first_steps(needs), lot)
    at, amounts = _amounts(pairs, quantity, np.isnan(lot))
    for _ in range(FINER):
        coarse = np.zeros(len(needs), bool)
        coarse[at[~is_whole(amounts / size[at])]] = True
        size = np.where(coarse & (quantity / size < MOST_STEPS / 10), size / 10, size)
    size = np.where(whole, np.where(np.isnan(quantity), 1.0, quantity), size)
    demand = np.where(whole, 1, np.rint(np.nan_to_num(quantity / size)))
    return size, demand.astype(np.int64)


def _amounts(pairs: Pairs, quantity: FloatArray, free: BoolArray) -> tuple[IntArray, FloatArray]:
    """Amounts that should be whole numbers of steps: quantities; where no lot is set, minimum orders too."""
    needs, offer = pairs.market.needs, pairs.offer
    some = facts.same_kind(pairs) & ~np.isnan(offer.moq) & free[pairs.need_row]
    split = (needs["min_split"] * needs["factor"].fillna(1.0)).to_numpy(float)
    rows = np.arange(len(needs))
    cut = free & ~np.isnan(split)
    known = ~np.isnan(quantity)
    at = np.concatenate([rows[known], rows[cut], pairs.need_row[some]])
    return at, np.concatenate([quantity[known], split[cut], (offer.moq * offer.factor)[some]])


def _first_steps(needs: pd.DataFrame) -> FloatArray:
    units = sorted(set(needs["unit"]))
    steps = {unit: _first_step(unit) for unit in units}
    return np.array([steps[unit] for unit in needs["unit"]], float)


def _first_step(name: str) -> float:
    if not name:
        return PIECE
    unit = find_unit(name)
    if unit.kind.startswith("count") or unit.kind in ("batch",):
        return min(unit.factor, PIECE) if unit.kind == "count" else unit.factor
    return STEPS.get(unit.kind, OTHER_STEP)


def _minimum(pairs: Pairs, size: FloatArray, demand: IntArray, whole: BoolArray) -> IntArray:
    """Fewest steps of a deal: the need's smallest share, the offer's minimum order, where its price begins.

    At most all that is asked.
    """
    need, offer = pairs.need, pairs.offer
    share = np.nan_to_num(need.min_split * np.where(np.isnan(need.factor), 1.0, need.factor))
    least = np.fmax(np.nan_to_num(offer.moq), pairs.price_from)
    order = np.where(facts.same_kind(pairs), least * offer.factor, 0)
    money = np.where(offer.in_money, np.nan_to_num(offer.moq / need.budget_cny), 0)
    steps = np.maximum(np.maximum(share, order) / size[pairs.need_row], money * demand[pairs.need_row])
    fewest = np.ceil(steps * (1 - EXACT)).astype(np.int64)
    return np.asarray(np.minimum(fewest, demand[pairs.need_row]))


def _upper(pairs: Pairs, size: FloatArray, demand: IntArray) -> IntArray:
    """Most steps of a deal: all that is asked, of a lesser price what is below the better one."""
    most = demand[pairs.need_row]
    below = np.flatnonzero(np.isfinite(pairs.price_until))
    some = pairs.take(below)
    steps = some.price_until * some.offer.factor / size[some.need_row]
    most[below] = np.minimum(most[below], np.ceil(steps * (1 - EXACT)).astype(np.int64) - 1)
    return most
