"""What is known of a firm as such: tiers, size, and whether it has won anything yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from matching.codes import find_tier
from matching.market import FloatArray

#: how much of a firm's standing each tier proves: an editable default
TIER_LEVELS: Mapping[str, float] = {
    "SINGLE_CHAMP": 1.0,
    "LINK_MASTER": 1.0,
    "LITTLE_GIANT": 0.9,
    "UNICORN": 0.9,
    "ZJTX_PROV": 0.8,
    "GAZELLE": 0.7,
    "HNTE": 0.7,
    "INNO_SME": 0.6,
    "TSME": 0.5,
    "GZJ": 0.5,
}
OTHER_TIER = 0.4
SMALLNESS: Mapping[str, float] = {"micro": 1.0, "small": 1.0, "medium": 0.5, "large": 0.0}


def standings(tiers: Iterable[Sequence[str]]) -> FloatArray:
    """Give the level of each firm's highest tier, NaN where none is told."""
    return np.array([max(map(_level, some), default=np.nan) for some in tiers], float)


def smallness(sizes: Iterable[str]) -> FloatArray:
    """Give 1 for small and micro firms, 0.5 for medium, 0 for large ones, NaN where the size is unknown."""
    return np.array([SMALLNESS.get(size, np.nan) for size in sizes], float)


def contracts_won(offers: pd.DataFrame, contracts: pd.DataFrame | None) -> FloatArray:
    """Count the contracts the firm of each offer has won; NaN where there is no history."""
    if contracts is None:
        return np.full(len(offers), np.nan)
    counts = contracts.loc[contracts["outcome"] == "won", "partner"].value_counts()
    return np.asarray(offers["partner"].map(counts).fillna(0), float)


def _level(name: str) -> float:
    tier = find_tier(name)
    return OTHER_TIER if tier is None else TIER_LEVELS.get(tier.code, OTHER_TIER)
