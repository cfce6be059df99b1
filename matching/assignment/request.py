"""A Request: everything ``allocate`` was asked, validated, with every default written out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from matching.assignment.arrays import (
    LIMIT,
    Floats,
    Ints,
    check_length,
    fractions,
    integers,
    limits,
    positions,
    refuse,
)


@dataclass(frozen=True, slots=True)
class Request:
    """Pairs, the two sides and every rule as int64 arrays; ``LIMIT`` stands for "no limit"."""

    need: Ints
    offer: Ints
    score: Ints
    demand: Ints
    capacity: Ints
    upper: Ints
    minimum: Ints
    partner: Ints
    max_partners: Ints
    min_partners: Ints
    share: Ints
    least: Ints
    use: Ints
    setup: Ints
    opening: Ints
    fixed: Ints
    tier: Ints
    max_deals: Ints
    rows: sparse.csr_array
    low: Ints
    high: Ints
    penalty: Ints

    @property
    def firm(self) -> Ints:
        """The partner behind each pair."""
        return self.partner[self.offer]


def read_request(
    need: Any, offer: Any, score: Any, demand: Any, capacity: Any, rules: dict[str, Any]
) -> Request:
    """Validate the arrays of ``allocate`` and write its defaults out.

    Raises
    ------
    ArrayError
        If an array has a wrong length, dimension, type or range, or a pair comes twice.
    """
    demand = integers("demand", demand, None)
    capacity = integers("capacity", capacity, None)
    need = positions("need", need, None, len(demand))
    pairs = len(need)
    offer = positions("offer", offer, pairs, len(capacity))
    tier = _default("tier", rules, pairs, 0, high=LIMIT)
    _once(need * max(1, len(capacity)) + offer, tier)
    partner = _partners(rules["partner"], len(capacity), numbered=rules["max_deals"] is not None)
    rows = _rows(rules["rows"], pairs)
    return Request(
        need=need,
        offer=offer,
        score=integers("score", score, pairs, low=-LIMIT, high=LIMIT),
        demand=demand,
        capacity=capacity,
        upper=_default("upper", rules, pairs, LIMIT),
        minimum=_default("minimum", rules, pairs, 0),
        partner=partner,
        max_partners=_default("max_partners", rules, len(demand), LIMIT),
        min_partners=_default("min_partners", rules, len(demand), 0, high=LIMIT),
        share=_shares(rules["max_share"], demand),
        least=_leasts(rules["min_share"], demand),
        use=_default("use", rules, pairs, 1, high=LIMIT),
        setup=_default("setup", rules, pairs, 0, high=LIMIT),
        opening=_default("opening", rules, len(capacity), 0, high=LIMIT),
        fixed=_default("fixed", rules, pairs, 0, high=LIMIT),
        tier=tier,
        max_deals=_deals(rules["max_deals"], partner),
        rows=rows,
        low=limits("low", rules["low"], rows.shape[0], -LIMIT),
        high=limits("high", rules["high"], rows.shape[0], LIMIT),
        penalty=_penalties(rules["penalty"], rows.shape[0]),
    )


def _default(name: str, rules: dict[str, Any], length: int, default: int, high: int = 2**63 - 1) -> Ints:
    if rules[name] is None:
        return np.broadcast_to(np.int64(default), length)  # one number that reads like an array
    return integers(name, rules[name], length, high=high)


def _once(keys: Ints, tier: Ints) -> None:
    if bool(np.all(np.diff(keys) > 0)):
        return
    order = np.lexsort((tier, keys))  # stable: of equals the first stays first
    again = order[1:][(np.diff(keys[order]) == 0) & (np.diff(tier[order]) == 0)]
    if len(again):
        first = int(again.min())
        raise refuse("need, offer", f"第 {first} 对重复出现", f"name pair {first} a second time")


def _partners(partner: Any, offers: int, numbered: bool) -> Ints:
    if partner is None:
        return np.arange(offers, dtype=np.int64)
    labels = integers("partner", partner, offers)
    return labels if numbered else np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _shares(max_share: Any, demand: Ints) -> Ints:
    if max_share is None:
        return demand.copy()
    shares = fractions("max_share", max_share, len(demand))
    return _whole(np.floor(shares * demand + 1e-9), demand)


def _leasts(min_share: Any, demand: Ints) -> Ints:
    if min_share is None:
        return np.zeros_like(demand)
    shares = fractions("min_share", min_share, len(demand))
    return _whole(np.ceil(shares * demand - 1e-9), demand)


def _whole(parts: Floats, demand: Ints) -> Ints:
    """Give parts of demands as whole numbers; a float of 2**63 would wrap round, and is all of it anyway."""
    return np.where(parts >= demand.astype(np.float64), demand, np.minimum(parts, 2.0**62).astype(np.int64))


def _deals(max_deals: Any, partner: Ints) -> Ints:
    partners = int(partner.max()) + 1 if len(partner) else 0
    if max_deals is None:
        return np.zeros(0, dtype=np.int64)
    counts = integers("max_deals", max_deals, None, low=-1)
    if len(counts) < partners:
        zh, en = (
            f"长度应不少于 {partners}，实际为 {len(counts)}",
            f"must have {partners} entries, got {len(counts)}",
        )
        raise refuse("max_deals", zh, en)
    return np.where(counts < 0, LIMIT, counts)


def _rows(rows: Any, pairs: int) -> sparse.csr_array:
    if rows is None:
        return sparse.csr_array((0, pairs), dtype=np.int64)
    dense_or_sparse = rows if sparse.issparse(rows) else np.atleast_2d(np.asarray(rows))
    if not sparse.issparse(rows) and dense_or_sparse.dtype.kind not in "biuf":
        raise refuse("rows", "应为数值矩阵", "must be a matrix of numbers")
    matrix = sparse.csr_array(dense_or_sparse, copy=True)
    if matrix.shape[1] != pairs:
        raise refuse(
            "rows",
            f"应有 {pairs} 列，实际为 {matrix.shape[1]}",
            f"must have {pairs} columns, got {matrix.shape[1]}",
        )
    data = integers("rows", matrix.data, None, low=-LIMIT, high=LIMIT)
    whole = sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    whole.sum_duplicates()
    whole.eliminate_zeros()
    return whole


def _penalties(penalty: Any, rows: int) -> Ints:
    if penalty is None:
        return np.full(rows, -1, dtype=np.int64)
    check_length("penalty", np.asarray(penalty), rows)
    return integers("penalty", penalty, rows, low=-1, high=LIMIT)
