"""The sheets a board adds to the workbook: who covers which indicator, what ties were looked for."""

from __future__ import annotations

import numpy as np

from matching.experts import PRACTICE
from matching.practice import Dealt
from tests.experts.board_of import expert, listings, problem, stranger

INDICATORS = (("变形量", "≤", 2.0, "mm"), ("能耗", "≤", 5.0, "kWh"))


def test_coverage_and_checks() -> None:
    """One indicator has an expert behind it, the other none; what an expert does not tell is unknown."""
    asked = problem(problem_id="A", indicators=INDICATORS)
    market = PRACTICE.market(
        *listings([asked], [expert(expert_id="1", consent=True), stranger()]), None, None
    )
    pairs = market.pairs(np.array([0, 0]), np.array([0, 1]))
    dealt = Dealt(pairs, PRACTICE.terms(pairs), np.array([1, 1]), np.array([0, 1]))
    coverage, checks = PRACTICE.tables(dealt)
    covered, checked = (
        [tuple(row) for row in np.asarray(table.rows, object).tolist()] for table in (coverage, checks)
    )
    assert [row[2:] for row in covered] == [
        ("变形量≤2mm", "甲（例海大学）", "有依据"),
        ("能耗≤5kWh", None, "未覆盖"),
    ]
    assert [heading.title for heading in checks.columns][3:7] == [
        "同一单位",
        "同一集团",
        "回避单位",
        "利益关系",
    ]
    assert [row[2:] for row in checked] == [
        ("甲（例海大学）", "无", "无", "无", "无", "未知", "是"),
        ("丁（例山院所）", "无", "无", "无", "无", "未知", "未知"),
    ]
