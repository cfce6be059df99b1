"""Limits on sums over many pairs: rows of the kernel in whole numbers.

A row is written in ``scale``-ths of what it counts (a need's worth, a yuan, a need): the coefficients are
rounded once, and its limits give way by no more than that rounding, so that a plan that keeps a limit
exactly always keeps its row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.errors import PolicyError
from matching.limits import Share, Total
from matching.market import FloatArray, IntArray
from matching.plan.limits.ground import Ground
from matching.words import Words

#: a row's largest sum: whole numbers that floats still hold exactly
_LARGEST = 2.0**52
#: CNY to which a penalty by money refers
PENALTY_UNIT = {"money": 10_000, "worth": 1, "count": 1, "quantity": 1}
_NONE = 2**62


@dataclass(frozen=True)
class Block:
    """Rows of one limit: low ≤ rows·quantity ≤ high; ``penalty`` −1 = mandatory; what each row is about."""

    limit: str
    rows: sparse.csr_array
    low: IntArray
    high: IntArray
    penalty: IntArray
    about: tuple[str, ...]


@dataclass(frozen=True)
class Floor:
    """Rows that give each need ``level`` of what it could get ``alone`` (steps, one entry a row)."""

    limit: str
    level: float
    alone: IntArray
    rows: Block


@dataclass(frozen=True)
class Sum:
    """One sum to hold: positions and natural coefficients of its pairs, its limits, what it is about."""

    at: IntArray
    weight: FloatArray
    low: float
    high: float
    about: str


def total(limit: Total, ground: Ground) -> Iterator[Sum]:
    """Least ≤ Σ weight·quantity ≤ most over each group."""
    groups = ground.groups(limit.of, limit.among, limit.between)
    inside = ground.inside(limit.where)
    weight = known(ground.weights(limit.by))
    for group, name in enumerate(groups.names):
        at = np.flatnonzero(inside & (groups.of == group))
        if limit.by == "quantity":
            _one_unit(limit, ground, at)
        low, high = -np.inf if limit.least is None else limit.least, _most(limit, ground, at)
        if len(at) or low > 0:
            yield Sum(at, weight[at], low, high, name)


def block(limit: Share | Total, sums: list[Sum], ground: Ground, most: IntArray, scale: int) -> Block:
    """Write the sums of one limit as rows; ``scale`` is that of the objective, ``most`` what pairs reach."""
    unit = PENALTY_UNIT[limit.by]
    soft = limit.penalty is not None
    parts = [_whole(item, ground, most, max(1, scale // unit) if soft else 0) for item in sums]
    lengths = [len(item.at) for item in sums]
    columns = np.concatenate([np.zeros(0, np.int64), *(item.at for item in sums)])
    data = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    rows = np.repeat(np.arange(len(sums)), lengths)
    matrix = sparse.csr_array((data, (rows, columns)), shape=(len(sums), len(most)))
    per_row = [round((limit.penalty or 0) * scale * part[4] / (part[3] * unit)) for part in parts]
    return Block(
        limit.name,
        matrix,
        np.array([part[1] for part in parts], np.int64),
        np.array([part[2] for part in parts], np.int64),
        np.array([max(1, points) if soft else -1 for points in per_row], np.int64),
        tuple(item.about for item in sums),
    )


def penalty_at_most(limit: Share | Total, ground: Ground, most: IntArray, rows: int) -> float:
    """Points that missing a target can cost at all: what the sums can reach, times the penalty."""
    if limit.penalty is None:
        return 0.0
    reach = float(known(ground.weights(limit.by)) @ most.astype(float))
    told = (limit.least or 0.0) if isinstance(limit, Total) else 0.0
    return limit.penalty / PENALTY_UNIT[limit.by] * (reach + told) * max(1, rows)


def _whole(item: Sum, ground: Ground, most: IntArray, finest: int) -> tuple[IntArray, int, int, int, int]:
    """Coefficients, low, high in whole numbers; the parts of one unit; the common factor taken out."""
    size = np.abs(item.weight)
    ends = (abs(limit) for limit in (item.low, item.high) if np.isfinite(limit))
    bound = max(float(size @ most[item.at]), float(size.max(initial=0.0)), *ends)
    parts = 10 ** max(0, int(np.floor(np.log10(_LARGEST / max(bound, 1.0)))))
    parts = min(parts, finest) if finest else parts
    exact = item.weight * parts
    data = np.rint(exact)
    near = np.abs(exact - data) <= 1e-6 * np.maximum(1, np.abs(data))
    needs = np.unique(ground.pairs.need_row[item.at])
    give = 0.0 if near.all() else 0.5 * float(ground.terms.demand[needs].sum())
    low, high = item.low * parts - give, item.high * parts + give
    whole_ends = [round(limit) for limit in (low, high) if np.isfinite(limit) and finest]
    factor = int(np.gcd.reduce(np.array([*data.astype(np.int64), *whole_ends], np.int64)))
    factor = max(1, factor)
    whole = (data / factor).astype(np.int64) if factor > 1 else data.astype(np.int64)
    return whole, _end(np.ceil, low, factor), _end(np.floor, high, factor), parts, factor


def _end(towards: np.ufunc, limit: float, factor: int) -> int:
    if not np.isfinite(limit):
        return int(np.copysign(_NONE, limit))
    near = round(limit)
    whole = abs(limit - near) <= 1e-6 + 1e-12 * abs(limit)
    return int(towards((near if whole else limit) / factor))


def _most(limit: Total, ground: Ground, at: IntArray) -> float:
    if limit.most is None or not len(at):
        return np.inf
    if not isinstance(limit.most, str):
        return float(limit.most)
    told = ground.column(limit.most)[at].astype(float)
    if len(np.unique(told[~np.isnan(told)])) > 1:
        raise PolicyError(
            Words(
                f"{limit.name}：{limit.most} 在同一组内不止一个值",
                f"{limit.name}: {limit.most} has several values in one group",
            )
        )
    return float(told[0]) if not np.isnan(told[0]) else np.inf


def _one_unit(limit: Total, ground: Ground, at: IntArray) -> None:
    if "unit" not in ground.pairs.market.needs:
        return
    units = sorted({str(unit) for unit in ground.column("need.unit")[at]})
    if len(units) > 1:
        raise PolicyError(
            Words(
                f"{limit.name}：数量单位不同，不能相加：{'、'.join(units)}",
                f"{limit.name}: quantities of different units are not added: {', '.join(units)}",
            )
        )


def known(weights: FloatArray) -> FloatArray:
    """Count what is unknown for nothing; the summary says how much that is."""
    return np.nan_to_num(weights, nan=0.0)
