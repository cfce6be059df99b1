"""The benchmark runs on a small market and writes its five lines and its picture."""

from __future__ import annotations

from pathlib import Path

from experiments.benchmark_matching import LABELS, measure, write


def test_a_small_benchmark_measures_every_stage(tmp_path: Path) -> None:
    """300 × 300: each stage has its seconds, the lines name the gates, the labels stand in the picture."""
    found = measure(300, 300, seed=0, seconds=2.0)
    assert list(found.seconds) == [
        *("columns", "vectors", "retrieve", "rules", "score", "assign", "explain"),
    ]
    assert all(taken >= 0 for taken in found.seconds.values())
    assert found.counts["looked_at"] >= found.counts["pairs"] > found.counts["deals"] > 0
    lines = write(found, "小市场", "test", tmp_path)
    assert len(lines.splitlines()) == 5
    picture = (tmp_path / "matching.svg").read_text(encoding="utf-8")
    assert all(label in picture for label in LABELS.values())
