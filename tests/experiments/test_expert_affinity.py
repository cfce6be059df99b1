"""The affinity of experts against planted expertise, and against what real experts said of themselves."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

from datasets.chain.catalogue import make_catalogue
from datasets.chain.market import PRODUCTS
from experiments.expert_affinity import score
from experiments.planted_experts import LEAST, MOST, call, measure, told
from matching.vocabulary import base_vocabulary

SCRIPT = Path(os.environ.get("CHAINMATCH_REAL_DATA", "none")).parent / "eval" / "expert_affinity.py"


def test_planted_experts_are_found_where_plain_grams_are_not() -> None:
    """On average: one draw of 300 problems is off by some 2 points."""
    found = {seed: measure(300, 800, seed) for seed in range(3)}
    assert np.mean([some["ours"] for some in found.values()]) >= LEAST
    assert max(some["plain"] for some in found.values()) <= MOST
    assert f"| 2 | {found[2]['ours']:.3f} |" in told(found, "…")


def test_half_of_the_problems_use_another_wording_a_fifth_of_these_outside_the_term_base() -> None:
    catalogue = make_catalogue(base_vocabulary(), np.random.default_rng(0), PRODUCTS)
    products = np.arange(300) % len(catalogue)
    way, called = call(catalogue, products, np.random.default_rng(1))
    assert np.bincount(way).tolist() == [150, 120, 30]
    for product, kind, wording in zip(products, way, called, strict=True):
        assert (
            wording
            in ((catalogue.names[product],), catalogue.known[product], catalogue.unknown[product])[kind]
        )


@pytest.mark.slow
@pytest.mark.skipif(not SCRIPT.is_file(), reason="CHAINMATCH_REAL_DATA names no folder with real records")
def test_experts_own_words_agree() -> None:
    described = importlib.util.spec_from_file_location("outside_evaluation", SCRIPT)
    assert described is not None
    assert described.loader is not None
    outside = importlib.util.module_from_spec(described)
    described.loader.exec_module(outside)
    found = outside.evaluate(score, outside.load(), rounds=10)
    assert found["loss"] <= 0.195
    assert found["easy"] >= 0.88
    assert found["hard"] >= 0.67
