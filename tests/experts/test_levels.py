"""Levels of indicators: what a document states is enough, too little, or not told."""

from __future__ import annotations

import pytest

from matching.experts.cells import Indicator
from matching.experts.levels import reaches
from tests.experts.board_of import expert, pair, problem, stranger

HEAT = Indicator("热效率", "≥", 48.0, "%")


@pytest.mark.parametrize(
    ("indicator", "text", "enough"),
    [
        (HEAT, "热效率达到50%的燃烧室", True),
        (HEAT, "热效率 48 %", True),
        (HEAT, "热效率45%的燃烧室", False),
        (HEAT, "先是热效率45%，后来热效率提高到49.5%", True),
        (HEAT, "热效率提升方法", None),
        (HEAT, "热效率研究，油耗降低5%", None),
        (HEAT, "油耗50%", None),
        (Indicator("噪声", "≤", 70.0, "dB"), "噪声降至68dB", True),
        (Indicator("噪声", "<", 70.0, "dB"), "噪声70dB", False),
        (Indicator("寿命", "≥", 10.0, "万次"), "寿命8万次", False),
        (Indicator("寿命", "≥", 10.0, "万次"), "寿命800小时", None),
        (Indicator("达到国际先进水平"), "达到国际先进水平", None),
        (Indicator("偏差", "±", 2.0, "mm"), "偏差3mm", None),
    ],
)
def test_what_a_document_states(indicator: Indicator, text: str, enough: bool | None) -> None:
    assert reaches(indicator, [text]) is enough


def test_a_value_that_is_too_low_does_not_cover_an_indicator() -> None:
    asked = problem(indicators=(Indicator("焊接变形", "≤", 2.0, "mm"),))

    def covered(work: str) -> list[str]:
        (found,) = pair(asked, expert(outputs=(work,)), stranger()).covers
        return list(found)

    assert covered("薄板焊接变形控制") == ["焊接变形≤2mm"]
    assert covered("薄板焊接变形1.5mm以内") == ["焊接变形≤2mm"]
    assert covered("薄板焊接变形5mm以内") == []
