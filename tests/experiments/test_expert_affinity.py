"""The affinity of experts against planted expertise, and against what real experts said of themselves."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from experiments.expert_affinity import score
from experiments.planted_experts import measure, told

SCRIPT = Path(os.environ.get("CHAINMATCH_REAL_DATA", "none")).parent / "eval" / "expert_affinity.py"


def test_planted_experts_are_found_where_plain_grams_are_not() -> None:
    found = measure(100, 260, 0)
    assert found["ours"] >= 0.85
    assert found["ours"] >= found["plain"] + 0.1
    assert f"{found['ours']:.3f}" in told(found, "…")


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
