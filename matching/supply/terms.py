"""Quantities of pairs in whole steps, as a kernel takes them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from matching.codes import find_unit
from matching.market import BoolArray, FloatArray, IntArray, Pairs
from matching.practice import Terms
from matching.supply import facts

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
#: how often a step is made ten times finer, and the largest number of steps
FINER, MOST_STEPS = 6, 1e12
#: numbers that agree to this share are equal
EXACT = 1e-9
#: capacity is cut fine enough that rounding a need's take up costs less than 1 part in this
FINE, MOST_USE = 1e4, 1e15


def terms(pairs: Pairs) -> Terms:
    """Give demand, capacity, use, bounds of pairs in integer steps.

    A need without a quantity, or one that must not be split, is one task: demand 1. Else its step is
    its lot, or a piece, or 0.001 of the customary unit of its kind, made finer by tens until its
    quantity and the minimum orders it may meet are whole; so the same market in kg and in t gives the
    same integers. A deal is never smaller than the quantity from which its price holds, nor as large as that
    from which a better one does. A declared capacity
    is per period, and a need takes asked · period / max(duration, period) of it, rounded up. A capacity that
    is inferred or unknown does not bind and is ``capped``; so is a declared one of an offer that some need's
    take is not known of. An offer's largest share for one buyer holds for all needs of that buyer together.
    """
    needs, offers = pairs.market.needs, pairs.market.offers
    whole = needs["whole"].to_numpy(bool)
    size, demand = _steps(pairs, whole)
    declared = (offers["capacity_basis"] == "declared").to_numpy() & offers["capacity"].notna().to_numpy()
    use, capacity, uncertain = _capacities(pairs, demand, declared)
    minimum = _minimum(pairs, size, demand, whole)
    shared, shared_most = _shares_of_buyers(pairs, use, capacity)
    upper, some = _upper(pairs, size, demand), shared >= 0
    upper[some] = np.minimum(upper[some], shared_most[shared[some]] // use[some])
    partners = needs["max_suppliers"].fillna(-1).to_numpy(np.int64)
    return Terms(
        demand=demand,
        step=size / np.where(needs["quantity"].isna(), 1.0, needs["factor"].fillna(1.0)),
        whole=whole,
        capacity=capacity,
        capped=~declared | uncertain,
        upper=upper,
        minimum=np.where(whole[pairs.need_row], 0, minimum),
        use=use,
        partners=np.where(whole, -1, partners),
        shared=shared,
        shared_most=shared_most,
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
        coarse[at[~_is_whole(amounts / size[at])]] = True
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


def _is_whole(values: FloatArray) -> BoolArray:
    return np.asarray(np.abs(values - np.rint(values)) <= EXACT * np.maximum(np.abs(values), 1))


def _capacities(pairs: Pairs, demand: IntArray, declared: BoolArray) -> tuple[IntArray, IntArray, BoolArray]:
    """Use per step of the need, capacity in the same measure, and offers with a take that is not known."""
    width, row = len(declared), pairs.offer_row
    take = np.asarray(pairs.load * pairs.offer.factor) / np.maximum(demand[pairs.need_row], 1)
    bound = declared[row]
    known = bound & ~np.isnan(take)
    uncertain = np.zeros(width, bool)
    uncertain[row[bound & ~known]] = True
    money = pairs.market.offers["in_money"].to_numpy(bool)
    offers = pairs.market.offers
    total = np.where(declared, offers["capacity"] * offers["factor"].fillna(1.0), 0)
    grain = _grains(take[known], row[known], demand[pairs.need_row[known]], money)
    grain = np.maximum(grain, total / MOST_USE)
    use = np.where(bound, 0, 1).astype(np.int64)
    # a take beyond every capacity cannot be dealt, however far beyond
    use[known] = np.ceil(take[known] / grain[row[known]] * (1 - EXACT)).clip(max=2 * MOST_USE)
    capacity = np.floor(total / grain * (1 + EXACT))
    return use, np.where(declared, capacity, -1).astype(np.int64), uncertain


def _grains(take: FloatArray, row: IntArray, demand: IntArray, money: BoolArray) -> FloatArray:
    """Size in which each offer's capacity is counted.

    CNY where that is fine enough for money, else the least take of a step, finer by tens until all takes
    are whole numbers of it or large ones.
    """
    grain = np.full(len(money), np.inf)
    np.minimum.at(grain, row, take)
    grain = np.where(~np.isfinite(grain) | money & (grain >= FINE), 1.0, grain)
    for _ in range(FINER):
        ratio = take / grain[row]
        rough = ~_is_whole(ratio) & (ratio < FINE) & (ratio * demand < MOST_USE / 10)
        finer = np.zeros(len(money), bool)
        finer[row[rough]] = True
        grain = np.where(finer, grain / 10, grain)
    return grain


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


def _shares_of_buyers(pairs: Pairs, use: IntArray, capacity: IntArray) -> tuple[IntArray, IntArray]:
    """Number the pairs of one buyer with one offer that limits a buyer's share, and say what it may take."""
    share, row = pairs.offer.max_share_one_buyer, pairs.offer_row
    limited = ~np.isnan(share) & (capacity[row] >= 0) & (use > 0)
    buyers = pairs.need.firm
    keys = row[limited] * (int(buyers.max(initial=0)) + 1) + buyers[limited]
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    shared = np.full(len(pairs), -1, np.int64)
    shared[limited] = of
    most = np.floor((share[limited] * capacity[row[limited]])[first] * (1 + EXACT))
    return shared, most.astype(np.int64)
