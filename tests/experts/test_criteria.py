"""Each criterion: exact numbers, and unknown where nothing is told."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from matching.experts import PRACTICE
from matching.experts.criteria import rank_of
from matching.scoring import fill
from tests.experts.board_of import OWNER, expert, pair, problem, stranger

CRITERIA = {criterion.name: criterion for criterion in PRACTICE.criteria}
ZHENJIANG, DANYANG, NANJING, WUHAN = "321102", "321181", "320102", "420102"

MEASURES: list[tuple[str, dict[str, Any], dict[str, Any], float]] = [
    ("record", {}, {"outputs": ()}, 0.0),
    ("record", {}, {"outputs": ("一", "二", "三", "四", "五")}, 1 - math.exp(-1)),
    ("rank", {}, {"rank": "教授"}, 1.0),
    ("rank", {}, {"rank": "副教授"}, 0.8),
    ("rank", {}, {"rank": None}, math.nan),
    ("availability", {}, {"person_months": 3.0}, 0.25),
    ("availability", {}, {"person_months": 24.0}, 1.0),
    ("availability", {}, {}, math.nan),
    ("nearness", {"adcode": ZHENJIANG}, {"adcode": ZHENJIANG}, 1.0),
    ("nearness", {"adcode": ZHENJIANG}, {"adcode": DANYANG}, 0.7),
    ("nearness", {"adcode": ZHENJIANG}, {"adcode": NANJING}, 0.4),
    ("nearness", {"adcode": ZHENJIANG}, {"adcode": WUHAN}, 0.1),
    ("nearness", {"adcode": ZHENJIANG}, {}, math.nan),
    ("wish", {"problem_id": "JB-1"}, {"wishes": ("JB-1",)}, 1.0),
    ("wish", {}, {"wishes": ("例湖船厂", OWNER)}, 1.0),
    ("wish", {}, {"wishes": ("例湖船厂",)}, 0.0),
    ("wish", {}, {}, math.nan),
]


@pytest.mark.parametrize(("name", "asked", "known", "value"), MEASURES)
def test_measure(name: str, asked: dict[str, Any], known: dict[str, Any], value: float) -> None:
    (found,) = CRITERIA[name].measure(pair(problem(**asked), expert(**known)))
    assert found == pytest.approx(value, nan_ok=True)


def test_the_same_words_are_full_affinity_and_silence_is_unknown() -> None:
    """A work that says all the problem says gives 1 / (1 + 1/2 + … + 1/10) = 0.3414; 0.3 is full."""
    same = pair(problem(), expert(outputs=("薄板焊接变形控制",)), stranger())
    silent = pair(problem(), expert(outputs=()), stranger())
    assert same.affinity == pytest.approx([1 / sum(1 / n for n in range(1, 11))])
    assert CRITERIA["affinity"].measure(same).tolist() == [1.0]
    assert np.isnan(CRITERIA["affinity"].measure(silent)).all()


def test_an_expert_without_outputs_counts_by_his_keywords_and_says_so() -> None:
    one = pair(problem(), expert(outputs=(), keywords=("焊接变形",)))
    assert one.affinity[0] > 0
    assert fill(CRITERIA["affinity"].sentence, one, 0).zh.startswith(
        "依据仅专业领域与关键词，未提供成果，最相近：焊接变形；共同术语："
    )


@pytest.mark.parametrize(
    ("rank", "value"),
    [
        ("正高级工程师", 1.0), ("院士", 1.0), ("研究员", 1.0), ("副研究员", 0.8), ("高级工程师", 0.8),
        ("讲师", 0.5), ("助理研究员", 0.5), ("工程师", 0.5), ("厂长", math.nan), ("", math.nan),
    ],
)  # fmt: skip
def test_rank_of(rank: str, value: float) -> None:
    assert rank_of(rank) == pytest.approx(value, nan_ok=True)
