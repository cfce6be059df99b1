"""Cells of problems and experts: indicators, works, relations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matching import RowsError, read_experts, read_problems
from matching.experts.cells import Indicator, read_indicator
from tests.experts.board_of import problem


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("寿命不低于10万次", Indicator("寿命", "≥", 10.0, "万次")),
        ("热效率≥48%", Indicator("热效率", "≥", 48.0, "%")),
        ("甲烷逃逸 <= 2.5 g/kWh", Indicator("甲烷逃逸", "≤", 2.5, "g/kWh")),
        ("噪声低于70dB", Indicator("噪声", "<", 70.0, "dB")),
        ("达到国际先进水平", Indicator("达到国际先进水平")),
        ("≥98%", Indicator("≥98%")),
    ],
)
def test_indicator(text: str, read: Indicator) -> None:
    assert read_indicator(text) == read


def test_an_indicator_is_told_as_it_was_read() -> None:
    assert read_indicator("寿命不低于10万次").told() == "寿命≥10万次"
    assert read_indicator("达到国际先进水平").told() == "达到国际先进水平"


def sheet(folder: Path, text: str) -> Path:
    path = folder / "清单.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_problems_of_a_sheet(tmp_path: Path) -> None:
    """No bounty stays unknown; the number may be told in words of the form."""
    path = sheet(
        tmp_path,
        "榜题编号,榜题名称,技术指标,榜金(万元),需要专家数\nJB-1,燃烧室设计,热效率≥48%；寿命≥2万h,300,2\nJB-2,涂层,,,\n",
    )
    first, second = read_problems(path).records
    assert first.indicators == (Indicator("热效率", "≥", 48.0, "%"), Indicator("寿命", "≥", 2.0, "万h"))
    assert (first.budget_cny, first.wanted) == (3_000_000, 2)
    assert (second.indicators, second.budget_cny, second.wanted) == ((), None, None)


def test_experts_of_a_sheet(tmp_path: Path) -> None:
    """Only ; parts works, so that titles keep their commas; a relation has a kind and an end."""
    path = sheet(
        tmp_path,
        "姓名,单位,代表性成果,利益关系\n"
        '甲,例海大学,"焊接、涂装一体化；一种夹具, 及其用法",例江重工（曾任职，至2024-06-30）；例湖船厂\n',
    )
    (known,) = read_experts(path).records
    assert known.outputs == ("焊接、涂装一体化", "一种夹具, 及其用法")
    assert known.relations == (
        ("例江重工", "曾任职", date(2024, 6, 30)),
        ("例湖船厂", "", None),
    )


def test_a_relation_that_ends_on_no_day_is_refused(tmp_path: Path) -> None:
    path = sheet(tmp_path, "姓名,单位,利益关系\n甲,例海大学,例江重工（曾任职，至2024-13-45）\n")
    with pytest.raises(RowsError) as caught:
        read_experts(path)
    assert "2024-13-45" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("高校1；中小企业2", [("高校", 1), ("中小企业", 2)]),
        ("高校、院所", [("高校", 1), ("院所", 1)]),
        ("2家企业，1所高校", [("企业", 2), ("高校", 1)]),
        ("链主×1、高校:1", [("链主", 1), ("高校", 1)]),
        ("高校；高校", [("高校", 2)]),
        ("", []),
    ],
)
def test_roles_of_a_team(text: str, read: list[tuple[str, int]]) -> None:
    assert list(problem(roles=text or None).roles) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [("3", (3, 3)), (3, (3, 3)), ("2-4人", (2, 4)), ("2～4", (2, 4)), ("不超过5人", (1, 5)), ("", ())],
)
def test_size_of_a_team(text: object, read: tuple[int, ...]) -> None:
    assert problem(team_size=text).team_size == read


@pytest.mark.parametrize(
    "told",
    [
        {"roles": "专家1"},
        {"roles": "高校0"},
        {"roles": "1高校2"},
        {"team_size": "若干"},
        {"team_size": "4-2"},
        {"team_size": "0"},
        {"roles": "高校2；企业2", "team_size": "2-3"},
    ],
)
def test_a_team_that_cannot_be_is_refused(told: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="应"):
        problem(**told)
