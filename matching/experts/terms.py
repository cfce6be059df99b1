"""Quantities of pairs: how many experts a problem wants, how many problems an expert can take on."""

from __future__ import annotations

import numpy as np

from matching.market import Pairs
from matching.practice import Terms


def terms(pairs: Pairs) -> Terms:
    """Give demand and capacity in experts.

    An expert takes on as many problems as projects are left to him; where he does not tell how many he
    leads at most his capacity does not bind, and his deals are counted (``capped``).
    """
    needs, offers, ones = pairs.market.needs, pairs.market.offers, np.ones(len(pairs), np.int64)
    most = offers["max_projects"].to_numpy(float)
    left = np.maximum(most - np.nan_to_num(offers["open_projects"].to_numpy(float)), 0)
    return Terms(
        demand=needs["quantity"].to_numpy(np.int64),
        step=np.ones(len(needs)),
        whole=np.zeros(len(needs), bool),
        capacity=np.where(np.isnan(most), -1, np.nan_to_num(left)).astype(np.int64),
        capped=np.isnan(most),
        upper=ones,
        minimum=np.zeros_like(ones),
        use=ones,
        partners=np.full(len(needs), -1, np.int64),
    )
