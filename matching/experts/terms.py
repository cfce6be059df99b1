"""Quantities of pairs: how many experts a problem wants, how many problems an expert can take on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from matching.market import BoolArray, FloatArray, IntArray, Pairs
from matching.practice import Terms


def terms(pairs: Pairs) -> Terms:
    """Give demand and capacity in experts.

    An expert takes on as many problems as projects are left to him; where he does not tell how many he
    leads at most his capacity does not bind, and his deals are counted (``capped``).
    """
    left = projects_left(pairs.market.offers)
    return terms_of(pairs, np.where(np.isnan(left), -1, np.nan_to_num(left)).astype(np.int64), np.isnan(left))


def terms_of(pairs: Pairs, capacity: IntArray, capped: BoolArray) -> Terms:
    """Give the quantities of pairs one of which is one expert at one problem, demand as the needs tell it."""
    needs, ones = pairs.market.needs, np.ones(len(pairs), np.int64)
    return Terms(
        demand=needs["quantity"].to_numpy(np.int64),
        step=np.ones(len(needs)),
        whole=np.zeros(len(needs), bool),
        capacity=capacity,
        capped=capped,
        upper=ones,
        minimum=np.zeros_like(ones),
        use=ones,
        partners=np.full(len(needs), -1, np.int64),
    )


def projects_left(experts: pd.DataFrame) -> FloatArray:
    """Give how many more projects each expert can lead, NaN where he does not tell how many at most."""
    most, running = (experts[name].to_numpy(float) for name in ("max_projects", "open_projects"))
    return np.asarray(np.maximum(most - np.nan_to_num(running), 0))
