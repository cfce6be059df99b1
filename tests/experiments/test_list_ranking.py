"""How the default policy ranks the true winners of a real list, and what the rules cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.list_ranking import NEVER, figures, market_of, ranks, removals, winners
from matching.candidates import find_candidates
from matching.supply import supply_policy


def test_figures_of_known_ranks() -> None:
    """Ranks 1, 4 and 60, and a need without its winner."""
    told = figures(np.array([0, 3, 59, NEVER]))
    assert told == {
        "hit@1": 0.25,
        "hit@5": 0.5,
        "hit@10": 0.5,
        "hit@50": 0.5,
        "mrr": pytest.approx((1 + 1 / 4 + 1 / 60) / 4),
    }


def test_true_winners_stand_among_the_first_ten(real_data: Path) -> None:
    """Plain text likeness finds .195 of them, a trained ranking of twenty features .285."""
    policy, market = supply_policy(), market_of(real_data / "lists")
    right = winners(market, pd.read_csv(real_data / "lists" / "outcome.csv"), "全部中标人")
    told = figures(ranks(find_candidates(market, policy), policy, right))
    assert told["hit@10"] >= 0.30
    assert removals(right, policy)["any"] <= 0.1 * len(right)
