"""The benchmark of declines runs on a small instance and tells its table."""

from __future__ import annotations

from experiments.benchmark_replanning import measure, told


def test_declines_are_measured_beside_the_whole() -> None:
    """Twenty declines of an instance of about twenty thousand pairs, each in its own component."""
    found = measure(20_000, 20, seed=0, orders=True)
    assert len(found.taken) == 20
    assert 0 < found.touched.max() < found.pairs / 2
    assert found.ratio == found.p95 / found.whole
    table = told([found], "python -m experiments.benchmark_replanning")
    assert f"| clustered orders | {found.pairs:,} |" in table
    assert "| ≤ 1% |" in table
